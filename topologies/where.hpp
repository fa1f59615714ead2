// Where in the document something of the compiled model comes from.
#pragma once

#include <string>

#include "topologies/topology.hpp"

namespace nines {

/// The place of the law (as Law::text tells it) that a slot of the model has: of a failure mode, a
/// restart, or what a group's keys say of its timers. The nearest thing around it, where the law
/// stands nowhere as such.
Place place_of(const Topology& topology, const std::string& slot, const std::string& law);

}  // namespace nines
