// The simulator: one run of a model, event by event. Fast; see reference.hpp for the obvious one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <stdexcept>
#include <vector>

#include "engine/chance/lanes.hpp"
#include "engine/contract/model.hpp"
#include "engine/measure/observer.hpp"
#include "engine/run/addresses.hpp"
#include "engine/run/calendar.hpp"
#include "engine/run/memo.hpp"

namespace nines {

/// How a run begins.
enum class Start : std::uint8_t {
  all_new,      ///< all up and new, or of the age that the mode states
  equilibrium,  ///< independent renewals as at a random instant of an endless past
};

struct SimulatorOptions {
  std::uint64_t seed = 1;
  Start start = Start::all_new;
  Width width = Width::automatic;
  /// About how long runs will be, in seconds; decides how many draws are made at a time, which
  /// changes the speed and nothing else.
  double typical_span_s = 3.15e7;
};

/// A loop without end at one instant, with the names of those who take part in it.
class EndlessLoop : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// After so many events and wakes at one instant the run is given up as an endless loop.
inline constexpr int kMostEventsAtOneInstant = 1'000'000;

/// The same future under other luck: the branch enters every later address, and every pending slot
/// draws its remaining time anew from its law, given its age.
State branch(const Model& model, const State& state, std::uint64_t seed, std::uint64_t k);

class Simulator final : public Context {
 public:
  Simulator(const Model& model, SimulatorOptions options, std::vector<Observer*> observers = {},
            EventObserver* events = nullptr);

  /// Starts run number `run` at time 0.
  void begin(std::uint32_t run);
  /// Goes on from a state. Observers are told that a run begins.
  void load(State state);
  /// Lets every event before `until_s` happen, then stands at `until_s`. False if an observer has
  /// asked to stop: then the run stands at the instant of that.
  bool advance(double until_s);
  /// Lets the next instant happen, if there is one before `until_s`.
  bool step(double until_s);
  /// Ends the run where it stands: observers are told.
  void end();
  /// Makes a mode fail now, as a person would who pulls a plug. Nothing if it has failed.
  void inject(ModeId mode);
  /// Ends the repair of a mode now. Nothing if it is not under way: not failed, or not begun.
  void mend(ModeId mode);
  /// When the next event comes if nothing is done from outside; infinite if none does.
  double next_s() { return calendar_.time(); }

  const State& now() const { return state_; }
  Moment moment() { return {state_.now_s, *this, control_}; }
  std::uint64_t events() const { return events_; }

  // Reading and Context.
  bool value(SignalId id) const override { return state_.signal[index(id)] != 0; }
  double number(EvaluationId id, std::size_t i) const override {
    return memos_[index(id)].look_up().numbers[i];
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
  struct ModeRow {
    std::uint32_t component = 0;
    std::uint32_t signal = 0;
    LawId law[2]{};         ///< of lives, of repairs
    bool listened = false;  ///< a reaction or a signal follows this very mode
    bool in_batches = false;
    bool has_age = false;
  };
  /// The one thing that hangs on a signal, where it is one, and a gate with weight 1: most changes
  /// end there.
  struct OnlyRow {
    enum class What : std::uint8_t { nothing, gate, bit, more };
    What what = What::more;
    std::uint32_t row = 0;  ///< gate or evaluation
    std::uint32_t bit = 0;  ///< of the evaluation
  };
  /// What the loop needs to know of a plain mode: it is read at every event, so it is small and
  /// stands beside the mode's first draws.
  struct alignas(8) PlainRow {
    static constexpr std::uint32_t kNotPlain = 0xFFFFFFFFU;
    static constexpr std::uint32_t kNoGate = 0xFFFFFFFFU;
    std::uint32_t component = kNotPlain;
    std::uint32_t signal = 0;
    std::uint32_t gate = kNoGate;  ///< that hangs on that signal by itself
    std::uint32_t law_toggle = 0;  ///< law of lives xor law of repairs
  };
  struct alignas(64) CacheLine {
    std::byte bytes[64];
  };
  struct SignalRow {
    std::uint32_t parents_begin = 0;
    std::uint32_t parents_end = 0;
    std::uint32_t bits_begin = 0;
    std::uint32_t bits_end = 0;
    bool listened = false;  ///< watched or observed
  };
  struct GateRow {
    std::int32_t need = 0;
    std::uint32_t signal = 0;
  };
  /// Draws of a mode that are ready: the phases first, first + 1, …, where phase 2 i is its life
  /// number i and phase 2 i + 1 the repair that follows.
  struct Ready {
    const double* spans_s = nullptr;
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  static constexpr std::uint32_t kFewestFirst = 4;
  static constexpr std::uint32_t kMostFirst = 32;
  static constexpr std::uint32_t kBatch = 8;  ///< lives, and as many repairs
  struct Batch {
    double spans_s[2 * kBatch];
  };

  const State& state() const override { return state_; }

  TimerState& timer_state(SlotId slot) { return state_.timers[index(slot) - modes_.size()]; }

  // Draws.
  double span_s(std::uint32_t mode, std::uint32_t phase);
  void refill(std::uint32_t mode, std::uint32_t phase);
  void fill_first_draws();
  double reaction_unit();
  double timer_draw(SlotId slot);

  // The loop.
  bool plain_events(double until_s);
  void reset(std::uint32_t run);
  void begin_state();
  void tell_begin();
  void take_stock();
  void read_patterns();
  void begin_chain(std::uint32_t mode, std::uint32_t ordinal, bool repaired);
  void fire(SlotId slot);
  [[noreturn]] void endless(const std::string& who) const;
  void fire_mode(std::uint32_t mode);
  void mode_fails(std::uint32_t mode);
  void mode_repaired(std::uint32_t mode);
  void component_up(std::uint32_t component);
  void set_clocks(std::uint32_t component);
  void start_slot(SlotId slot, LawId law, double work_s, double speed);
  void change_speed(SlotId slot, double speed);
  bool ends_quietly(std::uint32_t signal, bool value);
  void flip(std::uint32_t signal, bool value);
  void change(std::uint32_t signal, bool value);
  void settle_signals();
  void evaluate(std::uint32_t evaluation);
  void mode_changed(std::uint32_t mode);
  void react();
  void commit();
  void refresh_crossings(FluidId fluid);
  void settle(FluidId fluid);
  double held(FluidId fluid);

  const Model& model_;
  SimulatorOptions options_;
  const Lanes& lanes_;
  std::vector<Observer*> observers_;
  EventObserver* event_observer_;

  State state_;
  Calendar calendar_;
  Control control_;
  std::uint64_t events_ = 0;
  int at_instant_ = 0;

  // Tables for the loop, made from the model.
  std::vector<ModeRow> modes_;
  /// By mode its PlainRow and, right behind it, its first draws: what an event reads stands in one
  /// place, and with six draws in one line of the cache.
  std::vector<CacheLine> hot_;
  std::size_t hot_stride_ = 0;  ///< bytes from one mode to the next
  std::byte* hot(std::size_t mode) { return hot_.data()->bytes + hot_stride_ * mode; }
  double* first_spans(std::size_t mode) {
    return reinterpret_cast<double*>(hot(mode) + sizeof(PlainRow));
  }
  std::vector<SignalRow> signals_;
  std::vector<Signal::Parent> parents_;
  std::vector<Signal::Bit> bits_;
  std::vector<GateRow> gates_;
  std::vector<OnlyRow> only_;  ///< by signal
  std::vector<const Law*> laws_;
  std::vector<std::uint64_t> streams_;  ///< by mode; padded to a multiple of 8
  std::uint64_t streams_branch_ = 0;    ///< the branch that they are for

  // Caches of draws.
  std::vector<Ready> ready_;  ///< by mode
  /// Phases that are drawn for all modes when a run starts: across modes a vector of draws costs
  /// little more than one, and most modes of a large model need no more than a life, a repair and
  /// another life.
  std::uint32_t first_;  ///< how many: about what a run of typical span needs
  struct Alike {
    std::size_t begin;
    std::size_t end;
    const Law* law;
  };
  std::vector<Alike> alike_[2];  ///< neighbouring modes with one law of lives, of repairs
  std::vector<Batch> batches_;   ///< by mode
  std::vector<double> scratch_;  ///< two units for each mode

  // Of the event that is happening.
  Chain chain_;
  std::uint64_t event_number_ = 0;
  ReactionId reacting_ = kNone<ReactionId>;
  struct DrawCount {
    std::uint64_t event = 0;
    std::uint32_t draws = 0;
  };
  std::vector<DrawCount> draw_counts_;  ///< by reaction

  struct QueuedWake {
    ReactionId reaction;
    Wake wake;
  };
  std::vector<QueuedWake> wakes_;
  std::size_t next_wake_ = 0;

  // Of the change that is happening.
  mutable std::vector<Memo> memos_;                           ///< by evaluation
  std::vector<std::vector<std::uint64_t>> initial_patterns_;  ///< by evaluation
  std::vector<std::uint64_t> outcomes_;   ///< by evaluation: the first word of its outputs
  std::vector<std::uint32_t> unsettled_;  ///< evaluations whose pattern has changed
  std::vector<std::uint8_t> is_unsettled_;
  std::vector<std::uint32_t> touched_;        ///< listened signals that flipped, once per flip
  std::vector<std::vector<double>> numbers_;  ///< by evaluation, as observers know them
  /// By evaluation: as its watchers know them; empty where there are none.
  std::vector<std::vector<double>> watched_;
  std::vector<std::uint32_t> evaluated_;  ///< of the watched ones, in this change
  void note_watched(std::uint32_t evaluation);

  // Of the instant that is happening.
  bool dirty_ = false;
  std::vector<std::uint32_t> dirty_signals_;
  std::vector<std::uint8_t> committed_;
  std::vector<SlotId> flip_origin_;
  std::vector<std::uint32_t> dirty_numbers_;  ///< evaluations

  std::vector<std::vector<TimerId>> crossings_;  ///< by fluid: timers that wait for a level
};

inline double Simulator::span_s(std::uint32_t mode, std::uint32_t phase) {
  const Ready& ready = ready_[mode];
  if (phase - ready.first >= ready.count) [[unlikely]]
    refill(mode, phase);
  return ready.spans_s[phase - ready.first];
}

}  // namespace nines
