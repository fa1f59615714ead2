// Roles as a policy has them: what they are called in a model, the settings that they go by, and
// the reaction that gives them.
#pragma once

#include <vector>

#include "models/declaration.hpp"

namespace nines {

/// How a policy gives roles, beyond what its settings say.
struct RoleRules {
  int places = 1;
  double dormancy = 1.0;
  double fails_on_demand = 0.0;
  std::vector<SignalId> fit = {};     ///< by member: it may take a role; empty: all may
  std::vector<SignalId> whole = {};   ///< by member: it has its data; empty: all always have
  std::vector<double> replay_s = {};  ///< by member: what its takeover takes besides; empty: 0
  /// By member: of those who may, whoever has least comes first; empty: by order.
  std::vector<CellId> standing = {};
};

/// Keys of how a role goes from one member to another: takeover, failback, fencing, quorum.
std::vector<Parameter> role_keys();

/// Makes the cells, waits and counts of a group of which `places` members are to be active.
void prepare_roles(CompiledGroup& group, const Settings& settings, int places, ModelBuilder& model);

/// Adds the reaction. Reads the settings of `role_keys` and `detection`.
void react_roles(CompiledGroup& group, const GroupView& view, const Settings& settings,
                 const RoleRules& rules, ModelBuilder& model);

}  // namespace nines
