#include "studies/estimates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace nines {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kMostBlamed = 50;
constexpr std::size_t kMostCounts = 64;  // of the law of the number of outages

Estimate scaled(const Estimate& e, double factor) {
  return map_rising(e, [factor](double x) { return x * factor; });
}

/// How long an outage that was never seen is taken to be: the longest mean repair in the topology,
/// or the horizon, if that is shorter.
double assumed_length_s(const System& system, const RunsSummary& summary) {
  return std::min(system.longest_mean_repair_s,
                  summary.observed_s / static_cast<double>(summary.runs));
}

/// Mean downtime per run, in seconds.
Estimate mean_downtime(const System& system, const RunsSummary& summary,
                       const ServiceSummary& service, double confidence) {
  if (!(service.down.x > 0)) {
    return {0.0, 0.0, rate_of_none(summary.runs, confidence) * assumed_length_s(system, summary)};
  }
  // The weight that the next outage may have: the largest seen or, if all that were seen are short,
  // the longest mean repair. So the bound of none seen is joined without a jump, and rare long
  // outages are not taken for impossible because only short ones were seen.
  return mean_over_runs(service.down.x, service.down.xx,
                        std::max(service.down.largest_x, assumed_length_s(system, summary)),
                        service.runs_with_downtime, summary.runs, confidence);
}

Estimate mean_outages(const RunsSummary& summary, const ServiceSummary& service,
                      double confidence) {
  if (!(service.counts.x > 0)) return {0.0, 0.0, rate_of_none(summary.runs, confidence)};
  return mean_over_runs(service.counts.x, service.counts.xx, service.counts.largest_x,
                        service.runs_with_outage, summary.runs, confidence);
}

double nines_of(double unavailability) {
  return unavailability > 0 ? 0.0 - std::log10(std::min(1.0, unavailability)) : kInfinity;
}

Quantiles quantiles_of(const Spans& spans, double confidence) {
  return {spans.quantile(0.50, confidence), spans.quantile(0.95, confidence),
          spans.quantile(0.99, confidence)};
}

/// A quantile over all runs, of which those without downtime are only counted.
Estimate quantile_over_runs(const Sketch& touched, std::uint64_t runs, double p,
                            double confidence) {
  const std::uint64_t quiet = runs - touched.count();
  const auto at = [&](std::uint64_t rank) {
    return rank <= quiet ? 0.0 : touched.at_rank(rank - quiet);
  };
  const Ranks ranks = quantile_ranks(runs, p, confidence);
  const auto middle = std::clamp<std::uint64_t>(
      static_cast<std::uint64_t>(std::ceil(p * static_cast<double>(runs))), 1, runs);
  return {at(middle), ranks.low ? at(*ranks.low) : 0.0, ranks.high ? at(*ranks.high) : kInfinity};
}

/// Mean time from the end of an outage to the beginning of the next: up time over outages.
Estimate time_between(const RunsSummary& summary, const ServiceSummary& service,
                      const Estimate& outages_per_run, double confidence) {
  const auto runs = static_cast<double>(summary.runs);
  const double up_s = summary.observed_s - service.down.x;
  if (service.runs_with_outage < 100) {
    return {up_s / service.counts.x, up_s / runs / outages_per_run.high,
            outages_per_run.low > 0 ? up_s / runs / outages_per_run.low : kInfinity};
  }
  // The delta method over all runs: in a run of length T, up time is T - D.
  const double horizon_s = summary.observed_s / runs;
  PairSums pairs;
  pairs.x = up_s;
  pairs.y = service.counts.x;
  pairs.xx = runs * horizon_s * horizon_s - 2.0 * horizon_s * service.down.x + service.down.xx;
  pairs.yy = service.counts.xx;
  pairs.xy = horizon_s * service.counts.x - service.down.xy;
  pairs.added = summary.runs;
  return ratio(pairs, confidence);
}

/// A quantile of the response times of all requests: the laws of the states that occurred, mixed.
/// The interval is Woodruff's (JASA 47, 1952): that of the share below the quantile, whose error is
/// found from groups of runs, turned back into times.
Estimate response_quantile(const ResponseWeights& weights, const ResponseBook& book, double p,
                           double confidence) {
  std::array<double, Spans::kGroups> totals{};
  double total = 0.0;
  for (const auto& [number, groups] : weights) {
    for (std::size_t g = 0; g < groups.size(); ++g) {
      totals[g] += groups[g];
      total += groups[g];
    }
  }
  const auto below = [&](double t_s, std::array<double, Spans::kGroups>& by_group) {
    by_group.fill(0.0);
    double sum = 0.0;
    for (const auto& [number, groups] : weights) {
      const double share = 1.0 - book.law(number).tail(t_s);
      for (std::size_t g = 0; g < groups.size(); ++g) {
        by_group[g] += share * groups[g];
        sum += share * groups[g];
      }
    }
    return sum / total;
  };
  std::array<double, Spans::kGroups> by_group{};
  const auto time_of = [&](double share) {
    if (share <= 0.0) return 0.0;
    if (share >= 1.0) return kInfinity;
    double low = 0.0;
    double high = 1e-3;
    while (below(high, by_group) < share && high < 1e9) high *= 2.0;
    for (int i = 0; i < 60 && high - low > 1e-9 * high; ++i) {
      const double middle = 0.5 * (low + high);
      (below(middle, by_group) < share ? low : high) = middle;
    }
    return high;
  };
  const double value = time_of(p);
  below(value, by_group);
  // The error of a ratio over groups of runs (Cochran, "Sampling Techniques", 1977, section 6.4).
  double squares = 0.0;
  for (std::size_t g = 0; g < totals.size(); ++g) {
    const double d = by_group[g] - p * totals[g];
    squares += d * d;
  }
  const auto seen = static_cast<double>(
      std::count_if(totals.begin(), totals.end(), [](double t) { return t > 0; }));
  if (seen < 2) return {value, 0.0, kInfinity};
  const double error = std::sqrt(squares * seen / (seen - 1.0)) / total;
  const double half = t_quantile_upper(confidence, seen - 1.0) * error;
  return {value, time_of(p - half), time_of(p + half)};
}

template <class Key, class Names>
std::vector<BlameShare> blame(const std::map<Key, PairSums>& parts, const ServiceSummary& service,
                              double confidence, Names names) {
  std::vector<BlameShare> shares;
  for (const auto& [key, sums] : parts) {
    shares.push_back({names(key), part_of(sums, service.down.x, service.down.xx,
                                          service.runs_with_downtime, confidence)});
  }
  std::stable_sort(shares.begin(), shares.end(), [](const BlameShare& a, const BlameShare& b) {
    return a.share.value > b.share.value;
  });
  if (shares.size() > kMostBlamed) shares.resize(kMostBlamed);
  return shares;
}

std::optional<DelayEstimate> delay_of(const PairSums& sums, const Spans& spans, double confidence) {
  if (!(sums.y > 0)) return std::nullopt;
  const Estimate mean = sums.x > 0 ? ratio(sums, confidence) : Estimate{};
  return DelayEstimate{mean, quantiles_of(spans, confidence)};
}

bool has_workload(const CompiledGroup::Interrupted& interrupted) {
  return std::any_of(interrupted.writes.begin(), interrupted.writes.end(),
                     [](const CompiledWrites& w) { return w.evaluation != kNone<EvaluationId>; });
}

GroupEstimates estimate_group(const CompiledGroup& compiled, const GroupSummary& group,
                              const RunsSummary& summary, double confidence, double assumed_s) {
  const double per_year = kYear_s * static_cast<double>(summary.runs) / summary.observed_s;
  const auto yearly = [&](const PairSums& sums) {
    if (!(sums.x > 0)) {
      return Estimate{0.0, 0.0, rate_of_none(summary.runs, confidence) * per_year};
    }
    return scaled(
        mean_over_runs(sums.x, sums.xx, sums.largest_x, sums.added, summary.runs, confidence),
        per_year);
  };
  GroupEstimates out;
  out.name = compiled.name;
  out.takes_over = compiled.failovers.begun != kNone<MeasureId>;
  out.failovers_per_year = yearly(group.begun);
  out.failed_per_year = yearly(group.failed);
  out.unfounded_per_year = yearly(group.unfounded);
  out.failbacks_per_year = yearly(group.returned);
  // None seen: as long as the longest mean repair, as with downtime.
  out.split_brain_per_year_s = yearly(group.split_s);
  if (!(group.split_s.x > 0)) out.split_brain_per_year_s.high *= assumed_s;
  out.detection = delay_of(group.detection, group.detection_s, confidence);
  out.takeover = delay_of(group.takeover, group.takeover_s, confidence);
  out.recovery = delay_of(group.recovery, group.recovery_s, confidence);
  if (compiled.interrupted && has_workload(*compiled.interrupted)) {
    out.unknown_commits_per_year = yearly(group.unknown);
    if (!(group.unknown.x > 0)) out.unknown_commits_per_year->high = kInfinity;
  }
  if (compiled.buffer) {
    const PairSums& w = group.waited;
    const Estimate area =
        w.x > 0 ? mean_over_runs(w.x, w.xx, w.largest_x, w.added, summary.runs, confidence)
                : Estimate{};
    // Little, "A proof for the queuing formula L = λW", 1961.
    out.buffer = {scaled(area, static_cast<double>(summary.runs) / summary.observed_s),
                  w.y > 0 ? ratio(w, confidence) : Estimate{}, group.most_waiting};
  }
  if (!compiled.copies) return out;
  LossEstimates& losses = out.losses.emplace();
  losses.counted = compiled.copies->counted();
  losses.may_lose_data = compiled.copies->data_losses != kNone<MeasureId>;
  losses.followed = compiled.copies->lost != kNone<MeasureId>;
  losses.lost_writes_per_year = yearly(group.lost_writes);
  // None seen: nobody knows how many one loss would have been.
  if (!(group.lost_writes.x > 0)) losses.lost_writes_per_year.high = kInfinity;
  losses.losses_per_year = yearly(group.losses);
  losses.data_losses_per_year = yearly(group.data_losses);
  const auto over_runs = [&](double p) {
    return scaled(quantile_over_runs(group.lost_writes_of_a_run, summary.runs, p, confidence),
                  per_year);
  };
  losses.lost_writes_quantiles = {over_runs(0.50), over_runs(0.95), over_runs(0.99)};
  losses.largest_loss = group.loss_writes.largest();
  losses.furthest_s = group.loss_reach_s.largest();
  losses.writes = delay_of(group.lost_writes, group.loss_writes, confidence);
  losses.reach_s = delay_of(group.loss_reach, group.loss_reach_s, confidence);
  return out;
}

ServiceEstimates estimate_service(const System& system, const Experiment& experiment,
                                  const RunsSummary& summary, std::size_t i) {
  const CompiledService& compiled = system.services[i];
  const ServiceSummary& service = summary.services[i];
  const double confidence = experiment.confidence;
  const auto runs = static_cast<double>(summary.runs);
  const double span_s = summary.observed_s / runs;  // of a run
  const double per_year = kYear_s / span_s;

  ServiceEstimates out;
  out.name = compiled.name;
  out.part_of = compiled.part_of;
  const bool until_first = experiment.questions.until_first_outage;
  if (service.first.added > 0) {
    if (service.first.added == summary.runs) {
      out.first_outage_s =
          mean_over_runs(service.first.x, service.first.xx, service.first.largest_x, summary.runs,
                         summary.runs, confidence);
    }
    Spans first = service.first_outage_s;
    if (std::isfinite(experiment.horizon_s)) {
      first.fill_up(summary.runs_by_group, experiment.horizon_s);
    }
    out.first_outage_quantiles_s = quantiles_of(first, confidence);
  }
  out.no_outage = share(runs - static_cast<double>(service.runs_with_outage), runs, confidence);
  if (until_first) return out;

  const Estimate down_s = mean_downtime(system, summary, service, confidence);
  out.none_seen = !(service.down.x > 0);
  if (!out.none_seen) out.carried_by_runs = service.down.x * service.down.x / service.down.xx;
  out.unavailability = map_rising(down_s, [span_s](double x) { return std::min(1.0, x / span_s); });
  out.availability = map_falling(out.unavailability, [](double u) { return 1.0 - u; });
  out.nines = map_falling(out.unavailability, nines_of);
  out.downtime_per_year_s = scaled(down_s, per_year);
  const auto over_runs = [&](double p) {
    return scaled(quantile_over_runs(service.downtime_s, summary.runs, p, confidence), per_year);
  };
  out.downtime_quantiles_s = {over_runs(0.50), over_runs(0.95), over_runs(0.99)};
  out.largest_downtime_s = service.downtime_s.largest() * per_year;

  const Estimate outages = mean_outages(summary, service, confidence);
  out.outages_per_year = scaled(outages, per_year);
  if (service.counts.x > 0) {
    PairSums lengths = service.down;
    out.outage_length_s = ratio(lengths, confidence);
    out.outage_length_quantiles_s = quantiles_of(service.lengths_s, confidence);
    out.longest_outage_s = service.lengths_s.largest();
    out.time_between_s = time_between(summary, service, outages, confidence);
    out.time_between_quantiles_s = quantiles_of(service.between_s, confidence);
  }
  out.outages_law.emplace_back(0, out.no_outage);
  for (const auto& [count, runs_with] : service.runs_by_outages) {
    if (out.outages_law.size() == kMostCounts) break;
    out.outages_law.emplace_back(count, share(static_cast<double>(runs_with), runs, confidence));
  }
  for (std::size_t k = 0; k < experiment.questions.at_s.size(); ++k) {
    out.available_at.emplace_back(
        experiment.questions.at_s[k],
        share(runs - static_cast<double>(service.down_at[k]), runs, confidence));
  }
  if (compiled.with_load && service.offered > 0) {
    const auto mean = [&](const PairSums& sums) -> Estimate {
      if (!(sums.x > 0)) {
        return {0.0, 0.0,
                rate_of_none(summary.runs, confidence) * assumed_length_s(system, summary)};
      }
      return mean_over_runs(sums.x, sums.xx, sums.largest_x, sums.added, summary.runs, confidence);
    };
    out.degraded_per_year_s = scaled(mean(service.degraded), per_year);
    out.failed_requests_per_year =
        scaled(mean(service.unserved),
               service.unserved.x > 0 ? per_year : per_year * service.offered / summary.observed_s);
    if (compiled.may_be_stale) {
      out.stale_per_year =
          scaled(mean(service.stale),
                 service.stale.x > 0 ? per_year : per_year * service.offered / summary.observed_s);
    }
    // As a share of what was offered; where nothing was lost the bound is on the time.
    const double offered_per_run = service.offered / runs;
    const Estimate lost =
        scaled(mean(service.unserved), 1.0 / (service.unserved.x > 0 ? offered_per_run : span_s));
    out.request_availability =
        map_falling(lost, [](double share) { return 1.0 - std::min(1.0, share); });
    out.saturated_per_year_s = scaled(mean(service.saturated), per_year);
    if (service.response.y > 0) {
      out.response_s = ratio(service.response, confidence);
      if (summary.runs < 2) out.response_s = {out.response_s->value, 0.0, kInfinity};
      const auto at = [&](double p) {
        return response_quantile(service.response_laws, *compiled.book, p, confidence);
      };
      if (!service.response_laws.empty()) {
        out.response_quantiles_s = {at(0.50), at(0.95), at(0.99)};
      }
    }
  }
  if (compiled.sessions) {
    const PairSums& lost = service.lost_sessions;
    const Estimate per_run =
        lost.x > 0
            ? mean_over_runs(lost.x, lost.xx, lost.largest_x, lost.added, summary.runs, confidence)
            : Estimate{0.0, 0.0,
                       rate_of_none(summary.runs, confidence) * compiled.sessions->population};
    out.lost_sessions_per_year = scaled(per_run, per_year);
    out.largest_loss_of_sessions = service.largest_loss_of_sessions;
    const double begun = compiled.sessions->begin_per_s * service.sessions_open_s / runs;
    if (begun > 0) out.session_lost = scaled(per_run, 1.0 / begun);
  }
  const Model& model = *system.model;
  out.by_cause = blame(service.by_cause, service, confidence, [&](std::uint32_t slot) {
    const auto id = SlotId(slot);
    return std::vector<std::string>{id == kNone<SlotId> ? "before the start" : model.slot_name(id)};
  });
  out.by_set = blame(service.by_set, service, confidence,
                     [&](const CutSet& set) { return cut_names(model, compiled, set); });
  return out;
}

/// The bound on what was never seen: that many times of the dearest that one time may cost.
CostEstimates estimate_costs(const System& system, const RunsSummary& summary, double confidence,
                             double assumed_s) {
  const CompiledCosts& compiled = system.costs;
  const double per_year = kYear_s * static_cast<double>(summary.runs) / summary.observed_s;
  const auto yearly = [&](const PairSums& sums, double at_once) {
    if (!(sums.x > 0)) {
      return Estimate{
          0.0, 0.0,
          at_once > 0 ? rate_of_none(summary.runs, confidence) * per_year * at_once : 0.0};
    }
    return scaled(mean_over_runs(sums.x, sums.xx, std::max(sums.largest_x, at_once), sums.added,
                                 summary.runs, confidence),
                  per_year);
  };
  double dearest_repair = 0.0;
  for (const auto& [mode, price] : compiled.repairs) {
    dearest_repair = std::max(dearest_repair, price);
  }
  double dearest_outage = 0.0;
  for (const double per_s : compiled.downtime_per_s) dearest_outage += per_s * assumed_s;
  const CostSummary& seen = summary.costs;
  CostEstimates costs;
  costs.currency = compiled.currency;
  costs.capital = compiled.capital_per_s * kYear_s;
  costs.running = compiled.running_per_s * kYear_s;
  costs.repairs = yearly(seen.repairs, dearest_repair);
  PairSums visits;
  visits.x = seen.repairs.y;
  visits.xx = seen.repairs.yy;
  // At most so many in a run: the dearest had them at the lowest price, and their square is one of
  // those that were added up.
  double cheapest_repair = dearest_repair;
  for (const auto& [mode, price] : compiled.repairs) {
    cheapest_repair = std::min(cheapest_repair, price);
  }
  visits.largest_x =
      std::max(1.0, std::min(seen.repairs.largest_x / std::max(1e-300, cheapest_repair),
                             std::sqrt(seen.repairs.yy)));
  visits.added = seen.repairs.added;
  costs.repair_visits = yearly(visits, compiled.repairs.empty() ? 0.0 : 1.0);
  costs.downtime = yearly(seen.downtime, dearest_outage);
  // None seen: nobody knows how many writes one loss would have been.
  const bool may_lose = compiled.lost_write > 0;
  costs.lost_writes = yearly(seen.lost, 0.0);
  if (may_lose && !(seen.lost.x > 0)) costs.lost_writes.high = kInfinity;
  costs.all = yearly(seen.all, dearest_repair + dearest_outage);
  // What was not seen of one sort is not seen in the sum, either.
  if (seen.all.x > 0) {
    if (!(seen.repairs.x > 0)) costs.all.high += costs.repairs.high;
    if (!(seen.downtime.x > 0)) costs.all.high += costs.downtime.high;
  }
  if (may_lose && !(seen.lost.x > 0)) costs.all.high = kInfinity;
  const double sure = costs.capital + costs.running;
  costs.all = map_rising(costs.all, [&](double x) { return sure + x; });
  return costs;
}

}  // namespace

Estimate estimate_for_precision(const System& system, const Experiment& experiment,
                                const RunsSummary& summary, const ServiceSummary& service) {
  switch (experiment.precision_of) {
    case PrecisionOf::outages:
      return mean_outages(summary, service, experiment.confidence);
    case PrecisionOf::outage_length:
      return ratio(service.down, experiment.confidence);
    case PrecisionOf::unavailability:
      break;
  }
  return mean_downtime(system, summary, service, experiment.confidence);
}

Estimates estimate(const System& system, const Experiment& experiment, const Outcome& outcome) {
  Estimates estimates;
  const RunsSummary& summary = outcome.summary;
  if (summary.runs == 0) return estimates;
  estimates.assumed_repair_s = assumed_length_s(system, summary);
  for (std::size_t i = 0; i < system.services.size(); ++i) {
    estimates.services.push_back(estimate_service(system, experiment, summary, i));
  }
  for (std::size_t g = 0; g < system.groups.size(); ++g) {
    if (!system.groups[g].tells() || experiment.questions.until_first_outage) continue;
    estimates.groups.push_back(estimate_group(system.groups[g], summary.groups[g], summary,
                                              experiment.confidence, estimates.assumed_repair_s));
  }
  if (system.costs.any() && !experiment.questions.until_first_outage) {
    estimates.costs =
        estimate_costs(system, summary, experiment.confidence, estimates.assumed_repair_s);
  }
  const auto runs = static_cast<double>(summary.runs);
  const Questions& questions = experiment.questions;
  const auto met = [&](std::uint64_t missed) {
    return share(runs - static_cast<double>(missed), runs, experiment.confidence);
  };
  if (questions.until_first_outage) return estimates;
  if (questions.availability_objective) {
    estimates.objectives.push_back(
        {"availability", *questions.availability_objective, met(summary.missed_availability)});
  }
  if (questions.rto_s) {
    estimates.objectives.push_back({"rto_s", *questions.rto_s, met(summary.missed_rto)});
  }
  if (questions.rpo_writes) {
    estimates.objectives.push_back(
        {"rpo_writes", *questions.rpo_writes, met(summary.missed_rpo_writes)});
  }
  if (questions.rpo_s) {
    estimates.objectives.push_back({"rpo_s", *questions.rpo_s, met(summary.missed_rpo_s)});
  }
  return estimates;
}

}  // namespace nines
