#include "studies/cli/html.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include "studies/cli/report.hpp"
#include "studies/cli/text.hpp"

namespace nines::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostRows = 500;  // of a table; the export has all

// Colours are those of the front end's themes.
constexpr const char* kStyle = R"(
:root { --ground: #f6f7f9; --surface: #ffffff; --text: #1d2530; --faint: #5d6978; --line: #d9dee5;
  --accent: #2563c9; }
.dark { display: none; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ground: #14181e; --surface: #1c222b; --text: #e6eaf0; --faint: #9aa6b5; --line: #333d4a;
    --accent: #7aa7f5; }
  .light { display: none; }
  .dark { display: block; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif; }
main { max-width: 980px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 6px; }
h2 { font-size: 19px; margin: 40px 0 10px; }
p.sub { color: var(--faint); margin: 0 0 4px; }
nav { margin: 14px 0 0; } nav a { margin-right: 16px; } a { color: var(--accent); }
.scroll { overflow-x: auto; background: var(--surface); border: 1px solid var(--line);
  border-radius: 6px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px; text-align: right; white-space: nowrap;
  border-bottom: 1px solid var(--line); }
tr:last-child td { border-bottom: 0; }
th { color: var(--faint); font-weight: 600; font-size: 13px; }
th.t, td.t { text-align: left; white-space: normal; }
td small { color: var(--faint); display: block; font-size: 12px; }
figure { margin: 16px 0; background: var(--surface); border: 1px solid var(--line);
  border-radius: 6px; padding: 8px; }
figure svg { display: block; width: 100%; height: auto; }
figcaption { color: var(--faint); font-size: 13px; padding: 4px 8px; }
.pair { display: grid; grid-template-columns: 1fr; gap: 0 16px; }
@media (min-width: 900px) { .pair { grid-template-columns: 1fr 1fr; } }
pre { background: var(--surface); border: 1px solid var(--line); border-radius: 6px; padding: 12px;
  overflow-x: auto; font: 13px/1.45 "DejaVu Sans Mono", monospace; }
details summary { cursor: pointer; color: var(--accent); margin: 8px 0; }
@media print {
  body { background: #fff; font-size: 11px; } main { max-width: none; padding: 0; }
  nav { display: none; } figure, tr { break-inside: avoid; } h2 { break-after: avoid; }
  .scroll { overflow: visible; } .pair { grid-template-columns: 1fr 1fr; }
  details > *:not(summary) { display: none; }
}
)";

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

template <class Format>
std::string cell(const Estimate& e, Format format) {
  return fmt::format("<td>{} <small>{} … {}</small></td>", format(e.value), format(e.low),
                     std::isinf(e.high) ? "no bound" : format(e.high));
}

std::string money(double value) {
  return grouped(static_cast<std::uint64_t>(std::llround(std::max(0.0, value))));
}

std::string designs_table(const ReportParts& parts, const std::string& service) {
  const Study& study = *parts.loaded.study;
  bool costs = false;
  bool losses = false;
  std::string currency;
  for (const AnsweredDesign& design : parts.answer.designs) {
    if (design.estimates.costs) {
      costs = true;
      currency = design.estimates.costs->currency;
    }
    for (const GroupEstimates& g : design.estimates.groups) {
      losses = losses || (g.losses && g.losses->counted);
    }
  }
  std::string out = "<div class=\"scroll\"><table><thead><tr><th class=\"t\">#</th>";
  for (const Factor& factor : study.factors) {
    out += "<th class=\"t\">" + escaped(factor.name) + "</th>";
  }
  out += "<th>nines</th><th>downtime a year</th><th>outages a year</th>";
  if (losses) out += "<th>lost writes a year</th>";
  if (costs) out += "<th>" + escaped(currency) + " a year</th>";
  out += "<th>runs</th></tr></thead><tbody>";
  for (const AnsweredDesign& design : parts.answer.designs) {
    if (design.number == kMostRows) break;
    out += fmt::format("<tr><td class=\"t\">{}</td>", design.number + 1);
    for (const auto& label : labels_of(study, design.number)) {
      out += "<td class=\"t\">" + (label ? escaped(*label) : std::string("·")) + "</td>";
    }
    for (const ServiceEstimates& s : design.estimates.services) {
      if (s.name != service) continue;
      out += s.none_seen ? fmt::format("<td>≥ {:.2f}</td>", s.nines.low)
                         : cell(s.nines, [](double x) { return fmt::format("{:.2f}", x); });
      out += cell(s.downtime_per_year_s, duration);
      out += cell(s.outages_per_year, number);
    }
    if (losses) {
      Estimate lost{0.0, 0.0, 0.0};
      for (const GroupEstimates& g : design.estimates.groups) {
        if (!g.losses || !g.losses->counted) continue;
        const Estimate& e = g.losses->lost_writes_per_year;
        lost = {lost.value + e.value, lost.low + e.low, lost.high + e.high};
      }
      out += cell(lost, number);
    }
    if (costs)
      out += design.estimates.costs ? cell(design.estimates.costs->all, money) : "<td></td>";
    out += fmt::format("<td>{}</td></tr>", grouped(design.runs));
  }
  return out + "</tbody></table></div>\n";
}

std::string differences_table(const ReportParts& parts) {
  const Study& study = *parts.loaded.study;
  std::string rows;
  std::size_t count = 0;
  for (const AnsweredDesign& design : parts.answer.designs) {
    for (const Difference& d : design.differences) {
      const bool of_class = d.service.find('/') != std::string::npos;
      if (d.measure != Compared::unavailability || of_class || ++count > kMostRows) continue;
      const auto time = [](double share) {
        if (!std::isfinite(share)) return std::string("no bound");
        return (share < 0 ? "−" : "+") + duration(std::fabs(share) * kYear_s);
      };
      rows += fmt::format(
          "<tr><td class=\"t\">{}</td><td class=\"t\">{}</td><td>{}</td><td>{} … {}</td>"
          "<td>{}</td><td class=\"t\">{}</td></tr>",
          escaped(study.label(design.number)), escaped(d.service), time(d.difference.value),
          time(d.difference.low), time(d.difference.high),
          d.variance_saved ? fmt::format("{:.3g} ×", *d.variance_saved) : "",
          d.sure()      ? (d.difference.value < 0 ? "less, surely" : "more, surely")
          : d.from_both ? "too few runs differ to tell"
                        : "may be chance");
    }
  }
  if (rows.empty()) return {};
  return fmt::format(
      "<h2 id=\"differences\">Differences from design 1</h2>\n<p class=\"sub\">Downtime a year, "
      "under "
      "common random numbers: whatever is called alike has the same luck in all designs. “Saved” "
      "is "
      "by how much that took the variance of the difference down.</p>\n"
      "<div class=\"scroll\"><table><thead><tr><th class=\"t\">design</th><th class=\"t\">service"
      "</th><th>difference</th><th>{:.4g} % interval</th><th>saved</th><th class=\"t\"></th></tr>"
      "</thead><tbody>{}</tbody></table></div>\n",
      100.0 * study.experiment.confidence, rows);
}

std::string figure_html(const ReportFigure& figure) {
  return fmt::format(
      "<figure data-key=\"{}\" role=\"img\" aria-label=\"{}\"><div class=\"light\">{}</div>"
      "<div class=\"dark\">{}</div>{}</figure>\n",
      escaped(figure.key), escaped(figure.title), figure.light, figure.dark,
      figure.of.empty() ? "" : "<figcaption>" + escaped(figure.of) + "</figcaption>");
}

}  // namespace

std::string figures_program() {
  if (const char* given = std::getenv("NINES_FIGURES")) {
    if (::access(given, X_OK) == 0 && fs::is_regular_file(given)) return given;
    throw std::runtime_error(
        fmt::format("NINES_FIGURES is \"{}\", which is no program that can be started", given));
  }
  std::error_code error;
  const fs::path here = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (const fs::path& at : {here / "nines-figures", here / "../gui/nines-figures"}) {
    if (::access(at.c_str(), X_OK) == 0) return at.string();
  }
  const char* path = std::getenv("PATH");
  std::string folders = path != nullptr ? path : "";
  for (std::size_t begin = 0; begin <= folders.size();) {
    const std::size_t end = std::min(folders.find(':', begin), folders.size());
    const fs::path at = fs::path(folders.substr(begin, end - begin)) / "nines-figures";
    if (::access(at.c_str(), X_OK) == 0) return at.string();
    begin = end + 1;
  }
  throw std::runtime_error(
      "the figures of a report are drawn by nines-figures, which comes with the front end and is "
      "not installed here\nhint: --no-figures writes the report without them; a store of a study "
      "can be taken to a machine that has it");
}

std::vector<ReportFigure> figures_of_store(const std::string& store) {
  const std::string program = figures_program();
  std::array<int, 2> pipe_ends{};
  if (pipe(pipe_ends.data()) != 0) throw std::runtime_error("nines-figures: no pipe");
  const pid_t child = fork();
  if (child == 0) {
    dup2(pipe_ends[1], 1);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    execl(program.c_str(), program.c_str(), store.c_str(), nullptr);
    _exit(127);
  }
  close(pipe_ends[1]);
  if (child < 0) throw std::runtime_error("nines-figures: cannot be started");
  std::string said;
  std::array<char, 65536> buffer{};
  while (true) {
    const ssize_t n = read(pipe_ends[0], buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    said.append(buffer.data(), static_cast<std::size_t>(n));
  }
  close(pipe_ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  const auto json = nlohmann::json::parse(said, nullptr, false);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || !json.is_object() ||
      !json.contains("version") || !json.contains("figures")) {
    throw std::runtime_error(fmt::format(
        "{}: has drawn nothing\nhint: --no-figures writes the report without figures", program));
  }
  if (json.at("version") != version()) {
    throw std::runtime_error(fmt::format("{}: is of version {}, this is {}", program,
                                         json.at("version").get<std::string>(), version()));
  }
  std::vector<ReportFigure> figures;
  for (const auto& f : json.at("figures")) {
    figures.push_back({f.at("key"), f.at("of"), f.at("title"), f.at("light"), f.at("dark")});
  }
  return figures;
}

std::string report_html(const ReportParts& parts) {
  const Study& study = *parts.loaded.study;
  const StudyTexts& texts = parts.loaded.texts;
  const std::string title = study.title.empty() ? study.name : study.title;
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
      escaped(title) + "</title>\n<style>" + kStyle + "</style>\n</head>\n<body>\n<main>\n";
  out += "<h1>" + escaped(title) + "</h1>\n";
  out += fmt::format(
      "<p class=\"sub\">{} design{} of {} · runs of {} · seed {} · {:.4g} % intervals, simulation "
      "error only</p>\n",
      study.designs.size(), study.designs.size() == 1 ? "" : "s",
      escaped(parts.loaded.base->topology->title.empty() ? parts.loaded.base->topology->name
                                                         : parts.loaded.base->topology->title),
      span(study.experiment.horizon_s), study.experiment.seed, 100.0 * study.experiment.confidence);
  if (!parts.answer.complete) {
    out +=
        "<p class=\"sub\"><strong>Not complete:</strong> some designs have not had all their "
        "runs.</p>\n";
  }
  const std::string differences = differences_table(parts);
  const bool of_designs = std::any_of(parts.figures.begin(), parts.figures.end(),
                                      [](const ReportFigure& f) { return !f.of.empty(); });
  out += fmt::format("<nav><a href=\"#designs\">{}</a>",
                     study.designs.size() == 1 ? "Result" : "Designs");
  if (!differences.empty()) out += "<a href=\"#differences\">Differences</a>";
  if (of_designs) {
    out += fmt::format("<a href=\"#in-full\">{}</a>",
                       study.designs.size() == 1 ? "Figures" : "Designs in full");
  }
  out += "<a href=\"#made\">How it was made</a></nav>\n";
  const bool one = study.designs.size() == 1;
  out += fmt::format("<h2 id=\"designs\">{}</h2>\n", one ? "Result" : "Designs");
  const auto& services = parts.loaded.base->topology->services;
  for (const TopologyService& service : services) {
    if (services.size() > 1) out += "<h3>" + escaped(service.name) + "</h3>\n";
    out += designs_table(parts, service.name);
  }
  for (const ReportFigure& figure : parts.figures) {
    if (figure.of.empty()) out += figure_html(figure);
  }
  out += differences;
  if (of_designs) {
    out += fmt::format("<h2 id=\"in-full\">{}</h2>\n", one ? "Figures" : "Designs in full");
    std::string last;
    for (const ReportFigure& figure : parts.figures) {
      if (figure.of.empty()) continue;
      if (figure.of != last) {
        if (!last.empty()) out += "</div>\n";
        if (!one) out += "<h3>" + escaped(figure.of) + "</h3>\n";
        out += "<div class=\"pair\">\n";
        last = figure.of;
      }
      ReportFigure plain = figure;
      plain.of.clear();
      out += figure_html(plain);
    }
    out += "</div>\n";
  }
  out += "<h2 id=\"made\">How it was made</h2>\n";
  out += fmt::format("<p class=\"sub\">nines {} on {} · input {}</p>\n<pre>", version(),
                     escaped(parts.machine), parts.loaded.base->topology->input_hash);
  for (const std::string& command : parts.commands) out += escaped(command) + "\n";
  out += "</pre>\n";
  const auto text_of = [&](const std::string& what, const std::string& text) {
    if (text.empty()) return;
    out += "<details><summary>" + what + "</summary><pre>" + escaped(text) + "</pre></details>\n";
  };
  text_of("The study", texts.text);
  text_of("The topology", texts.topology_text);
  text_of("The catalogue of parts", texts.catalogue_text);
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace nines::cli
