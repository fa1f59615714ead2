// ModelBuilder: the only maker of a Model. It refuses what dangles, repeats or runs in a circle.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/contract/model.hpp"

namespace nines {

struct ModeSpec {
  std::string name;  ///< "disk"; the stream is named "component/disk"
  LawPtr life;
  LawPtr repair;
  Effect effect = Effect::down;
  RepairStart repair_start = RepairStart::at_once;
  double age_s = 0.0;
};

struct CellSpec {
  std::string name;
  int low = 0;
  int high = 1;
  int initial = 0;
  std::vector<ModeId> stands_for = {};  ///< see Cell
};

struct FluidSpec {
  std::string name;
  double floor = 0.0;
  double ceiling = 0.0;
  double initial = 0.0;
  LawId window = kNone<LawId>;  ///< see FluidRow
};

/// What an evaluation gives: its booleans as signals, its numbers to observers.
struct EvaluationSpec {
  std::string name;
  std::vector<SignalId> inputs;
  std::vector<std::string> outputs;
  std::uint32_t numbers = 0;
  Evaluation::Function value;
};

/// What a reaction watches; it also wakes when one of its own timers fires.
struct Watches {
  std::vector<SignalId> signals;
  std::vector<ModeId> modes;
  std::vector<CellId> cells = {};
  std::vector<EvaluationId> numbers = {};  ///< any number of these

  /// Adds a signal, once; none: nothing.
  void follow(SignalId signal);
};

/// All names are the names of streams: two equal ones are an error, found by `build`.
class ModelBuilder {
 public:
  /// Every law given from now on is replaced by what `filter` makes of it.
  void filter_laws(std::function<LawPtr(LawPtr)> filter) { filter_ = std::move(filter); }
  LawId law(LawPtr law);
  const Law& law(LawId id) const { return *model_.laws[index(id)]; }  ///< as filtered

  /// `restart` may be null: up as soon as repaired.
  ComponentId component(std::string name, std::vector<ModeSpec> modes, LawPtr restart = nullptr);
  SignalId up(ComponentId) const;
  ModeId mode(ComponentId, std::size_t i) const;
  SignalId working(ModeId);  ///< true while it has not failed

  SignalId gate(std::string name, std::int32_t need, std::vector<Gate::Input> inputs);
  SignalId gate(std::string name, std::int32_t need, const std::vector<SignalId>& inputs);
  CellId cell(CellSpec spec);
  SignalId flag(CellId);                ///< true while the cell is not 0
  SignalId equals(CellId, int value);   ///< true while the cell is `value`
  CellId cell_of(SignalId flag) const;  ///< whose boolean it is
  /// The outputs are signals of their own, in order.
  std::vector<SignalId> evaluation(EvaluationSpec spec);
  EvaluationId last_evaluation() const;
  FluidId fluid(FluidSpec spec);
  MeasureId measure(std::string name);
  void observe(SignalId);  ///< observers are told when it has changed

  /// A timer of the next reaction that is added.
  /// `tells`: what its firing means, for people: "disk-1 of array is rebuilt".
  TimerId timer(std::string name, std::string tells = {});
  /// States that the timer fires by itself, whatever started it: what follows is blamed on it.
  void spontaneous(TimerId);
  /// Adds a reaction, which owns the timers made since the last one.
  ReactionId reaction(std::string name, std::unique_ptr<const Reaction>, Watches watches,
                      bool calendar = false);
  /// States that a reaction may call Context::operate or Context::fail on the component.
  void govern(ComponentId);

  /// Throws std::invalid_argument that names what is wrong.
  std::shared_ptr<const Model> build();

 private:
  SignalId signal(Signal::Kind kind, std::size_t row, std::string name, std::size_t item = 0);
  SignalId flag(CellId, std::optional<int> equals, std::string name);
  Model model_;
  std::function<LawPtr(LawPtr)> filter_;
  std::vector<Watches> reaction_watches_;
  std::vector<double> fluid_levels_;
  std::size_t owned_timers_ = 0;
};

}  // namespace nines
