// The rules of a topology that a single value cannot break.
#pragma once

#include "topologies/topology.hpp"

namespace nines {

/// Adds a diagnostic for every rule that is broken.
void validate(const Topology& topology, Diagnostics& diagnostics);

/// The part of it that is about detection, takeover and balancing.
void check_failover(const Topology& topology, Diagnostics& diagnostics);
/// What does not fit together in how data is copied.
void check_replication(const Topology& topology, Diagnostics& diagnostics);

}  // namespace nines
