// State: the value that is a run. Copy it and the copy has the same future.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/ids.hpp"

namespace nines {

struct Model;

/// A place in the calendar. It is pending when `law` is not kNone; it fires when its age, which
/// grows at the slot's speed, has grown by `left_s` since `since_s`. Half a cache line: the loop
/// touches one of these at every event.
struct Slot {
  /// When age and remainder were last brought up to date; for a crossing, when it will fire.
  double since_s = 0.0;
  double age_s = 0.0;   ///< at since_s
  double left_s = 0.0;  ///< work that remained at since_s; for a crossing, the level waited for
  LawId law = kNone<LawId>;
  std::uint32_t ordinal = 0;  ///< of the life or repair; of a timer, that of the fault behind it

  bool pending() const { return law != kNone<LawId>; }
  bool operator==(const Slot&) const = default;
};

/// What a slot that is no failure mode's has besides: a restart's or a timer's.
struct TimerState {
  SlotId origin = kNone<SlotId>;   ///< the slot of the fault behind it
  std::uint64_t event = 0;         ///< the path of the event in which it was last started
  std::uint64_t path = 0;          ///< its own: where its draw lives, and what follows from it
  std::uint32_t repeat = 0;        ///< how often it was started in that same event
  FluidId fluid = kNone<FluidId>;  ///< of a crossing: the fluid waited for
  bool operator==(const TimerState&) const = default;
};

/// The law of a slot that waits for a fluid to reach a level.
inline constexpr LawId kCrossing{0xFFFFFFFEU};

/// When the slot fires if nothing changes; infinite while it stands still or is not pending.
double fire_time(const Slot& slot, double speed);

/// A quantity that flows between events: at a slope, or towards a target at a rate per second.
struct Fluid {
  enum class Flow : std::uint8_t { linear, relaxing };
  double level = 0.0;  ///< at since_s
  double since_s = 0.0;
  double slope = 0.0;   ///< linear: units per second
  double target = 0.0;  ///< relaxing: d level / dt = rate (target - level)
  double rate = 0.0;
  Flow flow = Flow::linear;
  bool operator==(const Fluid&) const = default;
};

/// From when on how much has flowed into a fluid with a window.
struct Inflow {
  double since_s = 0.0;
  double per_s = 0.0;
  bool operator==(const Inflow&) const = default;
};

/// Everything that changes during a run. Derived parts (signals, counts) are kept up to date by
/// whoever runs the model, so that reading them costs nothing.
struct State {
  // Who the run is.
  std::uint32_t run = 0;
  std::uint64_t branch = 0;  ///< 0 is the trunk; enters every address
  double weight = 1.0;
  double now_s = 0.0;

  // The discrete part.
  std::vector<std::uint8_t> failed;      ///< per mode
  std::vector<std::uint16_t> down;       ///< per component: how many reasons keep it down
  std::vector<std::uint8_t> restarting;  ///< per component
  std::vector<double> operating;         ///< per component: speed of its clock while it is up
  std::vector<std::int32_t> cells;

  std::vector<Slot> slots;
  std::vector<double> speeds;      ///< per slot: how fast its age grows
  std::vector<TimerState> timers;  ///< per slot that is no mode's
  std::vector<Fluid> fluids;
  /// By fluid: of one with a window, what it was told lately, the oldest first; else nothing.
  std::vector<std::vector<Inflow>> inflows;

  // Derived.
  std::vector<std::uint8_t> signal;
  std::vector<std::int32_t> count;  ///< per gate: sum of the weights of its true inputs
  bool operator==(const State&) const = default;
};

}  // namespace nines
