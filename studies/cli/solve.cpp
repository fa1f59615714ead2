// nines solve: the same topology as a Markov chain, solved exactly.
#include <algorithm>
#include <chrono>
#include <cmath>

#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/solve/combine.hpp"
#include "engine/solve/explore.hpp"
#include "studies/cli/options.hpp"
#include "studies/cli/output.hpp"
#include "studies/cli/progress.hpp"
#include "studies/cli/refusal.hpp"
#include "studies/cli/report.hpp"
#include "studies/exact.hpp"
#include "topologies/language/quantity.hpp"
#include "topologies/symmetry.hpp"

namespace nines::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLabel = 17;
constexpr std::size_t kMostShares = 8;

struct SolveOptions {
  std::string file;
  bool memoryless = false;
  int phases = 0;
  std::string horizon;
  std::vector<std::string> at;
  std::size_t most_states = 5'000'000;
  std::string lump = "auto";
  bool check = false;
  Look look;
};

/// An answer, and where it comes from.
struct Solved {
  const Topology& topology;
  const SolveOptions& options;
  const ExactQuestion& question;
  const Exact& exact;
  /// With laws made of phases: the same with twice as many, which tells the error; none if that
  /// takes too many states.
  const Exact* finer = nullptr;
};

struct ObjectiveCheck {
  double target = 0.0;
  bool met = false;
};

/// Whether every service is available enough in the long run.
std::vector<ObjectiveCheck> checks(const Solved& solved) {
  if (!solved.topology.objectives.availability) return {};
  ObjectiveCheck check{*solved.topology.objectives.availability, true};
  for (const ExactService& s : solved.exact.services) {
    if (!s.part_of && s.unavailability > 1.0 - check.target) check.met = false;
  }
  return {check};
}

double nines_of(double unavailability) { return -std::log10(unavailability); }

/// What could not be had, and why.
std::vector<std::string> left_out(const Solved& solved) {
  std::vector<std::string> all = solved.exact.left_out;
  for (const ExactGroup& g : solved.exact.groups) {
    if (!g.endless) continue;
    all.push_back(fmt::format(
        "lost writes of {}: without a backup a loss of all data takes all that was ever written",
        g.name));
  }
  if (solved.exact.phases > 0 && solved.finer == nullptr) {
    all.push_back(fmt::format(
        "the error of the phases: twice as many take more than {} states (--most-states)",
        grouped(solved.options.most_states)));
  }
  if (solved.topology.objectives.rto_s) {
    all.push_back("the objective rto: the length of single outages, as only a simulation tells");
  }
  if (solved.topology.objectives.rpo_writes || solved.topology.objectives.rpo_s) {
    all.push_back("the objective rpo: single losses of writes, as only a simulation tells");
  }
  return all;
}

// ---- JSON ------------------------------------------------------------------------------------

Json value(double x) { return {{"value", std::isfinite(x) ? Json(x) : Json(nullptr)}}; }

Json service_json(const ExactService& s, const ExactQuestion& question) {
  Json json;
  json["unavailability"] = value(s.unavailability);
  json["availability"] = value(1.0 - s.unavailability);
  json["nines"] = value(nines_of(s.unavailability));
  json["downtime_per_year_s"] = value(s.unavailability * kYear_s);
  json["outages_per_year"] = value(s.outages_per_s * kYear_s);
  json["outage_duration_s"] = s.outages_per_s > 0 ? value(s.mean_outage_s()) : Json(nullptr);
  json["time_between_outages_s"] = s.outages_per_s > 0 ? value(s.mean_up_s()) : Json(nullptr);
  if (s.first_outage_s) json["time_to_first_outage_s"] = value(*s.first_outage_s);
  if (!s.unavailable_at.empty()) {
    Json points = Json::array();
    for (std::size_t k = 0; k < s.unavailable_at.size(); ++k) {
      points.push_back({{"at_s", question.at_s[k]},
                        {"available", value(1.0 - s.unavailable_at[k])},
                        {"unavailable", value(s.unavailable_at[k])}});
    }
    json["point_availability"] = points;
  }
  if (s.horizon) {
    Json& horizon = json["horizon"];
    horizon = {{"unavailability", value(s.horizon->unavailability)},
               {"availability", value(1.0 - s.horizon->unavailability)},
               {"outages", value(s.horizon->outages)},
               {"no_outage_probability", value(s.horizon->no_outage)},
               {"some_outage_probability", value(s.horizon->some_outage)}};
    if (!s.horizon->outages_law.empty()) {
      Json law = Json::array();
      for (std::size_t n = 0; n < s.horizon->outages_law.size(); ++n) {
        law.push_back({{"outages", n}, {"probability", value(s.horizon->outages_law[n])}});
      }
      horizon["number_of_outages"] = law;
    }
    if (s.horizon->objective_met) {
      horizon["objective_met_probability"] = value(*s.horizon->objective_met);
    }
  }
  if (s.load) {
    json["degraded_per_year_s"] = value(s.load->degraded * kYear_s);
    json["request_availability"] = value(1.0 - s.load->unserved);
    json["saturated_per_year_s"] = value(s.load->saturated * kYear_s);
    json["response_time_s"] = s.load->response_s ? value(*s.load->response_s) : Json(nullptr);
    json["failed_requests_per_year"] = value(s.load->failed_per_s * kYear_s);
    if (s.load->stale_per_s > 0) {
      json["stale_reads_per_year"] = value(s.load->stale_per_s * kYear_s);
    }
  }
  if (s.lost_sessions_per_s) {
    json["lost_sessions_per_year"] = value(*s.lost_sessions_per_s * kYear_s);
    if (s.session_lost) json["session_lost_probability"] = value(*s.session_lost);
  }
  Json sets = Json::array();
  for (const ExactService::Share& share : s.by_set) {
    sets.push_back({{"set", share.names}, {"downtime_share", value(share.of_downtime)}});
  }
  json["blame_by_set"] = sets;
  return json;
}

Json group_json(const ExactGroup& g) {
  Json json;
  if (g.takes_over) {
    json["failovers_per_year"] = value(g.begun_per_s * kYear_s);
    json["failed_failovers_per_year"] = value(g.failed_per_s * kYear_s);
    json["failbacks_per_year"] = value(g.returned_per_s * kYear_s);
    json["split_brain_per_year_s"] = value(g.split * kYear_s);
  }
  json[g.takes_over ? "unfounded_failovers_per_year" : "false_alarms_per_year"] =
      value(g.unfounded_per_s * kYear_s);
  if (g.lost_writes_per_s) json["lost_writes_per_year"] = value(*g.lost_writes_per_s * kYear_s);
  if (g.data_losses_per_s) json["data_losses_per_year"] = value(*g.data_losses_per_s * kYear_s);
  return json;
}

std::string solved_json(const Solved& solved) {
  const Exact& exact = solved.exact;
  Json json;
  json["schema_version"] = 1;
  json["command"] = "solve";
  json["topology"] = solved.topology.name;
  json["input_hash"] = solved.topology.input_hash;
  json["version"] = version();
  if (solved.options.memoryless) json["memoryless"] = true;
  if (exact.phases > 0) json["phases"] = exact.phases;
  if (solved.question.horizon_s) json["horizon_s"] = *solved.question.horizon_s;
  json["chain"] = {{"states", exact.states},
                   {"transitions", exact.transitions},
                   {"independent_parts", exact.modules},
                   {"solved_as_one", exact.whole},
                   {"lumped", exact.lumped},
                   {"method", exact.method},
                   {"residual", exact.residual}};
  json["services"] = Json::object();
  for (const ExactService& s : exact.services) {
    Json service = service_json(s, solved.question);
    if (solved.finer != nullptr) {
      const auto number = static_cast<std::size_t>(&s - exact.services.data());
      service["with_twice_the_phases"] =
          service_json(solved.finer->services[number], solved.question);
    }
    if (!s.part_of) {
      json["services"][s.name] = std::move(service);
      continue;
    }
    const std::string& whole = exact.services[*s.part_of].name;
    json["services"][whole]["classes"][s.name.substr(whole.size() + 1)] = std::move(service);
  }
  json["objectives"] = Json::array();
  for (const ObjectiveCheck& check : checks(solved)) {
    json["objectives"].push_back({{"measure", "availability"},
                                  {"target", check.target},
                                  {"met_in_the_long_run", check.met}});
  }
  json["groups"] = Json::object();
  for (const ExactGroup& g : exact.groups) json["groups"][g.name] = group_json(g);
  json["left_out"] = left_out(solved);
  return json.dump(2) + "\n";
}

std::string solved_csv(const Solved& solved) {
  std::string out = "of,measure,value\r\n";
  const auto quoted = [](const std::string& text) {
    return text.find_first_of(",\"\n") == std::string::npos ? text : "\"" + text + "\"";
  };
  const auto add = [&](const std::string& of, const std::string& measure, const Json& json) {
    if (!json.is_object() || !json.contains("value") || json["value"].is_null()) return;
    out += fmt::format("{},{},{}\r\n", quoted(of), measure, json["value"].get<double>());
  };
  for (const ExactService& s : solved.exact.services) {
    const auto add_all = [&](const Json& json, const std::string& prefix) {
      for (const auto& [measure, v] : json.items()) {
        add(s.name, prefix + measure, v);
        if (measure == "point_availability") {
          for (const Json& point : v) {
            add(s.name, fmt::format("{}unavailable_at_{}_s", prefix, point["at_s"].get<double>()),
                point["unavailable"]);
          }
        }
        if (measure == "blame_by_set") {
          for (const Json& share : v) {
            std::string set;
            for (const Json& name : share["set"]) {
              set += (set.empty() ? "" : " + ") + name.get<std::string>();
            }
            add(s.name, quoted(prefix + "downtime_share of " + set), share["downtime_share"]);
          }
        }
        if (measure != "horizon") continue;
        for (const auto& [inner, w] : v.items()) {
          add(s.name, prefix + "horizon_" + inner, w);
          if (inner != "number_of_outages") continue;
          for (const Json& row : w) {
            add(s.name,
                fmt::format("{}horizon_probability_of_{}_outages", prefix,
                            row["outages"].get<int>()),
                row["probability"]);
          }
        }
      }
    };
    add_all(service_json(s, solved.question), "");
    if (solved.finer != nullptr) {
      const auto number = static_cast<std::size_t>(&s - solved.exact.services.data());
      add_all(service_json(solved.finer->services[number], solved.question),
              "with_twice_the_phases_");
    }
  }
  for (const ExactGroup& g : solved.exact.groups) {
    const Json json = group_json(g);
    for (const auto& [measure, v] : json.items()) add(g.name, measure, v);
  }
  for (const ObjectiveCheck& check : checks(solved)) {
    out += fmt::format(",availability_objective_met_in_the_long_run,{}\r\n", check.met ? 1 : 0);
  }
  return out;
}

// ---- Text ------------------------------------------------------------------------------------

std::string row(const std::string& label, const std::string& text) {
  return "  " + padded(label, kLabel) + (columns(label) < kLabel ? "" : " ") + text + "\n";
}

/// With so many digits that the unavailability has four.
std::string percent_of(double unavailability) {
  return percent(1.0 - unavailability, 5e-4 * unavailability);
}

std::string service_text(const Solved& solved, std::size_t number_of_service, const Paint& paint,
                         bool named) {
  const ExactService& s = solved.exact.services[number_of_service];
  std::string out;
  if (named) out += "\n" + paint.bold(s.name) + "\n";
  if (s.unavailability == 0.0) {
    out += row("availability", "never down: nothing that may happen takes it down");
  } else {
    out +=
        row("availability",
            paint.bold(percent_of(s.unavailability) + " %") + "   " +
                paint.bold(fmt::format("{:.4f} nines", std::max(0.0, nines_of(s.unavailability)))));
    out += row("unavailability", fmt::format("{:.10g}", s.unavailability));
  }
  if (s.unavailability > 0 && solved.finer != nullptr) {
    const double other = solved.finer->services[number_of_service].unavailability;
    const double apart = std::abs(other / s.unavailability - 1.0);
    if (apart < 1e-9) {
      out += row("", "twice as many phases make no difference");
    } else {
      out += row("", fmt::format("{:.10g} with twice as many phases, {:.2g} % apart;", other,
                                 100.0 * apart));
      out += row("", "an indication, not a bound: the law may lie further off");
    }
  }
  if (s.unavailability > 0) {
    out += row("downtime", duration(s.unavailability * kYear_s) + " a year");
  }
  if (s.outages_per_s > 0) {
    out += row("outages", number(s.outages_per_s * kYear_s) + " a year");
    out += row("", duration(s.mean_outage_s()) + " long on average");
    out += row("", duration(s.mean_up_s()) + " between two");
  }
  if (s.first_outage_s && s.unavailability > 0) {
    out += row("first outage", std::isfinite(*s.first_outage_s)
                                   ? "after " + duration(*s.first_outage_s) + " on average"
                                   : "there may be none");
  }
  for (std::size_t k = 0; k < s.unavailable_at.size(); ++k) {
    out += row("at " + span(solved.question.at_s[k]),
               fmt::format("available with {} %", percent_of(s.unavailable_at[k])));
  }
  if (s.horizon) {
    const std::string within = "within " + span(*solved.question.horizon_s);
    out += row(within,
               fmt::format("available {} % of the time", percent_of(s.horizon->unavailability)));
    out += row("", fmt::format("{} outages", number(s.horizon->outages)));
    out += row("", s.horizon->some_outage < 1e-12 || s.horizon->no_outage < 1e-6
                       ? fmt::format("none with probability {:.4g}, some with {:.4g}",
                                     s.horizon->no_outage, s.horizon->some_outage)
                       : fmt::format("none with {} %", percent_of(s.horizon->some_outage)));
    if (s.horizon->objective_met) {
      out += row("", fmt::format("the availability objective is met with {} %",
                                 percent_of(1.0 - *s.horizon->objective_met)));
    }
  }
  if (s.load) {
    out += row("requests", percent_of(s.load->unserved) + " % served");
    if (s.load->failed_per_s > 0) {
      out += row("failed", number(s.load->failed_per_s * kYear_s) + " a year");
    }
    if (s.load->stale_per_s > 0) {
      out += row("stale reads", number(s.load->stale_per_s * kYear_s) + " a year");
    }
    if (s.load->degraded > 0) {
      out += row("degraded", duration(s.load->degraded * kYear_s) + " a year");
    }
    if (s.load->response_s && *s.load->response_s > 0) {
      out += row("response", duration(*s.load->response_s) + " on average");
    }
    if (s.load->saturated > 0) {
      out += row("overload", duration(s.load->saturated * kYear_s) + " a year");
    }
  }
  if (s.lost_sessions_per_s) {
    out += row("lost sessions", number(*s.lost_sessions_per_s * kYear_s) + " a year");
  }
  if (s.by_set.empty()) return out;
  std::vector<std::string> names;
  std::size_t width = kLabel - 2;
  for (const ExactService::Share& share : s.by_set) {
    std::string name;
    for (const std::string& part : share.names) name += (name.empty() ? "" : " + ") + part;
    names.push_back(without_domain(name));
    if (names.size() <= kMostShares) width = std::max(width, columns(names.back()));
  }
  out += "\n  " + paint.bold("what keeps it down") + "\n";
  for (std::size_t i = 0; i < std::min(names.size(), kMostShares); ++i) {
    out +=
        fmt::format("  {}  {:>6.2f} %\n", padded(names[i], width), 100.0 * s.by_set[i].of_downtime);
  }
  if (names.size() > kMostShares) {
    out += "  " + paint.faint(fmt::format("and {} more", names.size() - kMostShares)) + "\n";
  }
  return out;
}

std::string solved_text(const Solved& solved, const Paint& paint, double seconds) {
  const Exact& exact = solved.exact;
  std::string out = fmt::format(
      "{}   exact: {}{}   {}\n", paint.bold(solved.topology.name),
      exact.states == 0 ? "nothing fails"
                        : fmt::format("{} {}state{}", grouped(exact.states),
                                      exact.lumped ? "lumped " : "", exact.states == 1 ? "" : "s"),
      exact.modules > 1 && !exact.whole ? fmt::format(" in {} independent parts", exact.modules)
                                        : "",
      paint.faint(fmt::format("{:.1f} s", seconds)));
  if (!solved.topology.title.empty()) out += paint.faint(solved.topology.title) + "\n";
  if (solved.options.memoryless) {
    out += paint.warm("every law replaced by an exponential of its mean\n");
  }
  if (exact.phases > 0) {
    out +=
        paint.warm(fmt::format("laws that have a memory made of up to {} phases\n", exact.phases));
  }
  out += exact.services.size() == 1 ? "\n" : "";
  for (std::size_t s = 0; s < exact.services.size(); ++s) {
    out += service_text(solved, s, paint, exact.services.size() > 1);
  }
  for (const ExactGroup& g : exact.groups) {
    const bool fails_over = g.takes_over || g.unfounded_per_s > 0;
    if (!fails_over && !g.data_losses_per_s) continue;
    const char* const what = g.takes_over ? "failovers" : fails_over ? "checks" : "data";
    out += "\n  " + paint.bold(fmt::format("{} of {}", what, g.name)) + "\n";
    const auto some = [&](const char* label, double per_s) {
      if (per_s > 0) out += row(label, number(per_s * kYear_s) + " a year");
    };
    some("tried", g.begun_per_s);
    some("failed", g.failed_per_s);
    some(g.takes_over ? "unfounded" : "false alarms", g.unfounded_per_s);
    some("failbacks", g.returned_per_s);
    if (g.split > 0) out += row("split brain", duration(g.split * kYear_s) + " a year");
    if (g.lost_writes_per_s) {
      out += row("lost writes", number(*g.lost_writes_per_s * kYear_s) + " a year");
    }
    if (g.data_losses_per_s && *g.data_losses_per_s > 0) {
      out += row("data losses",
                 fmt::format("{} a year, one in {}", number(*g.data_losses_per_s * kYear_s),
                             duration(1.0 / *g.data_losses_per_s)));
    }
  }
  for (const ObjectiveCheck& check : checks(solved)) {
    out += "\n" + row("objective", fmt::format("availability {:.10g} %: {}", check.target * 100.0,
                                               check.met ? paint.good("met in the long run")
                                                         : paint.bad("missed in the long run")));
  }
  out += "\n" + paint.faint("long-run means, without simulation");
  out += paint.faint(exact.residual > 0     ? fmt::format("; {}, residual of down states {:.1g}\n",
                                                          exact.method, exact.residual)
                     : exact.method.empty() ? "\n"
                                            : fmt::format("; by {}\n", exact.method));
  constexpr std::size_t kWidth = 78;
  for (const std::string& what : left_out(solved)) {
    out += paint.faint(wrapped("left out: " + what, kWidth, "  ")) + "\n";
  }
  const bool odds = std::any_of(exact.services.begin(), exact.services.end(), [](const auto& s) {
    return s.horizon && s.horizon->objective_met;
  });
  const bool asked = solved.question.horizon_s && solved.topology.objectives.availability;
  out += paint.faint(wrapped(
             fmt::format("`nines run` tells besides: quantiles, largest losses, {}delays of single "
                         "failovers",
                         odds || asked ? "" : "odds of objectives, "),
             kWidth, "  ")) +
         "\n";
  return out;
}

// ---- The command -----------------------------------------------------------------------------

int solve_file(const SolveOptions& options) {
  const std::optional<Loaded> loaded = load_document(options.file);
  if (!loaded) return kBadInput;
  const Topology& topology = *loaded->topology;
  const auto system = compile(topology, options.memoryless ? Laws::memoryless : Laws::as_written);
  if (system->scripted) {
    throw std::invalid_argument(
        "solve: not applicable: the topology has scripted faults, and the long run has no such "
        "thing. Use: nines run");
  }
  ExactQuestion question;
  question.most_states = options.most_states;
  question.phases = options.phases;
  question.interrupted = &interrupted();
  if (!options.horizon.empty()) {
    question.horizon_s = duration_option("--horizon", options.horizon);
  }
  for (const std::string& at : options.at) {
    const Parsed<double> parsed = parse_quantity(at, Dimension::duration);
    if (!parsed.value || *parsed.value < 0) {
      throw UsageError(fmt::format("--at is \"{}\"; expected a duration", at));
    }
    question.at_s.push_back(*parsed.value);
  }
  question.availability_objective = topology.objectives.availability;
  StatusLine status(!options.look.quiet && isatty(STDERR_FILENO) != 0,
                    wants_color(options.look.color, STDERR_FILENO));
  question.progress = [&](const std::string& what, std::optional<double> share) {
    status.show(what, share);
  };
  const auto begun = std::chrono::steady_clock::now();
  try {
    if (options.lump != "never") question.interchangeable = interchangeable(topology, *system);
    question.apart_if_small = options.lump == "auto";
    const Exact exact = solve(*system, question);
    std::optional<Exact> finer;
    if (options.phases > 0) {
      ExactQuestion twice = question;
      twice.phases = 2 * options.phases;
      try {
        finer = solve(*system, twice);
      } catch (const TooManyStates&) {  // the answer stands; its error is not known
      }
    }
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begun;
    status.clear();
    const Solved solved{topology, options, question, exact, finer ? &*finer : nullptr};
    const std::string out =
        options.look.json ? solved_json(solved)
        : options.look.csv
            ? solved_csv(solved)
            : solved_text(solved, Paint(wants_color(options.look.color, STDOUT_FILENO)),
                          spent.count());
    write_output("-", out);
    if (options.check) {
      for (const ObjectiveCheck& check : checks(solved)) {
        if (!check.met) return kAnswerIsNo;
      }
    }
    return kDone;
  } catch (const NotMarkovian& error) {
    status.clear();
    return refuse_laws(error, *loaded);
  } catch (const TooManyStates& error) {
    status.clear();
    throw std::runtime_error(
        fmt::format("solve: {}, which is the limit (--most-states). Use: nines run {}",
                    error.what(), options.file));
  } catch (const TooManyCombinations& error) {
    status.clear();
    throw std::runtime_error(
        fmt::format("solve: {}. Use: nines run {}", error.what(), options.file));
  } catch (const Interrupted&) {
    status.clear();
    fmt::print(stderr, "interrupted: nothing is known yet\n");
    return interrupted_exit_code();
  }
}

}  // namespace

void add_solve(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<SolveOptions>();
  CLI::App* command = app.add_subcommand("solve", "Solve a topology exactly, as a Markov chain");
  command->footer(
      "Example:\n  nines solve cold-spare --memoryless\n"
      "  nines solve shop.yaml --memoryless --at 10h --horizon 1y --json\n");
  command->add_option("file", options->file, "A topology, or a name of the library")->required();
  CLI::Option* memoryless = command->add_flag("--memoryless", options->memoryless,
                                              "Replace every law by an exponential of its mean");
  command
      ->add_option("--phase-type", options->phases,
                   "Make laws with a memory of that many phases, and of twice")
      ->check(CLI::Range(2, 60))
      ->excludes(memoryless);
  command->add_option("--horizon", options->horizon,
                      "Also what happens from the start until then: 1y");
  command->add_option("--at", options->at, "Availability at a time; may be repeated");
  command->add_option("--most-states", options->most_states, "Refuse beyond (5000000)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{100'000'000}));
  command
      ->add_option("--lump", options->lump,
                   "Join states of what is alike: auto (where it must), always, never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  command->add_flag("--check", options->check,
                    "Exit with 1 if the availability objective is missed");
  command->add_flag("--json", options->look.json, "The result as JSON");
  command->add_flag("--csv", options->look.csv, "The result as CSV")->excludes("--json");
  command->add_flag("--quiet", options->look.quiet, "No progress");
  add_color(*command, options->look);
  command->callback([options, &exit_code] { exit_code = solve_file(*options); });
}

}  // namespace nines::cli
