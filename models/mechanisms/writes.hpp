// Where the writes of a group come from: what copies, holders and conflicts all follow.
#pragma once

#include <vector>

#include "models/declaration.hpp"

namespace nines {

/// Wakes whenever their rate changes.
void follow(Watches& watches, const std::vector<CompiledWrites>& sources);

/// Acknowledged writes per second of all sources together; of those without a workload one a second
/// each, while it is available.
double written_per_s(const Reading& reading, const std::vector<CompiledWrites>& sources);

/// Whether all that is offered is acknowledged; where nothing is, whether it would be.
bool all_served(const Reading& reading, const std::vector<CompiledWrites>& sources);

}  // namespace nines
