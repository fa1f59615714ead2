#include "studies/cli/report.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "nines_version.hpp"
#include "studies/cli/report_checked.hpp"

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
  json["uncertainty"] = "simulation error only";
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
  json["assumed_repair_s"] = report.estimates.assumed_repair_s;
  return json.dump(2) + "\n";
}

std::string report_csv(const Report& report) {
  std::string out = "service,measure,value,low,high\r\n";
  const auto cell = [](double value) {
    return std::isfinite(value) ? fmt::format("{}", value) : std::string();
  };
  const auto add = [&](const std::string& service, const std::string& measure, const Estimate& e) {
    out += fmt::format("{},{},{},{},{}\r\n", service, measure, cell(e.value), cell(e.low),
                       cell(e.high));
  };
  const auto add_spread = [&](const std::string& service, const std::string& measure,
                              const Estimate& mean, const Quantiles& q) {
    add(service, measure, mean);
    add(service, measure + "_p50", q.p50);
    add(service, measure + "_p95", q.p95);
    add(service, measure + "_p99", q.p99);
  };
  for (const ServiceEstimates& s : report.estimates.services) {
    if (!report.experiment.questions.until_first_outage) {
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
  for (const GroupEstimates& g : report.estimates.groups) {
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
  for (std::size_t s = 0; report.exact != nullptr && s < report.exact->services.size(); ++s) {
    for (const Checked& row : checked(report, s)) {
      out += fmt::format("{},exact_{},{},,\r\n", report.exact->services[s].name, row.measure,
                         cell(row.exact));
    }
  }
  for (const ObjectiveEstimate& o : report.estimates.objectives) {
    add("", "objective_" + o.name + "_met", o.met);
  }
  return out;
}

}  // namespace nines::cli
