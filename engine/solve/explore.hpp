// Exploring: the third who runs a model. Where a simulator draws, this one notes rates and follows
// every choice, by running the very same handlers; what comes out is a Markov chain.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/base/interrupted.hpp"
#include "engine/contract/model.hpp"
#include "engine/run/memo.hpp"
#include "engine/solve/chain.hpp"
#include "engine/solve/phase_type.hpp"

namespace nines {

/// A model of which no chain can be made, and why.
class NotMarkovian : public std::runtime_error {
 public:
  struct Reason {
    std::string slot;  ///< "db-1/disk", or the name of a timer
    std::string law;   ///< the one that has a memory; empty: it is something else
    std::string why = "has a memory";
    bool operator==(const Reason&) const = default;
  };
  explicit NotMarkovian(std::vector<Reason> reasons);
  const std::vector<Reason>& reasons() const { return reasons_; }

 private:
  std::vector<Reason> reasons_;
};

/// More states than were allowed.
class TooManyStates : public std::runtime_error {
 public:
  explicit TooManyStates(std::size_t most);
  std::size_t most = 0;
};

/// Parts of a model that never touch one another: no reaction of one reads, or acts on, what
/// belongs to another. Each is a chain of its own, independent of the others. What only a gate or
/// an evaluation brings together stays apart.
///
/// Begins with what reactions declare that they watch, and learns the rest from what they do: an
/// explorer that runs one module while all others stand still joins what its reactions touch.
class Modules {
 public:
  explicit Modules(const Model& model);

  /// Everything that changes is one atom: a component with its modes, a cell, a timer, a fluid, a
  /// reaction.
  std::size_t atom(ComponentId id) const { return index(id); }
  std::size_t atom(CellId id) const { return components_ + index(id); }
  std::size_t atom(TimerId id) const { return components_ + cells_ + index(id); }
  std::size_t atom(FluidId id) const { return components_ + cells_ + timers_ + index(id); }
  std::size_t atom(ReactionId id) const {
    return components_ + cells_ + timers_ + fluids_ + index(id);
  }
  std::size_t atoms() const { return parent_.size(); }

  std::size_t of(std::size_t atom) const;  ///< a name for its module
  void join(std::size_t a, std::size_t b);
  /// Joins an atom and all that a signal follows from.
  void join(std::size_t atom, SignalId signal);
  bool apart(std::size_t a, std::size_t b) const { return of(a) != of(b); }
  bool apart(std::size_t atom, SignalId signal) const;

  /// By module its atoms, those of components that can fail or of reactions; modules in the order
  /// of their first atom.
  std::vector<std::vector<std::size_t>> list() const;
  /// All modules as one.
  void join_all();

 private:
  void visit(SignalId signal, const std::function<void(std::size_t)>& atom) const;

  const Model& model_;
  std::size_t components_, cells_, timers_, fluids_;
  mutable std::vector<std::size_t> parent_;
};

/// Rows of which any two may change places without anything changing but names: states that differ
/// only in that are one. Rows hold what is theirs in the same order.
struct Interchangeable {
  struct Row {
    std::vector<ComponentId> components;  ///< with their modes and restarts
    std::vector<CellId> cells;
    std::vector<TimerId> timers;
    std::vector<FluidId> fluids;
  };
  std::vector<Row> rows;
};

/// Rows that were said to be interchangeable are not: what one of them does differs.
class NotInterchangeable : public std::runtime_error {
 public:
  explicit NotInterchangeable(std::size_t in_options)
      : std::runtime_error("parts that look alike behave differently"), set(in_options) {}
  std::size_t set;  ///< which one of the options
};

struct ExploreOptions {
  std::size_t most_states = 5'000'000;
  int phases = 0;  ///< of a law that has a memory: 0 refuses it
  /// Sets of rows, no two of which share anything. What is said is tested: every state of the first
  /// few thousand, and some of the others, is explored once more with its rows exchanged.
  std::vector<Interchangeable> interchangeable = {};
  /// Told now and then; also where to ask whether to stop.
  std::function<void(std::size_t found, std::size_t explored)> progress = {};
  const std::atomic<bool>* interrupted = nullptr;
};

/// What exploring has found, by state.
struct Explored {
  MarkovChain chain;
  /// What is earned per second in a state: the rates of the events that earn, times the amounts.
  struct Earning {
    StateId state;
    MeasureId measure;
    FluidId fluid;  ///< none; else the amount is per unit of its level
    double per_s;
  };
  std::vector<Earning> earnings;

  /// A fluid that somebody earns from: how it flows in each state and what becomes of it in jumps.
  struct Flow {
    Fluid::Flow flow = Fluid::Flow::linear;
    double slope = 0.0;
    double target = 0.0;
    double rate = 0.0;
    auto operator<=>(const Flow&) const = default;
  };
  struct FluidRow {
    FluidId fluid{};
    double initial = 0.0;                ///< level at the start
    std::vector<Flow> flows;             ///< that occur
    std::vector<std::uint8_t> of_state;  ///< by state: which
    /// Jumps that change its level: the sum over those from one state to another of rate * factor,
    /// and of rate * what is added. Other jumps keep it.
    struct Jump {
      StateId from;
      StateId to;
      double rate_per_s;
      double kept_per_s;
      double set_per_s;
    };
    std::vector<Jump> jumps;
    /// Jumps in which another fluid is poured into this one: the sum of rate * share.
    struct Pour {
      StateId from;
      StateId to;
      FluidId source;
      double per_s;
    };
    std::vector<Pour> pours;
  };
  std::vector<FluidRow> fluids;
};

/// Told of every state, when it is explored: what is so while it lasts.
class StateVisitor {
 public:
  virtual ~StateVisitor() = default;
  /// `numbers` gives what an evaluation says beside its outputs.
  virtual void visit(StateId state, const Reading& reading,
                     const std::function<std::span<const double>(EvaluationId)>& numbers) = 0;
};

/// Explores the module with `atoms`, while all else stays as it is at the start. Nothing, and
/// `modules` has learnt, if a reaction touches what belongs to another module: then explore anew.
/// Throws NotMarkovian, TooManyStates, NotInterchangeable, Interrupted.
std::optional<Explored> explore(const Model& model, Modules& modules,
                                const std::vector<std::size_t>& atoms,
                                const ExploreOptions& options, StateVisitor& visitor);

/// The laws that have a memory, with the slots that have them, as far as the tables of the model
/// tell: failures, repairs and restarts. Those of timers show when they are started.
std::vector<NotMarkovian::Reason> laws_with_memory(const Model& model);

}  // namespace nines
