// Missed writes: what a member of a group without a leader lacks when it is back, until it has
// caught up.
#pragma once

#include <memory>
#include <vector>

#include "models/declaration.hpp"

namespace nines {

struct MissedPlan {
  struct Member {
    SignalId usable{};                 ///< it runs, whatever data it has
    SignalId whole = kNone<SignalId>;  ///< false: it is copied anew; none: never
    SignalId takes = kNone<SignalId>;  ///< users reach it, and it a quorum; none: while it is there
    std::vector<SignalId> reach = {};  ///< by member; none: always; empty: all reach one another
    std::vector<CellId> lacks_of;      ///< by member: that one has writes which this one lacks
    CellId lacks{};                    ///< any of those
    CellId long_away = kNone<CellId>;  ///< for longer than hints are kept
    TimerId window = kNone<TimerId>;
    TimerId caught_up{};
  };
  static constexpr std::size_t kMost = 7;  ///< members: there is a cell for each pair of them

  std::vector<Member> members;
  std::vector<CompiledWrites> sources;
  LawId catch_up{};
  LawId window = kNone<LawId>;  ///< for how long hints are kept; none: for ever
  LawId repair = kNone<LawId>;  ///< after a longer absence
};

/// Follows who lacks writes of whom: those who were away, or not reached by whoever took them,
/// while others got them. Once back they get what is written now, and in a while what those have
/// who are there (DeCandia et al., "Dynamo: Amazon's highly available key-value store", 2007,
/// sections 4.6 and 4.7: hinted handoff, and repair of what it does not bring).
std::unique_ptr<const Reaction> missed(MissedPlan plan);

}  // namespace nines
