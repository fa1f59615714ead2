// What handlers may do to a simulated run: the acts of the contract's Context; and forks.
#include <algorithm>
#include <limits>

#include "engine/base/check.hpp"
#include "engine/base/hash.hpp"
#include "engine/run/fluids.hpp"
#include "engine/run/simulate.hpp"

namespace nines {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

}  // namespace

double Simulator::reaction_unit() {
  CHECK(reacting_ != kNone<ReactionId>, "a draw outside a reaction");
  DrawCount& count = draw_counts_[index(reacting_)];
  if (count.event != event_number_) count = {event_number_, 0};
  return choice_unit(options_.seed, state_, model_.reactions[index(reacting_)].stream, chain_,
                     count.draws++);
}

void Simulator::inject(ModeId mode) {
  if (state_.failed[index(mode)] != 0) return;
  ++event_number_;
  chain_ = chain_of_mode(model_, mode, state_.slots[index(mode)].ordinal, false);
  mode_fails(static_cast<std::uint32_t>(mode));
  react();
  if (event_observer_ != nullptr) event_observer_->fired(state_.now_s, model_.slot(mode), *this);
  if (dirty_) commit();
}

void Simulator::mend(ModeId mode) {
  const Slot& slot = state_.slots[index(mode)];
  if (state_.failed[index(mode)] == 0 || !slot.pending()) return;
  ++event_number_;
  chain_ = chain_of_mode(model_, mode, slot.ordinal, true);
  mode_repaired(static_cast<std::uint32_t>(mode));
  react();
  if (event_observer_ != nullptr) event_observer_->fired(state_.now_s, model_.slot(mode), *this);
  if (dirty_) commit();
}

void Simulator::start(TimerId timer, LawId law) {
  const SlotId slot = model_.slot(timer);
  Slot& s = state_.slots[index(slot)];
  CHECK(!s.pending(), "timer {} is pending already", model_.timers[index(timer)].name);
  address_slot(model_, state_, slot, chain_);
  s.law = law;
  start_slot(slot, law, timer_draw(slot), 1.0);
}

void Simulator::cancel(TimerId timer) {
  const SlotId slot = model_.slot(timer);
  Slot& s = state_.slots[index(slot)];
  if (s.law == kCrossing) std::erase(crossings_[index(timer_state(slot).fluid)], timer);
  s.law = kNone<LawId>;
  calendar_.set(slot, kNever);
}

void Simulator::speed(TimerId timer, double speed) {
  CHECK(speed >= 0 && state_.slots[index(model_.slot(timer))].law != kCrossing,
        "speed {} of timer {}", speed, model_.timers[index(timer)].name);
  change_speed(model_.slot(timer), speed);
}

void Simulator::repair(ModeId mode) {
  Slot& slot = state_.slots[index(mode)];
  CHECK(state_.failed[index(mode)] != 0 && !slot.pending(), "{} does not await a repair",
        model_.modes[index(mode)].name);
  start_slot(model_.slot(mode), modes_[index(mode)].law[1],
             span_s(static_cast<std::uint32_t>(mode), 2 * slot.ordinal + 1), 1.0);
}

void Simulator::repair_speed(ModeId mode, double speed) {
  CHECK(speed >= 0 && state_.failed[index(mode)] != 0 &&
            model_.modes[index(mode)].repair_start == RepairStart::by_reaction,
        "speed {} of the repair of {}", speed, model_.modes[index(mode)].name);
  change_speed(model_.slot(mode), speed);
}

void Simulator::fail(ModeId mode) {
  CHECK(model_.components[modes_[index(mode)].component].governed, "{} is not declared as governed",
        model_.modes[index(mode)].name);
  if (state_.failed[index(mode)] == 0) mode_fails(static_cast<std::uint32_t>(mode));
}

void Simulator::operate(ComponentId component, double speed) {
  CHECK(model_.components[index(component)].governed, "{} is not declared as governed",
        model_.components[index(component)].name);
  state_.operating[index(component)] = speed;
  set_clocks(static_cast<std::uint32_t>(component));
}

void Simulator::restart(ComponentId id) {
  const auto c = static_cast<std::uint32_t>(id);
  const Component& component = model_.components[c];
  CHECK(component.restart != kNone<LawId>, "{} has no restart", component.name);
  const bool restarting = state_.restarting[c] != 0;
  if (state_.down[c] > 0 && !restarting) return;
  Slot& slot = state_.slots[index(component.restart_slot)];
  address_slot(model_, state_, component.restart_slot, chain_);
  slot.law = component.restart;
  start_slot(component.restart_slot, component.restart, timer_draw(component.restart_slot), 1.0);
  if (restarting) return;
  state_.restarting[c] = 1;
  state_.down[c] = 1;
  set_clocks(c);
  change(static_cast<std::uint32_t>(component.signal), false);
}

void Simulator::set(CellId id, int value) {
  const Cell& cell = model_.cells[index(id)];
  CHECK(cell.low <= value && value <= cell.high, "cell {}: {} outside {}..{}", cell.name, value,
        cell.low, cell.high);
  std::int32_t& here = state_.cells[index(id)];
  if (here == value) return;
  const int was = here;
  here = value;
  for (const ReactionId reaction : model_.cell_watchers[index(id)]) {
    wakes_.push_back({reaction, {Wake::By::cell, static_cast<std::uint32_t>(id)}});
  }
  for (const Cell::Flag& flag : cell.flags) {
    if (flag.of(was) != flag.of(value)) {
      flip(static_cast<std::uint32_t>(flag.signal), flag.of(value));
    }
  }
  settle_signals();
}

std::size_t Simulator::choose(std::span<const double> weights) {
  return pick(weights, reaction_unit());
}

void Simulator::earn(MeasureId measure, Amount amount) {
  double value = amount.factor;
  if (amount.law != kNone<LawId>) value *= laws_[index(amount.law)]->draw(reaction_unit());
  if (amount.fluid != kNone<FluidId>) value *= held(amount.fluid);
  for (Observer* observer : observers_) observer->earned(moment(), measure, value);
}

void Simulator::settle(FluidId id) {
  Fluid& fluid = state_.fluids[index(id)];
  fluid.level = level_at(fluid, model_.fluids[index(id)], state_.now_s);
  fluid.since_s = state_.now_s;
}

/// What can be had from a fluid at this moment.
double Simulator::held(FluidId id) {
  const FluidRow& row = model_.fluids[index(id)];
  if (row.window == kNone<LawId>) {
    return level_at(state_.fluids[index(id)], row, state_.now_s);
  }
  return held_within(state_, id, row, laws_[index(row.window)]->draw(reaction_unit()));
}

void Simulator::refresh_crossings(FluidId id) {
  for (const TimerId timer : crossings_[index(id)]) {
    const SlotId slot = model_.slot(timer);
    Slot& s = state_.slots[index(slot)];
    // What was to fire at this very instant does, whatever the flow is from now on.
    if (s.since_s <= state_.now_s) continue;
    s.since_s =
        crossing_time(state_.fluids[index(id)], model_.fluids[index(id)], s.left_s, state_.now_s);
    calendar_.set(slot, s.since_s);
  }
}

void Simulator::flow(FluidId id, double slope_per_s) {
  settle(id);
  Fluid& fluid = state_.fluids[index(id)];
  fluid.flow = Fluid::Flow::linear;
  fluid.slope = slope_per_s;
  note_inflow(state_, id, model_.fluids[index(id)]);
  refresh_crossings(id);
}

void Simulator::flow(FluidId id, double target, double rate_per_s) {
  settle(id);
  Fluid& fluid = state_.fluids[index(id)];
  fluid.flow = Fluid::Flow::relaxing;
  fluid.target = target;
  fluid.rate = rate_per_s;
  refresh_crossings(id);
}

void Simulator::level(FluidId id, double value) {
  settle(id);
  state_.fluids[index(id)].level =
      std::clamp(value, model_.fluids[index(id)].floor, model_.fluids[index(id)].ceiling);
  forget_inflow(state_, id, model_.fluids[index(id)]);
  refresh_crossings(id);
}

void Simulator::scale(FluidId id, double factor) {
  settle(id);
  level(id, factor * state_.fluids[index(id)].level);
}

void Simulator::raise(FluidId id, FluidId by, FluidId at_most) {
  const double amount = held(by);
  settle(id);
  double raised = state_.fluids[index(id)].level + amount;
  if (at_most != kNone<FluidId>) {
    settle(at_most);
    raised = std::min(raised, state_.fluids[index(at_most)].level);
  }
  level(id, raised);
}

void Simulator::lower(FluidId id, FluidId by, bool) {
  settle(id);
  settle(by);
  level(id, state_.fluids[index(id)].level - state_.fluids[index(by)].level);
}

void Simulator::when(FluidId id, double level, TimerId timer) {
  const SlotId slot = model_.slot(timer);
  Slot& s = state_.slots[index(slot)];
  CHECK(!s.pending(), "timer {} is pending already", model_.timers[index(timer)].name);
  address_slot(model_, state_, slot, chain_);
  s.law = kCrossing;
  s.left_s = level;
  s.since_s = kNever;
  timer_state(slot).fluid = id;
  state_.speeds[index(slot)] = 1.0;
  crossings_[index(id)].push_back(timer);
  settle(id);
  refresh_crossings(id);
}

// ---- Forks -----------------------------------------------------------------------------------

State branch(const Model& model, const State& state, std::uint64_t seed, std::uint64_t k) {
  State fork = state;
  fork.branch = mix(state.branch, k);
  for (std::size_t i = 0; i < fork.slots.size(); ++i) {
    Slot& slot = fork.slots[i];
    if (!slot.pending() || slot.law == kCrossing) continue;
    move_to(slot, fork.speeds[i], fork.now_s);
    slot.left_s = model.law(slot.law).residual(
        slot.age_s, slot_unit(model, seed, fork, SlotId(static_cast<std::uint32_t>(i))));
  }
  return fork;
}

}  // namespace nines
