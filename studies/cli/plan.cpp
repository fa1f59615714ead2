// nines plan: the cheapest design of a study that meets its objectives.
#include <algorithm>
#include <chrono>
#include <cmath>

#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "studies/cli/options.hpp"
#include "studies/cli/progress.hpp"
#include "studies/cli/report.hpp"
#include "studies/cli/studies.hpp"
#include "studies/cli/study_output.hpp"
#include "studies/study/plan.hpp"
#include "studies/study/runner.hpp"

namespace nines::cli {
namespace {

using Json = nlohmann::ordered_json;

struct PlanOptions {
  std::string study;
  std::string seed;
  unsigned threads = 0;
  Look look;
};

const char* word_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::open:
      return "open";
    case Verdict::meets:
      return "meets";
    case Verdict::misses:
      return "misses";
    case Verdict::costs_more:
      return "costs_more";
  }
  return "";
}

std::string money(const Estimates& estimates, double value) {
  const auto whole = static_cast<std::uint64_t>(std::llround(std::max(0.0, value)));
  return grouped(whole) + (estimates.costs ? " " + estimates.costs->currency : "");
}

Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::string plan_json(const LoadedStudy& loaded, const PlanResult& result) {
  const Study& study = *loaded.study;
  Json json = {{"schema_version", 1},
               {"command", "plan"},
               {"study", study.name},
               {"topology", loaded.base->topology->name},
               {"input_hash", loaded.base->topology->input_hash},
               {"version", version()},
               {"seed", study.experiment.seed},
               {"confidence", study.plan.confidence},
               {"sure", result.sure},
               {"chosen", result.chosen ? Json(*result.chosen + 1) : Json(nullptr)},
               {"runs", result.runs}};
  json["objectives"] = Json::array();
  for (const Bound& bound : study.plan.bounds) {
    json["objectives"].push_back(
        {{"measure", bound.measure}, {"at_most", bound.at_most}, {"tolerance", bound.tolerance}});
  }
  json["designs"] = Json::array();
  for (const PlannedDesign& d : result.designs) {
    Json one = {{"design", d.number + 1},        {"label", study.label(d.number)},
                {"verdict", word_of(d.verdict)}, {"runs", d.runs},
                {"on_front", d.on_front},        {"cost_per_year", nullptr},
                {"unavailability", nullptr}};
    if (d.runs > 0 && d.estimates.costs) {
      const Estimate& cost = d.estimates.costs->all;
      one["cost_per_year"] = {
          {"value", finite(cost.value)}, {"low", finite(cost.low)}, {"high", finite(cost.high)}};
    }
    for (const ServiceEstimates& s : d.estimates.services) {
      if (s.part_of || s.unavailability.value != d.unavailability) continue;
      const Estimate& u = s.unavailability;
      one["unavailability"] = {
          {"value", finite(u.value)}, {"low", finite(u.low)}, {"high", finite(u.high)}};
    }
    json["designs"].push_back(std::move(one));
  }
  return json.dump(2) + "\n";
}

std::string plan_csv(const LoadedStudy& loaded, const PlanResult& result) {
  const Study& study = *loaded.study;
  std::string out = "design";
  for (const Factor& factor : study.factors) out += "," + csv_text(factor.name);
  out += ",verdict,chosen,on_front,runs,cost_per_year,unavailability\r\n";
  for (const PlannedDesign& d : result.designs) {
    out += fmt::format("{}", d.number + 1);
    for (const auto& label : labels_of(study, d.number)) {
      out += "," + (label ? csv_text(*label) : std::string());
    }
    out += fmt::format(",{},{},{},{},{},{}\r\n", word_of(d.verdict), result.chosen == d.number,
                       d.on_front, d.runs, csv_cell(d.cost_per_year), csv_cell(d.unavailability));
  }
  return out;
}

std::string interval_of(const ServiceEstimates& s) {
  const Estimate& down = s.downtime_per_year_s;
  return fmt::format("{} … {}", duration(down.low), duration(down.high));
}

std::string plan_text(const LoadedStudy& loaded, const PlanResult& result, const Paint& paint,
                      double seconds) {
  const Study& study = *loaded.study;
  std::string out = paint.bold(study.title.empty() ? study.name : study.title) + "\n";
  for (const Bound& bound : study.plan.bounds) {
    const bool down = bound.measure == "unavailability";
    out += fmt::format(
        "  to meet: {}\n",
        down ? fmt::format("availability of at least {:.13g} %, that is downtime of "
                           "at most {} a year",
                           100.0 * (1.0 - bound.at_most),
                           duration(bound.at_most * kYear_s))
             : fmt::format("at most {} {}", number(bound.at_most), said_of(bound.measure)));
  }
  out += paint.faint(
      fmt::format("  {} · {} runs in all, in {} · seed {} · tolerance {:.3g} % of the bound\n\n",
                  counted(result.designs.size(), "design"), grouped(result.runs), duration(seconds),
                  study.experiment.seed,
                  study.plan.bounds.empty()
                      ? 0.0
                      : 100.0 * study.plan.bounds[0].tolerance / study.plan.bounds[0].at_most));
  if (!result.chosen) {
    out += paint.bad("No design meets the objectives.") + "\n";
  } else {
    const PlannedDesign& chosen = result.designs[*result.chosen];
    out += paint.good(paint.bold(
               fmt::format("Design {}: {}", chosen.number + 1, study.label(chosen.number)))) +
           "\n";
    if (result.sure) {
      out +=
          fmt::format("  the cheapest that meets them, with a confidence of {:.10g} %: {} a year\n",
                      100.0 * study.plan.confidence, money(chosen.estimates, chosen.cost_per_year));
    } else {
      out +=
          paint.warm(fmt::format(
              "  {}, so this is a guess without the confidence asked for",
              result.runs == 0 ? "nothing was run" : "it was not decided with the runs allowed")) +
          "\n";
    }
    for (const ServiceEstimates& s : chosen.estimates.services) {
      if (s.part_of) continue;
      out += fmt::format("  {}: down {} a year ({})\n", s.name,
                         duration(s.downtime_per_year_s.value), interval_of(s));
    }
  }
  std::vector<const PlannedDesign*> front;
  for (const PlannedDesign& d : result.designs) {
    if (d.on_front || result.chosen == d.number) front.push_back(&d);
  }
  std::sort(front.begin(), front.end(), [](const PlannedDesign* a, const PlannedDesign* b) {
    return a->cost_per_year < b->cost_per_year;
  });
  std::vector<std::string> heads{"", "design"};
  for (const Factor& factor : study.factors) heads.push_back(factor.name);
  for (const char* head : {"cost a year", "downtime a year", "interval", "runs", ""}) {
    heads.emplace_back(head);
  }
  Table table(heads);
  for (const PlannedDesign* d : front) {
    std::vector<std::string> cells{result.chosen == d->number ? "▶" : "",
                                   fmt::format("{}", d->number + 1)};
    for (const auto& label : labels_of(study, d->number)) cells.push_back(label.value_or("·"));
    cells.push_back(money(d->estimates, d->cost_per_year));
    cells.push_back(duration(d->unavailability * kYear_s));
    for (const ServiceEstimates& s : d->estimates.services) {
      if (s.part_of || s.unavailability.value != d->unavailability) continue;
      cells.push_back(interval_of(s));
      break;
    }
    cells.push_back(grouped(d->runs));
    cells.push_back(d->verdict == Verdict::meets        ? "meets them"
                    : d->verdict == Verdict::misses     ? "misses them"
                    : d->verdict == Verdict::costs_more ? "costs more"
                                                        : "");
    table.add(cells);
  }
  out += "\n" + paint.bold("Pareto front: nothing is both cheaper and more available") +
         paint.faint(", as far as the runs tell") + "\n";
  return out + table.text(paint, 2 + study.factors.size());
}

int plan(const PlanOptions& options) {
  if (on_ranks()) {
    throw std::runtime_error("plan runs on the threads of one machine; start it without mpirun");
  }
  std::optional<LoadedStudy> loaded = load_study_or_say(options.study, options.look);
  if (!loaded) return kBadInput;
  if (!options.seed.empty()) loaded->study->experiment.seed = seed_option(options.seed);
  StatusLine status(!options.look.quiet && isatty(STDERR_FILENO) != 0,
                    wants_color(options.look.color, STDERR_FILENO));
  const auto begun = std::chrono::steady_clock::now();
  CompiledDesigns designs(*loaded);
  PlanLeader leader(designs, [&](const PlanLeader::Progress& p) {
    status.show(
        fmt::format("{} of {} designs in question, {} runs", p.open, p.designs, grouped(p.runs)),
        {});
  });
  run_on_threads(leader, designs, options.threads, interrupted());
  status.clear();
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begun;
  const PlanResult result = leader.result();
  if (interrupted_exit_code() != 0) {
    fmt::print(stderr, "Stopped after {} runs; nothing was decided.\n", grouped(result.runs));
    return interrupted_exit_code();
  }
  fmt::print("{}",
             options.look.json ? plan_json(*loaded, result)
             : options.look.csv
                 ? plan_csv(*loaded, result)
                 : plan_text(*loaded, result, Paint(wants_color(options.look.color, STDOUT_FILENO)),
                             spent.count()));
  return result.chosen ? kDone : kAnswerIsNo;
}

}  // namespace

void add_plan(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<PlanOptions>();
  CLI::App* command =
      app.add_subcommand("plan", "The cheapest design of a study that meets its objectives");
  command->footer(
      "Screening with few runs, then a sequential procedure (Andradóttir and Kim 2010; Kim and\n"
      "Nelson 2001). Exit code 1: no design meets them.\n"
      "Example:\n  nines plan cheapest-web-shop\n");
  command->add_option("study", options->study, "A study, or the name of one of the library")
      ->required();
  command->add_option("--seed", options->seed, "In place of that of the study");
  add_threads(*command, options->threads);
  command->add_flag("--json", options->look.json, "As JSON");
  command->add_flag("--csv", options->look.csv, "All designs as CSV")->excludes("--json");
  command->add_flag("--quiet", options->look.quiet, "No progress");
  add_color(*command, options->look);
  command->callback([options, &exit_code] { exit_code = plan(*options); });
}

}  // namespace nines::cli
