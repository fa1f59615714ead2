// The reference simulator: slow and obvious. It follows the contract with a std::priority_queue,
// one draw at a time, and every gate evaluated from its definition after every change. The fast
// simulator must agree with it event for event.
#pragma once

#include <cstdint>
#include <deque>
#include <queue>
#include <vector>

#include "engine/contract/model.hpp"
#include "engine/measure/observer.hpp"
#include "engine/run/addresses.hpp"
#include "engine/run/simulate.hpp"

namespace nines {

class ReferenceSimulator final : public Context {
 public:
  ReferenceSimulator(const Model& model, std::uint64_t seed, Start start,
                     std::vector<Observer*> observers = {}, EventObserver* events = nullptr);

  /// One run from time 0 to `horizon_s`, or until an observer asks to stop.
  void run(std::uint32_t number, double horizon_s);
  const State& now() const { return state_; }
  Moment moment() { return {state_.now_s, *this, control_}; }

  bool value(SignalId) const override;
  double number(EvaluationId id, std::size_t i) const override { return numbers_of(index(id))[i]; }
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
  struct Entry {
    double time_s;
    std::size_t slot;
    std::uint64_t version;  ///< an entry of an older version of its slot is void
    bool operator>(const Entry& other) const {
      return time_s != other.time_s ? time_s > other.time_s : slot > other.slot;
    }
  };
  struct QueuedWake {
    ReactionId reaction;
    Wake wake;
  };

  const State& state() const override { return state_; }
  void schedule(std::size_t slot);
  void begin_phase(std::size_t mode);
  void set_clocks(ComponentId);
  void fire(std::size_t slot);
  void mode_fails(std::size_t mode);
  void mode_repaired(std::size_t mode);
  void note_changes();
  void note_mode(std::size_t mode);
  void react();
  double unit();
  void commit();
  std::vector<double> numbers_of(std::size_t evaluation) const;
  void start_restart(ComponentId);
  void settle(FluidId);
  double held(FluidId);
  void reschedule_crossings(FluidId);

  const Model& model_;
  std::uint64_t seed_;
  Start start_;
  std::vector<Observer*> observers_;
  EventObserver* event_observer_;
  State state_;
  Control control_;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue_;
  std::vector<std::uint64_t> version_;
  std::deque<QueuedWake> wakes_;
  std::vector<bool> seen_;                         ///< signals as they were after the last change
  std::vector<std::vector<double>> seen_numbers_;  ///< by evaluation that is watched, the same
  std::vector<bool> committed_;                    ///< signals as they were after the last instant
  std::vector<SlotId> flip_origin_;
  std::vector<std::vector<double>> numbers_;  ///< by evaluation, after the last instant
  Chain chain_;
  std::vector<std::uint32_t> draws_of_event_;  ///< by reaction
  ReactionId reacting_ = kNone<ReactionId>;
};

}  // namespace nines
