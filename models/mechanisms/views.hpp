// Views: whom a balancer takes for well, and the pause in which others take a member's work over.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "models/mechanisms/detection.hpp"

namespace nines {

/// What keeps the view of one member.
struct ViewPlan {
  SignalId well;
  SignalId usable;
  Sight sight;
  CellId view;
  CellId noticed;   ///< 0 while a failure is not noticed
  CellId welcomed;  ///< 0 while a return is not noticed
  CellId looked;    ///< how the last failure looked; kFalseAlarm
  TimerId notice;
  TimerId back;
  TimerId alarm;
  TimerId errors = kNone<TimerId>;  ///< enough requests have failed
  std::vector<CellId> views;        ///< of all members
  /// By how many are in view, from one on.
  std::vector<std::array<LawId, kLooks>> after_errors;
  std::array<LawId, kLooks> down;
  std::array<LawId, kLooks> up;
  LawId false_alarm = kNone<LawId>;
  LawId up_after_false_alarm = kNone<LawId>;
  MeasureId found{};
  MeasureId unfounded = kNone<MeasureId>;
};
std::unique_ptr<const Reaction> view_of_member(ViewPlan plan);

/// After a failure is noticed the others take the work over, and the group pauses meanwhile.
struct PausePlan {
  std::vector<SignalId> members;  ///< that it is in view, or well
  std::vector<SignalId> well;
  CellId taking;
  CellId by_hand;
  TimerId timer;
  LawId takeover{};
  LawId otherwise = kNone<LawId>;
  double automatic = 1.0;
  std::vector<CellId> counted;  ///< by member: it counts as there
  MeasureId begun{};
  MeasureId done{};
  MeasureId failed{};
};
std::unique_ptr<const Reaction> pause_of_group(PausePlan plan);

}  // namespace nines
