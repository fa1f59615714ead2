// Roles: who of a group serves, who stands by, and what happens in between.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "models/mechanisms/detection.hpp"

namespace nines {

/// What a member is doing.
enum Doing : int {
  kStandby,
  kActive,
  kTaking,    ///< it takes over by itself
  kStarting,  ///< the same, nobody else having been there
  kAwaiting,  ///< it is to take over, and waits for a person
  kLapsed,    ///< it was active; a person is to do without it
  kReturning  ///< the role goes back to it, and nobody serves meanwhile
};

/// What a group with roles is made of.
struct RolesPlan {
  struct Member {
    std::vector<ComponentId> components;   ///< all below it
    std::vector<ComponentId> restartable;  ///< those that take time to start
    SignalId usable{};
    SignalId could_serve{};
    Sight sight;
    CellId active{};  ///< it serves, as far as it knows
    CellId doing{};
    CellId stale{};  ///< active, but another has taken its place
    TimerId notice{};
    TimerId alarm = kNone<TimerId>;
    TimerId act{};
    TimerId go_back{};
    TimerId step_down = kNone<TimerId>;
    TimerId back = kNone<TimerId>;  ///< of one that is well again, until that is noticed
    CellId joined{};                ///< it has heard another since it last started
    CellId known{};                 ///< it is taken for well
    CellId looked{};                ///< how it last failed; kFalseAlarm
    CellId unnoticed{};             ///< 0 while it is missed, and nobody has noticed
    MeasureId noticed_once{};
    std::array<LawId, kLooks> noticed{};  ///< when it is this one that takes over
    LawId takes_over{};
    LawId takes_over_alone{};  ///< nobody else being there
    LawId goes_back{};         ///< how long it waits before it gets its role back
    std::vector<SignalId> reach;
    SignalId reach_witness = kNone<SignalId>;
    ModeId on_demand = kNone<ModeId>;
    SignalId whole = kNone<SignalId>;  ///< it has its data; none: always
    SignalId fit = kNone<SignalId>;    ///< it may take a place; none: it always may
    CellId standing = kNone<CellId>;   ///< of those who may, whoever has least comes first
  };
  std::vector<Member> members;
  int places = 1;
  double dormancy = 1.0;
  bool by_peers = false;
  double automatic = 1.0;
  LawId otherwise = kNone<LawId>;
  double fails_on_demand = 0.0;
  bool fails_back = false;
  LawId failback_outage{};
  LawId false_alarm = kNone<LawId>;
  bool notices_returns = false;
  std::array<LawId, kLooks + 1> back{};  ///< by how it looked; the last after a false alarm
  bool fencing = false;
  bool quorum = false;
  bool first_wins = false;  ///< of two that are active, the first of the list
  SignalId witness = kNone<SignalId>;
  LawId steps_down{};
  CellId vacant{};  ///< places that are known to be empty, nobody being there
  CellId split{};   ///< 0 while more are active than should be
  CellId detection{};
  CellId takeover{};
  CellId by_hand{};
  CellId failback{};
  CellId returning{};
  CellId no_quorum{};
  CompiledGroup::Failovers counts;
};

/// Gives the roles of a group.
///
/// `places` members are to be active. An active one that is missed (it does not serve, or, where
/// members watch one another, a standby does not hear it) loses its place when that is noticed, and
/// a standby takes it. One that lives on unheard, and is not fenced, stays active beside its
/// successor: split brain.
std::unique_ptr<const Reaction> roles(RolesPlan plan);

}  // namespace nines
