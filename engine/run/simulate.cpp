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
      is_unsettled_(model.evaluations.size()),
      committed_(model.signals.size()),
      flip_origin_(model.signals.size(), kNone<SlotId>),
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
    row.listened = !model.mode_watchers[i].empty() || mode.signal != kNone<SignalId>;
    const double cycle_s = model.law(mode.life).mean() + model.law(mode.repair).mean();
    row.in_batches = lanes_.name != "scalar" || options.typical_span_s > 6.0 * cycle_s;
    row.has_age = mode.age_s > 0;
    modes_.push_back(row);
    streams_.push_back(mode.stream);
  }
  const std::size_t padded = (modes_.size() + 7) / 8 * 8;
  streams_.resize(padded, 0);
  ready_.resize(modes_.size());
  // A few more than the mean: what is missing costs a batch, what is too much only itself.
  const double events_per_mode = modes_.empty() ? 0.0
                                                : model.event_rate() * options.typical_span_s /
                                                      static_cast<double>(modes_.size());
  first_ = 2 * static_cast<std::uint32_t>(
                   std::clamp(0.65 * events_per_mode + 2.0, 0.5 * kFewestFirst, 0.5 * kMostFirst));
  hot_stride_ = sizeof(PlainRow) + first_ * sizeof(double);
  hot_.resize(hot_stride_ * modes_.size() / sizeof(CacheLine) + 1);
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
  bits_ = model.bits.items;
  for (const Gate& gate : model.gates) {
    gates_.push_back({gate.need, static_cast<std::uint32_t>(gate.signal)});
  }
  for (std::size_t i = 0; i < model.signals.size(); ++i) {
    const SignalRow row{model.parents.begin[i], model.parents.begin[i + 1], model.bits.begin[i],
                        model.bits.begin[i + 1],
                        model.signals[i].observed || !model.signal_watchers[i].empty()};
    signals_.push_back(row);
    OnlyRow only;
    const std::uint32_t parents = row.parents_end - row.parents_begin;
    const std::uint32_t bits = row.bits_end - row.bits_begin;
    if (!row.listened && parents + bits == 0) only.what = OnlyRow::What::nothing;
    if (!row.listened && parents == 1 && bits == 0) {
      const Signal::Parent& parent = parents_[row.parents_begin];
      if (parent.weight == 1) only = {OnlyRow::What::gate, parent.gate, 0};
    }
    const Signal::Bit bit = bits == 1 ? bits_[row.bits_begin] : Signal::Bit{};
    const bool one_word = bits == 1 && model.evaluations[bit.evaluation].numbers == 0 &&
                          model.evaluations[bit.evaluation].outputs.size() < 64;
    if (!row.listened && parents == 0 && one_word) {
      only = {OnlyRow::What::bit, bit.evaluation, bit.bit};
    }
    only_.push_back(only);
  }
  for (std::size_t i = 0; i < modes_.size(); ++i) {
    const ModeRow& mode = modes_[i];
    PlainRow row;
    if (model.is_independent_renewal(model.components[mode.component]) &&
        model.modes[i].effect == Effect::down && !mode.listened) {
      row.component = mode.component;
      row.signal = mode.signal;
      row.law_toggle = static_cast<std::uint32_t>(index(mode.law[0]) ^ index(mode.law[1]));
      const OnlyRow& only = only_[mode.signal];
      if (only.what == OnlyRow::What::gate) row.gate = only.row;
    }
    new (hot(i)) PlainRow(row);
  }
  for (const Evaluation& evaluation : model.evaluations) {
    memos_.emplace_back(evaluation);
    numbers_.emplace_back(evaluation.numbers);
    const bool watched = !model.number_watchers[memos_.size() - 1].empty();
    watched_.emplace_back(watched ? evaluation.numbers : 0);
    outcomes_.push_back(0);
    initial_patterns_.push_back(
        pattern_of(evaluation, [&](SignalId id) { return model.initial.signal[index(id)] != 0; }));
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
  for (std::uint32_t ordinal = 0; 2 * ordinal < first_; ++ordinal) {
    lanes_.streams(options_.seed, streams_.data(), state_.run, ordinal, streams_.size(), units[0],
                   units[1]);
    for (std::uint32_t kind = 0; kind < 2 && 2 * ordinal + kind < first_; ++kind) {
      const std::size_t phase = 2 * ordinal + kind;
      for (const Alike& alike : alike_[kind]) {
        alike.law->draw_many(units[kind] + alike.begin, alike.end - alike.begin, lanes_);
        for (std::size_t i = alike.begin; i < alike.end; ++i) {
          first_spans(i)[phase] = units[kind][i];
        }
      }
    }
  }
  for (std::size_t i = 0; i < modes_.size(); ++i) {
    ready_[i] = {first_spans(i), 0, first_};
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
  for (std::uint32_t b = row.bits_begin; b < row.bits_end; ++b) {
    const Signal::Bit bit = bits_[b];
    memos_[bit.evaluation].pattern()[bit.bit / 64] ^= std::uint64_t{1} << (bit.bit % 64);
    if (is_unsettled_[bit.evaluation] != 0) continue;
    is_unsettled_[bit.evaluation] = 1;
    unsettled_.push_back(bit.evaluation);
  }
  if (row.listened) touched_.push_back(signal);
}

/// Lets an evaluation say what follows from its pattern.
void Simulator::evaluate(std::uint32_t e) {
  const Evaluation& evaluation = model_.evaluations[e];
  const Memo::Outcome outcome = memos_[e].look_up();
  outcomes_[e] = outcome.bits[0];
  for (std::size_t i = 0; i < evaluation.outputs.size(); ++i) {
    const auto signal = static_cast<std::uint32_t>(evaluation.outputs[i]);
    const auto value = static_cast<std::uint8_t>((outcome.bits[i / 64] >> (i % 64)) & 1U);
    if (state_.signal[signal] != value) flip(signal, value != 0);
  }
  if (evaluation.numbers > 0) {
    dirty_ = true;
    dirty_numbers_.push_back(e);
    if (!watched_[e].empty()) evaluated_.push_back(e);
  }
}

/// What the watchers of an evaluation are told from now on is what differs from this.
void Simulator::note_watched(std::uint32_t e) {
  const double* const now = memos_[e].look_up().numbers;
  watched_[e].assign(now, now + watched_[e].size());
}

/// What follows at once from flipped signals: evaluations, each after those that it reads; then
/// wakes, in the order of the signals. A signal that flipped there and back has not changed.
void Simulator::settle_signals() {
  while (!unsettled_.empty()) {
    const auto first = std::min_element(unsettled_.begin(), unsettled_.end());
    const std::uint32_t e = *first;
    *first = unsettled_.back();
    unsettled_.pop_back();
    is_unsettled_[e] = 0;
    evaluate(e);
  }
  if (touched_.size() > 1) std::sort(touched_.begin(), touched_.end());
  for (std::size_t i = 0; i < touched_.size(); ++i) {
    const std::uint32_t signal = touched_[i];
    if (i + 1 < touched_.size() && touched_[i + 1] == signal) {
      ++i;  // there and back
      continue;
    }
    for (const ReactionId reaction : model_.signal_watchers[signal]) {
      wakes_.push_back({reaction, {Wake::By::signal, signal}});
    }
    flip_origin_[signal] = chain_.origin;
    if (model_.signals[signal].observed) {
      dirty_ = true;
      dirty_signals_.push_back(signal);
    }
  }
  touched_.clear();
  if (evaluated_.empty()) return;
  std::sort(evaluated_.begin(), evaluated_.end());
  for (const std::uint32_t e : evaluated_) {
    if (std::equal(watched_[e].begin(), watched_[e].end(), memos_[e].look_up().numbers)) continue;
    note_watched(e);
    for (const ReactionId reaction : model_.number_watchers[e]) {
      wakes_.push_back({reaction, {Wake::By::evaluation, e}});
    }
  }
  evaluated_.clear();
}

void Simulator::change(std::uint32_t signal, bool value) {
  flip(signal, value);
  settle_signals();
}

void Simulator::mode_changed(std::uint32_t mode) {
  for (const ReactionId reaction : model_.mode_watchers[mode]) {
    wakes_.push_back({reaction, {Wake::By::mode, mode}});
  }
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
  const SignalId own = model_.modes[mode].signal;
  if (own != kNone<SignalId>) flip(static_cast<std::uint32_t>(own), false);
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
      flip(row.signal, false);
    }
  }
  settle_signals();
  if (row.listened) mode_changed(mode);
}

void Simulator::mode_repaired(std::uint32_t mode) {
  const ModeRow& row = modes_[mode];
  const std::uint32_t c = row.component;
  Slot& slot = state_.slots[mode];
  state_.failed[mode] = 0;
  ++slot.ordinal;
  const SignalId own = model_.modes[mode].signal;
  if (own != kNone<SignalId>) flip(static_cast<std::uint32_t>(own), true);
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
      set_clocks(c);
      flip(row.signal, true);
    }
  } else {
    start_slot(SlotId(mode), row.law[0], span_s(mode, 2 * slot.ordinal),
               state_.down[c] == 0 ? state_.operating[c] : 0.0);
  }
  settle_signals();
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
  std::sort(dirty_numbers_.begin(), dirty_numbers_.end());
  for (std::size_t i = 0; i < dirty_numbers_.size(); ++i) {
    const std::uint32_t e = dirty_numbers_[i];
    if (i > 0 && dirty_numbers_[i - 1] == e) continue;
    const double* const now = memos_[e].look_up().numbers;
    if (std::equal(numbers_[e].begin(), numbers_[e].end(), now)) continue;
    numbers_[e].assign(now, now + numbers_[e].size());
    for (Observer* observer : observers_) {
      observer->evaluated(moment(), EvaluationId(e), numbers_[e]);
    }
  }
  dirty_numbers_.clear();
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
  for (auto& history : state_.inflows) history.clear();
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
  dirty_numbers_.clear();
  dirty_ = false;
  chain_ = {};
  ++event_number_;
  fill_first_draws();
  calendar_.clear();
  for (std::size_t e = 0; e < memos_.size(); ++e) {
    memos_[e].set_pattern(initial_patterns_[e]);
    outcomes_[e] = memos_[e].look_up().bits[0];
    note_watched(static_cast<std::uint32_t>(e));
  }

  const bool equilibrium = options_.start == Start::equilibrium;
  for (std::uint32_t m = 0; m < modes_.size(); ++m) {
    Slot& slot = state_.slots[m];
    slot = {0.0, 0.0, *first_spans(m), modes_[m].law[0], 0};
    if (equilibrium || modes_[m].has_age) {
      const FirstPhase first = first_phase(model_, options_.seed, state_, ModeId(m), equilibrium);
      slot.left_s = first.left_s;
      slot.age_s = first.age_s;
      if (first.failed) {
        slot.law = modes_[m].law[1];
        state_.failed[m] = 1;
        if (model_.modes[m].effect == Effect::down) {
          state_.down[modes_[m].component] = 1;
          flip(modes_[m].signal, false);
        }
        const SignalId own = model_.modes[m].signal;
        if (own != kNone<SignalId>) flip(static_cast<std::uint32_t>(own), false);
      }
    }
    calendar_.add(SlotId(m), slot.left_s);
  }
  settle_signals();
  wakes_.clear();
  dirty_signals_.clear();
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
  read_patterns();
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

/// The patterns of all evaluations, as the signals stand.
void Simulator::read_patterns() {
  for (std::size_t e = 0; e < memos_.size(); ++e) {
    const auto pattern =
        pattern_of(model_.evaluations[e], [this](SignalId id) { return value(id); });
    memos_[e].set_pattern(pattern);
    outcomes_[e] = memos_[e].look_up().bits[0];
    note_watched(static_cast<std::uint32_t>(e));
  }
}

/// What observers are told from now on is what differs from this.
void Simulator::take_stock() {
  committed_ = state_.signal;
  dirty_signals_.clear();
  dirty_numbers_.clear();
  for (std::size_t e = 0; e < memos_.size(); ++e) {
    if (numbers_[e].empty()) continue;
    const double* const now = memos_[e].look_up().numbers;
    numbers_[e].assign(now, now + numbers_[e].size());
    for (Observer* observer : observers_) {
      observer->evaluated(moment(), EvaluationId(static_cast<std::uint32_t>(e)), numbers_[e]);
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

/// Changes a signal on which hangs no gate by itself. True if nothing that anyone listens to, no
/// output and no number has changed; else the rest is in `flip`'s lists.
[[gnu::always_inline]] inline bool Simulator::ends_quietly(std::uint32_t signal, bool value) {
  const OnlyRow only = only_[signal];
  if (only.what == OnlyRow::What::more) {
    flip(signal, value);
    return false;
  }
  state_.signal[signal] = value ? 1 : 0;
  if (only.what == OnlyRow::What::nothing) return true;
  Memo& memo = memos_[only.row];
  memo.pattern()[only.bit / 64] ^= std::uint64_t{1} << (only.bit % 64);
  if (memo.look_up().bits[0] == outcomes_[only.row]) return true;
  is_unsettled_[only.row] = 1;
  unsettled_.push_back(only.row);
  return false;
}

/// The same as `step` after `step`, for as long as the next event is one of a plain mode: the loop
/// in which nearly all time is spent. False when something else must be done: another kind of
/// event, or the end. Local pointers, because stores through bytes would make the compiler load
/// every member anew.
bool Simulator::plain_events(double until_s) {
  const std::byte* const hot = hot_.data()->bytes;
  const std::size_t stride = hot_stride_;
  const auto row_of = [=](std::size_t mode) {
    return reinterpret_cast<const PlainRow*>(hot + stride * mode);
  };
  const std::uint32_t first = first_;
  Slot* const slots = state_.slots.data();
  std::uint8_t* const failed = state_.failed.data();
  std::uint16_t* const down = state_.down.data();
  std::uint8_t* const signal = state_.signal.data();
  std::int32_t* const count = state_.count.data();
  const OnlyRow* const only = only_.data();
  const GateRow* const gates = gates_.data();
  Ready* const ready = ready_.data();
  const std::size_t mode_count = modes_.size();
  double now_s = state_.now_s;
  std::uint64_t events = 0;
  double t = calendar_.time();

  while (t < until_s) {
    const SlotId slot_id = calendar_.slot();
    const std::size_t m = index(slot_id);
    if (m >= mode_count || row_of(m)->component == PlainRow::kNotPlain) break;
    if (const std::size_t soon = index(calendar_.upcoming()); soon < mode_count) {
      __builtin_prefetch(&slots[soon], 1);
      __builtin_prefetch(hot + stride * soon);
      if (stride > 64) __builtin_prefetch(hot + stride * soon + 64);
    }
    at_instant_ = t > now_s ? 0 : at_instant_ + 1;
    if (at_instant_ > kMostEventsAtOneInstant) [[unlikely]]
      endless(model_.slot_name(slot_id));
    now_s = t;
    ++events;

    const PlainRow& row = *row_of(m);
    Slot& slot = slots[m];
    const std::uint32_t fails = failed[m] ^ 1U;
    failed[m] = static_cast<std::uint8_t>(fails);
    down[row.component] = static_cast<std::uint16_t>(fails);
    const std::uint32_t ordinal = slot.ordinal;
    slot.ordinal = ordinal + 1U - fails;
    const std::uint32_t phase = 2 * slot.ordinal + fails;
    double span = 0.0;
    if (phase < first) {
      span = reinterpret_cast<const double*>(hot + stride * m + sizeof(PlainRow))[phase];
    } else {
      if (phase - ready[m].first >= ready[m].count) [[unlikely]] {
        refill(static_cast<std::uint32_t>(m), phase);
      }
      span = ready[m].spans_s[phase - ready[m].first];
    }
    slot.law = LawId(static_cast<std::uint32_t>(slot.law) ^ row.law_toggle);
    slot.since_s = t;
    slot.age_s = 0.0;
    slot.left_s = span;
    calendar_.replace_top(t + span);

    // From gate to gate, for as long as one hangs on the other and nothing else.
    std::uint32_t changed = row.signal;
    bool value = fails == 0;
    bool quiet = false;
    std::uint32_t hangs = row.gate;
    while (hangs != PlainRow::kNoGate) {
      signal[changed] = value ? 1 : 0;
      const GateRow& gate = gates[hangs];
      const std::int32_t before = count[hangs];
      const std::int32_t after = value ? before + 1 : before - 1;
      count[hangs] = after;
      if ((before >= gate.need) == (after >= gate.need)) {
        quiet = true;
        break;
      }
      changed = gate.signal;
      value = after >= gate.need;
      const OnlyRow& next = only[changed];
      if (next.what != OnlyRow::What::gate) break;
      hangs = next.row;
    }
    if (quiet || ends_quietly(changed, value)) {
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
    settle_signals();
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
