#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/run/simulate.hpp"
#include "engine/solve/explorer.hpp"

namespace nines {

// ---- Signals ---------------------------------------------------------------------------------

void Explorer::flip(std::size_t signal, bool value) {
  state_.signal[signal] = value ? 1 : 0;
  for (const Signal::Parent parent : model_.parents[signal]) {
    const Gate& gate = model_.gates[parent.gate];
    std::int32_t& count = state_.count[parent.gate];
    const bool before = count >= gate.need;
    count += value ? parent.weight : -parent.weight;
    if (before != (count >= gate.need)) flip(index(gate.signal), !before);
  }
  for (const Signal::Bit bit : model_.bits[signal]) {
    memos_[bit.evaluation].pattern()[bit.bit / 64] ^= std::uint64_t{1} << (bit.bit % 64);
    if (is_unsettled_[bit.evaluation] != 0) continue;
    is_unsettled_[bit.evaluation] = 1;
    unsettled_.push_back(bit.evaluation);
  }
  if (model_.signal_watchers[signal].size() > 0) {
    touched_.push_back(static_cast<std::uint32_t>(signal));
  }
}

void Explorer::settle_signals(bool wake) {
  while (!unsettled_.empty()) {
    const auto first = std::min_element(unsettled_.begin(), unsettled_.end());
    const std::uint32_t e = *first;
    *first = unsettled_.back();
    unsettled_.pop_back();
    is_unsettled_[e] = 0;
    const Memo::Outcome outcome = memos_[e].look_up();
    const std::vector<SignalId>& outputs = model_.evaluations[e].outputs;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      const bool value = ((outcome.bits[i / 64] >> (i % 64)) & 1U) != 0;
      if ((state_.signal[index(outputs[i])] != 0) != value) flip(index(outputs[i]), value);
    }
  }
  for (std::size_t e = 0; !wake && e < watched_.size(); ++e) {
    if (watched_[e].empty()) continue;
    const double* const now = memos_[e].look_up().numbers;
    watched_[e].assign(now, now + watched_[e].size());
  }
  std::sort(touched_.begin(), touched_.end());
  for (std::size_t i = 0; wake && i < touched_.size(); ++i) {
    if (i + 1 < touched_.size() && touched_[i + 1] == touched_[i]) {
      ++i;  // there and back
      continue;
    }
    for (const ReactionId reaction : model_.signal_watchers[touched_[i]]) {
      wakes_.push_back({reaction, {Wake::By::signal, touched_[i]}});
    }
  }
  touched_.clear();
  for (std::uint32_t e = 0; wake && e < watched_.size(); ++e) {
    if (watched_[e].empty()) continue;
    const double* const now = memos_[e].look_up().numbers;
    if (std::equal(watched_[e].begin(), watched_[e].end(), now)) continue;
    watched_[e].assign(now, now + watched_[e].size());
    for (const ReactionId reaction : model_.number_watchers[e]) {
      wakes_.push_back({reaction, {Wake::By::evaluation, e}});
    }
  }
}

// ---- What happens ----------------------------------------------------------------------------

void Explorer::set_down(std::size_t component, std::uint16_t reasons) {
  const bool was = state_.down[component] == 0;
  state_.down[component] = reasons;
  if (was != (reasons == 0)) flip(index(model_.components[component].signal), reasons == 0);
}

void Explorer::set_clocks(std::size_t c) {
  const Component& component = model_.components[c];
  const double speed = state_.down[c] == 0 ? state_.operating[c] : 0.0;
  for (std::uint32_t m = component.first_mode; m < component.first_mode + component.mode_count;
       ++m) {
    if (state_.failed[m] == 0) state_.speeds[m] = speed;
  }
}

/// A time begins: at full speed, in one of the phases with which its law begins.
void Explorer::begin(std::size_t slot, LawId law) {
  const LawRow& row = law_row(law, slot);
  state_.slots[slot].law = law;
  state_.speeds[slot] = 1.0;
  phase_[slot] = 0;
  if (row.kind == LawRow::Kind::at_once) {
    at_once_.push_back(slot);
  } else if (row.kind == LawRow::Kind::phases && row.phases.phases.size() > 1 &&
             row.phases.phases[0].start < 1.0) {
    std::vector<double> odds;
    for (const PhaseType::Phase& phase : row.phases.phases) odds.push_back(phase.start);
    phase_[slot] = static_cast<std::uint8_t>(branch(odds));
  }
}

void Explorer::end(std::size_t slot) {
  state_.slots[slot].law = kNone<LawId>;
  phase_[slot] = 0;
  std::erase(at_once_, slot);
}

void Explorer::mode_fails(std::size_t m) {
  const Mode& mode = model_.modes[m];
  const std::size_t c = index(mode.component);
  state_.failed[m] = 1;
  end(m);
  if (mode.repair_start == RepairStart::at_once) begin(m, mode.repair);
  if (mode.signal != kNone<SignalId>) flip(index(mode.signal), false);
  if (mode.effect == Effect::down) {
    if (state_.restarting[c] != 0) {
      state_.restarting[c] = 0;
      end(index(model_.components[c].restart_slot));
    } else {
      set_down(c, static_cast<std::uint16_t>(state_.down[c] + 1));
      set_clocks(c);
    }
  }
  settle_signals(true);
  for (const ReactionId reaction : model_.mode_watchers[m]) {
    wakes_.push_back({reaction, {Wake::By::mode, static_cast<std::uint32_t>(m)}});
  }
}

void Explorer::mode_repaired(std::size_t m) {
  const Mode& mode = model_.modes[m];
  const std::size_t c = index(mode.component);
  const Component& component = model_.components[c];
  state_.failed[m] = 0;
  end(m);
  begin(m, mode.life);
  state_.speeds[m] = state_.down[c] == 0 ? state_.operating[c] : 0.0;
  if (mode.signal != kNone<SignalId>) flip(index(mode.signal), true);
  if (mode.effect == Effect::down) {
    if (state_.down[c] == 1 && component.restart != kNone<LawId>) {
      state_.restarting[c] = 1;
      begin(index(component.restart_slot), component.restart);
    } else {
      set_down(c, static_cast<std::uint16_t>(state_.down[c] - 1));
      set_clocks(c);
    }
  }
  settle_signals(true);
  for (const ReactionId reaction : model_.mode_watchers[m]) {
    wakes_.push_back({reaction, {Wake::By::mode, static_cast<std::uint32_t>(m)}});
  }
}

void Explorer::fire(std::size_t slot) {
  const std::size_t modes = model_.modes.size();
  const std::size_t restarts = model_.restarts.size();
  if (slot < modes) {
    state_.failed[slot] == 0 ? mode_fails(slot) : mode_repaired(slot);
  } else if (slot < modes + restarts) {
    const std::size_t c = index(model_.restarts[slot - modes]);
    end(slot);
    state_.restarting[c] = 0;
    set_down(c, 0);
    set_clocks(c);
    settle_signals(true);
  } else {
    const auto number = static_cast<std::uint32_t>(slot - modes - restarts);
    end(slot);
    wakes_.push_back({model_.timers[number].owner, {Wake::By::timer, number}});
  }
  react();
}

void Explorer::react() {
  while (next_wake_ < wakes_.size()) {
    const QueuedWake queued = wakes_[next_wake_++];
    const auto& row = model_.reactions[index(queued.reaction)];
    if (++at_instant_ > kMostEventsAtOneInstant) {
      throw EndlessLoop(
          fmt::format("an endless loop at one instant: '{}' comes again and again", row.name));
    }
    reacting_ = modules_.atom(queued.reaction);
    in_reaction_ = true;
    row.reaction->wake(*this, queued.wake);
    in_reaction_ = false;
  }
  wakes_.clear();
  next_wake_ = 0;
}

/// One of several ways: those that were taken before, and then the first. All come in turn.
std::size_t Explorer::branch(std::span<const double> weights) {
  if (next_choice_ == script_.size()) {
    double sum = 0.0;
    for (const double weight : weights) sum += weight;
    CHECK(sum > 0, "a choice without weights");
    std::vector<double> odds;
    for (const double weight : weights) odds.push_back(weight / sum);
    script_.push_back({0, std::move(odds)});
  }
  const Choice& choice = script_[next_choice_++];
  probability_ *= choice.odds[choice.taken];
  return choice.taken;
}

// ---- Acts ------------------------------------------------------------------------------------

void Explorer::start(TimerId timer, LawId law) {
  touch(modules_.atom(timer));
  const std::size_t slot = index(model_.slot(timer));
  CHECK(!state_.slots[slot].pending(), "timer {} is pending already",
        model_.timers[index(timer)].name);
  begin(slot, law);
}

void Explorer::cancel(TimerId timer) {
  touch(modules_.atom(timer));
  end(index(model_.slot(timer)));
}

void Explorer::speed(TimerId timer, double speed) {
  touch(modules_.atom(timer));
  const std::size_t slot = index(model_.slot(timer));
  if (state_.slots[slot].pending()) state_.speeds[slot] = speed;
}

void Explorer::repair(ModeId mode) {
  touch(modules_.atom(model_.modes[index(mode)].component));
  CHECK(state_.failed[index(mode)] != 0 && !state_.slots[index(mode)].pending(),
        "{} does not await a repair", model_.modes[index(mode)].name);
  begin(index(mode), model_.modes[index(mode)].repair);
}

void Explorer::repair_speed(ModeId mode, double speed) {
  touch(modules_.atom(model_.modes[index(mode)].component));
  if (state_.slots[index(mode)].pending()) state_.speeds[index(mode)] = speed;
}

void Explorer::fail(ModeId mode) {
  const ComponentId component = model_.modes[index(mode)].component;
  touch(modules_.atom(component));
  CHECK(model_.components[index(component)].governed, "{} is not declared as governed",
        model_.modes[index(mode)].name);
  if (state_.failed[index(mode)] == 0) mode_fails(index(mode));
}

void Explorer::operate(ComponentId component, double speed) {
  touch(modules_.atom(component));
  CHECK(model_.components[index(component)].governed, "{} is not declared as governed",
        model_.components[index(component)].name);
  state_.operating[index(component)] = speed;
  set_clocks(index(component));
}

void Explorer::restart(ComponentId id) {
  touch(modules_.atom(id));
  const std::size_t c = index(id);
  const Component& component = model_.components[c];
  const bool restarting = state_.restarting[c] != 0;
  if (state_.down[c] > 0 && !restarting) return;
  if (restarting) end(index(component.restart_slot));
  begin(index(component.restart_slot), component.restart);
  if (restarting) return;
  state_.restarting[c] = 1;
  set_down(c, 1);
  set_clocks(c);
  settle_signals(true);
}

void Explorer::set(CellId id, int value) {
  touch(modules_.atom(id));
  const Cell& cell = model_.cells[index(id)];
  CHECK(cell.low <= value && value <= cell.high, "cell {}: {} outside {}..{}", cell.name, value,
        cell.low, cell.high);
  const int was = state_.cells[index(id)];
  if (was == value) return;
  state_.cells[index(id)] = value;
  for (const ReactionId reaction : model_.cell_watchers[index(id)]) {
    wakes_.push_back({reaction, {Wake::By::cell, static_cast<std::uint32_t>(id)}});
  }
  for (const Cell::Flag& flag : cell.flags) {
    if (flag.of(was) != flag.of(value)) flip(index(flag.signal), flag.of(value));
  }
  settle_signals(true);
}

std::size_t Explorer::choose(std::span<const double> weights) { return branch(weights); }

void Explorer::earn(MeasureId measure, Amount amount) {
  double value = amount.factor;
  if (amount.law != kNone<LawId>) value *= model_.law(amount.law).mean();
  if (amount.fluid == kNone<FluidId>) {
    earned_.push_back({measure, kNone<FluidId>, value});
    return;
  }
  touch(modules_.atom(amount.fluid));
  earns_from_fluids_ = true;
  const std::size_t f = index(amount.fluid);
  earned_.push_back({measure, amount.fluid, value * kept_[f]});
  if (added_[f] != 0) earned_.push_back({measure, kNone<FluidId>, value * added_[f]});
  for (const auto& [source, share] : poured_[f]) {
    earned_.push_back({measure, source, value * share});
  }
}

void Explorer::flow(FluidId id, double slope_per_s) {
  touch(modules_.atom(id));
  Fluid& fluid = state_.fluids[index(id)];
  const FluidRow& row = model_.fluids[index(id)];
  if (row.window != kNone<LawId>) {
    // Of what flows in at a constant rate s, that which came in within an exponential time of mean
    // m, in a time t at most, is s m (1 - exp(-t / m)) on average: a fluid that relaxes.
    const Law& law = model_.law(row.window);
    const std::optional<double> rate = law.memoryless_rate();
    if (!rate || !(*rate > 0)) throw NotMarkovian({{row.name, law.text(), ""}});
    fluid.flow = Fluid::Flow::relaxing;
    fluid.target = slope_per_s / *rate;
    fluid.rate = *rate;
    return;
  }
  if (slope_per_s < 0 || (slope_per_s > 0 && std::isfinite(row.ceiling))) {
    throw NotMarkovian(
        {{row.name, "", "what follows hangs on a level, which the chain does not know"}});
  }
  fluid.flow = Fluid::Flow::linear;
  fluid.slope = slope_per_s;
}

void Explorer::flow(FluidId id, double target, double rate_per_s) {
  touch(modules_.atom(id));
  const FluidRow& row = model_.fluids[index(id)];
  if (target < row.floor || target > row.ceiling) {
    throw NotMarkovian(
        {{row.name, "", "what follows hangs on a level, which the chain does not know"}});
  }
  Fluid& fluid = state_.fluids[index(id)];
  fluid.flow = Fluid::Flow::relaxing;
  fluid.target = target;
  fluid.rate = rate_per_s;
}

void Explorer::level(FluidId id, double value) {
  touch(modules_.atom(id));
  const FluidRow& row = model_.fluids[index(id)];
  kept_[index(id)] = 0.0;
  poured_[index(id)].clear();
  added_[index(id)] = std::clamp(value, row.floor, row.ceiling);
}

void Explorer::scale(FluidId id, double factor) {
  touch(modules_.atom(id));
  const FluidRow& row = model_.fluids[index(id)];
  if (factor < 0 || factor > 1 || row.floor > 0) {
    throw NotMarkovian(
        {{row.name, "", "what follows hangs on a level, which the chain does not know"}});
  }
  kept_[index(id)] *= factor;
  added_[index(id)] *= factor;
  for (auto& [source, share] : poured_[index(id)]) share *= factor;
}

void Explorer::raise(FluidId id, FluidId by, FluidId) { mix_in(id, by, 1.0); }

void Explorer::lower(FluidId id, FluidId by, bool sure) {
  if (!sure) {
    throw NotMarkovian({{model_.fluids[index(id)].name, "",
                         fmt::format("what it holds beyond {}", model_.fluids[index(by)].name)}});
  }
  mix_in(id, by, -1.0);
}

void Explorer::mix_in(FluidId id, FluidId by, double share) {
  touch(modules_.atom(id));
  touch(modules_.atom(by));
  if (std::isfinite(model_.fluids[index(id)].ceiling)) {
    throw NotMarkovian({{model_.fluids[index(id)].name, "",
                         "what follows hangs on a level, which the chain does not know"}});
  }
  auto& into = poured_[index(id)];
  if (kept_[index(by)] != 0) into.emplace_back(by, share * kept_[index(by)]);
  for (const auto& [source, part] : std::vector(poured_[index(by)])) {
    into.emplace_back(source, share * part);
  }
  added_[index(id)] += share * added_[index(by)];
}

void Explorer::when(FluidId id, double, TimerId timer) {
  throw NotMarkovian({{model_.timers[index(timer)].name, "",
                       fmt::format("waits for the level of {}", model_.fluids[index(id)].name)}});
}

}  // namespace nines
