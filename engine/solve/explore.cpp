#include "engine/solve/explore.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "engine/run/simulate.hpp"
#include "engine/solve/explorer.hpp"

namespace nines {

// ---- What belongs to the module --------------------------------------------------------------

void Explorer::prepare(const std::vector<std::size_t>& atoms) {
  module_ = modules_.of(atoms.front());
  const auto all = [&](std::size_t count, auto id, std::vector<std::uint32_t>& rows) {
    for (std::uint32_t i = 0; i < count; ++i) {
      if (modules_.of(modules_.atom(id(i))) == module_) rows.push_back(i);
    }
  };
  all(
      model_.components.size(), [](std::uint32_t i) { return ComponentId(i); }, components_);
  all(
      model_.cells.size(), [](std::uint32_t i) { return CellId(i); }, cells_);
  all(
      model_.timers.size(), [](std::uint32_t i) { return TimerId(i); }, timers_);
  all(
      model_.fluids.size(), [](std::uint32_t i) { return FluidId(i); }, fluids_);
  all(
      model_.reactions.size(), [](std::uint32_t i) { return ReactionId(i); }, reactions_);
  for (const std::uint32_t c : components_) {
    const Component& component = model_.components[c];
    for (std::uint32_t m = 0; m < component.mode_count; ++m) {
      modes_.push_back(component.first_mode + m);
      slots_.push_back(component.first_mode + m);
    }
  }
  for (const std::uint32_t c : components_) {
    if (model_.components[c].restart == kNone<LawId>) continue;
    restarts_.push_back(c);
    slots_.push_back(static_cast<std::uint32_t>(model_.components[c].restart_slot));
  }
  for (const std::uint32_t t : timers_) {
    slots_.push_back(static_cast<std::uint32_t>(model_.slot(TimerId(t))));
  }
  std::sort(slots_.begin(), slots_.end());  // the order in which they fire at one instant
  laws_.resize(model_.laws.size());
  phase_.assign(model_.slot_count(), 0);
  find_columns();
  slot_codes_.resize(model_.slot_count());
  for (auto& codes : slot_codes_) codes.of({}, 0);
  operating_codes_.resize(model_.components.size());
  flow_codes_.resize(model_.fluids.size());
  key_.resize(2 * modes_.size() + 2 * restarts_.size() + 2 * timers_.size() + components_.size() +
              2 * cells_.size() + fluids_.size());
  table_.emplace(key_.size());
  find_rows();
  signal_is_ours_.assign(model_.signals.size(), 0);
  is_unsettled_.assign(model_.evaluations.size(), 0);
  kept_.assign(model_.fluids.size(), 1.0);
  added_.assign(model_.fluids.size(), 0.0);
  poured_.resize(model_.fluids.size());
  for (const Evaluation& evaluation : model_.evaluations) {
    memos_.emplace_back(evaluation);
    const bool watched = !model_.number_watchers[memos_.size() - 1].empty();
    watched_.emplace_back(watched ? evaluation.numbers : 0);
    memos_.back().set_pattern(
        pattern_of(evaluation, [this](SignalId id) { return state_.signal[index(id)] != 0; }));
  }
}

/// A reaction of this module touches an atom.
void Explorer::touch(std::size_t atom) const {
  if (!in_reaction_ || modules_.of(atom) == module_) return;
  modules_.join(reacting_, atom);
  throw Joined{};
}

bool Explorer::value(SignalId id) const {
  if (in_reaction_ && signal_is_ours_[index(id)] == 0) {
    if (modules_.apart(reacting_, id)) {
      modules_.join(reacting_, id);
      throw Joined{};
    }
    signal_is_ours_[index(id)] = 1;
  }
  return state_.signal[index(id)] != 0;
}

double Explorer::number(EvaluationId id, std::size_t i) const {
  value(model_.evaluations[index(id)].outputs.front());  // whatever it reads is read
  return memos_[index(id)].look_up().numbers[i];
}

void Explorer::forget_levels() {
  for (const std::uint32_t f : fluids_) {
    kept_[f] = 1.0;
    added_[f] = 0.0;
    poured_[f].clear();
  }
}

const Explorer::LawRow& Explorer::law_row(LawId id, std::size_t slot) {
  LawRow& row = laws_[index(id)];
  if (row.kind != LawRow::Kind::unknown) return row;
  const Law& law = model_.law(id);
  const double mean_s = law.mean();
  if (mean_s == 0.0) {
    row.kind = LawRow::Kind::at_once;
  } else if (const std::optional<double> rate = law.memoryless_rate()) {
    row.kind = *rate > 0 ? LawRow::Kind::phases : LawRow::Kind::never;
    if (*rate > 0) row.phases.phases.push_back({1.0, *rate, 0.0});
  } else if (const std::optional<PhaseType> exact = phases_of(law)) {
    row.kind = LawRow::Kind::phases;
    row.phases = *exact;
  } else if (options_.phases > 0 && std::isfinite(mean_s)) {
    row.kind = LawRow::Kind::phases;
    row.phases = fit_phases(law, options_.phases);
  } else {
    // It goes on, as if there were none, in order to name the others too.
    reasons_.push_back({model_.slot_name(SlotId(static_cast<std::uint32_t>(slot))), law.text()});
    row.kind = LawRow::Kind::phases;
    row.phases.phases.push_back({1.0, std::isfinite(mean_s) ? 1.0 / mean_s : 1.0, 0.0});
  }
  return row;
}

// ---- The chain ----------------------------------------------------------------------------------

bool Explorer::happens_at_once(std::size_t slot) const {
  return state_.slots[slot].pending() && state_.speeds[slot] > 0;
}

template <class Event, class Then>
void Explorer::each_outcome(const Event& event, const Then& then) {
  script_.clear();
  for (;;) {
    next_choice_ = 0;
    probability_ = 1.0;
    at_instant_ = 0;
    at_once_.clear();
    earned_.clear();
    forget_levels();
    event();
    // What follows without delay, in the order in which slots fire at one instant.
    for (;;) {
      std::size_t first = model_.slot_count();
      for (const std::size_t slot : at_once_) {
        if (happens_at_once(slot)) first = std::min(first, slot);
      }
      if (first == model_.slot_count()) break;
      if (++at_instant_ > kMostEventsAtOneInstant) {
        throw EndlessLoop(fmt::format("an endless loop at one instant: '{}' comes again and again",
                                      model_.slot_name(SlotId(static_cast<std::uint32_t>(first)))));
      }
      fire(first);
    }
    then(probability_);
    while (!script_.empty() && script_.back().taken + 1 == script_.back().odds.size()) {
      script_.pop_back();
    }
    if (script_.empty()) return;
    ++script_.back().taken;
  }
}

void Explorer::note_outcome(double rate) {
  for (const Earned& earned : earned_) {
    earning_[{earned.measure, earned.fluid}] += rate * earned.amount;
  }
  encode();
  canonise();
  const StateId to = table_->number_of(key_.data());
  if (table_->size() > options_.most_states) throw TooManyStates(options_.most_states);
  if (target_of_.size() <= to) target_of_.resize(std::max<std::size_t>(2 * to, 1024), -1);
  if (target_of_[to] < 0) {
    target_of_[to] = static_cast<std::int32_t>(targets_.size());
    targets_.push_back({to, 0.0, {}, {}});
    targets_.back().jumps.resize(fluids_.size());
  }
  Target& target = targets_[static_cast<std::size_t>(target_of_[to])];
  target.rate += rate;
  for (std::size_t f = 0; f < fluids_.size(); ++f) {
    target.jumps[f].first += rate * kept_[fluids_[f]];
    target.jumps[f].second += rate * added_[fluids_[f]];
    for (const auto& [source, share] : poured_[fluids_[f]]) {
      target.pours[{f, source}] += rate * share;
    }
  }
}

void Explorer::emit(StateId from) {
  for (const Target& target : targets_) {
    target_of_[target.to] = -1;
    if (target.to != from) result_.chain.out.add(target.to, target.rate);
    for (std::size_t f = 0; f < fluids_.size(); ++f) {
      const auto [kept, set] = target.jumps[f];
      if (kept != target.rate || set != 0) {
        result_.fluids[f].jumps.push_back({from, target.to, target.rate, kept, set});
      }
    }
    for (const auto& [what, per_s] : target.pours) {
      result_.fluids[what.first].pours.push_back({from, target.to, what.second, per_s});
    }
  }
  result_.chain.out.end_row();
  targets_.clear();
  for (const auto& [what, per_s] : earning_) {
    if (per_s != 0) result_.earnings.push_back({from, what.first, what.second, per_s});
  }
  earning_.clear();
}

void Explorer::explore_state(StateId from) {
  const std::vector<std::uint8_t> key(table_->key(from), table_->key(from) + key_.size());
  decode(key.data());
  visitor_.visit(from, *this, [this](EvaluationId id) -> std::span<const double> {
    return {memos_[index(id)].look_up().numbers, model_.evaluations[index(id)].numbers};
  });
  for (std::size_t f = 0; f < fluids_.size(); ++f) {
    result_.fluids[f].of_state.push_back(key[key.size() - fluids_.size() + f]);
  }
  follow_all(key);
  constexpr StateId kTested = 4096;
  for (std::size_t which = 0; which < rows_.size(); ++which) {
    if (from < kTested || from % 64 == which % 64) test_exchange(from, which);
  }
  emit(from);
}

/// Follows everything that may happen in a state.
void Explorer::follow_all(const std::vector<std::uint8_t>& key) {
  decode(key.data());
  for (const std::uint32_t slot : slots_) {
    const LawId law = state_.slots[slot].law;
    const double speed = state_.speeds[slot];
    if (law == kNone<LawId> || speed == 0.0) continue;
    const LawRow& row = law_row(law, slot);
    if (row.kind != LawRow::Kind::phases) continue;
    const PhaseType::Phase& phase = row.phases.phases[phase_[slot]];
    const double rate = phase.rate_per_s * speed;
    if (phase.onward > 0) {
      earned_.clear();
      forget_levels();
      ++phase_[slot];
      note_outcome(rate * phase.onward);
      --phase_[slot];
    }
    if (phase.onward >= 1.0) continue;
    bool fresh = true;
    each_outcome(
        [&] {
          if (!fresh) decode(key.data());
          fresh = false;
          fire(slot);
        },
        [&](double probability) {
          if (probability > 0) {
            note_outcome(rate * (1.0 - phase.onward) * probability);
          }
        });
    decode(key.data());
  }
}

Explored Explorer::run() {
  for (const std::uint32_t f : fluids_) {
    Explored::FluidRow row;
    row.fluid = FluidId(f);
    row.initial = model_.initial.fluids[f].level;
    result_.fluids.push_back(std::move(row));
  }
  // The start: laws of lives begin, then every reaction wakes.
  const State initial = state_;
  bool levels_taken = false;
  each_outcome(
      [&] {
        state_ = initial;
        for (std::size_t e = 0; e < memos_.size(); ++e) {
          memos_[e].set_pattern(pattern_of(model_.evaluations[e], [this](SignalId id) {
            return state_.signal[index(id)] != 0;
          }));
        }
        for (const std::uint32_t m : modes_) {
          begin(m, model_.modes[m].life);
          const bool remembers = law_row(model_.modes[m].life, m).phases.phases.size() > 1;
          if (remembers && model_.modes[m].age_s > 0) {
            throw NotMarkovian(
                {{model_.modes[m].name, "", "phases do not know an age at the start"}});
          }
        }
        for (const std::uint32_t r : reactions_) {
          wakes_.push_back({ReactionId(r), {Wake::By::begin, 0}});
        }
        react();
      },
      [&](double probability) {
        if (probability == 0) return;
        encode();
        canonise();
        const StateId state = table_->number_of(key_.data());
        auto& starts = result_.chain.initial;
        const auto known = std::find_if(starts.begin(), starts.end(),
                                        [&](const auto& start) { return start.first == state; });
        known == starts.end() ? starts.emplace_back(state, probability)
                              : * known = {state, known->second + probability};
        for (std::size_t f = 0; !levels_taken && f < fluids_.size(); ++f) {
          const std::size_t row = fluids_[f];
          result_.fluids[f].initial = kept_[row] * result_.fluids[f].initial + added_[row];
        }
        levels_taken = true;
      });
  for (StateId state = 0; state < table_->size(); ++state) {
    if (state % 4096 == 0) {
      stop_if(options_.interrupted);
      if (options_.progress) options_.progress(table_->size(), state);
      if (state > 0 && !reasons_.empty()) break;
    }
    explore_state(state);
  }
  if (!reasons_.empty()) throw NotMarkovian(std::move(reasons_));
  for (std::size_t f = 0; f < fluids_.size(); ++f) {
    result_.fluids[f].flows = flow_codes_[fluid_column_[fluids_[f]]].values();
  }
  if (!earns_from_fluids_) result_.fluids.clear();
  return std::move(result_);
}

namespace {

std::string text_of(const std::vector<NotMarkovian::Reason>& reasons) {
  std::string text;
  for (const NotMarkovian::Reason& reason : reasons) {
    text += fmt::format("{}{}: {}{}{}", text.empty() ? "" : "; ", reason.slot, reason.law,
                        reason.law.empty() ? "" : " ", reason.why);
  }
  return text;
}

}  // namespace

NotMarkovian::NotMarkovian(std::vector<Reason> all)
    : std::runtime_error(text_of(all)), reasons_(std::move(all)) {
  std::vector<Reason> once;
  for (Reason& reason : reasons_) {
    if (std::none_of(once.begin(), once.end(),
                     [&](const Reason& known) { return known == reason; })) {
      once.push_back(std::move(reason));
    }
  }
  reasons_ = std::move(once);
}

TooManyStates::TooManyStates(std::size_t limit)
    : std::runtime_error(fmt::format("more than {} states", limit)), most(limit) {}

std::optional<Explored> explore(const Model& model, Modules& modules,
                                const std::vector<std::size_t>& atoms,
                                const ExploreOptions& options, StateVisitor& visitor) {
  try {
    return Explorer(model, modules, atoms, options, visitor).run();
  } catch (const Joined&) {
    return std::nullopt;
  }
}

std::vector<NotMarkovian::Reason> laws_with_memory(const Model& model) {
  std::vector<NotMarkovian::Reason> reasons;
  const auto look = [&](LawId id, const std::string& slot) {
    const Law& law = model.law(id);
    if (law.mean() > 0 && !law.memoryless_rate() && !phases_of(law))
      reasons.push_back({slot, law.text()});
  };
  for (const Mode& mode : model.modes) {
    look(mode.life, mode.name);
    look(mode.repair, mode.name);
  }
  for (const ComponentId id : model.restarts) {
    const Component& component = model.components[index(id)];
    look(component.restart, component.name + "#restart");
  }
  return reasons;
}

}  // namespace nines
