// Sessions: what users would lose if a server went away. Each lives on one member of a group, on
// several, or in a store; it is lost when all its copies are.
#pragma once

#include <optional>

#include "models/declaration.hpp"

namespace nines {

/// The key `sessions` of a group: where the sessions of its services live.
Parameter sessions_key();

/// A group whose members hold sessions.
struct SessionHolder {
  const CompiledGroup* group = nullptr;
  int copies = 1;
};

struct SessionsSpec {
  std::string service;
  double population = 0.0;  ///< that there would be if none were lost
  /// Mean; exponential. None: sessions are spread evenly at all times, and replaced when lost.
  std::optional<double> length_s;
  std::vector<SessionHolder> holders;  ///< that share the population evenly
  SignalId store = kNone<SignalId>;    ///< where they live, if not on the members
};

/// What observers need.
struct CompiledSessions {
  MeasureId lost{};
  double population = 0.0;
  SignalId open{};           ///< sessions can begin
  double begin_per_s = 0.0;  ///< while they can; 0: there is no length
};

/// The number of sessions on a member, a group or the store is a fluid: it tends to its share of
/// the population at the rate of a session's end (Little's law gives the arrivals).
CompiledSessions compile_sessions(const SessionsSpec& spec, ModelBuilder& model);

}  // namespace nines
