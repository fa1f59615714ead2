#include "engine/run/simulate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "engine/chance/random.hpp"
#include "engine/run/addresses.hpp"
#include "engine/run/fluids.hpp"

namespace nines {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

}  // namespace

Simulator::Simulator(const Model& model, SimulatorOptions options, std::vector<Observer*> observers,
                     EventObserver* events)
    : Context(model),
      model_(model),
      options_(options),
      lanes_(lanes(options.width)),
      observers_(std::move(observers)),
      event_observer_(events),
      state_(model.initial),
      calendar_(model.slot_count(), 1.0 / model.event_rate(), options.typical_span_s),
      draw_counts_(model.reactions.size()),
      committed_(model.signals.size()),
      flip_origin_(model.signals.size(), kNone<SlotId>),
      rate_marked_(model.rates.size()),
      rate_values_(model.rates.size()),
      crossings_(model.fluids.size()) {
  for (const LawPtr& law : model.laws) laws_.push_back(law.get());
  for (std::size_t i = 0; i < model.modes.size(); ++i) {
    const Mode& mode = model.modes[i];
    const Component& component = model.components[index(mode.component)];
    ModeRow row;
    row.component = static_cast<std::uint32_t>(mode.component);
    row.signal = static_cast<std::uint32_t>(component.signal);
    row.law[0] = mode.life;
    row.law[1] = mode.repair;
    row.listened = !model.mode_watchers[i].empty() || !model.mode_rates[i].empty();
    const double cycle_s = model.law(mode.life).mean() + model.law(mode.repair).mean();
    row.in_batches = lanes_.name != "scalar" || options.typical_span_s > 6.0 * cycle_s;
    row.has_age = mode.age_s > 0;
    modes_.push_back(row);
    streams_.push_back(mode.stream);
  }
  const std::size_t padded = (modes_.size() + 7) / 8 * 8;
  streams_.resize(padded, 0);
  ready_.resize(modes_.size());
  first_spans_.resize(kFirst * modes_.size());
  batches_.resize(modes_.size());
  scratch_.resize(2 * padded);

  for (std::size_t kind = 0; kind < 2; ++kind) {
    for (std::size_t i = 0; i < modes_.size();) {
      const std::size_t begin = i;
      const Law* const law = laws_[index(modes_[begin].law[kind])];
      while (i < modes_.size() && laws_[index(modes_[i].law[kind])] == law) ++i;
      alike_[kind].push_back({begin, i, law});
    }
  }

  parents_ = model.parents.items;
  for (std::size_t i = 0; i < model.signals.size(); ++i) {
    signals_.push_back({model.parents.begin[i], model.parents.begin[i + 1],
                        model.signals[i].observed || !model.signal_watchers[i].empty() ||
                            !model.signal_rates[i].empty()});
  }
  for (std::size_t i = 0; i < modes_.size(); ++i) {
    const ModeRow& mode = modes_[i];
    PlainRow row;
    if (model.is_independent_renewal(model.components[mode.component]) &&
        model.modes[i].effect == Effect::down && !mode.listened) {
      row.component = mode.component;
      row.signal = mode.signal;
      row.law[0] = mode.law[0];
      row.law[1] = mode.law[1];
      const SignalRow& signal = signals_[mode.signal];
      if (!signal.listened && signal.parents_end == signal.parents_begin + 1) {
        row.gate = parents_[signal.parents_begin].gate;
        row.weight = parents_[signal.parents_begin].weight;
      }
    }
    plain_.push_back(row);
  }
  for (const Gate& gate : model.gates) {
    gates_.push_back({gate.need, static_cast<std::uint32_t>(gate.signal)});
  }
  wakes_.reserve(64);
  dirty_signals_.reserve(model.signals.size());
}

// ---- Draws -----------------------------------------------------------------------------------

void Simulator::fill_first_draws() {
  // The first lives and repairs of all modes at once; each run of equal laws is inverted together.
  if (state_.branch != streams_branch_) {
    streams_branch_ = state_.branch;
    for (std::size_t i = 0; i < modes_.size(); ++i) {
      streams_[i] = stream_in_branch(model_.modes[i].stream, state_.branch);
    }
  }
  double* const units[2] = {scratch_.data(), scratch_.data() + streams_.size()};
  for (std::uint32_t ordinal = 0; 2 * ordinal < kFirst; ++ordinal) {
    lanes_.streams(options_.seed, streams_.data(), state_.run, ordinal, streams_.size(), units[0],
                   units[1]);
    for (std::uint32_t kind = 0; kind < 2 && 2 * ordinal + kind < kFirst; ++kind) {
      double* const spans_s = first_spans_.data() + 2 * ordinal + kind;
      for (const Alike& alike : alike_[kind]) {
        alike.law->draw_many(units[kind] + alike.begin, alike.end - alike.begin, lanes_);
        for (std::size_t i = alike.begin; i < alike.end; ++i) {
          spans_s[kFirst * i] = units[kind][i];
        }
      }
    }
  }
  for (std::size_t i = 0; i < modes_.size(); ++i) {
    ready_[i] = {&first_spans_[kFirst * i], 0, kFirst};
  }
}

void Simulator::refill(std::uint32_t mode, std::uint32_t phase) {
  const ModeRow& row = modes_[mode];
  const std::uint64_t stream = stream_in_branch(model_.modes[mode].stream, state_.branch);
  const std::uint32_t ordinal = phase / 2;
  const Law& life = *laws_[index(row.law[0])];
  const Law& repair = *laws_[index(row.law[1])];
  double* const spans_s = batches_[mode].spans_s;
  if (row.in_batches) {
    double lives[kBatch];
    double repairs[kBatch];
    lanes_.indices(options_.seed, stream, state_.run, ordinal, kBatch, lives, repairs);
    life.draw_many(lives, kBatch, lanes_);
    repair.draw_many(repairs, kBatch, lanes_);
    for (std::uint32_t i = 0; i < kBatch; ++i) {
      spans_s[2 * i] = lives[i];
      spans_s[2 * i + 1] = repairs[i];
    }
  } else {
    const UnitPair units = draw_units(options_.seed, {stream, state_.run, ordinal});
    spans_s[0] = life.draw(units.first);
    spans_s[1] = repair.draw(units.second);
  }
  ready_[mode] = {spans_s, 2 * ordinal, row.in_batches ? 2 * kBatch : 2};
}

double Simulator::timer_draw(SlotId slot) {
  const Slot& s = state_.slots[index(slot)];
  return laws_[index(s.law)]->draw(slot_unit(model_, options_.seed, state_, slot));
}

// ---- Slots -----------------------------------------------------------------------------------

void Simulator::start_slot(SlotId slot, LawId law, double work_s, double speed) {
  Slot& s = state_.slots[index(slot)];
  s.since_s = state_.now_s;
  s.age_s = 0.0;
  s.left_s = work_s;
  s.law = law;
  state_.speeds[index(slot)] = speed;
  calendar_.set(slot, fire_time(s, speed));
}

void Simulator::change_speed(SlotId slot, double speed) {
  Slot& s = state_.slots[index(slot)];
  double& here = state_.speeds[index(slot)];
  if (!s.pending() || here == speed) return;
  move_to(s, here, state_.now_s);
  here = speed;
  calendar_.set(slot, fire_time(s, speed));
}

void Simulator::set_clocks(std::uint32_t component) {
  const Component& row = model_.components[component];
  const double speed = state_.down[component] == 0 ? state_.operating[component] : 0.0;
  for (std::uint32_t m = row.first_mode; m < row.first_mode + row.mode_count; ++m) {
    if (state_.failed[m] == 0) change_speed(SlotId(m), speed);
  }
}

// ---- What happens ----------------------------------------------------------------------------

inline void Simulator::flip(std::uint32_t signal, bool value) {
  state_.signal[signal] = value ? 1 : 0;
  const SignalRow& row = signals_[signal];
  for (std::uint32_t p = row.parents_begin; p < row.parents_end; ++p) {
    const Signal::Parent parent = parents_[p];
    const GateRow gate = gates_[parent.gate];
    const std::int32_t before = state_.count[parent.gate];
    const std::int32_t after = value ? before + parent.weight : before - parent.weight;
    state_.count[parent.gate] = after;
    if ((before >= gate.need) != (after >= gate.need)) flip(gate.signal, after >= gate.need);
  }
  if (row.listened) {
    for (const ReactionId reaction : model_.signal_watchers[signal]) {
      wakes_.push_back({reaction, {Wake::By::signal, signal}});
    }
    for (const RateId rate : model_.signal_rates[signal]) mark(rate);
    if (model_.signals[signal].observed) {
      dirty_ = true;
      dirty_signals_.push_back(signal);
      flip_origin_[signal] = chain_.origin;
    }
  }
}

/// Wakes that follow from one change come in the order of their signals.
void Simulator::change(std::uint32_t signal, bool value) {
  const std::size_t first = wakes_.size();
  flip(signal, value);
  if (wakes_.size() > first + 1) [[unlikely]] {
    std::stable_sort(
        wakes_.begin() + static_cast<std::ptrdiff_t>(first), wakes_.end(),
        [](const QueuedWake& a, const QueuedWake& b) { return a.wake.id < b.wake.id; });
  }
}

void Simulator::mark(RateId rate) {
  dirty_ = true;
  if (rate_marked_[index(rate)] != 0) return;
  rate_marked_[index(rate)] = 1;
  dirty_rates_.push_back(static_cast<std::uint32_t>(rate));
}

void Simulator::mode_changed(std::uint32_t mode) {
  for (const ReactionId reaction : model_.mode_watchers[mode]) {
    wakes_.push_back({reaction, {Wake::By::mode, mode}});
  }
  for (const RateId rate : model_.mode_rates[mode]) mark(rate);
}

void Simulator::mode_fails(std::uint32_t mode) {
  const ModeRow& row = modes_[mode];
  Slot& slot = state_.slots[mode];
  state_.failed[mode] = 1;
  if (model_.modes[mode].repair_start == RepairStart::at_once) {
    start_slot(SlotId(mode), row.law[1], span_s(mode, 2 * slot.ordinal + 1), 1.0);
  } else {
    slot.law = kNone<LawId>;
    calendar_.set(SlotId(mode), kNever);
  }
  if (model_.modes[mode].effect == Effect::down) {
    const std::uint32_t c = row.component;
    if (state_.restarting[c] != 0) {
      // Struck while it restarts: it will restart anew after this repair.
      state_.restarting[c] = 0;
      const SlotId restart = model_.components[c].restart_slot;
      state_.slots[index(restart)].law = kNone<LawId>;
      calendar_.set(restart, kNever);
    } else if (state_.down[c]++ == 0) {
      set_clocks(c);
      change(row.signal, false);
    }
  }
  if (row.listened) mode_changed(mode);
}

void Simulator::mode_repaired(std::uint32_t mode) {
  const ModeRow& row = modes_[mode];
  const std::uint32_t c = row.component;
  Slot& slot = state_.slots[mode];
  state_.failed[mode] = 0;
  ++slot.ordinal;
  if (model_.modes[mode].effect == Effect::down) {
    start_slot(SlotId(mode), row.law[0], span_s(mode, 2 * slot.ordinal), 0.0);
    const Component& component = model_.components[c];
    if (state_.down[c] == 1 && component.restart != kNone<LawId>) {
      state_.restarting[c] = 1;  // the reason that keeps it down is now the restart
      address_slot(model_, state_, component.restart_slot, chain_);
      state_.slots[index(component.restart_slot)].law = component.restart;
      start_slot(component.restart_slot, component.restart, timer_draw(component.restart_slot),
                 1.0);
    } else if (--state_.down[c] == 0) {
      component_up(c);
    }
  } else {
    start_slot(SlotId(mode), row.law[0], span_s(mode, 2 * slot.ordinal),
               state_.down[c] == 0 ? state_.operating[c] : 0.0);
  }
  if (row.listened) mode_changed(mode);
}

void Simulator::component_up(std::uint32_t component) {
  set_clocks(component);
  change(static_cast<std::uint32_t>(model_.components[component].signal), true);
}

void Simulator::fire_mode(std::uint32_t mode) {
  state_.failed[mode] == 0 ? mode_fails(mode) : mode_repaired(mode);
}

void Simulator::fire(SlotId slot) {
  ++events_;
  ++event_number_;
  const std::size_t i = index(slot);
  if (i < modes_.size()) {
    const auto mode = ModeId(static_cast<std::uint32_t>(i));
    chain_ = chain_of_mode(model_, mode, state_.slots[i].ordinal, state_.failed[i] != 0);
    fire_mode(static_cast<std::uint32_t>(i));
  } else {
    Slot& s = state_.slots[i];
    const TimerState& timer = timer_state(slot);
    chain_ = chain_of_timer(model_, state_, slot);
    if (s.law == kCrossing) {
      // The level is what was waited for, to the last bit.
      Fluid& fluid = state_.fluids[index(timer.fluid)];
      fluid.level = s.left_s;
      fluid.since_s = state_.now_s;
      std::erase(crossings_[index(timer.fluid)],
                 TimerId(static_cast<std::uint32_t>(i - modes_.size() - model_.restarts.size())));
    }
    s.law = kNone<LawId>;
    calendar_.set(slot, kNever);
    if (i < modes_.size() + model_.restarts.size()) {
      const auto c = static_cast<std::uint32_t>(model_.restarts[i - modes_.size()]);
      state_.restarting[c] = 0;
      state_.down[c] = 0;
      component_up(c);
    } else {
      const std::size_t number = i - modes_.size() - model_.restarts.size();
      wakes_.push_back(
          {model_.timers[number].owner, {Wake::By::timer, static_cast<std::uint32_t>(number)}});
    }
  }
  if (!wakes_.empty()) react();
  if (event_observer_ != nullptr) [[unlikely]] {
    event_observer_->fired(state_.now_s, slot, *this);
  }
}

void Simulator::react() {
  while (next_wake_ < wakes_.size()) {
    const QueuedWake queued = wakes_[next_wake_++];
    reacting_ = queued.reaction;
    const auto& row = model_.reactions[index(queued.reaction)];
    if (++at_instant_ > kMostEventsAtOneInstant) [[unlikely]]
      endless(row.name);
    row.reaction->wake(*this, queued.wake);
  }
  reacting_ = kNone<ReactionId>;
  wakes_.clear();
  next_wake_ = 0;
}

void Simulator::commit() {
  dirty_ = control_.attention > 0;
  std::sort(dirty_signals_.begin(), dirty_signals_.end());
  for (const std::uint32_t signal : dirty_signals_) {
    if (committed_[signal] == state_.signal[signal]) continue;
    committed_[signal] = state_.signal[signal];
    for (Observer* observer : observers_) {
      observer->signal_changed(moment(), SignalId(signal), committed_[signal] != 0,
                               flip_origin_[signal]);
    }
  }
  dirty_signals_.clear();
  std::sort(dirty_rates_.begin(), dirty_rates_.end());
  for (const std::uint32_t rate : dirty_rates_) {
    rate_marked_[rate] = 0;
    const double value = model_.rates[rate].value(*this);
    if (value == rate_values_[rate]) continue;
    rate_values_[rate] = value;
    for (Observer* observer : observers_) observer->rate_changed(moment(), RateId(rate), value);
  }
  dirty_rates_.clear();
  if (control_.attention > 0) {
    for (Observer* observer : observers_) observer->instant(moment());
    dirty_ = true;
  }
}

// ---- The run ---------------------------------------------------------------------------------

void Simulator::begin(std::uint32_t run) {
  reset(run);
  begin_state();
  take_stock();
}

/// The initial state, without copying the slots of modes: begin_state writes every one.
void Simulator::reset(std::uint32_t run) {
  const State& initial = model_.initial;
  state_.run = run;
  state_.branch = initial.branch;
  state_.weight = initial.weight;
  state_.now_s = initial.now_s;
  std::fill(state_.failed.begin(), state_.failed.end(), std::uint8_t{0});
  std::fill(state_.down.begin(), state_.down.end(), std::uint16_t{0});
  std::fill(state_.restarting.begin(), state_.restarting.end(), std::uint8_t{0});
  std::fill(state_.operating.begin(), state_.operating.end(), 1.0);
  std::fill(state_.speeds.begin(), state_.speeds.end(), 1.0);
  std::fill(state_.slots.begin() + static_cast<std::ptrdiff_t>(modes_.size()), state_.slots.end(),
            Slot{});
  state_.cells = initial.cells;
  state_.fluids = initial.fluids;
  state_.timers = initial.timers;
  state_.signal = initial.signal;
  state_.count = initial.count;
}

void Simulator::begin_state() {
  for (auto& waiting : crossings_) waiting.clear();
  wakes_.clear();
  next_wake_ = 0;
  at_instant_ = 0;
  dirty_signals_.clear();
  dirty_ = false;
  chain_ = {};
  ++event_number_;
  fill_first_draws();
  calendar_.clear();

  const bool equilibrium = options_.start == Start::equilibrium;
  for (std::uint32_t m = 0; m < modes_.size(); ++m) {
    Slot& slot = state_.slots[m];
    slot = {0.0, 0.0, first_spans_[kFirst * m], modes_[m].law[0], 0};
    if (equilibrium || modes_[m].has_age) {
      const FirstPhase first = first_phase(model_, options_.seed, state_, ModeId(m), equilibrium);
      slot.left_s = first.left_s;
      slot.age_s = first.age_s;
      if (first.failed) {
        slot.law = modes_[m].law[1];
        state_.failed[m] = 1;
        if (model_.modes[m].effect == Effect::down) {
          state_.down[modes_[m].component] = 1;
          change(modes_[m].signal, false);
        }
        if (modes_[m].listened) mode_changed(m);
      }
    }
    calendar_.add(SlotId(m), slot.left_s);
  }
  wakes_.clear();
  tell_begin();
  for (std::size_t r = 0; r < model_.reactions.size(); ++r) {
    wakes_.push_back({ReactionId(static_cast<std::uint32_t>(r)), {Wake::By::begin, 0}});
  }
  if (!wakes_.empty()) react();
}

void Simulator::load(State state) {
  state_ = std::move(state);
  for (auto& waiting : crossings_) waiting.clear();
  wakes_.clear();
  next_wake_ = 0;
  fill_first_draws();
  chain_ = {};
  calendar_.clear();
  for (std::size_t i = 0; i < model_.slot_count(); ++i) {
    const auto slot = SlotId(static_cast<std::uint32_t>(i));
    const Slot& s = state_.slots[i];
    calendar_.set(slot, fire_time(s, state_.speeds[i]));
    if (s.law == kCrossing) {
      crossings_[index(timer_state(slot).fluid)].push_back(
          TimerId(static_cast<std::uint32_t>(i - modes_.size() - model_.restarts.size())));
    }
  }
  tell_begin();
  take_stock();
}

void Simulator::tell_begin() {
  control_ = {};
  for (Observer* observer : observers_) observer->run_begins(moment());
}

/// What observers are told from now on is what differs from this.
void Simulator::take_stock() {
  committed_ = state_.signal;
  dirty_signals_.clear();
  dirty_rates_.clear();
  std::fill(rate_marked_.begin(), rate_marked_.end(), 0);
  for (std::size_t r = 0; r < model_.rates.size(); ++r) {
    rate_values_[r] = model_.rates[r].value(*this);
    for (Observer* observer : observers_) {
      observer->rate_changed(moment(), RateId(static_cast<std::uint32_t>(r)), rate_values_[r]);
    }
  }
  dirty_ = control_.attention > 0;
}

bool Simulator::step(double until_s) {
  dirty_ = dirty_ || control_.attention > 0;
  const double t = calendar_.time();
  if (!(t < until_s)) return false;
  if (t > state_.now_s) at_instant_ = 0;
  state_.now_s = t;
  do {
    const SlotId slot = calendar_.slot();
    fire(slot);
    if (++at_instant_ > kMostEventsAtOneInstant) endless(model_.slot_name(slot));
  } while (calendar_.time() == t);
  if (dirty_) commit();
  return true;
}

void Simulator::endless(const std::string& who) const {
  throw EndlessLoop(fmt::format("an endless loop at one instant ({} s): '{}' comes again and again",
                                state_.now_s, who));
}

inline void Simulator::begin_chain(std::uint32_t mode, std::uint32_t ordinal, bool repaired) {
  ++event_number_;
  chain_ = chain_of_mode(model_, ModeId(mode), ordinal, repaired);
}

/// The same as `step` after `step`, for as long as the next event is one of a plain mode: the loop
/// in which nearly all time is spent. False when something else must be done: another kind of
/// event, or the end. Local pointers, because stores through bytes would make the compiler load
/// every member anew.
bool Simulator::plain_events(double until_s) {
  const PlainRow* const plain = plain_.data();
  const double* const first_spans = first_spans_.data();
  const GateRow* const gates = gates_.data();
  Slot* const slots = state_.slots.data();
  std::uint8_t* const failed = state_.failed.data();
  std::uint16_t* const down = state_.down.data();
  std::uint8_t* const signal = state_.signal.data();
  std::int32_t* const count = state_.count.data();
  Ready* const ready = ready_.data();
  const std::size_t mode_count = modes_.size();
  double now_s = state_.now_s;
  std::uint64_t events = 0;
  double t = calendar_.time();

  while (t < until_s) {
    const SlotId slot_id = calendar_.slot();
    const std::size_t m = index(slot_id);
    if (m >= mode_count || plain[m].component == PlainRow::kNotPlain) break;
    if (const std::size_t soon = index(calendar_.upcoming()); soon < mode_count) {
      __builtin_prefetch(&slots[soon], 1);
      __builtin_prefetch(&plain[soon]);
      __builtin_prefetch(&first_spans[kFirst * soon]);
    }
    at_instant_ = t > now_s ? 0 : at_instant_ + 1;
    if (at_instant_ > kMostEventsAtOneInstant) [[unlikely]]
      endless(model_.slot_name(slot_id));
    now_s = t;
    ++events;

    const PlainRow& row = plain[m];
    Slot& slot = slots[m];
    const std::uint32_t fails = failed[m] ^ 1U;
    failed[m] = static_cast<std::uint8_t>(fails);
    down[row.component] = static_cast<std::uint16_t>(fails);
    signal[row.signal] = static_cast<std::uint8_t>(fails ^ 1U);
    const std::uint32_t ordinal = slot.ordinal;
    slot.ordinal = ordinal + 1U - fails;
    const std::uint32_t phase = 2 * slot.ordinal + fails;
    double span = 0.0;
    if (phase < kFirst) {
      span = first_spans[kFirst * m + phase];
    } else {
      if (phase - ready[m].first >= ready[m].count) [[unlikely]] {
        refill(static_cast<std::uint32_t>(m), phase);
      }
      span = ready[m].spans_s[phase - ready[m].first];
    }
    slot.law = row.law[fails];
    slot.since_s = t;
    slot.age_s = 0.0;
    slot.left_s = span;
    calendar_.replace_top(t + span);

    bool crosses = true;
    if (row.gate != PlainRow::kNotPlain) {
      const std::int32_t need = gates[row.gate].need;
      const std::int32_t before = count[row.gate];
      const std::int32_t after = fails != 0 ? before - row.weight : before + row.weight;
      count[row.gate] = after;
      crosses = (before >= need) != (after >= need);
    }
    if (!crosses) {
      t = calendar_.time();
      if (dirty_ && t != now_s) [[unlikely]] {
        state_.now_s = now_s;
        commit();
        if (control_.stop) break;
      }
      continue;
    }
    begin_chain(static_cast<std::uint32_t>(m), ordinal, fails == 0);
    state_.now_s = now_s;
    change(row.gate != PlainRow::kNotPlain ? gates[row.gate].signal : row.signal, fails == 0);
    if (!wakes_.empty()) react();
    t = calendar_.time();
    if (dirty_ && t != now_s) {
      commit();
      if (control_.stop) break;
    }
  }
  state_.now_s = now_s;
  events_ += events;
  return t < until_s && !control_.stop;
}

bool Simulator::advance(double until_s) {
  const bool watched = event_observer_ != nullptr;
  dirty_ = dirty_ || control_.attention > 0;
  while (!control_.stop) {
    if (!watched && !plain_events(until_s)) {
      if (control_.stop) break;
      state_.now_s = until_s;
      return true;
    }
    if (!step(until_s)) {
      state_.now_s = until_s;
      return true;
    }
  }
  return false;
}

void Simulator::end() {
  for (Observer* observer : observers_) observer->run_ends(moment());
}

}  // namespace nines
