#include "engine/run/reference.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/check.hpp"
#include "engine/run/fluids.hpp"

namespace nines {

ReferenceSimulator::ReferenceSimulator(const Model& model, std::uint64_t seed, Start start,
                                       std::vector<Observer*> observers, EventObserver* events)
    : Context(model),
      model_(model),
      seed_(seed),
      start_(start),
      observers_(std::move(observers)),
      event_observer_(events) {}

bool ReferenceSimulator::value(SignalId id) const {
  const Signal& signal = model_.signals[index(id)];
  switch (signal.kind) {
    case Signal::Kind::component:
      return state_.down[signal.row] == 0;
    case Signal::Kind::mode:
      return state_.failed[signal.row] == 0;
    case Signal::Kind::flag:
      return model_.cells[signal.row].flags[signal.item].of(state_.cells[signal.row]);
    case Signal::Kind::evaluation: {
      const Evaluation& evaluation = model_.evaluations[signal.row];
      std::vector<std::uint8_t> outputs(evaluation.outputs.size());
      std::vector<double> numbers(evaluation.numbers);
      const auto pattern = pattern_of(evaluation, [this](SignalId s) { return value(s); });
      evaluation.value(pattern.data(), outputs.data(), numbers.data());
      return outputs[signal.item] != 0;
    }
    case Signal::Kind::gate:
      break;
  }
  std::int32_t sum = 0;
  for (const Gate::Input& input : model_.gates[signal.row].inputs) {
    if (value(input.signal)) sum += input.weight;
  }
  return sum >= model_.gates[signal.row].need;
}

std::vector<double> ReferenceSimulator::numbers_of(std::size_t row) const {
  const Evaluation& evaluation = model_.evaluations[row];
  std::vector<std::uint8_t> outputs(evaluation.outputs.size());
  std::vector<double> numbers(evaluation.numbers);
  if (numbers.empty()) return numbers;
  const auto pattern = pattern_of(evaluation, [this](SignalId s) { return value(s); });
  evaluation.value(pattern.data(), outputs.data(), numbers.data());
  return numbers;
}

void ReferenceSimulator::schedule(std::size_t slot) {
  ++version_[slot];
  const Slot& s = state_.slots[slot];
  const double time_s = fire_time(s, state_.speeds[slot]);
  if (s.pending() && std::isfinite(time_s)) queue_.push({time_s, slot, version_[slot]});
}

/// Starts the life or the repair of a mode, whichever its failed flag says, at full speed.
void ReferenceSimulator::begin_phase(std::size_t mode) {
  const bool failed = state_.failed[mode] != 0;
  Slot& slot = state_.slots[mode];
  slot.law = failed ? model_.modes[mode].repair : model_.modes[mode].life;
  slot.since_s = state_.now_s;
  slot.age_s = 0.0;
  state_.speeds[mode] = 1.0;
  slot.left_s = model_.law(slot.law).draw(
      slot_unit(model_, seed_, state_, SlotId(static_cast<std::uint32_t>(mode))));
  schedule(mode);
}

void ReferenceSimulator::set_clocks(ComponentId id) {
  const Component& component = model_.components[index(id)];
  const double speed = state_.down[index(id)] == 0 ? state_.operating[index(id)] : 0.0;
  for (std::size_t m = component.first_mode; m < component.first_mode + component.mode_count; ++m) {
    Slot& slot = state_.slots[m];
    if (state_.failed[m] != 0 || state_.speeds[m] == speed) continue;
    move_to(slot, state_.speeds[m], state_.now_s);
    state_.speeds[m] = speed;
    schedule(m);
  }
}

void ReferenceSimulator::note_mode(std::size_t mode) {
  for (const ReactionId reaction : model_.mode_watchers[mode]) {
    wakes_.push_back({reaction, {Wake::By::mode, static_cast<std::uint32_t>(mode)}});
  }
}

/// Wakes those who watch what has changed since this was last called.
void ReferenceSimulator::note_changes() {
  for (std::size_t i = 0; i < model_.signals.size(); ++i) {
    const bool now = value(SignalId(static_cast<std::uint32_t>(i)));
    if (now == seen_[i]) continue;
    seen_[i] = now;
    flip_origin_[i] = chain_.origin;
    for (const ReactionId reaction : model_.signal_watchers[i]) {
      wakes_.push_back({reaction, {Wake::By::signal, static_cast<std::uint32_t>(i)}});
    }
  }
  for (std::size_t e = 0; e < model_.evaluations.size(); ++e) {
    if (model_.number_watchers[e].empty()) continue;
    std::vector<double> numbers = numbers_of(e);
    if (numbers == seen_numbers_[e]) continue;
    seen_numbers_[e] = std::move(numbers);
    for (const ReactionId reaction : model_.number_watchers[e]) {
      wakes_.push_back({reaction, {Wake::By::evaluation, static_cast<std::uint32_t>(e)}});
    }
  }
}

void ReferenceSimulator::mode_fails(std::size_t m) {
  const Mode& mode = model_.modes[m];
  const Component& component = model_.components[index(mode.component)];
  state_.failed[m] = 1;
  state_.slots[m].law = kNone<LawId>;
  schedule(m);
  if (mode.repair_start == RepairStart::at_once) begin_phase(m);
  if (mode.effect == Effect::down) {
    if (state_.restarting[index(mode.component)] != 0) {
      state_.restarting[index(mode.component)] = 0;
      state_.slots[index(component.restart_slot)].law = kNone<LawId>;
      schedule(index(component.restart_slot));
    } else {
      ++state_.down[index(mode.component)];
      set_clocks(mode.component);
    }
  }
  note_changes();
  note_mode(m);
}

void ReferenceSimulator::mode_repaired(std::size_t m) {
  const Mode& mode = model_.modes[m];
  const Component& component = model_.components[index(mode.component)];
  std::uint16_t& down = state_.down[index(mode.component)];
  state_.failed[m] = 0;
  ++state_.slots[m].ordinal;
  begin_phase(m);
  state_.speeds[m] = down == 0 ? state_.operating[index(mode.component)] : 0.0;
  schedule(m);
  if (mode.effect == Effect::down) {
    if (down == 1 && component.restart != kNone<LawId>) {
      state_.restarting[index(mode.component)] = 1;
      start_restart(mode.component);
    } else {
      --down;
      set_clocks(mode.component);
    }
  }
  note_changes();
  note_mode(m);
}

void ReferenceSimulator::start_restart(ComponentId id) {
  const Component& component = model_.components[index(id)];
  Slot& restart = state_.slots[index(component.restart_slot)];
  address_slot(model_, state_, component.restart_slot, chain_);
  restart.law = component.restart;
  restart.since_s = state_.now_s;
  restart.age_s = 0.0;
  state_.speeds[index(component.restart_slot)] = 1.0;
  restart.left_s =
      model_.law(restart.law).draw(slot_unit(model_, seed_, state_, component.restart_slot));
  schedule(index(component.restart_slot));
}

void ReferenceSimulator::restart(ComponentId id) {
  if (state_.restarting[index(id)] != 0) {
    start_restart(id);
  } else if (state_.down[index(id)] == 0) {
    state_.restarting[index(id)] = 1;
    state_.down[index(id)] = 1;
    start_restart(id);
    set_clocks(id);
    note_changes();
  }
}

void ReferenceSimulator::fire(std::size_t slot) {
  draws_of_event_.assign(model_.reactions.size(), 0);
  const auto id = SlotId(static_cast<std::uint32_t>(slot));
  Slot& s = state_.slots[slot];
  const std::size_t modes = model_.modes.size();
  const std::size_t restarts = model_.restarts.size();
  if (slot < modes) {
    const bool failed = state_.failed[slot] != 0;
    chain_ = chain_of_mode(model_, ModeId(static_cast<std::uint32_t>(slot)), s.ordinal, failed);
    failed ? mode_repaired(slot) : mode_fails(slot);
  } else {
    const TimerState& timer = state_.timers[slot - modes];
    chain_ = chain_of_timer(model_, state_, id);
    if (s.law == kCrossing) {
      state_.fluids[index(timer.fluid)].level = s.left_s;
      state_.fluids[index(timer.fluid)].since_s = state_.now_s;
    }
    s.law = kNone<LawId>;
    schedule(slot);
    if (slot < modes + restarts) {
      const ComponentId component = model_.restarts[slot - modes];
      state_.restarting[index(component)] = 0;
      state_.down[index(component)] = 0;
      set_clocks(component);
      note_changes();
    } else {
      const auto number = static_cast<std::uint32_t>(slot - modes - restarts);
      wakes_.push_back({model_.timers[number].owner, {Wake::By::timer, number}});
    }
  }
  react();
  if (event_observer_ != nullptr) event_observer_->fired(state_.now_s, id, *this);
}

void ReferenceSimulator::react() {
  while (!wakes_.empty()) {
    const QueuedWake queued = wakes_.front();
    wakes_.pop_front();
    reacting_ = queued.reaction;
    model_.reactions[index(queued.reaction)].reaction->wake(*this, queued.wake);
  }
  reacting_ = kNone<ReactionId>;
}

void ReferenceSimulator::commit() {
  for (std::size_t i = 0; i < model_.signals.size(); ++i) {
    if (!model_.signals[i].observed) continue;
    const bool now = value(SignalId(static_cast<std::uint32_t>(i)));
    if (now == committed_[i]) continue;
    committed_[i] = now;
    for (Observer* observer : observers_) {
      observer->signal_changed(moment(), SignalId(static_cast<std::uint32_t>(i)), now,
                               flip_origin_[i]);
    }
  }
  for (std::size_t e = 0; e < model_.evaluations.size(); ++e) {
    std::vector<double> numbers = numbers_of(e);
    if (numbers == numbers_[e]) continue;
    numbers_[e] = std::move(numbers);
    for (Observer* observer : observers_) {
      observer->evaluated(moment(), EvaluationId(static_cast<std::uint32_t>(e)), numbers_[e]);
    }
  }
  if (control_.attention > 0) {
    for (Observer* observer : observers_) observer->instant(moment());
  }
}

void ReferenceSimulator::run(std::uint32_t number, double horizon_s) {
  state_ = model_.initial;
  state_.run = number;
  queue_ = {};
  version_.assign(model_.slot_count(), 0);
  wakes_.clear();
  control_ = {};
  chain_ = {};
  draws_of_event_.assign(model_.reactions.size(), 0);
  flip_origin_.assign(model_.signals.size(), kNone<SlotId>);
  seen_.assign(model_.signals.size(), false);
  for (std::size_t m = 0; m < model_.modes.size(); ++m) {
    const auto id = ModeId(static_cast<std::uint32_t>(m));
    const FirstPhase first = first_phase(model_, seed_, state_, id, start_ == Start::equilibrium);
    Slot& slot = state_.slots[m];
    slot.law = first.failed ? model_.modes[m].repair : model_.modes[m].life;
    slot.age_s = first.age_s;
    slot.left_s = first.left_s;
    if (first.failed) {
      state_.failed[m] = 1;
      if (model_.modes[m].effect == Effect::down) {
        state_.down[index(model_.modes[m].component)] = 1;
      }
    }
    schedule(m);
  }
  for (std::size_t i = 0; i < model_.signals.size(); ++i) {
    seen_[i] = value(SignalId(static_cast<std::uint32_t>(i)));
  }
  seen_numbers_.clear();
  for (std::size_t e = 0; e < model_.evaluations.size(); ++e) {
    seen_numbers_.push_back(numbers_of(e));
  }
  for (Observer* observer : observers_) observer->run_begins(moment());
  for (std::size_t r = 0; r < model_.reactions.size(); ++r) {
    wakes_.push_back({ReactionId(static_cast<std::uint32_t>(r)), {Wake::By::begin, 0}});
  }
  react();
  committed_ = seen_;
  numbers_.clear();
  for (std::size_t e = 0; e < model_.evaluations.size(); ++e) {
    numbers_.push_back(numbers_of(e));
    if (numbers_[e].empty()) continue;
    for (Observer* observer : observers_) {
      observer->evaluated(moment(), EvaluationId(static_cast<std::uint32_t>(e)), numbers_[e]);
    }
  }

  while (!queue_.empty() && queue_.top().time_s < horizon_s && !control_.stop) {
    state_.now_s = queue_.top().time_s;
    bool happened = false;
    while (!queue_.empty() && queue_.top().time_s == state_.now_s) {
      const Entry entry = queue_.top();
      queue_.pop();
      if (entry.version != version_[entry.slot]) continue;
      fire(entry.slot);
      happened = true;
    }
    if (happened) commit();
  }
  if (!control_.stop) state_.now_s = horizon_s;
  for (Observer* observer : observers_) observer->run_ends(moment());
}

void ReferenceSimulator::start(TimerId timer, LawId law) {
  const SlotId id = model_.slot(timer);
  Slot& slot = state_.slots[index(id)];
  CHECK(!slot.pending(), "timer {} is pending already", model_.timers[index(timer)].name);
  address_slot(model_, state_, id, chain_);
  slot.law = law;
  slot.since_s = state_.now_s;
  slot.age_s = 0.0;
  state_.speeds[index(id)] = 1.0;
  slot.left_s = model_.law(law).draw(slot_unit(model_, seed_, state_, id));
  schedule(index(id));
}

void ReferenceSimulator::cancel(TimerId timer) {
  state_.slots[index(model_.slot(timer))].law = kNone<LawId>;
  schedule(index(model_.slot(timer)));
}

void ReferenceSimulator::speed(TimerId timer, double speed) {
  Slot& slot = state_.slots[index(model_.slot(timer))];
  double& here = state_.speeds[index(model_.slot(timer))];
  if (!slot.pending() || here == speed) return;
  move_to(slot, here, state_.now_s);
  here = speed;
  schedule(index(model_.slot(timer)));
}

void ReferenceSimulator::repair(ModeId mode) { begin_phase(index(mode)); }

void ReferenceSimulator::repair_speed(ModeId mode, double speed) {
  Slot& slot = state_.slots[index(mode)];
  double& here = state_.speeds[index(mode)];
  if (!slot.pending() || here == speed) return;
  move_to(slot, here, state_.now_s);
  here = speed;
  schedule(index(mode));
}

void ReferenceSimulator::fail(ModeId mode) {
  if (state_.failed[index(mode)] == 0) mode_fails(index(mode));
}

void ReferenceSimulator::operate(ComponentId component, double speed) {
  state_.operating[index(component)] = speed;
  set_clocks(component);
}

void ReferenceSimulator::set(CellId cell, int value) {
  if (state_.cells[index(cell)] == value) return;
  state_.cells[index(cell)] = value;
  for (const ReactionId reaction : model_.cell_watchers[index(cell)]) {
    wakes_.push_back({reaction, {Wake::By::cell, static_cast<std::uint32_t>(cell)}});
  }
  note_changes();
}

double ReferenceSimulator::unit() {
  const std::size_t r = index(reacting_);
  return choice_unit(seed_, state_, model_.reactions[r].stream, chain_, draws_of_event_[r]++);
}

std::size_t ReferenceSimulator::choose(std::span<const double> weights) {
  return pick(weights, unit());
}

void ReferenceSimulator::earn(MeasureId measure, Amount amount) {
  double value = amount.factor;
  if (amount.law != kNone<LawId>) value *= model_.law(amount.law).draw(unit());
  if (amount.fluid != kNone<FluidId>) value *= held(amount.fluid);
  for (Observer* observer : observers_) observer->earned(moment(), measure, value);
}

void ReferenceSimulator::settle(FluidId id) {
  Fluid& fluid = state_.fluids[index(id)];
  fluid.level = level_at(fluid, model_.fluids[index(id)], state_.now_s);
  fluid.since_s = state_.now_s;
}

double ReferenceSimulator::held(FluidId id) {
  const FluidRow& row = model_.fluids[index(id)];
  if (row.window == kNone<LawId>) {
    return level_at(state_.fluids[index(id)], row, state_.now_s);
  }
  return held_within(state_, id, row, model_.law(row.window).draw(unit()));
}

void ReferenceSimulator::reschedule_crossings(FluidId id) {
  for (std::size_t i = model_.modes.size(); i < state_.slots.size(); ++i) {
    Slot& slot = state_.slots[i];
    if (slot.law != kCrossing || state_.timers[i - model_.modes.size()].fluid != id) continue;
    if (slot.since_s <= state_.now_s) continue;  // fires at this instant
    slot.since_s = crossing_time(state_.fluids[index(id)], model_.fluids[index(id)], slot.left_s,
                                 state_.now_s);
    schedule(i);
  }
}

void ReferenceSimulator::flow(FluidId id, double slope_per_s) {
  settle(id);
  state_.fluids[index(id)].flow = Fluid::Flow::linear;
  state_.fluids[index(id)].slope = slope_per_s;
  note_inflow(state_, id, model_.fluids[index(id)]);
  reschedule_crossings(id);
}

void ReferenceSimulator::flow(FluidId id, double target, double rate_per_s) {
  settle(id);
  state_.fluids[index(id)].flow = Fluid::Flow::relaxing;
  state_.fluids[index(id)].target = target;
  state_.fluids[index(id)].rate = rate_per_s;
  reschedule_crossings(id);
}

void ReferenceSimulator::level(FluidId id, double value) {
  settle(id);
  const FluidRow& row = model_.fluids[index(id)];
  state_.fluids[index(id)].level = std::clamp(value, row.floor, row.ceiling);
  forget_inflow(state_, id, row);
  reschedule_crossings(id);
}

void ReferenceSimulator::scale(FluidId id, double factor) {
  settle(id);
  level(id, factor * state_.fluids[index(id)].level);
}

void ReferenceSimulator::raise(FluidId id, FluidId by, FluidId at_most) {
  const double amount = held(by);
  settle(id);
  double raised = state_.fluids[index(id)].level + amount;
  if (at_most != kNone<FluidId>) {
    settle(at_most);
    raised = std::min(raised, state_.fluids[index(at_most)].level);
  }
  level(id, raised);
}

void ReferenceSimulator::lower(FluidId id, FluidId by, bool) {
  settle(id);
  settle(by);
  level(id, state_.fluids[index(id)].level - state_.fluids[index(by)].level);
}

void ReferenceSimulator::when(FluidId id, double level, TimerId timer) {
  const SlotId slot_id = model_.slot(timer);
  Slot& slot = state_.slots[index(slot_id)];
  address_slot(model_, state_, slot_id, chain_);
  slot.law = kCrossing;
  slot.left_s = level;
  slot.since_s = std::numeric_limits<double>::infinity();
  state_.timers[index(slot_id) - model_.modes.size()].fluid = id;
  state_.speeds[index(slot_id)] = 1.0;
  settle(id);
  reschedule_crossings(id);
}

}  // namespace nines
