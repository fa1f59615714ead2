// Observers that turn service states into measures: outages, downtime, blame, objectives.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "engine/measure/interval.hpp"
#include "engine/measure/observer.hpp"
#include "engine/measure/sketch.hpp"
#include "engine/measure/spans.hpp"
#include "engine/run/blocks.hpp"
#include "models/costs.hpp"
#include "models/cuts.hpp"

namespace nines {

/// What is asked of every run.
struct Questions {
  std::vector<double> at_s;                      ///< point availability at these times
  std::optional<double> availability_objective;  ///< met in a run if every service reaches it
  std::optional<double> rto_s;                   ///< met in a run if no outage lasts longer
  std::optional<double> rpo_writes;              ///< met in a run if no single loss is larger
  std::optional<double> rpo_s;                   ///< met in a run if none reaches further back
  bool until_first_outage = false;  ///< a run ends when every service has had an outage
};

/// How many requests had a response time of some law, by the law's number in the ResponseBook; by
/// group of runs, for intervals.
using ResponseWeights = std::map<double, std::array<double, Spans::kGroups>>;

/// What the runs say of one service. Sums are over the runs in which it had an outage or served
/// less than offered; the other runs earned 0 everywhere and are only counted, in RunsSummary.
struct ServiceSummary {
  PairSums down;  ///< x: downtime, s; y: outages begun
  std::uint64_t runs_with_downtime = 0;
  std::uint64_t runs_with_outage = 0;
  PairSums counts;    ///< x: outages begun; y: the same
  Sketch downtime_s;  ///< per run
  std::map<std::uint64_t, std::uint64_t> runs_by_outages;
  Spans lengths_s;       ///< of outages; cut off where the horizon ended them
  Spans between_s;       ///< from the end of an outage to the beginning of the next
  Spans first_outage_s;  ///< from the start
  PairSums first;        ///< x: time to the first outage, s; of runs that had one
  PairSums degraded;     ///< x: degraded time, s
  PairSums unserved;     ///< x: requests not served
  PairSums stale;        ///< x: requests that a copy answered which lacked writes
  double offered = 0.0;  ///< requests, over all runs
  PairSums response;     ///< of every run; x: sum of response times, s; y: requests that had one
  PairSums saturated;    ///< x: time in which a queue had no equilibrium, s
  ResponseWeights response_laws;
  std::vector<std::uint64_t> down_at;  ///< by Questions::at_s: runs
  std::map<std::uint32_t, PairSums>
      by_cause;  ///< slot of the root event; x: downtime, y: all of it
  std::map<CutSet, PairSums> by_set;

  PairSums lost_sessions;  ///< x: sessions; y: losses
  double largest_loss_of_sessions = 0.0;
  double sessions_open_s = 0.0;  ///< in which sessions could begin, over all runs

  void merge(const ServiceSummary& other);
};

/// What the runs say of the failovers of one group. Runs without any are only counted.
struct GroupSummary {
  Spans detection_s;  ///< from a failure until it was noticed, of those that were
  Spans takeover_s;   ///< from there until another served, of takeovers that came to their end
  Spans recovery_s;   ///< both together: the recovery time that was reached
  PairSums detection, takeover, recovery;  ///< x: sum of those times, s; y: how many
  PairSums begun, done, failed, unfounded, returned;
  PairSums split_s;  ///< time in which more were active than should be

  PairSums lost_writes;         ///< x: acknowledged writes that were lost; y: losses
  PairSums losses;              ///< x: how many
  Sketch lost_writes_of_a_run;  ///< of runs that lost any
  Spans loss_writes;            ///< of a single loss
  Spans loss_reach_s;           ///< how long ago the oldest of its writes was acknowledged
  PairSums loss_reach;          ///< x: sum of that, s; y: losses
  PairSums data_losses;         ///< x: of all copies
  PairSums unknown;             ///< x: commits that were under way when a primary or leader failed
  PairSums waited;              ///< in a queue; x: writes times seconds; y: writes that it took
  double most_waiting = 0.0;    ///< at any time, in any run

  void merge(const GroupSummary& other);
};

/// What the runs of one or more blocks say.
struct RunsSummary final : Summary {
  std::uint64_t runs = 0;
  std::array<std::uint64_t, Spans::kGroups> runs_by_group{};
  double observed_s = 0.0;  ///< over all runs
  std::uint64_t missed_availability = 0;
  std::uint64_t missed_rto = 0;
  std::uint64_t missed_rpo_writes = 0;
  std::uint64_t missed_rpo_s = 0;
  std::uint64_t events = 0;
  std::vector<ServiceSummary> services;
  std::vector<GroupSummary> groups;
  CostSummary costs;

  void merge(const RunsSummary& other);
};

/// Watches all services of a model through many runs.
class OutageObserver final : public Observer {
 public:
  OutageObserver(const Model& model, const std::vector<CompiledService>& services,
                 Questions questions);

  /// Starts to count: at the start of a run or at the end of its warm-up.
  void open(const Moment& moment, std::uint32_t run);
  /// Stops to count: at the horizon. A run may go on after that only to decide whether an outage
  /// that is under way keeps to the recovery time objective.
  void close(const Moment& moment);
  /// When that will be decided; 0 if nothing is open.
  double decided_by_s() const;
  /// Downtime in the run that was closed last, by service.
  const std::vector<double>& down_s() const { return down_s_; }
  /// What was seen since the last call.
  std::unique_ptr<RunsSummary> take();

  void run_begins(const Moment&) override;
  void signal_changed(const Moment&, SignalId, bool value, SlotId origin) override;
  void evaluated(const Moment&, EvaluationId, std::span<const double> numbers) override;
  void instant(const Moment&) override;
  void run_ends(const Moment&) override;

 private:
  struct Watch {
    bool up = true;
    bool touched = false;
    bool outage_counted = false;  ///< false: it had begun before the count did
    double since_s = 0.0;         ///< of the state
    double downtime_s = 0.0;
    double longest_s = 0.0;
    std::uint64_t outages = 0;
    std::uint32_t cause = 0;
    CutSet down;              ///< components of the support that are down
    std::vector<bool> flags;  ///< as Cuts tells them
    CutSet cut;
    double cut_since_s = 0.0;
    double first_s = -1.0;
    std::map<std::uint32_t, double> by_cause;
    std::map<CutSet, double> by_set;
    std::vector<bool> down_at;
  };
  /// The load of a service, and what a run has seen of it.
  struct Load {
    ServiceNumbers now;
    double since_s = 0.0;
    double offered = 0.0;
    double unserved = 0.0;
    double stale = 0.0;
    double degraded_s = 0.0;
    double responded = 0.0;   ///< requests
    double response_s = 0.0;  ///< sum of their response times
    double saturated_s = 0.0;
    std::array<double, Spans::kGroups>* weights = nullptr;  ///< of the law of the moment
  };

  void touch(std::size_t service);
  void goes_down(const Moment&, std::size_t service, std::uint32_t cause, bool begins);
  void comes_up(double t_s, std::size_t service, bool cut_off);
  void settle_load(double t_s, std::size_t service);
  void look_at_cut(const Moment&, std::size_t service);

  const std::vector<CompiledService>& services_;
  Questions questions_;
  std::vector<std::int32_t> service_of_signal_;
  std::vector<Watch> watches_;
  std::vector<Load> loads_;  ///< by service
  std::vector<std::uint32_t> with_load_;
  std::vector<std::vector<std::uint32_t>> services_of_evaluation_;
  std::vector<std::uint32_t> touched_;
  std::vector<std::uint32_t> last_cause_;  ///< by service, also while not counting
  Cuts cuts_;
  std::vector<std::size_t> down_now_;
  std::size_t wholes_ = 0;  ///< services that are no part of another
  std::size_t without_outage_ = 0;
  bool counting_ = false;
  bool quick_enough_ = true;  ///< no outage of this run has been longer than the objective
  std::map<std::size_t, double> undecided_;  ///< services down at the horizon, and since when
  std::uint32_t run_ = 0;
  double opened_s_ = 0.0;
  std::vector<double> down_s_;  ///< by service, of the last run
  std::unique_ptr<RunsSummary> summary_;
};

}  // namespace nines
