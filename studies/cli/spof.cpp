// nines spof: single points of failure, cut sets and importance, straight from the topology.
#include <algorithm>
#include <cmath>
#include <fstream>

#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "studies/cli/options.hpp"
#include "studies/cli/output.hpp"
#include "studies/cli/progress.hpp"
#include "studies/cli/report.hpp"
#include "topologies/language/quantity.hpp"
#include "topologies/structure/draw.hpp"
#include "topologies/structure/structure.hpp"

namespace nines::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLabel = 17;
constexpr std::size_t kMostRows = 15;

struct SpofOptions {
  std::string file;
  std::string service;
  std::size_t order = 3;
  bool paths = false;
  std::string at;
  bool check = false;
  bool dot = false;
  std::string svg;
  Look look;
};

struct Findings {
  const Topology& topology;
  const SpofOptions& options;
  std::vector<Structure> services;
};

const std::string& name_of(const Structure& s, std::uint32_t element) {
  return s.elements[element].name;
}

Json finite(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }

Json names_json(const Structure& s, const ElementSet& set) {
  Json names = Json::array();
  for (const std::uint32_t e : set) names.push_back(name_of(s, e));
  return names;
}

Json service_json(const Structure& s) {
  Json json;
  json["single_points"] = Json::array();
  for (const SinglePoint& point : s.single_points) {
    json["single_points"].push_back({{"component", name_of(s, point.element)}, {"why", point.why}});
  }
  const bool probable = s.no_probability.empty();
  Json cuts = Json::array();
  for (std::size_t i = 0; i < s.cuts.sets.size(); ++i) {
    Json cut = {{"set", names_json(s, s.cuts.sets[i])}};
    if (probable) cut["probability"] = s.cut_probability[i];
    cuts.push_back(cut);
  }
  json["minimal_cuts"] = cuts;
  json["minimal_cuts_complete"] = s.cuts.complete;
  if (s.paths) {
    Json paths = Json::array();
    for (const ElementSet& path : s.paths->sets) paths.push_back(names_json(s, path));
    json["minimal_paths"] = paths;
    json["minimal_paths_complete"] = s.paths->complete;
  }
  json["not_seen"] = s.not_seen;
  json["no_probability_because"] = s.no_probability;
  if (!probable) return json;
  if (s.exact()) {
    json["unavailability"] = {{"value", s.unavailability_low}};
  } else {
    json["unavailability"] = {
        {"value", nullptr}, {"low", s.unavailability_low}, {"high", s.unavailability_high}};
  }
  json["outages_per_year"] =
      s.outages_per_s ? Json{{"value", *s.outages_per_s * kYear_s}} : Json(nullptr);
  json["sum_of_cuts"] = s.sum_of_cuts;
  json["cut_upper_bound"] = s.cut_upper_bound;
  Json importance = Json::array();
  for (std::uint32_t i = 0; i < s.importance.size(); ++i) {
    const Importance& m = s.importance[i];
    importance.push_back(
        {{"component", name_of(s, i)},
         {"unavailability", s.elements[i].down},
         {"birnbaum", m.birnbaum},
         {"criticality", finite(m.criticality)},
         {"diagnostic", finite(m.diagnostic)},
         {"fussell_vesely", m.fussell_vesely ? finite(*m.fussell_vesely) : Json(nullptr)},
         {"risk_achievement", finite(m.risk_achievement)},
         {"risk_reduction", finite(m.risk_reduction)},
         {"barlow_proschan", m.barlow_proschan ? finite(*m.barlow_proschan) : Json(nullptr)},
         {"nines_gained_if_doubled", finite(m.nines_gained_if_doubled)},
         {"nines_gained_if_repaired_twice_as_fast",
          finite(m.nines_gained_if_repaired_twice_as_fast)}});
  }
  json["importance"] = importance;
  return json;
}

std::string to_json(const Findings& found) {
  Json json;
  json["schema_version"] = 1;
  json["command"] = "spof";
  json["topology"] = found.topology.name;
  json["input_hash"] = found.topology.input_hash;
  json["version"] = version();
  json["order"] = found.options.order;
  json["services"] = Json::object();
  for (const Structure& s : found.services) json["services"][s.service] = service_json(s);
  return json.dump(2) + "\n";
}

std::string to_csv(const Findings& found) {
  const auto cell = [](double x) { return std::isnan(x) ? "" : fmt::format("{}", x); };
  std::string out =
      "service,component,single_point,unavailability,birnbaum,criticality,diagnostic,"
      "fussell_vesely,risk_achievement,risk_reduction,barlow_proschan,nines_gained_if_doubled,"
      "nines_gained_if_repaired_twice_as_fast\r\n";
  for (const Structure& s : found.services) {
    for (std::uint32_t i = 0; i < s.elements.size(); ++i) {
      const bool spof = std::any_of(s.single_points.begin(), s.single_points.end(),
                                    [&](const SinglePoint& p) { return p.element == i; });
      out += fmt::format("{},{},{}", s.service, name_of(s, i), spof ? "yes" : "no");
      if (s.importance.empty()) {
        out += ",,,,,,,,,,\r\n";
        continue;
      }
      const Importance& m = s.importance[i];
      out += fmt::format(",{},{},{},{},{},{},{},{},{},{}\r\n", s.elements[i].down, m.birnbaum,
                         cell(m.criticality), cell(m.diagnostic),
                         m.fussell_vesely ? cell(*m.fussell_vesely) : "", cell(m.risk_achievement),
                         cell(m.risk_reduction), m.barlow_proschan ? cell(*m.barlow_proschan) : "",
                         cell(m.nines_gained_if_doubled),
                         cell(m.nines_gained_if_repaired_twice_as_fast));
    }
  }
  return out;
}

// ---- Text ------------------------------------------------------------------------------------

std::string row(const std::string& label, const std::string& text) {
  return "  " + padded(label, kLabel) + text + "\n";
}

std::string share(double x) {
  return x > 0 && x < 0.0005 ? "  <0.1 %" : fmt::format("{:>6.1f} %", 100.0 * x);
}

std::string gained(double nines) {
  if (std::isinf(nines)) return "all";
  return std::abs(nines) < 0.095 ? fmt::format("{:+.1g}", nines) : fmt::format("{:+.2f}", nines);
}

/// With nine digits: equals do not come in the order of rounding errors.
double rounded(double x) { return std::stod(fmt::format("{:.8e}", x)); }

std::string set_text(const Structure& s, const ElementSet& set) {
  std::string text;
  for (const std::uint32_t e : set) {
    text += (text.empty() ? "" : " + ") + without_domain(name_of(s, e));
  }
  return text;
}

std::string cuts_text(const Findings& found, const Structure& s, const Paint& paint) {
  const bool probable = s.no_probability.empty();
  std::vector<std::size_t> order(s.cuts.sets.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  if (probable) {
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return s.cut_probability[a] > s.cut_probability[b];
    });
  }
  std::string out = "\n  " +
                    paint.bold(fmt::format("minimal cut sets of at most {}", found.options.order)) +
                    paint.faint(!s.not_seen.empty() ? "  of what is looked at"
                                : s.cuts.complete   ? "  all there are"
                                                    : "  larger ones were not looked for") +
                    "\n";
  for (std::size_t k = 0; k < std::min(order.size(), kMostRows); ++k) {
    const std::size_t i = order[k];
    out += "  " + (probable ? fmt::format("{:>9.3g}  ", s.cut_probability[i]) : std::string("  ")) +
           set_text(s, s.cuts.sets[i]) + "\n";
  }
  if (order.size() > kMostRows) {
    out +=
        paint.faint(fmt::format("  and {} more; --json has them all\n", order.size() - kMostRows));
  }
  if (order.empty()) out += "  none\n";
  return out;
}

std::string importance_text(const Structure& s, const Paint& paint) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < s.importance.size(); ++i) {
    if (s.importance[i].birnbaum > 0) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return rounded(s.importance[a].criticality) > rounded(s.importance[b].criticality);
  });
  constexpr std::size_t kWidest = 26;  // all of it in 80 columns
  std::size_t width = 10;
  const std::size_t shown = std::min(order.size(), kMostRows);
  for (std::size_t k = 0; k < shown; ++k) {
    width = std::clamp(columns(without_domain(name_of(s, order[k]))), width, kWidest);
  }
  std::string out = "\n  " + paint.bold(padded("importance", width)) +
                    paint.bold("  criticality  Birnbaum    begins    nines gained if") + "\n  " +
                    padded("", width) +
                    paint.bold("                        outages    doubled  repaired in half") +
                    "\n";
  for (std::size_t k = 0; k < shown; ++k) {
    const Importance& m = s.importance[order[k]];
    std::string name = without_domain(name_of(s, order[k]));
    if (columns(name) > width) name = shortened(name, width);
    out += fmt::format(
        "  {}     {}  {:>8.2e}  {}  {:>9}  {:>9}\n", padded(name, width), share(m.criticality),
        m.birnbaum, m.barlow_proschan ? share(*m.barlow_proschan) : "       -",
        gained(m.nines_gained_if_doubled), gained(m.nines_gained_if_repaired_twice_as_fast));
  }
  if (order.size() > shown) {
    out += paint.faint(
        fmt::format("  and {} more; --json has all, and more measures\n", order.size() - shown));
  }
  return out;
}

std::string service_text(const Findings& found, const Structure& s, const Paint& paint) {
  std::string out;
  if (found.services.size() > 1) out += "\n" + paint.bold(s.service) + "\n";
  if (s.single_points.empty()) {
    out += s.not_seen.empty()
               ? "  " + paint.good("no single point of failure") + "\n"
               : "  " + paint.warm("no single point of failure in what is looked at") + "\n";
  } else {
    out += "  " +
           paint.bad(fmt::format("{} single point{} of failure", s.single_points.size(),
                                 s.single_points.size() == 1 ? "" : "s")) +
           "\n";
    std::size_t width = 0;
    for (const SinglePoint& p : s.single_points) {
      width = std::max(width, columns(without_domain(name_of(s, p.element))));
    }
    for (const SinglePoint& p : s.single_points) {
      out += fmt::format("  {}  {}\n",
                         paint.bold(padded(without_domain(name_of(s, p.element)), width)),
                         paint.faint("without it " + p.why));
    }
  }
  if (!s.not_seen.empty()) {
    out += "\n  " + paint.warm("not looked at, so that more may take it down") + "\n";
    for (const std::string& what : s.not_seen) out += "    " + what + "\n";
  }
  if (!s.no_probability.empty()) {
    out += "\n  " + paint.warm("no probabilities, since") + "\n";
    for (const std::string& why : s.no_probability) out += "    " + why + "\n";
    out += paint.faint("    `nines solve` and `nines run` know of time\n");
  } else if (s.exact() && s.unavailability_low == 0.0) {
    out += "\n  nothing that may fail takes it down\n";
  } else if (s.exact()) {
    const double u = s.unavailability_low;
    out += "\n" + row(found.options.at.empty() ? "availability" : "at " + found.options.at,
                      paint.bold(percent(1.0 - u, 5e-4 * u) + " %") + "   " +
                          paint.bold(fmt::format("{:.4f} nines", -std::log10(u))));
    out += row("unavailability", fmt::format("{:.10g}", u));
    if (s.outages_per_s) out += row("outages", number(*s.outages_per_s * kYear_s) + " a year");
  } else {
    out += "\n" + row("unavailability", fmt::format("between {:.6g} and {:.6g}",
                                                    s.unavailability_low, s.unavailability_high));
    out += row("", paint.faint("bounds: too many states for all of them"));
  }
  out += cuts_text(found, s, paint);
  if (s.paths) {
    out += "\n  " + paint.bold(fmt::format("minimal path sets: {}", s.paths->sets.size())) + "\n";
    for (std::size_t i = 0; i < std::min(s.paths->sets.size(), kMostRows); ++i) {
      out += "  " + set_text(s, s.paths->sets[i]) + "\n";
    }
    if (s.paths->sets.size() > kMostRows) {
      out += paint.faint(
          fmt::format("  and {} more; --json has them all\n", s.paths->sets.size() - kMostRows));
    }
  }
  if (!s.importance.empty()) out += importance_text(s, paint);
  return out;
}

std::string to_text(const Findings& found, const Paint& paint) {
  std::string out = paint.bold(found.topology.name) + "   structure\n";
  if (!found.topology.title.empty()) out += paint.faint(found.topology.title) + "\n";
  if (found.services.size() == 1) out += "\n";
  for (const Structure& s : found.services) out += service_text(found, s, paint);
  out += "\n" +
         paint.faint("who is wired to whom, without time: whoever can take over has done so") +
         "\n";
  return out;
}

int find(const SpofOptions& options) {
  const std::optional<Topology> topology = load(options.file);
  if (!topology) return kBadInput;
  StructureQuestion question;
  question.order = options.order;
  question.paths = options.paths;
  if (!options.at.empty()) question.at_s = duration_option("--at", options.at);
  StatusLine status(!options.look.quiet && isatty(STDERR_FILENO) != 0,
                    wants_color(options.look.color, STDERR_FILENO));
  question.progress = [&](const std::string& what, std::optional<double> done) {
    status.show(what, done);
  };
  Findings found{*topology, options, {}};
  std::vector<std::string> names;
  for (std::size_t s = 0; s < topology->services.size(); ++s) {
    names.push_back(topology->services[s].name);
    if (!options.service.empty() && names.back() != options.service) continue;
    found.services.push_back(structure_of(*topology, s, question));
  }
  status.clear();
  if (found.services.empty()) {
    throw UsageError(fmt::format("--service: no service is called '{}'\nhint: {}", options.service,
                                 suggest(options.service, names)));
  }
  std::vector<std::size_t> marked;
  bool any = false;
  for (const Structure& s : found.services) {
    for (const SinglePoint& point : s.single_points) {
      marked.push_back(s.elements[point.element].component);
      any = true;
    }
    any = any || !s.not_seen.empty();
  }
  std::string out;
  if (!options.svg.empty()) {
    check_output(options.svg, {options.file});
    write_output(options.svg, svg_of(dot_of(*topology, marked)));
  }
  if (options.dot) {
    out = dot_of(*topology, marked);
  } else {
    out = options.look.json ? to_json(found)
          : options.look.csv
              ? to_csv(found)
              : to_text(found, Paint(wants_color(options.look.color, STDOUT_FILENO)));
  }
  write_output("-", out);
  return options.check && any ? kAnswerIsNo : kDone;
}

}  // namespace

void add_spof(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<SpofOptions>();
  CLI::App* command =
      app.add_subcommand("spof", "Find single points of failure, cut sets and importance");
  command->footer(
      "Example:\n  nines spof san-hidden-spof\n  nines spof shop.yaml --order 4 --svg shop.svg\n");
  command->add_option("file", options->file, "A topology, or a name of the library")->required();
  command->add_option("--service", options->service, "Only this one");
  command->add_option("--order", options->order, "The largest cut sets to list (3)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{64}));
  command->add_flag("--paths", options->paths, "List minimal path sets, too");
  command->add_option("--at", options->at, "At that time from new, instead of in the long run");
  command->add_flag("--check", options->check,
                    "Exit with 1 unless it is sure that there is no SPOF");
  command->add_flag("--json", options->look.json, "The result as JSON");
  command->add_flag("--csv", options->look.csv, "The importance of components as CSV")
      ->excludes("--json");
  command->add_flag("--dot", options->dot, "A drawing in Graphviz' language, SPOFs marked")
      ->excludes("--json")
      ->excludes("--csv");
  command->add_option("--svg", options->svg, "Write that drawing to a file, as SVG");
  command->add_flag("--quiet", options->look.quiet, "No progress");
  add_color(*command, options->look);
  command->callback([options, &exit_code] { exit_code = find(*options); });
}

}  // namespace nines::cli
