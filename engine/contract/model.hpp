// The contract between the engine, which knows nothing of high availability, and the models,
// which know nothing of clocks and queues. Read this first; docs/theory/contract.md explains it.
//
// A Model is a fixed set of components, each with failure modes that come and go (renewals, kept in
// tables), gates over them, small integers and fluids, and reactions: handlers that wake when
// something that they watch changes and act through a Context. The simulator runs the handlers
// and draws; the exact solver runs the very same handlers and notes rates instead.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/chance/distribution.hpp"
#include "engine/contract/state.hpp"

namespace nines {

/// What a handler, a rate function or an observer may read: the discrete part of the state. No
/// clock time, age, remaining time, drawn value or fluid level: the chain does not have them.
class Reading {
 public:
  virtual ~Reading() = default;
  /// Of a component: up. Of a mode: it has not failed. Of a flag: what its cell holds. Of a gate:
  /// enough of its inputs are true. Of an evaluation: what it says of its inputs.
  virtual bool value(SignalId) const = 0;
  /// The i-th number that an evaluation gives beside its outputs.
  virtual double number(EvaluationId, std::size_t i) const = 0;
  /// What flows into a fluid per second, as it was last told: how it flows is part of the discrete
  /// state, its level is not.
  double inflow(FluidId id) const {
    const Fluid& fluid = state().fluids[index(id)];
    return fluid.flow == Fluid::Flow::linear ? fluid.slope : fluid.target * fluid.rate;
  }

  virtual bool up(ComponentId component) const { return state().down[index(component)] == 0; }
  virtual bool failed(ModeId mode) const { return state().failed[index(mode)] != 0; }
  virtual bool restarting(ComponentId c) const { return state().restarting[index(c)] != 0; }
  virtual int cell(CellId cell) const { return state().cells[index(cell)]; }
  virtual bool pending(TimerId timer) const {
    return state().slots[timer_base_ + index(timer)].pending();
  }

 protected:
  explicit Reading(const Model& model);
  virtual const State& state() const = 0;

 private:
  std::size_t timer_base_;
};

/// How much an occurrence earns: `factor` times 1, times a value of `law`, or times what `fluid`
/// holds at that moment. Simulating draws the law; exploring takes its mean.
struct Amount {
  double factor = 1.0;
  LawId law = kNone<LawId>;
  FluidId fluid = kNone<FluidId>;
};

/// What a handler may do. Every draw that follows from its acts is addressed by the fault behind
/// the event that woke it, so that a fault of one component never shifts the luck of another.
class Context : public Reading {
 public:
  // Timers: slots of the reaction's own.
  virtual void start(TimerId, LawId) = 0;  ///< an error if pending
  virtual void cancel(TimerId) = 0;        ///< nothing if not pending
  /// Its age grows at `speed` from now on; 0 is standing still.
  virtual void speed(TimerId, double speed) = 0;

  // Failure modes and components.
  virtual void repair(ModeId) = 0;  ///< starts a repair that awaits a reaction
  /// Of a repair that a reaction has started: 0 is pre-empted, 1/n the share of a crew at n places.
  virtual void repair_speed(ModeId, double speed) = 0;
  /// Makes the mode fail now, if it has not. The component must be declared as governed.
  virtual void fail(ModeId) = 0;
  /// The speed of the component's clock while it is up: 1 in service, the dormancy in standby.
  virtual void operate(ComponentId, double speed) = 0;
  /// Makes a component that nothing keeps down, or that restarts already, restart from now on (its
  /// power has returned). Nothing while a failure keeps it down: it will restart after the repair.
  virtual void restart(ComponentId) = 0;

  // The discrete state, chance and earnings.
  virtual void set(CellId, int value) = 0;
  /// One of the indices of `weights`, with probabilities in proportion to them.
  virtual std::size_t choose(std::span<const double> weights) = 0;
  virtual void earn(MeasureId, Amount) = 0;

  // Fluids.
  virtual void flow(FluidId, double slope_per_s) = 0;
  virtual void flow(FluidId, double target, double rate_per_s) = 0;
  virtual void level(FluidId, double value) = 0;   ///< sets it at once
  virtual void scale(FluidId, double factor) = 0;  ///< what is lost at once is a part of it
  /// Adds what another holds at this moment; to no more than the level of `at_most`, which
  /// exploring takes not to be reached.
  virtual void raise(FluidId, FluidId by, FluidId at_most = kNone<FluidId>) = 0;
  /// Takes off the level of another. Unless it is sure that there is so much, exploring refuses it.
  virtual void lower(FluidId, FluidId by, bool sure) = 0;
  /// Makes the timer fire when the fluid reaches `level`: at once if it is there. Recomputed
  /// whenever the flow changes; it waits for ever if the level is never reached.
  virtual void when(FluidId, double level, TimerId) = 0;

 protected:
  using Reading::Reading;
};

/// Why a handler is awake.
struct Wake {
  enum class By : std::uint8_t { begin, signal, mode, timer, cell, evaluation };
  By by = By::begin;
  std::uint32_t id = 0;

  bool is(SignalId signal) const { return by == By::signal && id == index(signal); }
  bool is(ModeId mode) const { return by == By::mode && id == index(mode); }
  bool is(CellId cell) const { return by == By::cell && id == index(cell); }
  bool is(TimerId timer) const { return by == By::timer && id == index(timer); }
};

/// What follows in consequence. It holds no memory of its own: what it must remember stands in
/// cells and slots, so that a copied state has the same future and the chain can be found.
class Reaction {
 public:
  virtual ~Reaction() = default;
  /// Called once at the start of a run with Wake::By::begin, then whenever something that it
  /// watches has changed. Within one instant wakes come first in, first out, until none is left.
  virtual void wake(Context&, Wake) const = 0;
};

/// Whether a failure takes its component down, or leaves it up (degraded).
enum class Effect : std::uint8_t { down, part };
/// Whether the repair starts by itself at the fault, or when a reaction calls Context::repair.
enum class RepairStart : std::uint8_t { at_once, by_reaction };

/// One way in which a component fails: an alternation of lives and repairs. Its slot has the same
/// number. Lives are spent in operating time: while the component is down or restarting they
/// stand still. A life ends in a failure, a repair in a new life.
struct Mode {
  LawId life{};
  LawId repair{};
  ComponentId component{};
  SignalId signal = kNone<SignalId>;  ///< true while it has not failed; none: nobody asked
  Effect effect = Effect::down;
  RepairStart repair_start = RepairStart::at_once;
  double age_s = 0.0;  ///< of the first life, when the run starts
  std::uint64_t stream = 0;
  std::string name;  ///< "db-1/disk"
};

struct Component {
  std::string name;
  std::uint32_t first_mode = 0;
  std::uint32_t mode_count = 0;
  SignalId signal{};             ///< true while it is up
  LawId restart = kNone<LawId>;  ///< from the end of a repair until it is up again
  SlotId restart_slot = kNone<SlotId>;
  /// A reaction may change its clock or make it fail: it is then no independent renewal.
  bool governed = false;
};

/// True while the weights of its true inputs add up to at least `need`.
struct Gate {
  std::int32_t need = 0;
  SignalId signal{};
  struct Input {
    SignalId signal{};
    std::int32_t weight = 1;
  };
  std::vector<Input> inputs;
};

struct Cell {
  std::string name;
  int low = 0;
  int high = 0;
  int initial = 0;
  /// A boolean of its value: that it is `equals`, or that it is not 0.
  struct Flag {
    SignalId signal{};
    std::optional<int> equals;
    bool of(int value) const { return equals ? value == *equals : value != 0; }
  };
  std::vector<Flag> flags;
  /// Where its values are names: value i stands for the i-th of these, from 1; 0 for none.
  std::vector<ModeId> stands_for;
};

/// What follows from other signals by a function that no gate can say: who reaches whom, how much
/// is served. A pure function of the pattern of its inputs, and of nothing else, so that it need
/// not be computed twice for one pattern.
struct Evaluation {
  /// Input i is bit i % 64 of word i / 64. Writes one byte for each output, 0 or 1, and each
  /// number.
  using Function =
      std::function<void(const std::uint64_t* pattern, std::uint8_t* outputs, double* numbers)>;
  std::string name;
  std::vector<SignalId> inputs;
  std::vector<SignalId> outputs;
  std::uint32_t numbers = 0;  ///< how many it gives beside the outputs; observers are told of them
  Function value;

  std::size_t words() const { return (inputs.size() + 63) / 64; }
};

struct Timer {
  std::string name;
  std::uint64_t stream = 0;
  ReactionId owner{};
  std::string tells;  ///< what its firing means, for people
  /// It fires by itself, whatever started it: what follows is blamed on it. A false alarm.
  bool spontaneous = false;
};

struct FluidRow {
  std::string name;
  double floor = 0.0;
  double ceiling = 0.0;
  /// Where there is one, a linear fluid holds only what came in within a time drawn from this law,
  /// at most its level: what a sender that lags so far behind has not sent yet. Each look draws
  /// anew. Such a level is only ever set to 0.
  LawId window = kNone<LawId>;
};

/// A boolean of the model, and who depends on it.
struct Signal {
  enum class Kind : std::uint8_t { component, mode, flag, gate, evaluation };
  struct Parent {
    std::uint32_t gate = 0;
    std::int32_t weight = 1;
  };
  /// A place in the pattern of an evaluation.
  struct Bit {
    std::uint32_t evaluation = 0;
    std::uint32_t bit = 0;
  };
  Kind kind = Kind::component;
  std::uint32_t row = 0;   ///< in the table of its kind; of a flag: its cell
  std::uint32_t item = 0;  ///< of a flag or an evaluation: which of the row's
  bool observed = false;
  std::string name;
};

/// The pattern of an evaluation's inputs, as `value_of(SignalId)` tells them.
template <class ValueOf>
std::vector<std::uint64_t> pattern_of(const Evaluation& evaluation, ValueOf value_of) {
  std::vector<std::uint64_t> pattern(evaluation.words());
  for (std::size_t i = 0; i < evaluation.inputs.size(); ++i) {
    if (value_of(evaluation.inputs[i])) pattern[i / 64] |= std::uint64_t{1} << (i % 64);
  }
  return pattern;
}

/// Lists of several owners in one array.
template <class T>
struct Lists {
  std::vector<std::uint32_t> begin;
  std::vector<T> items;
  std::span<const T> operator[](std::size_t i) const {
    return {items.data() + begin[i], items.data() + begin[i + 1]};
  }
};

/// The compiled model: const, shared by all threads. Made by ModelBuilder only.
struct Model {
  std::vector<LawPtr> laws;
  std::vector<Component> components;
  std::vector<Mode> modes;
  std::vector<Gate> gates;
  std::vector<Cell> cells;
  std::vector<FluidRow> fluids;
  std::vector<Evaluation> evaluations;  ///< each reads only signals that were made before it
  std::vector<std::string> measures;
  std::vector<Timer> timers;          ///< their slots follow those of modes and restarts
  std::vector<ComponentId> restarts;  ///< their slots follow those of modes
  std::vector<std::uint64_t> restart_streams;
  std::vector<Signal> signals;
  struct NamedReaction {
    std::string name;
    std::uint64_t stream = 0;
    std::unique_ptr<const Reaction> reaction;
    bool calendar = false;  ///< goes by the clock alone: it has no transient to wait for
  };
  std::vector<NamedReaction> reactions;

  Lists<Signal::Parent> parents;      ///< by signal
  Lists<ReactionId> signal_watchers;  ///< by signal
  Lists<ReactionId> mode_watchers;    ///< by mode
  Lists<ReactionId> cell_watchers;    ///< by cell
  Lists<ReactionId> number_watchers;  ///< by evaluation
  Lists<Signal::Bit> bits;            ///< by signal: evaluations that read it
  State initial;                      ///< all up and new, nothing pending

  const Law& law(LawId id) const { return *laws[index(id)]; }
  std::size_t slot_count() const { return modes.size() + restarts.size() + timers.size(); }
  /// Slots are numbered modes first, then restarts, then timers; at one instant they fire in
  /// that order, and within a class in the order of their numbers.
  SlotId slot(ModeId mode) const { return SlotId(static_cast<std::uint32_t>(mode)); }
  SlotId slot(TimerId timer) const {
    return SlotId(static_cast<std::uint32_t>(modes.size() + restarts.size() + index(timer)));
  }
  std::string slot_name(SlotId slot) const;
  /// A component that nothing governs: one mode, its own repair, no restart. Its state at a random
  /// instant is known in closed form.
  bool is_independent_renewal(const Component& component) const;
  /// Events per second of simulated time, as far as the means of failures and repairs tell.
  double event_rate() const;
};

inline Reading::Reading(const Model& model)
    : timer_base_(model.modes.size() + model.restarts.size()) {}

}  // namespace nines
