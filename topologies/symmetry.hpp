// Components that may change places: what a chain need not tell apart.
#pragma once

#include <vector>

#include "engine/solve/explore.hpp"
#include "topologies/compile.hpp"
#include "topologies/topology.hpp"

namespace nines {

/// Sets of components, each with the links that end at it, of which any two may be exchanged: an
/// automorphism of the topology as a coloured graph. Alike are kind and settings (laws, capacities,
/// crews, priorities), domains and needs; they are members of the same groups, which do not go by
/// the order of their members; and their links go to the same places.
///
/// What of the model is theirs is known by their names in the names of cells, timers and fluids. A
/// set whose parts do not correspond one to one is left out, and so is one that holds sessions with
/// lengths: their levels are not parts of a state.
std::vector<Interchangeable> interchangeable(const Topology& topology, const System& system);

}  // namespace nines
