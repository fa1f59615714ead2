// The explorer itself, told in three files: explore.cpp the chain, explorer_state.cpp states and
// their keys, explorer_acts.cpp what events and handlers do.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "engine/base/check.hpp"
#include "engine/solve/explore.hpp"
#include "engine/solve/key_table.hpp"

namespace nines {

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
  double number(EvaluationId, std::size_t i) const override;
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
  void raise(FluidId, FluidId by, FluidId at_most) override;
  void lower(FluidId, FluidId by, bool sure) override;
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
  std::size_t number_of(std::int32_t set, std::uint32_t row) const {
    return rows_[static_cast<std::size_t>(set)].first + row;
  }
  void sign_rows();
  bool single_out();
  void permute(const std::vector<std::size_t>& order, std::size_t which);
  void test_exchange(StateId from, std::size_t which);
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
    std::size_t set = 0;  ///< in the options
    std::vector<std::vector<std::uint32_t>> bytes;
    std::vector<std::vector<ModeId>> modes;  ///< of each row, in the same order
    std::size_t first = 0;                   ///< number of the first row, among those of all sets
  };
  std::vector<Rows> rows_;
  /// A cell whose values are names of modes: where it is in the key, and the row that it is in.
  struct Pointer {
    std::uint32_t byte;
    std::uint32_t cell;
    std::int32_t set = -1;  ///< and row that it is in, and place in the row; none
    std::uint32_t row = 0;
    std::uint32_t place = 0;
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
  /// That one row names another, and how: from which place to which.
  struct Tie {
    std::size_t from;
    std::size_t to;
    std::uint64_t how;
  };
  std::vector<Tie> ties_;
  std::vector<std::uint64_t> signs_, refined_, sorted_signs_;  ///< by row of all sets
  mutable std::vector<std::uint8_t> signal_is_ours_;           ///< 0: not asked yet

  // Signals.
  mutable std::vector<Memo> memos_;
  /// By evaluation: as its watchers know its numbers; empty where there are none.
  std::vector<std::vector<double>> watched_;
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
  /// Plus these shares of what others were before the event.
  std::vector<std::vector<std::pair<FluidId, double>>> poured_;
  void forget_levels();
  void mix_in(FluidId id, FluidId by, double share);

  // Of the state that is explored.
  struct Target {
    StateId to;
    double rate;
    std::vector<std::pair<double, double>> jumps;  ///< by fluid: rate * kept, rate * added
    std::map<std::pair<std::size_t, FluidId>, double> pours;  ///< rate * share
  };
  std::vector<Target> targets_;
  std::vector<std::int32_t> target_of_;  ///< by state: in targets_
  std::map<std::pair<MeasureId, FluidId>, double> earning_;
  bool earns_from_fluids_ = false;
  Explored result_;
};

}  // namespace nines
