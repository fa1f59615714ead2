// Observers watch a run and turn it into measures. They cannot change it.
#pragma once

#include "engine/contract/model.hpp"

namespace nines {

/// What an observer may ask of whoever runs the model. Neither changes what happens.
struct Control {
  /// While above 0, `instant` is called after every instant at which anything happened. An
  /// observer that is interested adds 1, and takes it off again.
  int attention = 0;
  /// Set when nothing more of this run is wanted: it ends after this instant.
  bool stop = false;
};

/// What an observer is shown. The state is that after all that happened at this instant.
struct Moment {
  double t_s = 0.0;
  const Reading& reading;
  Control& control;
};

/// Told only of what lasted: a signal that fell and rose within one instant has not changed.
class Observer {
 public:
  virtual ~Observer() = default;
  /// A run begins or goes on from a loaded state; reactions have not woken yet.
  virtual void run_begins(const Moment&) {}
  /// An observed signal has changed. `origin` is the slot of the fault or repair at the root of
  /// the chain of events that last flipped it.
  virtual void signal_changed(const Moment&, SignalId, bool, SlotId) {}
  /// The numbers of an evaluation have changed.
  virtual void evaluated(const Moment&, EvaluationId, std::span<const double>) {}
  /// Told at once, while reactions of the instant may still follow.
  virtual void earned(const Moment&, MeasureId, double) {}
  virtual void instant(const Moment&) {}
  virtual void run_ends(const Moment&) {}
};

/// Told of every event, after the reactions to it: for traces and comparisons.
class EventObserver {
 public:
  virtual ~EventObserver() = default;
  virtual void fired(double t_s, SlotId slot, const Reading& after) = 0;
};

}  // namespace nines
