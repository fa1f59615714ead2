#include "studies/figures.hpp"

#include <cmath>

#include <fmt/format.h>

namespace nines {

std::vector<Figure> figures_of(const Estimates& estimates, const Experiment& experiment) {
  std::vector<Figure> figures;
  const auto add = [&](const std::string& subject, const std::string& measure, const Estimate& e) {
    figures.push_back({subject, measure, e});
  };
  const auto add_spread = [&](const std::string& service, const std::string& measure,
                              const Estimate& mean, const Quantiles& q) {
    add(service, measure, mean);
    add(service, measure + "_p50", q.p50);
    add(service, measure + "_p95", q.p95);
    add(service, measure + "_p99", q.p99);
  };
  for (const ServiceEstimates& s : estimates.services) {
    if (!experiment.questions.until_first_outage) {
      add(s.name, "unavailability", s.unavailability);
      add(s.name, "availability", s.availability);
      add(s.name, "nines", s.nines);
      add_spread(s.name, "downtime_per_year_s", s.downtime_per_year_s, s.downtime_quantiles_s);
      add(s.name, "outages_per_year", s.outages_per_year);
    }
    if (s.outage_length_s) {
      add_spread(s.name, "outage_duration_s", *s.outage_length_s, *s.outage_length_quantiles_s);
      add(s.name, "time_between_outages_s", *s.time_between_s);
    }
    add(s.name, "no_outage_probability", s.no_outage);
    if (s.first_outage_s) add(s.name, "time_to_first_outage_s", *s.first_outage_s);
    for (const auto& [t_s, available] : s.available_at) {
      add(s.name, fmt::format("available_at_{}s", t_s), available);
    }
    if (s.degraded_per_year_s) {
      add(s.name, "degraded_per_year_s", *s.degraded_per_year_s);
      add(s.name, "request_availability", *s.request_availability);
      add(s.name, "saturated_per_year_s", *s.saturated_per_year_s);
    }
    if (s.failed_requests_per_year) {
      add(s.name, "failed_requests_per_year", *s.failed_requests_per_year);
      if (s.stale_per_year) add(s.name, "stale_reads_per_year", *s.stale_per_year);
    }
    if (s.lost_sessions_per_year) add(s.name, "lost_sessions_per_year", *s.lost_sessions_per_year);
    if (s.session_lost) add(s.name, "session_lost_probability", *s.session_lost);
    if (s.response_s && s.response_quantiles_s) {
      add_spread(s.name, "response_time_s", *s.response_s, *s.response_quantiles_s);
    } else if (s.response_s) {
      add(s.name, "response_time_s", *s.response_s);
    }
    for (const BlameShare& b : s.by_cause) {
      add(s.name, "blame:" + b.names.front(), b.share);
    }
  }
  for (const GroupEstimates& g : estimates.groups) {
    if (g.takes_over) {
      add(g.name, "failovers_per_year", g.failovers_per_year);
      add(g.name, "failed_failovers_per_year", g.failed_per_year);
      add(g.name, "failbacks_per_year", g.failbacks_per_year);
      add(g.name, "split_brain_per_year_s", g.split_brain_per_year_s);
    }
    add(g.name, g.takes_over ? "unfounded_failovers_per_year" : "false_alarms_per_year",
        g.unfounded_per_year);
    if (g.detection)
      add_spread(g.name, "detection_s", g.detection->mean_s, g.detection->quantiles_s);
    if (g.takeover) add_spread(g.name, "takeover_s", g.takeover->mean_s, g.takeover->quantiles_s);
    if (g.recovery) add_spread(g.name, "recovery_s", g.recovery->mean_s, g.recovery->quantiles_s);
    if (g.unknown_commits_per_year) {
      add(g.name, "unknown_commits_per_year", *g.unknown_commits_per_year);
    }
    if (g.buffer) {
      add(g.name, "waiting_writes", g.buffer->waiting);
      add(g.name, "wait_s", g.buffer->wait_s);
    }
    if (!g.losses) continue;
    const LossEstimates& l = *g.losses;
    if (l.counted) {
      add_spread(g.name, "lost_writes_per_year", l.lost_writes_per_year, l.lost_writes_quantiles);
      if (l.writes) {
        add_spread(g.name, "lost_writes_of_a_loss", l.writes->mean_s, l.writes->quantiles_s);
      }
    }
    if (l.followed) add(g.name, "losses_per_year", l.losses_per_year);
    if (l.reach_s) {
      add_spread(g.name, "recovery_point_s", l.reach_s->mean_s, l.reach_s->quantiles_s);
    }
    if (l.may_lose_data) add(g.name, "data_losses_per_year", l.data_losses_per_year);
  }
  if (const auto& c = estimates.costs) {
    add("", "cost_per_year", c->all);
    add("", "capital_cost_per_year", {c->capital, c->capital, c->capital});
    add("", "running_cost_per_year", {c->running, c->running, c->running});
    add("", "repair_cost_per_year", c->repairs);
    add("", "repair_visits_per_year", c->repair_visits);
    add("", "downtime_cost_per_year", c->downtime);
    add("", "lost_writes_cost_per_year", c->lost_writes);
  }
  for (const ObjectiveEstimate& o : estimates.objectives) {
    add("", "objective_" + o.name + "_met", o.met);
  }
  return figures;
}

const std::vector<std::string>& known_measures() {
  static const std::vector<std::string> names{"unavailability",
                                              "availability",
                                              "nines",
                                              "downtime_per_year_s",
                                              "outages_per_year",
                                              "outage_duration_s",
                                              "time_between_outages_s",
                                              "no_outage_probability",
                                              "time_to_first_outage_s",
                                              "degraded_per_year_s",
                                              "request_availability",
                                              "saturated_per_year_s",
                                              "failed_requests_per_year",
                                              "stale_reads_per_year",
                                              "lost_sessions_per_year",
                                              "session_lost_probability",
                                              "response_time_s",
                                              "failovers_per_year",
                                              "failed_failovers_per_year",
                                              "failbacks_per_year",
                                              "split_brain_per_year_s",
                                              "unfounded_failovers_per_year",
                                              "false_alarms_per_year",
                                              "detection_s",
                                              "takeover_s",
                                              "recovery_s",
                                              "unknown_commits_per_year",
                                              "waiting_writes",
                                              "wait_s",
                                              "lost_writes_per_year",
                                              "lost_writes_of_a_loss",
                                              "losses_per_year",
                                              "recovery_point_s",
                                              "data_losses_per_year",
                                              "cost_per_year",
                                              "capital_cost_per_year",
                                              "running_cost_per_year",
                                              "repair_cost_per_year",
                                              "repair_visits_per_year",
                                              "downtime_cost_per_year",
                                              "lost_writes_cost_per_year",
                                              "objective_availability_met",
                                              "objective_rto_s_met",
                                              "objective_rpo_writes_met",
                                              "objective_rpo_s_met"};
  return names;
}

std::string csv_cell(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : std::string();
}

std::string csv_text(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

}  // namespace nines
