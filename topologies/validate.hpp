// The rules of a topology that a single value cannot break.
#pragma once

#include "topologies/topology.hpp"

namespace nines {

/// Adds a diagnostic for every rule that is broken.
void validate(const Topology& topology, Diagnostics& diagnostics);

}  // namespace nines
