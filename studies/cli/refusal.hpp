// What the exact solver says where it is not applicable.
#pragma once

#include "engine/solve/explore.hpp"
#include "topologies/topology.hpp"

namespace nines::cli {

/// Prints each law that has a memory at its place, and what to do. Returns the exit code.
int refuse_laws(const NotMarkovian& error, const Loaded& loaded);

}  // namespace nines::cli
