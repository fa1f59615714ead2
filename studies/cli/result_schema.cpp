// The JSON Schemas of what `nines run`, `solve` and `spof` print with --json.
#include <nlohmann/json.hpp>

#include "studies/cli/report.hpp"

namespace nines::cli {
namespace {

using Json = nlohmann::ordered_json;

Json reference(const char* name) { return {{"$ref", std::string("#/$defs/") + name}}; }

Json nullable(Json schema) { return {{"anyOf", {std::move(schema), {{"type", "null"}}}}}; }

Json object(Json properties, std::vector<std::string> required) {
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

Json definitions() {
  const Json number = {{"type", "number"}};
  const Json bound = {{"type", Json::array({"number", "null"})},
                      {"description", "null: unbounded or not known"}};
  const Json three = {{"value", bound}, {"low", bound}, {"high", bound}};
  Json spread = three;
  for (const char* q : {"p50", "p95", "p99"}) spread[q] = reference("estimate");
  Json waiting = three;
  waiting["largest"] = number;
  Json losses = spread;
  losses["largest_loss"] = number;
  spread["largest"] = number;
  const Json estimate = reference("estimate");
  const Json share = {{"downtime_share", estimate}};
  Json by_cause = share;
  by_cause["cause"] = {{"type", "string"}};
  Json by_set = share;
  by_set["set"] = list_of({{"type", "string"}});
  const Json service = {
      {"unavailability", estimate},
      {"availability", estimate},
      {"nines", estimate},
      {"downtime_carried_by_runs", number},
      {"downtime_per_year_s", reference("spread")},
      {"outages_per_year", estimate},
      {"outage_duration_s", nullable(reference("spread"))},
      {"time_between_outages_s", nullable(reference("spread"))},
      {"no_outage_probability", estimate},
      {"number_of_outages",
       list_of(object({{"outages", {{"type", "integer"}}}, {"probability", estimate}},
                      {"outages", "probability"}))},
      {"time_to_first_outage_s", nullable(reference("spread"))},
      {"point_availability",
       list_of(object({{"at_s", number}, {"available", estimate}}, {"at_s", "available"}))},
      {"degraded_per_year_s", estimate},
      {"request_availability", estimate},
      {"saturated_per_year_s", estimate},
      {"response_time_s", nullable(reference("response"))},
      {"failed_requests_per_year", estimate},
      {"stale_reads_per_year", estimate},
      {"lost_sessions_per_year",
       object({{"value", bound}, {"low", bound}, {"high", bound}, {"largest_loss", number}},
              {"value", "low", "high", "largest_loss"})},
      {"session_lost_probability", estimate},
      {"classes", {{"type", "object"}, {"additionalProperties", reference("service")}}},
      {"blame", list_of(object(by_cause, {"cause", "downtime_share"}))},
      {"blame_by_set", list_of(object(by_set, {"set", "downtime_share"}))},
      {"no_downtime_seen", {{"const", true}}}};
  return {{"estimate", object(three, {"value", "low", "high"})},
          {"spread", object(spread, {"value", "low", "high", "p50", "p95", "p99"})},
          {"losses", object(losses, {"value", "low", "high", "p50", "p95", "p99"})},
          {"response", object(spread, {"value", "low", "high"})},
          {"service", object(service, {"no_outage_probability", "time_to_first_outage_s"})},
          {"group", object({{"failovers_per_year", estimate},
                            {"failed_failovers_per_year", estimate},
                            {"failbacks_per_year", estimate},
                            {"split_brain_per_year_s", estimate},
                            {"unfounded_failovers_per_year", estimate},
                            {"false_alarms_per_year", estimate},
                            {"detection_s", nullable(reference("spread"))},
                            {"takeover_s", nullable(reference("spread"))},
                            {"recovery_s", nullable(reference("spread"))},
                            {"lost_writes_per_year", reference("losses")},
                            {"lost_writes_of_a_loss", nullable(reference("spread"))},
                            {"losses_per_year", estimate},
                            {"recovery_point_s", nullable(reference("spread"))},
                            {"data_losses_per_year", estimate},
                            {"unknown_commits_per_year", estimate},
                            {"waiting_writes", reference("waiting")},
                            {"wait_s", estimate}},
                           {"detection_s"})},
          {"waiting", object(waiting, {"value", "low", "high", "largest"})},
          {"objective", object({{"target", number}, {"met_probability", estimate}},
                               {"target", "met_probability"})}};
}

}  // namespace

std::string result_schema() {
  const Json number = {{"type", "number"}};
  const Json text = {{"type", "string"}};
  const Json whole = {{"type", "integer"}, {"minimum", 0}};
  const Json spread = object({{"mean", number},
                              {"mean_error", number},
                              {"simulation_sd", number},
                              {"input_sd", number},
                              {"p05", number},
                              {"p50", number},
                              {"p95", number}},
                             {"mean", "simulation_sd", "input_sd", "p05", "p50", "p95"});
  const Json properties = {
      {"schema_version", {{"const", 1}}},
      {"command", {{"const", "run"}}},
      {"topology", text},
      {"input_hash", text},
      {"version", text},
      {"seed", whole},
      {"runs", whole},
      {"horizon_s", {{"type", Json::array({"number", "null"})}}},
      {"confidence", number},
      {"stopped_by", {{"enum", {"runs", "precision", "time", "interrupt"}}}},
      {"memoryless", {{"const", true}}},
      {"until", {{"const", "first-outage"}}},
      {"steady_state", object({{"exact_start", {{"type", "boolean"}}},
                               {"warm_up_s", number},
                               {"warm_up_end_found", {{"type", "boolean"}}}},
                              {"exact_start", "warm_up_s", "warm_up_end_found"})},
      {"uncertainty", text},
      {"services", {{"type", "object"}, {"additionalProperties", {{"$ref", "#/$defs/service"}}}}},
      {"groups", {{"type", "object"}, {"additionalProperties", {{"$ref", "#/$defs/group"}}}}},
      {"exact", object({{"states", whole},
                        {"method", text},
                        {"services",
                         {{"type", "object"},
                          {"additionalProperties",
                           {{"type", "object"},
                            {"additionalProperties",
                             object({{"value", number}, {"inside", {{"type", "boolean"}}}},
                                    {"value", "inside"})}}}}}},
                       {"states", "method", "services"})},
      {"objectives",
       {{"type", "object"}, {"additionalProperties", {{"$ref", "#/$defs/objective"}}}}},
      {"costs", object({{"currency", text},
                        {"cost_per_year", {{"$ref", "#/$defs/estimate"}}},
                        {"capital_cost_per_year", number},
                        {"running_cost_per_year", number},
                        {"repair_cost_per_year", {{"$ref", "#/$defs/estimate"}}},
                        {"repair_visits_per_year", {{"$ref", "#/$defs/estimate"}}},
                        {"downtime_cost_per_year", {{"$ref", "#/$defs/estimate"}}},
                        {"lost_writes_cost_per_year", {{"$ref", "#/$defs/estimate"}}}},
                       {"currency", "cost_per_year"})},
      {"input_uncertainty",
       object({{"inputs", whole},
               {"samples", whole},
               {"runs_each", whole},
               {"services",
                {{"type", "object"},
                 {"additionalProperties",
                  object({{"unavailability", spread}, {"outages_per_year", spread}},
                         {"unavailability", "outages_per_year"})}}}},
              {"inputs", "samples", "runs_each", "services"})},
      {"assumed_repair_s", number}};
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"title", "result of nines run"}};
  const Json body = object(properties, {"schema_version", "command", "topology", "input_hash",
                                        "version", "seed", "runs", "horizon_s", "confidence",
                                        "stopped_by", "uncertainty", "services", "objectives"});
  for (const auto& [key, value] : body.items()) schema[key] = value;
  schema["$defs"] = definitions();
  return schema.dump(2) + "\n";
}

namespace {

std::string with_head(const char* title, Json body, Json definitions) {
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", title}};
  for (const auto& [key, value] : body.items()) schema[key] = value;
  schema["$defs"] = std::move(definitions);
  return schema.dump(2) + "\n";
}

Json map_of(Json values) {
  return {{"type", "object"}, {"additionalProperties", std::move(values)}};
}

}  // namespace

std::string solve_schema() {
  const Json text = {{"type", "string"}};
  const Json whole = {{"type", "integer"}, {"minimum", 0}};
  const Json number = {{"type", "number"}};
  const Json truth = {{"type", "boolean"}};
  const Json value = reference("value");
  const Json service = object(
      {{"unavailability", value},
       {"availability", value},
       {"nines", value},
       {"downtime_per_year_s", value},
       {"outages_per_year", value},
       {"outage_duration_s", nullable(value)},
       {"time_between_outages_s", nullable(value)},
       {"time_to_first_outage_s", value},
       {"point_availability",
        list_of(object({{"at_s", number}, {"available", value}, {"unavailable", value}},
                       {"at_s", "available", "unavailable"}))},
       {"horizon",
        object({{"unavailability", value},
                {"availability", value},
                {"outages", value},
                {"no_outage_probability", value},
                {"some_outage_probability", value},
                {"number_of_outages", list_of(object({{"outages", whole}, {"probability", value}},
                                                     {"outages", "probability"}))},
                {"objective_met_probability", value}},
               {"unavailability", "outages", "some_outage_probability"})},
       {"degraded_per_year_s", value},
       {"request_availability", value},
       {"saturated_per_year_s", value},
       {"response_time_s", nullable(value)},
       {"failed_requests_per_year", value},
       {"stale_reads_per_year", value},
       {"lost_sessions_per_year", value},
       {"session_lost_probability", value},
       {"blame_by_set", list_of(object({{"set", list_of(text)}, {"downtime_share", value}},
                                       {"set", "downtime_share"}))},
       {"with_twice_the_phases", reference("service")},
       {"classes", map_of(reference("service"))}},
      {"unavailability", "outages_per_year"});
  const Json group = object({{"failovers_per_year", value},
                             {"failed_failovers_per_year", value},
                             {"failbacks_per_year", value},
                             {"split_brain_per_year_s", value},
                             {"unfounded_failovers_per_year", value},
                             {"false_alarms_per_year", value},
                             {"lost_writes_per_year", value},
                             {"data_losses_per_year", value}},
                            {});
  const Json chain = object({{"states", whole},
                             {"transitions", whole},
                             {"independent_parts", whole},
                             {"solved_as_one", truth},
                             {"lumped", truth},
                             {"method", text},
                             {"residual", number}},
                            {"states", "method", "residual"});
  return with_head(
      "result of nines solve",
      object({{"schema_version", {{"const", 1}}},
              {"command", {{"const", "solve"}}},
              {"topology", text},
              {"input_hash", text},
              {"version", text},
              {"memoryless", {{"const", true}}},
              {"phases", whole},
              {"horizon_s", number},
              {"chain", chain},
              {"services", map_of(reference("service"))},
              {"objectives", list_of(object({{"measure", text},
                                             {"target", number},
                                             {"met_in_the_long_run", {{"type", "boolean"}}}},
                                            {"measure", "target", "met_in_the_long_run"}))},
              {"groups", map_of(group)},
              {"left_out", list_of(text)}},
             {"schema_version", "command", "topology", "chain", "services"}),
      {{"value", object({{"value", {{"type", Json::array({"number", "null"})}}}}, {"value"})},
       {"service", service}});
}

std::string spof_schema() {
  const Json text = {{"type", "string"}};
  const Json number = {{"type", "number"}};
  const Json perhaps = {{"type", Json::array({"number", "null"})}};
  const Json truth = {{"type", "boolean"}};
  const Json value = object({{"value", perhaps}, {"low", number}, {"high", number}}, {"value"});
  Json importance = {{"component", text}};
  for (const char* measure :
       {"unavailability", "birnbaum", "criticality", "diagnostic", "fussell_vesely",
        "risk_achievement", "risk_reduction", "barlow_proschan", "nines_gained_if_doubled",
        "nines_gained_if_repaired_twice_as_fast"}) {
    importance[measure] = perhaps;
  }
  const Json service =
      object({{"single_points",
               list_of(object({{"component", text}, {"why", text}}, {"component", "why"}))},
              {"minimal_cuts",
               list_of(object({{"set", list_of(text)}, {"probability", number}}, {"set"}))},
              {"minimal_cuts_complete", truth},
              {"minimal_paths", list_of(list_of(text))},
              {"minimal_paths_complete", truth},
              {"not_seen", list_of(text)},
              {"no_probability_because", list_of(text)},
              {"unavailability", value},
              {"outages_per_year", nullable(value)},
              {"sum_of_cuts", number},
              {"cut_upper_bound", number},
              {"importance", list_of(object(importance, {"component", "birnbaum"}))}},
             {"single_points", "minimal_cuts", "minimal_cuts_complete", "not_seen",
              "no_probability_because"});
  return with_head("result of nines spof",
                   object({{"schema_version", {{"const", 1}}},
                           {"command", {{"const", "spof"}}},
                           {"topology", text},
                           {"input_hash", text},
                           {"version", text},
                           {"order", {{"type", "integer"}, {"minimum", 1}}},
                           {"services", map_of(service)}},
                          {"schema_version", "command", "topology", "services"}),
                   Json::object());
}

}  // namespace nines::cli
