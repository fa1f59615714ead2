// A service as compiled: what it means for it to stand, and how much it serves.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/declaration.hpp"

namespace nines {

/// A service: a chain of groups that serves the requests of a client.
struct CompiledService {
  std::string name;
  SignalId available{};          ///< every group of the chain stands
  std::optional<RateId> served;  ///< requests per second, where there is a workload
  double offered_per_s = 0.0;
  std::vector<const CompiledComponent*> support;  ///< all members of the chain, in name order
};

/// Adds the gate of the chain and, with a workload, the served rate: each group hands on what it
/// serves, the sum of min(share, capacity) over the members in service.
CompiledService compile_service(const std::string& name,
                                const std::vector<const CompiledGroup*>& chain,
                                double offered_per_s, ModelBuilder& model);

}  // namespace nines
