#include "studies/cli/report.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "nines_version.hpp"
#include "studies/cli/report_checked.hpp"
#include "studies/figures.hpp"

namespace nines::cli {
namespace {

using Json = nlohmann::ordered_json;

const char* word_of(StoppedBy stopped_by) {
  switch (stopped_by) {
    case StoppedBy::runs:
      return "runs";
    case StoppedBy::precision:
      return "precision";
    case StoppedBy::time:
      return "time";
    case StoppedBy::interrupt:
      return "interrupt";
  }
  return "";
}

// ---- JSON ------------------------------------------------------------------------------------

Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json json_of(const Estimate& e) {
  return {{"value", finite(e.value)}, {"low", finite(e.low)}, {"high", finite(e.high)}};
}

void add_quantiles(Json& json, const Quantiles& q) {
  json["p50"] = json_of(q.p50);
  json["p95"] = json_of(q.p95);
  json["p99"] = json_of(q.p99);
}

Json blame_json(const std::vector<BlameShare>& shares, const char* key) {
  Json list = Json::array();
  for (const BlameShare& share : shares) {
    Json names = share.names;
    if (std::string_view(key) == "cause") names = share.names.front();
    list.push_back({{key, names}, {"downtime_share", json_of(share.share)}});
  }
  return list;
}

Json service_json(const ServiceEstimates& s, bool until_first) {
  Json json = Json::object();
  if (!until_first) {
    json["unavailability"] = json_of(s.unavailability);
    json["availability"] = json_of(s.availability);
    json["nines"] = json_of(s.nines);
    json["downtime_carried_by_runs"] = s.carried_by_runs;
    Json downtime = json_of(s.downtime_per_year_s);
    add_quantiles(downtime, s.downtime_quantiles_s);
    downtime["largest"] = s.largest_downtime_s;
    json["downtime_per_year_s"] = downtime;
    json["outages_per_year"] = json_of(s.outages_per_year);
    if (s.outage_length_s) {
      Json length = json_of(*s.outage_length_s);
      add_quantiles(length, *s.outage_length_quantiles_s);
      length["largest"] = s.longest_outage_s;
      json["outage_duration_s"] = length;
      Json between = json_of(*s.time_between_s);
      add_quantiles(between, *s.time_between_quantiles_s);
      json["time_between_outages_s"] = between;
    } else {
      json["outage_duration_s"] = nullptr;
      json["time_between_outages_s"] = nullptr;
    }
  }
  json["no_outage_probability"] = json_of(s.no_outage);
  if (!until_first) {
    Json law = Json::array();
    for (const auto& [count, probability] : s.outages_law) {
      law.push_back({{"outages", count}, {"probability", json_of(probability)}});
    }
    json["number_of_outages"] = law;
  }
  Json first = nullptr;
  if (s.first_outage_quantiles_s) {
    first = s.first_outage_s ? json_of(*s.first_outage_s)
                             : Json{{"value", nullptr}, {"low", nullptr}, {"high", nullptr}};
    add_quantiles(first, *s.first_outage_quantiles_s);
  }
  json["time_to_first_outage_s"] = first;
  if (!s.available_at.empty()) {
    Json points = Json::array();
    for (const auto& [t_s, probability] : s.available_at) {
      points.push_back({{"at_s", t_s}, {"available", json_of(probability)}});
    }
    json["point_availability"] = points;
  }
  if (s.degraded_per_year_s) {
    json["degraded_per_year_s"] = json_of(*s.degraded_per_year_s);
    json["request_availability"] = json_of(*s.request_availability);
    json["saturated_per_year_s"] = json_of(*s.saturated_per_year_s);
    Json response = nullptr;
    if (s.response_s) {
      response = json_of(*s.response_s);
      if (s.response_quantiles_s) add_quantiles(response, *s.response_quantiles_s);
    }
    json["response_time_s"] = response;
    json["failed_requests_per_year"] = json_of(*s.failed_requests_per_year);
    if (s.stale_per_year) json["stale_reads_per_year"] = json_of(*s.stale_per_year);
  }
  if (s.lost_sessions_per_year) {
    Json lost = json_of(*s.lost_sessions_per_year);
    lost["largest_loss"] = s.largest_loss_of_sessions;
    json["lost_sessions_per_year"] = lost;
    if (s.session_lost) json["session_lost_probability"] = json_of(*s.session_lost);
  }
  if (!until_first) {
    json["blame"] = blame_json(s.by_cause, "cause");
    json["blame_by_set"] = blame_json(s.by_set, "set");
    if (s.none_seen) json["no_downtime_seen"] = true;
  }
  return json;
}

Json group_json(const GroupEstimates& g) {
  Json json = Json::object();
  if (g.takes_over) {
    json["failovers_per_year"] = json_of(g.failovers_per_year);
    json["failed_failovers_per_year"] = json_of(g.failed_per_year);
    json["failbacks_per_year"] = json_of(g.failbacks_per_year);
    json["split_brain_per_year_s"] = json_of(g.split_brain_per_year_s);
  }
  json[g.takes_over ? "unfounded_failovers_per_year" : "false_alarms_per_year"] =
      json_of(g.unfounded_per_year);
  const auto add = [&](const char* key, const std::optional<DelayEstimate>& delay) {
    json[key] = nullptr;
    if (!delay) return;
    json[key] = json_of(delay->mean_s);
    add_quantiles(json[key], delay->quantiles_s);
  };
  add("detection_s", g.detection);
  if (g.takes_over) {
    add("takeover_s", g.takeover);
    add("recovery_s", g.recovery);
  }
  if (g.unknown_commits_per_year) {
    json["unknown_commits_per_year"] = json_of(*g.unknown_commits_per_year);
  }
  if (g.buffer) {
    json["waiting_writes"] = json_of(g.buffer->waiting);
    json["waiting_writes"]["largest"] = g.buffer->most;
    json["wait_s"] = json_of(g.buffer->wait_s);
  }
  if (!g.losses) return json;
  const LossEstimates& l = *g.losses;
  if (l.counted) {
    Json lost = json_of(l.lost_writes_per_year);
    add_quantiles(lost, l.lost_writes_quantiles);
    lost["largest_loss"] = l.largest_loss;
    json["lost_writes_per_year"] = lost;
    add("lost_writes_of_a_loss", l.writes);
  }
  if (l.followed) {
    json["losses_per_year"] = json_of(l.losses_per_year);
    add("recovery_point_s", l.reach_s);
    if (l.reach_s) json["recovery_point_s"]["largest"] = l.furthest_s;
  }
  if (l.may_lose_data) json["data_losses_per_year"] = json_of(l.data_losses_per_year);
  return json;
}

Json exact_json(const Report& report) {
  Json json = {{"states", report.exact->states}, {"method", report.exact->method}};
  json["services"] = Json::object();
  for (std::size_t s = 0; s < report.exact->services.size(); ++s) {
    Json rows = Json::object();
    for (const Checked& row : checked(report, s)) {
      rows[row.measure] = {{"value", row.exact}, {"inside", row.inside()}};
    }
    json["services"][report.exact->services[s].name] = rows;
  }
  return json;
}

}  // namespace

std::vector<Checked> checked(const Report& report, std::size_t s) {
  const ServiceEstimates& ours = report.estimates.services[s];
  const ExactService& theirs = report.exact->services[s];
  const double years = report.experiment.horizon_s / kYear_s;
  const auto& ahead = theirs.horizon;
  std::vector<Checked> rows;
  rows.push_back({"unavailability", ours.unavailability,
                  ahead ? ahead->unavailability : theirs.unavailability});
  rows.push_back({"outages_per_year", ours.outages_per_year,
                  ahead ? ahead->outages / years : theirs.outages_per_s * kYear_s});
  if (ahead) rows.push_back({"no_outage_probability", ours.no_outage, ahead->no_outage});
  if (!ahead && theirs.load && ours.failed_requests_per_year) {
    if (ours.stale_per_year) {
      rows.push_back(
          {"stale_reads_per_year", *ours.stale_per_year, theirs.load->stale_per_s * kYear_s});
    }
    rows.push_back({"failed_requests_per_year", *ours.failed_requests_per_year,
                    theirs.load->failed_per_s * kYear_s});
  }
  if (!ahead && s == 0) {
    for (const ExactGroup& exact : report.exact->groups) {
      for (const GroupEstimates& g : report.estimates.groups) {
        if (g.name != exact.name || !g.losses || !exact.lost_writes_per_s) continue;
        if (!g.losses->counted) continue;
        rows.push_back({"lost_writes_per_year of " + g.name, g.losses->lost_writes_per_year,
                        *exact.lost_writes_per_s * kYear_s});
      }
    }
  }
  if (!ahead && theirs.lost_sessions_per_s && ours.lost_sessions_per_year) {
    rows.push_back({"lost_sessions_per_year", *ours.lost_sessions_per_year,
                    *theirs.lost_sessions_per_s * kYear_s});
  }
  return rows;
}

std::string version() { return NINES_VERSION; }

std::string report_json(const Report& report) {
  const Experiment& experiment = report.experiment;
  const bool until_first = experiment.questions.until_first_outage;
  Json json;
  json["schema_version"] = 1;
  json["command"] = "run";
  json["topology"] = report.topology.name;
  json["input_hash"] = report.topology.input_hash;
  json["version"] = version();
  json["seed"] = experiment.seed;
  json["runs"] = report.outcome.summary.runs;
  json["horizon_s"] = finite(experiment.horizon_s);
  json["confidence"] = experiment.confidence;
  json["stopped_by"] = word_of(report.outcome.stopped_by);
  if (report.memoryless) json["memoryless"] = true;
  if (until_first) json["until"] = "first-outage";
  if (experiment.steady_state) {
    json["steady_state"] = {{"exact_start", report.outcome.warm_up.exact},
                            {"warm_up_s", report.outcome.warm_up.length_s},
                            {"warm_up_end_found", report.outcome.warm_up.found}};
  }
  json["uncertainty"] =
      report.doubt != nullptr ? "simulation error and doubt about inputs" : "simulation error only";
  json["services"] = Json::object();
  for (const ServiceEstimates& s : report.estimates.services) {
    if (!s.part_of) {
      json["services"][s.name] = service_json(s, until_first);
      continue;
    }
    const std::string& whole = report.estimates.services[*s.part_of].name;
    json["services"][whole]["classes"][s.name.substr(whole.size() + 1)] =
        service_json(s, until_first);
  }
  json["groups"] = Json::object();
  for (const GroupEstimates& g : report.estimates.groups) json["groups"][g.name] = group_json(g);
  if (report.exact != nullptr) json["exact"] = exact_json(report);
  json["objectives"] = Json::object();
  for (const ObjectiveEstimate& o : report.estimates.objectives) {
    json["objectives"][o.name] = {{"target", o.target}, {"met_probability", json_of(o.met)}};
  }
  if (report.doubt != nullptr) {
    Json services = Json::object();
    const auto spread = [](const DoubtSpread& d) {
      return Json{{"mean", d.mean},
                  {"mean_error", d.mean_error},
                  {"simulation_sd", d.simulation_sd},
                  {"input_sd", d.input_sd},
                  {"p05", d.p05},
                  {"p50", d.p50},
                  {"p95", d.p95}};
    };
    for (const ServiceDoubt& s : report.doubt->services) {
      services[s.service] = {{"unavailability", spread(s.unavailability)},
                             {"outages_per_year", spread(s.outages_per_year)}};
    }
    json["input_uncertainty"] = {{"inputs", report.topology.doubts.size()},
                                 {"samples", report.doubt->samples},
                                 {"runs_each", report.doubt->runs_each},
                                 {"services", services}};
  }
  if (const auto& costs = report.estimates.costs) {
    json["costs"] = {{"currency", costs->currency},
                     {"cost_per_year", json_of(costs->all)},
                     {"capital_cost_per_year", costs->capital},
                     {"running_cost_per_year", costs->running},
                     {"repair_cost_per_year", json_of(costs->repairs)},
                     {"repair_visits_per_year", json_of(costs->repair_visits)},
                     {"downtime_cost_per_year", json_of(costs->downtime)},
                     {"lost_writes_cost_per_year", json_of(costs->lost_writes)}};
  }
  json["assumed_repair_s"] = report.estimates.assumed_repair_s;
  return json.dump(2) + "\n";
}

std::string report_csv(const Report& report) {
  std::string out = "service,measure,value,low,high\r\n";
  const auto add = [&](const Figure& f) {
    out += fmt::format("{},{},{},{},{}\r\n", f.subject, f.measure, csv_cell(f.estimate.value),
                       csv_cell(f.estimate.low), csv_cell(f.estimate.high));
  };
  const std::vector<Figure> figures = figures_of(report.estimates, report.experiment);
  const auto objectives = std::find_if(figures.begin(), figures.end(), [](const Figure& f) {
    return f.measure.starts_with("objective_");
  });
  std::for_each(figures.begin(), objectives, add);
  for (std::size_t s = 0; report.exact != nullptr && s < report.exact->services.size(); ++s) {
    for (const Checked& row : checked(report, s)) {
      out += fmt::format("{},exact_{},{},,\r\n", report.exact->services[s].name, row.measure,
                         csv_cell(row.exact));
    }
  }
  std::for_each(objectives, figures.end(), add);
  return out;
}

}  // namespace nines::cli
