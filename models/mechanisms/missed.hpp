// Missed writes: what a member of a quorum group lacks when it is back, until it has caught up.
#pragma once

#include <memory>
#include <vector>

#include "models/declaration.hpp"

namespace nines {

struct MissedPlan {
  struct Member {
    SignalId usable{};                 ///< it runs, whatever data it has
    SignalId whole = kNone<SignalId>;  ///< false: it is copied anew, and has all then; none: never
    CellId leads = kNone<CellId>;      ///< none: there is no leader
    std::vector<SignalId> reach = {};  ///< by member; none: always; empty: all reach one another
    CellId lacks{};
    CellId long_away = kNone<CellId>;  ///< for longer than hints are kept
    TimerId window = kNone<TimerId>;
    TimerId caught_up{};
  };
  std::vector<Member> members;
  std::vector<CompiledWrites> sources;
  int write_quorum = 1;  ///< of members: who reaches so many takes writes, where nobody leads
  LawId catch_up{};
  LawId window = kNone<LawId>;  ///< for how long hints are kept; none: for ever
  LawId repair = kNone<LawId>;  ///< after a longer absence
};

/// Follows who lacks writes: those who were away, or not reached by whoever takes them, while any
/// were acknowledged. Once back they get what is written now, and what they missed in a while
/// (DeCandia et al., "Dynamo: Amazon's highly available key-value store", 2007, sections 4.6 and
/// 4.7: hinted handoff, and repair of what it does not bring).
std::unique_ptr<const Reaction> missed(MissedPlan plan);

}  // namespace nines
