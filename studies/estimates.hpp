// Estimates: what the runs say, each figure with its interval.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "studies/experiment.hpp"

namespace nines {

/// Quantiles of a law, each with its interval. Bounds that the data do not reach are infinite.
struct Quantiles {
  Estimate p50, p95, p99;
};

/// A time that was taken again and again.
struct DelayEstimate {
  Estimate mean_s;
  Quantiles quantiles_s;
};

/// What was lost of acknowledged writes. Of a group without a workload only how often and how far
/// back.
struct LossEstimates {
  bool followed = true;  ///< which writes are lost; else only losses of all data
  bool counted = false;  ///< the writes are: they have a workload
  Estimate lost_writes_per_year;
  Quantiles lost_writes_quantiles;  ///< of one run, scaled to a year
  double largest_loss = 0.0;
  double furthest_s = 0.0;
  Estimate losses_per_year;
  std::optional<DelayEstimate> writes;   ///< of a single loss, not a time
  std::optional<DelayEstimate> reach_s;  ///< how far back it reached: the recovery point
  bool may_lose_data = false;            ///< all of it
  Estimate data_losses_per_year;         ///< of all copies
};

/// What waits in a queue.
struct BufferEstimates {
  Estimate waiting;   ///< writes, on average over time
  Estimate wait_s;    ///< of a write, on average
  double most = 0.0;  ///< that ever waited
};

/// What is told of a group: its failovers, its data, its queue.
struct GroupEstimates {
  std::string name;
  bool takes_over = false;  ///< roles go from one member to another; else members are only noticed
  Estimate failovers_per_year;
  Estimate failed_per_year;     ///< of those, that did not come to their end
  Estimate unfounded_per_year;  ///< nothing had failed
  Estimate failbacks_per_year;
  Estimate split_brain_per_year_s;
  std::optional<DelayEstimate> detection;
  std::optional<DelayEstimate> takeover;  ///< from the notice
  std::optional<DelayEstimate> recovery;  ///< from the failure

  std::optional<LossEstimates> losses;  ///< of a group with copies
  std::optional<BufferEstimates> buffer;
  /// Commits that were under way when a primary or leader failed: nobody knows whether they are
  /// done. Of groups whose writes have a workload.
  std::optional<Estimate> unknown_commits_per_year;
};

struct BlameShare {
  std::vector<std::string> names;  ///< of a cause: one, "web-1/software"; of a set: its components
  Estimate share;                  ///< of the downtime
};

struct ServiceEstimates {
  std::string name;
  std::optional<std::size_t> part_of;  ///< of a class with a path of its own: its service
  bool none_seen = false;              ///< no downtime in any run: bounds only
  /// How many runs carry the downtime: (sum)² / sum of squares (Kish, "Survey Sampling", 1965).
  /// Where it is small, a few long outages make the figure, and longer ones may be unseen.
  double carried_by_runs = 0.0;
  Estimate unavailability;
  Estimate availability;
  Estimate nines;  ///< infinite where no downtime was seen
  Estimate downtime_per_year_s;
  Quantiles downtime_quantiles_s;  ///< of one run, scaled to a year
  double largest_downtime_s = 0.0;
  Estimate outages_per_year;
  std::optional<Estimate> outage_length_s;
  std::optional<Quantiles> outage_length_quantiles_s;
  double longest_outage_s = 0.0;
  std::optional<Estimate> time_between_s;  ///< mean up time between outages
  std::optional<Quantiles> time_between_quantiles_s;
  Estimate no_outage;  ///< probability of a run without an outage
  std::vector<std::pair<std::uint64_t, Estimate>> outages_law;  ///< P(N = n), n from 0
  std::optional<Estimate> first_outage_s;  ///< mean time, where every run has had one
  std::optional<Quantiles> first_outage_quantiles_s;
  std::vector<std::pair<double, Estimate>> available_at;  ///< time, probability
  std::optional<Estimate> degraded_per_year_s;            ///< with a workload
  std::optional<Estimate> request_availability;
  std::optional<Estimate> response_s;  ///< mean; of requests while no queue was saturated
  std::optional<Quantiles> response_quantiles_s;
  std::optional<Estimate> saturated_per_year_s;
  std::optional<Estimate> failed_requests_per_year;
  std::optional<Estimate> stale_per_year;  ///< answers of copies that lack writes, where any may
  std::optional<Estimate> lost_sessions_per_year;
  std::optional<Estimate> session_lost;  ///< probability, where sessions have a length
  double largest_loss_of_sessions = 0.0;
  std::vector<BlameShare> by_cause;  ///< largest first
  std::vector<BlameShare> by_set;
};

struct ObjectiveEstimate {
  std::string name;
  double target = 0.0;
  Estimate met;  ///< probability that a run meets it
};

/// Money a year, where anything has a price.
struct CostEstimates {
  std::string currency;
  double capital = 0.0;  ///< of what was bought, over its lifetime
  double running = 0.0;
  Estimate repairs;
  Estimate repair_visits;  ///< repairs that have a price, a year
  Estimate downtime;
  Estimate lost_writes;
  Estimate all;
};

struct Estimates {
  std::vector<ServiceEstimates> services;
  std::vector<GroupEstimates> groups;  ///< those that have failovers
  std::vector<ObjectiveEstimate> objectives;
  std::optional<CostEstimates> costs;
  /// How long an outage is assumed to be in an upper bound without any, in seconds: the longest
  /// mean repair in the topology, the horizon at most.
  double assumed_repair_s = 0.0;
};

Estimates estimate(const System& system, const Experiment& experiment, const Outcome& outcome);

/// The one that --precision is about.
Estimate estimate_for_precision(const System& system, const Experiment& experiment,
                                const RunsSummary& summary, const ServiceSummary& service);

}  // namespace nines
