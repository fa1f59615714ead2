#include "engine/solve/explore.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "engine/run/simulate.hpp"
#include "engine/solve/key_table.hpp"

namespace nines {
namespace {

std::string text_of(const std::vector<NotMarkovian::Reason>& reasons) {
  std::string text;
  for (const NotMarkovian::Reason& reason : reasons) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", reason.slot, reason.why);
  }
  return text;
}

/// Something touched what belongs to another module.
struct Joined {};

/// Values of one kind that occur, by a small number; number 0 is the first that is asked for.
template <class T>
class Codes {
 public:
  std::size_t of(const T& value, std::size_t most) {
    constexpr std::size_t kFew = 8;
    for (std::size_t i = 0; i < std::min(kFew, values_.size()); ++i) {
      if (values_[i] == value) return i;
    }
    const auto [it, fresh] = number_.emplace(value, values_.size());
    if (fresh) {
      CHECK(values_.size() <= most, "more than {} values of one field of the state", most);
      values_.push_back(value);
    }
    return it->second;
  }
  const T& operator[](std::size_t code) const { return values_[code]; }
  const std::vector<T>& values() const { return values_; }

 private:
  std::vector<T> values_;
  std::map<T, std::size_t> number_;
};

class Explorer final : public Context {
 public:
  Explorer(const Model& model, Modules& modules, const std::vector<std::size_t>& atoms,
           const ExploreOptions& options, StateVisitor& visitor)
      : Context(model),
        model_(model),
        modules_(modules),
        options_(options),
        visitor_(visitor),
        state_(model.initial) {
    prepare(atoms);
  }

  Explored run();

  // Reading and Context.
  bool value(SignalId) const override;
  bool up(ComponentId id) const override {
    touch(modules_.atom(id));
    return state_.down[index(id)] == 0;
  }
  bool failed(ModeId id) const override {
    touch(modules_.atom(model_.modes[index(id)].component));
    return state_.failed[index(id)] != 0;
  }
  bool restarting(ComponentId id) const override {
    touch(modules_.atom(id));
    return state_.restarting[index(id)] != 0;
  }
  int cell(CellId id) const override {
    touch(modules_.atom(id));
    return state_.cells[index(id)];
  }
  bool pending(TimerId id) const override {
    touch(modules_.atom(id));
    return state_.slots[index(model_.slot(id))].pending();
  }
  void start(TimerId, LawId) override;
  void cancel(TimerId) override;
  void speed(TimerId, double speed) override;
  void repair(ModeId) override;
  void repair_speed(ModeId, double speed) override;
  void fail(ModeId) override;
  void operate(ComponentId, double speed) override;
  void restart(ComponentId) override;
  void set(CellId, int value) override;
  std::size_t choose(std::span<const double> weights) override;
  void earn(MeasureId, Amount) override;
  void flow(FluidId, double slope_per_s) override;
  void flow(FluidId, double target, double rate_per_s) override;
  void level(FluidId, double value) override;
  void scale(FluidId, double factor) override;
  void when(FluidId, double level, TimerId) override;

 private:
  /// A slot as the key has it. Of a mode that has not failed neither law nor speed: both follow
  /// from the rest.
  struct SlotCode {
    LawId law = kNone<LawId>;
    double speed = 0.0;
    std::uint8_t phase = 0;
    auto operator<=>(const SlotCode&) const = default;
  };
  /// What a law is to the chain.
  struct LawRow {
    enum class Kind : std::uint8_t { unknown, at_once, never, phases };
    Kind kind = Kind::unknown;
    PhaseType phases;
  };

  const State& state() const override { return state_; }
  void prepare(const std::vector<std::size_t>& atoms);
  void touch(std::size_t atom) const;
  const LawRow& law_row(LawId law, std::size_t slot);

  void find_columns();
  void find_rows();
  void canonise();
  std::vector<std::size_t> order_of_names(std::size_t which) const;
  void permute(const std::vector<std::size_t>& order, std::size_t which);
  void test_exchange(StateId from);
  void encode();
  void decode(const std::uint8_t* key);
  void follow_all(const std::vector<std::uint8_t>& key);
  bool happens_at_once(std::size_t slot) const;

  void flip(std::size_t signal, bool value);
  void settle_signals(bool wake);
  void set_down(std::size_t component, std::uint16_t reasons);
  void set_clocks(std::size_t component);
  void begin(std::size_t slot, LawId law);
  void end(std::size_t slot);
  void mode_fails(std::size_t mode);
  void mode_repaired(std::size_t mode);
  void fire(std::size_t slot);
  void react();
  /// Runs `event` and what follows at once, for every sequence of choices; `then` is called with
  /// the probability of each.
  template <class Event, class Then>
  void each_outcome(const Event& event, const Then& then);
  std::size_t branch(std::span<const double> weights);
  void explore_state(StateId from);
  void note_outcome(double rate);
  void emit(StateId from);

  const Model& model_;
  Modules& modules_;
  const ExploreOptions& options_;
  StateVisitor& visitor_;
  State state_;
  std::vector<std::uint8_t> phase_;  ///< by slot
  std::vector<LawRow> laws_;
  std::vector<NotMarkovian::Reason> reasons_;

  // What belongs to the module.
  std::size_t module_ = 0;
  std::vector<std::uint32_t> components_, modes_, restarts_, cells_, timers_, fluids_, reactions_;
  std::vector<std::uint32_t> slots_;  ///< of all these
  // What is interchangeable has its codes in common: those of the first row.
  std::vector<std::uint32_t> slot_column_, component_column_, fluid_column_;
  std::vector<LawId> law_class_;  ///< by law: the first that is equal
  std::vector<Codes<SlotCode>> slot_codes_;
  std::vector<Codes<double>> operating_codes_;
  std::vector<Codes<Explored::Flow>> flow_codes_;
  std::vector<std::uint8_t> key_;
  std::optional<KeyTable> table_;
  /// A set of interchangeable rows: the bytes of each row in a key, in the same order.
  struct Rows {
    std::vector<std::vector<std::uint32_t>> bytes;
    std::vector<std::vector<ModeId>> modes;  ///< of each row, in the same order
  };
  std::vector<Rows> rows_;
  /// A cell whose values are names of modes: where it is in the key, and the row that it is in.
  struct Pointer {
    std::uint32_t byte;
    std::uint32_t cell;
    std::int32_t set = -1;  ///< and row that it is in; none
    std::uint32_t row = 0;
  };
  std::vector<Pointer> pointers_;
  std::vector<std::uint8_t> is_pointer_;  ///< by byte of the key
  /// By mode: set, row and place in the row; set -1: none.
  struct InRow {
    std::int32_t set = -1;
    std::uint32_t row = 0;
    std::uint32_t place = 0;
  };
  std::vector<InRow> mode_in_row_;
  mutable std::vector<std::uint8_t> signal_is_ours_;  ///< 0: not asked yet

  // Signals.
  std::vector<Memo> memos_;
  std::vector<std::uint32_t> unsettled_;
  std::vector<std::uint8_t> is_unsettled_;
  std::vector<std::uint32_t> touched_;

  // Of the event that happens.
  struct QueuedWake {
    ReactionId reaction;
    Wake wake;
  };
  std::vector<QueuedWake> wakes_;
  std::size_t next_wake_ = 0;
  std::size_t reacting_ = 0;  ///< atom
  bool in_reaction_ = false;
  std::vector<std::size_t> at_once_;  ///< slots that fire in this instant
  int at_instant_ = 0;
  struct Choice {
    std::size_t taken;
    std::vector<double> odds;
  };
  std::vector<Choice> script_;
  std::size_t next_choice_ = 0;
  double probability_ = 1.0;
  struct Earned {
    MeasureId measure;
    FluidId fluid;
    double amount;
  };
  std::vector<Earned> earned_;
  std::vector<double> kept_;   ///< by fluid: its level is kept_ times what it was before the event
  std::vector<double> added_;  ///< plus this

  // Of the state that is explored.
  struct Target {
    StateId to;
    double rate;
    std::vector<std::pair<double, double>> jumps;  ///< by fluid: rate * kept, rate * added
  };
  std::vector<Target> targets_;
  std::vector<std::int32_t> target_of_;  ///< by state: in targets_
  std::map<std::pair<MeasureId, FluidId>, double> earning_;
  bool earns_from_fluids_ = false;
  Explored result_;
};

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
  key_.resize(modes_.size() + restarts_.size() + 2 * timers_.size() + components_.size() +
              2 * cells_.size() + fluids_.size());
  table_.emplace(key_.size());
  find_rows();
  signal_is_ours_.assign(model_.signals.size(), 0);
  is_unsettled_.assign(model_.evaluations.size(), 0);
  kept_.assign(model_.fluids.size(), 1.0);
  added_.assign(model_.fluids.size(), 0.0);
  for (const Evaluation& evaluation : model_.evaluations) {
    memos_.emplace_back(evaluation);
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

// ---- Keys ------------------------------------------------------------------------------------

void Explorer::encode() {
  std::uint8_t* at = key_.data();
  const auto code_of = [&](std::size_t slot, bool implied, std::size_t most) {
    SlotCode code;
    const Slot& s = state_.slots[slot];
    if (implied) {
      code.phase = phase_[slot];
    } else if (s.pending()) {
      code = {law_class_[index(s.law)], state_.speeds[slot], phase_[slot]};
    }
    return slot_codes_[slot_column_[slot]].of(code, most);
  };
  for (const std::uint32_t m : modes_) {
    // The first bit tells a failed one that waits from one that works.
    *at++ =
        static_cast<std::uint8_t>(2 * code_of(m, state_.failed[m] == 0, 127) + state_.failed[m]);
  }
  for (const std::uint32_t c : restarts_) {
    *at++ =
        static_cast<std::uint8_t>(code_of(index(model_.components[c].restart_slot), false, 255));
  }
  for (const std::uint32_t t : timers_) {
    const std::size_t code = code_of(index(model_.slot(TimerId(t))), false, 65535);
    *at++ = static_cast<std::uint8_t>(code & 255);
    *at++ = static_cast<std::uint8_t>(code >> 8);
  }
  for (const std::uint32_t c : components_) {
    *at++ = static_cast<std::uint8_t>(
        operating_codes_[component_column_[c]].of(state_.operating[c], 255));
  }
  for (const std::uint32_t k : cells_) {
    const int value = state_.cells[k] - model_.cells[k].low;
    CHECK(value < 65536, "cell {} has too many values for a chain", model_.cells[k].name);
    *at++ = static_cast<std::uint8_t>(value & 255);
    *at++ = static_cast<std::uint8_t>(value >> 8);
  }
  for (const std::uint32_t f : fluids_) {
    const Fluid& fluid = state_.fluids[f];
    const bool linear = fluid.flow == Fluid::Flow::linear;
    *at++ = static_cast<std::uint8_t>(flow_codes_[fluid_column_[f]].of(
        linear ? Explored::Flow{fluid.flow, fluid.slope, 0.0, 0.0}
               : Explored::Flow{fluid.flow, 0.0, fluid.target, fluid.rate},
        255));
  }
}

void Explorer::decode(const std::uint8_t* at) {
  const auto take_slot = [&](std::size_t slot, std::size_t code) {
    const SlotCode& value = slot_codes_[slot_column_[slot]][code];
    state_.slots[slot].law = value.law;
    state_.speeds[slot] = value.speed;
    phase_[slot] = value.phase;
  };
  const std::uint8_t* const modes = at;
  at += modes_.size();
  for (const std::uint32_t c : restarts_) {
    const std::size_t slot = index(model_.components[c].restart_slot);
    take_slot(slot, *at++);
    state_.restarting[c] = state_.slots[slot].pending() ? 1 : 0;
  }
  for (const std::uint32_t t : timers_) {
    take_slot(index(model_.slot(TimerId(t))), at[0] + 256U * at[1]);
    at += 2;
  }
  std::size_t m = 0;
  for (const std::uint32_t c : components_) {
    const Component& component = model_.components[c];
    std::uint16_t reasons = state_.restarting[c];
    for (std::uint32_t k = 0; k < component.mode_count; ++k, ++m) {
      const std::uint32_t mode = modes_[m];
      take_slot(mode, modes[m] >> 1U);
      const auto failed = static_cast<std::uint8_t>(modes[m] & 1);
      if (failed == 0) state_.slots[mode].law = model_.modes[mode].life;
      if (failed != state_.failed[mode]) {
        state_.failed[mode] = failed;
        const SignalId own = model_.modes[mode].signal;
        if (own != kNone<SignalId>) flip(index(own), failed == 0);
      }
      if (failed != 0 && model_.modes[mode].effect == Effect::down) ++reasons;
    }
    state_.operating[c] = operating_codes_[component_column_[c]][*at++];
    set_down(c, reasons);
    set_clocks(c);
  }
  for (const std::uint32_t k : cells_) {
    const int value = model_.cells[k].low + at[0] + 256 * at[1];
    at += 2;
    const int was = state_.cells[k];
    if (value == was) continue;
    state_.cells[k] = value;
    for (const Cell::Flag& flag : model_.cells[k].flags) {
      if (flag.of(was) != flag.of(value)) flip(index(flag.signal), flag.of(value));
    }
  }
  for (const std::uint32_t f : fluids_) {
    const Explored::Flow& flow = flow_codes_[fluid_column_[f]][*at++];
    Fluid& fluid = state_.fluids[f];
    fluid.flow = flow.flow;
    fluid.slope = flow.slope;
    fluid.target = flow.target;
    fluid.rate = flow.rate;
  }
  settle_signals(false);
}

// ---- What is interchangeable -----------------------------------------------------------------

void Explorer::find_columns() {
  const auto own = [](std::size_t count, std::vector<std::uint32_t>& column) {
    column.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) column[i] = i;
  };
  own(model_.slot_count(), slot_column_);
  own(model_.components.size(), component_column_);
  own(model_.fluids.size(), fluid_column_);
  std::map<std::string, LawId> first;
  for (std::uint32_t i = 0; i < model_.laws.size(); ++i) {
    law_class_.push_back(first.emplace(model_.laws[i]->text(), LawId(i)).first->second);
  }
  for (const Interchangeable& set : options_.interchangeable) {
    const Interchangeable::Row& front = set.rows.front();
    for (const Interchangeable::Row& row : set.rows) {
      for (std::size_t i = 0; i < row.components.size(); ++i) {
        const Component& a = model_.components[index(front.components[i])];
        const Component& b = model_.components[index(row.components[i])];
        CHECK(a.mode_count == b.mode_count, "{} is not like {}", b.name, a.name);
        component_column_[index(row.components[i])] =
            static_cast<std::uint32_t>(front.components[i]);
        for (std::uint32_t m = 0; m < a.mode_count; ++m) {
          slot_column_[b.first_mode + m] = a.first_mode + m;
        }
        if (a.restart_slot != kNone<SlotId>) {
          slot_column_[index(b.restart_slot)] = static_cast<std::uint32_t>(a.restart_slot);
        }
      }
      for (std::size_t i = 0; i < row.timers.size(); ++i) {
        slot_column_[index(model_.slot(row.timers[i]))] =
            static_cast<std::uint32_t>(model_.slot(front.timers[i]));
      }
      for (std::size_t i = 0; i < row.fluids.size(); ++i) {
        fluid_column_[index(row.fluids[i])] = static_cast<std::uint32_t>(front.fluids[i]);
      }
    }
  }
}

/// Where the rows stand in a key, in the order of `encode`.
void Explorer::find_rows() {
  std::uint32_t byte = 0;
  std::map<std::uint32_t, std::uint32_t> of_mode, of_restart, of_timer, of_component, of_cell,
      of_fluid;
  for (const std::uint32_t m : modes_) of_mode[m] = byte++;
  for (const std::uint32_t c : restarts_) of_restart[c] = byte++;
  for (const std::uint32_t t : timers_) {
    of_timer[t] = byte;
    byte += 2;
  }
  for (const std::uint32_t c : components_) of_component[c] = byte++;
  for (const std::uint32_t k : cells_) {
    of_cell[k] = byte;
    if (!model_.cells[k].stands_for.empty()) pointers_.push_back({byte, k, -1, 0});
    byte += 2;
  }
  for (const std::uint32_t f : fluids_) of_fluid[f] = byte++;
  mode_in_row_.assign(model_.modes.size(), {});
  for (const Interchangeable& set : options_.interchangeable) {
    if (of_component.count(static_cast<std::uint32_t>(set.rows.front().components.front())) == 0) {
      continue;  // of another module
    }
    Rows rows;
    for (const Interchangeable::Row& row : set.rows) {
      std::vector<std::uint32_t> bytes;
      std::vector<ModeId> modes;
      bool whole = true;
      const auto add = [&](const std::map<std::uint32_t, std::uint32_t>& where, std::uint32_t what,
                           std::uint32_t count) {
        const auto at = where.find(what);
        whole = whole && at != where.end();
        for (std::uint32_t i = 0; whole && i < count; ++i) bytes.push_back(at->second + i);
      };
      for (const ComponentId id : row.components) {
        const Component& component = model_.components[index(id)];
        for (std::uint32_t m = 0; m < component.mode_count; ++m) {
          add(of_mode, component.first_mode + m, 1);
          modes.push_back(ModeId(component.first_mode + m));
        }
        if (component.restart != kNone<LawId>) add(of_restart, static_cast<std::uint32_t>(id), 1);
        add(of_component, static_cast<std::uint32_t>(id), 1);
      }
      for (const TimerId id : row.timers) add(of_timer, static_cast<std::uint32_t>(id), 2);
      for (const CellId id : row.cells) add(of_cell, static_cast<std::uint32_t>(id), 2);
      for (const FluidId id : row.fluids) add(of_fluid, static_cast<std::uint32_t>(id), 1);
      if (!whole) break;  // not all of it is in this module
      rows.bytes.push_back(std::move(bytes));
      rows.modes.push_back(std::move(modes));
    }
    if (rows.bytes.size() != set.rows.size()) continue;
    for (std::uint32_t r = 0; r < rows.modes.size(); ++r) {
      for (std::uint32_t p = 0; p < rows.modes[r].size(); ++p) {
        mode_in_row_[index(rows.modes[r][p])] = {static_cast<std::int32_t>(rows_.size()), r, p};
      }
    }
    for (Pointer& pointer : pointers_) {
      for (std::uint32_t r = 0; r < rows.bytes.size(); ++r) {
        const auto& bytes = rows.bytes[r];
        if (std::find(bytes.begin(), bytes.end(), pointer.byte) == bytes.end()) continue;
        pointer.set = static_cast<std::int32_t>(rows_.size());
        pointer.row = r;
      }
    }
    rows_.push_back(std::move(rows));
  }
  is_pointer_.assign(key_.size(), 0);
  for (const Pointer& pointer : pointers_) {
    is_pointer_[pointer.byte] = is_pointer_[pointer.byte + 1] = 1;
  }
}

/// Moves row i of a set to place order[i] in the key; names of modes move along.
void Explorer::permute(const std::vector<std::size_t>& order, std::size_t which) {
  const Rows& rows = rows_[which];
  const std::vector<std::uint8_t> before = key_;
  for (std::size_t r = 0; r < order.size(); ++r) {
    for (std::size_t i = 0; i < rows.bytes[r].size(); ++i) {
      key_[rows.bytes[order[r]][i]] = before[rows.bytes[r][i]];
    }
  }
  for (const Pointer& pointer : pointers_) {
    const Cell& cell = model_.cells[pointer.cell];
    const std::size_t value = key_[pointer.byte] + 256U * key_[pointer.byte + 1];
    if (value == 0) continue;
    const InRow at = mode_in_row_[index(cell.stands_for[value - 1])];
    if (at.set != static_cast<std::int32_t>(which)) continue;
    const ModeId moved = rows.modes[order[at.row]][at.place];
    const auto found = std::find(cell.stands_for.begin(), cell.stands_for.end(), moved);
    CHECK(found != cell.stands_for.end(), "{} has no name for a mode", cell.name);
    const auto now = static_cast<std::size_t>(found - cell.stands_for.begin()) + 1;
    key_[pointer.byte] = static_cast<std::uint8_t>(now & 255);
    key_[pointer.byte + 1] = static_cast<std::uint8_t>(now >> 8);
  }
}

/// By row of a set when it is first named on a walk that begins with what is in no row and goes on
/// through the rows that are named: the order of queues.
std::vector<std::size_t> Explorer::order_of_names(std::size_t which) const {
  const std::size_t n = rows_[which].bytes.size();
  std::vector<std::size_t> named(n, n);
  std::vector<const Pointer*> open;
  for (const Pointer& pointer : pointers_) {
    if (pointer.set < 0) open.push_back(&pointer);
  }
  std::vector<std::pair<std::int32_t, std::uint32_t>> met;
  std::size_t next = 0;
  for (std::size_t k = 0; k < open.size(); ++k) {
    const std::size_t value = key_[open[k]->byte] + 256U * key_[open[k]->byte + 1];
    if (value == 0) continue;
    const InRow at = mode_in_row_[index(model_.cells[open[k]->cell].stands_for[value - 1])];
    if (at.set < 0) continue;
    const std::pair<std::int32_t, std::uint32_t> row{at.set, at.row};
    if (std::find(met.begin(), met.end(), row) != met.end()) continue;
    met.push_back(row);
    if (at.set == static_cast<std::int32_t>(which)) named[at.row] = next++;
    for (const Pointer& inner : pointers_) {
      if (inner.set == at.set && inner.row == at.row) open.push_back(&inner);
    }
  }
  return named;
}

/// The rows of each set in the order of what they are; of equals, in the order in which they are
/// named by queues. Not always the same for two states that could be one, which costs states and
/// nothing else.
void Explorer::canonise() {
  for (std::size_t which = 0; which < rows_.size(); ++which) {
    const Rows& rows = rows_[which];
    const std::size_t n = rows.bytes.size();
    const std::vector<std::size_t> named = order_of_names(which);
    const auto less = [&](std::size_t a, std::size_t b) {
      for (std::size_t i = 0; i < rows.bytes[a].size(); ++i) {
        const std::uint32_t x = rows.bytes[a][i];
        const std::uint32_t y = rows.bytes[b][i];
        if (is_pointer_[x] == 0 && key_[x] != key_[y]) return key_[x] < key_[y];
      }
      return named[a] < named[b];
    };
    std::vector<std::size_t> sorted(n);
    for (std::size_t i = 0; i < n; ++i) sorted[i] = i;
    if (std::is_sorted(sorted.begin(), sorted.end(), less)) continue;
    std::stable_sort(sorted.begin(), sorted.end(), less);
    std::vector<std::size_t> order(n);
    for (std::size_t i = 0; i < n; ++i) order[sorted[i]] = i;
    permute(order, which);
  }
}

/// Explores the state once more with its rows turned round, and compares.
void Explorer::test_exchange(StateId from) {
  std::vector<std::pair<StateId, double>> before;
  for (const Target& target : targets_) before.emplace_back(target.to, target.rate);
  for (const Target& target : targets_) target_of_[target.to] = -1;
  const std::vector<Target> kept_targets = targets_;
  const auto kept_earning = earning_;
  targets_.clear();
  earning_.clear();
  key_.assign(table_->key(from), table_->key(from) + key_.size());
  for (std::size_t which = 0; which < rows_.size(); ++which) {
    std::vector<std::size_t> order(rows_[which].bytes.size());
    const std::size_t by = 1 + from % (order.size() - 1);  // never back to itself
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = (i + by) % order.size();
    permute(order, which);
  }
  const std::vector<std::uint8_t> turned = key_;
  follow_all(turned);
  std::vector<std::pair<StateId, double>> after;
  for (const Target& target : targets_) {
    after.emplace_back(target.to, target.rate);
    target_of_[target.to] = -1;
  }
  std::sort(before.begin(), before.end());
  std::sort(after.begin(), after.end());
  bool same = before.size() == after.size();
  for (std::size_t i = 0; same && i < before.size(); ++i) {
    same = before[i].first == after[i].first &&
           std::abs(before[i].second - after[i].second) <= 1e-9 * before[i].second;
  }
  if (!same) throw NotInterchangeable();
  targets_ = kept_targets;
  earning_ = kept_earning;
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    target_of_[targets_[i].to] = static_cast<std::int32_t>(i);
  }
}

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
    for (const std::uint32_t f : fluids_) {
      kept_[f] = 1.0;
      added_[f] = 0.0;
    }
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
}

void Explorer::flow(FluidId id, double slope_per_s) {
  touch(modules_.atom(id));
  Fluid& fluid = state_.fluids[index(id)];
  if (slope_per_s != 0) {
    throw NotMarkovian({{model_.fluids[index(id)].name, "a level that may reach a bound"}});
  }
  fluid.flow = Fluid::Flow::linear;
  fluid.slope = slope_per_s;
}

void Explorer::flow(FluidId id, double target, double rate_per_s) {
  touch(modules_.atom(id));
  const FluidRow& row = model_.fluids[index(id)];
  if (target < row.floor || target > row.ceiling) {
    throw NotMarkovian({{row.name, "a level that may reach a bound"}});
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
  added_[index(id)] = std::clamp(value, row.floor, row.ceiling);
}

void Explorer::scale(FluidId id, double factor) {
  touch(modules_.atom(id));
  const FluidRow& row = model_.fluids[index(id)];
  if (factor < 0 || factor > 1 || row.floor > 0) {
    throw NotMarkovian({{row.name, "a level that may reach a bound"}});
  }
  kept_[index(id)] *= factor;
  added_[index(id)] *= factor;
}

void Explorer::when(FluidId id, double, TimerId timer) {
  throw NotMarkovian({{model_.timers[index(timer)].name,
                       fmt::format("waits for the level of {}", model_.fluids[index(id)].name)}});
}

// ---- The chain -------------------------------------------------------------------------------

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
    targets_.push_back({to, 0.0, {}});
    targets_.back().jumps.resize(fluids_.size());
  }
  Target& target = targets_[static_cast<std::size_t>(target_of_[to])];
  target.rate += rate;
  for (std::size_t f = 0; f < fluids_.size(); ++f) {
    target.jumps[f].first += rate * kept_[fluids_[f]];
    target.jumps[f].second += rate * added_[fluids_[f]];
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
  if (!rows_.empty() && (from < kTested || from % 64 == 0)) test_exchange(from);
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
      for (const std::uint32_t f : fluids_) {
        kept_[f] = 1.0;
        added_[f] = 0.0;
      }
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
            throw NotMarkovian({{model_.modes[m].name, "phases do not know an age at the start"}});
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

}  // namespace

NotMarkovian::NotMarkovian(std::vector<Reason> all)
    : std::runtime_error(text_of(all)), reasons_(std::move(all)) {
  std::vector<Reason> once;
  for (Reason& reason : reasons_) {
    if (std::none_of(once.begin(), once.end(), [&](const Reason& known) {
          return known.slot == reason.slot && known.why == reason.why;
        })) {
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
    if (law.mean() > 0 && !law.memoryless_rate()) reasons.push_back({slot, law.text()});
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
