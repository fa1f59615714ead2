// Conflicts: members that all take writes, and cannot tell one another.
#pragma once

#include <memory>
#include <vector>

#include "models/declaration.hpp"

namespace nines {

struct ConflictsPlan {
  struct Member {
    SignalId usable{};
    SignalId could_serve{};             ///< and those who write reach it
    CellId view = kNone<CellId>;        ///< they take it for well; none: always
    SignalId stream = kNone<SignalId>;  ///< what brings it the others' writes works; none: always
    std::vector<SignalId> reach;        ///< by member; none: always; empty: all reach one another
    CellId took{};                      ///< it has taken writes that another has not seen
  };
  std::vector<Member> members;
  std::vector<CompiledWrites> sources;
  double share = 0.0;  ///< of the writes taken while members are apart: in conflict, and lost
  FluidId apart{};     ///< such writes
  MeasureId lost{};
};

/// While two members take writes and do not exchange them, writes pile up of which a share
/// conflicts: of two that contradict each other one is dropped when all who took any have met.
std::unique_ptr<const Reaction> conflicts(ConflictsPlan plan);

}  // namespace nines
