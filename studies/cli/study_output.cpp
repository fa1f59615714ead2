#include "studies/cli/study_output.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "studies/cli/report.hpp"
#include "studies/figures.hpp"

namespace nines::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostRows = 60;  // of a table on the screen

Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

void add_estimate(Json& json, const Estimate& e) {
  json["value"] = finite(e.value);
  json["low"] = finite(e.low);
  json["high"] = finite(e.high);
}

Json json_of(const Difference& d) {
  Json json = {{"service", d.service}, {"measure", name_of(d.measure)}};
  add_estimate(json, d.difference);
  json["sure"] = d.sure();
  json["variance_saved"] = d.variance_saved ? finite(*d.variance_saved) : Json(nullptr);
  return json;
}

std::string amount(Compared measure, double value) {
  switch (measure) {
    case Compared::unavailability:
      return duration(value * kYear_s);
    case Compared::cost_per_year:
    case Compared::outages_per_year:
    case Compared::lost_writes_per_year:
    case Compared::failed_requests_per_year:
      break;
  }
  return number(value);
}

std::string with_sign(Compared measure, double value) {
  return (value < 0 ? "−" : "+") + amount(measure, std::fabs(value));
}

const char* said(Compared measure) {
  switch (measure) {
    case Compared::unavailability:
      return "downtime a year";
    case Compared::outages_per_year:
      return "outages a year";
    case Compared::lost_writes_per_year:
      return "lost writes a year";
    case Compared::failed_requests_per_year:
      return "failed requests a year";
    case Compared::cost_per_year:
      return "cost a year";
  }
  return "";
}

std::string interval_of(Compared measure, const Estimate& e) {
  const auto side = [&](double bound) {
    return std::isfinite(bound) ? with_sign(measure, bound) : std::string("no bound");
  };
  return side(e.low) + " … " + side(e.high);
}

/// Figures of one design as columns: availability, nines, downtime, outages, lost writes, cost.
struct Columns {
  bool losses = false;
  bool costs = false;
  std::string currency;
};

std::vector<std::string> heads_of(const Columns& columns) {
  std::vector<std::string> heads{"nines", "downtime a year", "interval", "outages a year"};
  if (columns.losses) heads.emplace_back("lost writes a year");
  if (columns.costs) heads.push_back(columns.currency + " a year");
  return heads;
}

std::vector<std::string> cells_of(const Estimates& estimates, const ServiceEstimates& s,
                                  const Columns& columns) {
  const Estimate& down = s.downtime_per_year_s;
  std::vector<std::string> cells{s.none_seen ? "≥ " + fmt::format("{:.2f}", s.nines.low)
                                             : fmt::format("{:.2f}", s.nines.value),
                                 duration(down.value),
                                 fmt::format("{} … {}", duration(down.low), duration(down.high)),
                                 number(s.outages_per_year.value)};
  if (columns.losses) {
    double lost = 0.0;
    for (const GroupEstimates& g : estimates.groups) {
      if (g.losses && g.losses->counted) lost += g.losses->lost_writes_per_year.value;
    }
    cells.push_back(number(lost));
  }
  if (columns.costs) {
    cells.push_back(estimates.costs ? grouped(static_cast<std::uint64_t>(
                                          std::llround(std::max(0.0, estimates.costs->all.value))))
                                    : "");
  }
  return cells;
}

bool is_share(const std::string& measure) {
  return measure == "unavailability" || measure == "availability" ||
         measure == "request_availability" || measure.ends_with("_probability") ||
         measure.starts_with("objective_");
}

std::vector<std::string> heads_of(const std::vector<std::string>& measures) {
  std::vector<std::string> heads;
  for (const std::string& measure : measures) heads.push_back(said_of(measure));
  return heads;
}

/// Of a service the measures that are its own; of groups and the whole the first that has them.
std::vector<std::string> cells_of(const std::vector<Figure>& figures,
                                  const std::vector<std::string>& measures,
                                  const std::string& service) {
  std::vector<std::string> cells;
  for (const std::string& measure : measures) {
    const Figure* found = nullptr;
    for (const Figure& f : figures) {
      if (f.measure == measure && (found == nullptr || f.subject == service)) found = &f;
    }
    if (found == nullptr) {
      cells.emplace_back("–");  // it has none
      continue;
    }
    const Estimate& e = found->estimate;
    const double half = 0.5 * (e.high - e.low);
    const std::string told =
        !std::isfinite(e.value)   ? "no bound"
        : is_share(measure)       ? percent(e.value, half) + " %"
        : measure.ends_with("_s") ? duration(e.value)
        : measure.find("cost") != std::string::npos
            ? grouped(static_cast<std::uint64_t>(std::llround(std::max(0.0, e.value))))
            : number(e.value);
    if (e.value > 0 && std::isfinite(half) && half > e.value) {
      cells.push_back(told + " (wide)");
      continue;
    }
    cells.push_back(e.value > 0 && std::isfinite(half)
                        ? told + fmt::format(" ±{:.0f} %", 100.0 * half / e.value)
                        : told);
  }
  return cells;
}

void widen(Columns& columns, const Estimates& estimates) {
  for (const GroupEstimates& g : estimates.groups) {
    columns.losses = columns.losses || (g.losses && g.losses->counted);
  }
  if (!estimates.costs) return;
  columns.costs = true;
  columns.currency = estimates.costs->currency;
}

/// How much common luck has saved, of all differences in downtime that have an interval.
std::string saved_text(const std::vector<const Difference*>& differences) {
  std::vector<double> saved;
  for (const Difference* d : differences) {
    if (d->measure == Compared::unavailability && d->variance_saved) {
      saved.push_back(*d->variance_saved);
    }
  }
  if (saved.empty()) return {};
  std::sort(saved.begin(), saved.end());
  return fmt::format(
      "Common luck took the variance of the differences in downtime down to 1/{:.3g} at the "
      "median, 1/{:.3g} at the least.\n",
      saved[saved.size() / 2], saved.front());
}

std::string differences_text(const std::vector<std::pair<std::string, const Difference*>>& rows,
                             const Paint& paint) {
  Table table({"design", "measure", "difference", "interval", ""});
  for (const auto& [name, d] : rows) {
    const std::string meaning = d->sure()
                                    ? d->difference.value < 0 ? "less, surely" : "more, surely"
                                : d->from_both ? "too few runs differ to tell"
                                               : "may be chance";
    table.add({name,
               d->service.empty() ? said(d->measure)
                                  : fmt::format("{}, {}", d->service, said(d->measure)),
               with_sign(d->measure, d->difference.value), interval_of(d->measure, d->difference),
               meaning});
  }
  return table.text(paint, 2);
}

}  // namespace

std::string said_of(std::string measure) {
  if (measure.ends_with("_s")) measure.resize(measure.size() - 2);
  if (measure.ends_with("_per_year")) measure.replace(measure.size() - 9, 9, " a year");
  std::replace(measure.begin(), measure.end(), '_', ' ');
  return measure;
}

std::string Table::text(const Paint& paint, std::size_t left) const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], columns(row[c]));
  }
  std::string out;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    std::string line;
    for (std::size_t c = 0; c < rows_[r].size(); ++c) {
      const std::string& cell = rows_[r][c];
      const std::string pad(widths[c] - columns(cell), ' ');
      const bool last = c + 1 == rows_[r].size();
      line += "  ";
      line += c < left ? cell + (last ? "" : pad) : pad + cell;
    }
    while (line.ends_with(' ')) line.pop_back();
    out += (r == 0 ? paint.faint(line) : line) + "\n";
  }
  return out;
}

std::string study_json(const LoadedStudy& loaded, const StudyAnswer& answer) {
  const Study& study = *loaded.study;
  Json json;
  json["schema_version"] = 1;
  json["command"] = "study";
  json["study"] = study.name;
  json["title"] = study.title;
  json["topology"] = loaded.base->topology->name;
  json["input_hash"] = loaded.base->topology->input_hash;
  json["version"] = version();
  json["seed"] = study.experiment.seed;
  json["horizon_s"] = study.experiment.horizon_s;
  json["confidence"] = study.experiment.confidence;
  json["steady_state"] = study.experiment.steady_state;
  json["uncertainty"] = "simulation error only";
  json["complete"] = answer.complete;
  json["factors"] = Json::array();
  for (const Factor& factor : study.factors) {
    Json levels = Json::array();
    for (const Level& level : factor.levels) levels.push_back(level.label);
    json["factors"].push_back({{"name", factor.name}, {"levels", levels}});
  }
  json["designs"] = Json::array();
  for (const AnsweredDesign& design : answer.designs) {
    Json one = {{"design", design.number + 1}, {"label", study.label(design.number)}};
    one["levels"] = Json::object();
    const auto labels = labels_of(study, design.number);
    for (std::size_t f = 0; f < labels.size(); ++f) {
      one["levels"][study.factors[f].name] = labels[f] ? Json(*labels[f]) : Json(nullptr);
    }
    one["complete"] = design.complete;
    one["runs"] = design.runs;
    one["stopped_by"] = !design.complete                            ? Json(nullptr)
                        : design.stopped_by == StoppedBy::precision ? Json("precision")
                                                                    : Json("runs");
    one["estimates"] = Json::array();
    if (design.runs > 0) {
      for (const Figure& f : figures_of(design.estimates, study.experiment)) {
        if (!tells(study, f.measure)) continue;
        Json row = {{"subject", f.subject}, {"measure", f.measure}};
        add_estimate(row, f.estimate);
        one["estimates"].push_back(std::move(row));
      }
    }
    one["differences"] = Json::array();
    for (const Difference& d : design.differences) {
      if (tells(study, name_of(d.measure))) one["differences"].push_back(json_of(d));
    }
    json["designs"].push_back(std::move(one));
  }
  return json.dump(2) + "\n";
}

std::string study_csv(const LoadedStudy& loaded, const StudyAnswer& answer) {
  const Study& study = *loaded.study;
  std::string out = "design";
  for (const Factor& factor : study.factors) out += "," + csv_text(factor.name);
  out += ",runs,subject,measure,value,low,high\r\n";
  for (const AnsweredDesign& design : answer.designs) {
    std::string begin = fmt::format("{}", design.number + 1);
    for (const auto& label : labels_of(study, design.number)) {
      begin += "," + (label ? csv_text(*label) : std::string());
    }
    begin += fmt::format(",{}", design.runs);
    const auto add = [&](const std::string& subject, const std::string& measure,
                         const Estimate& e) {
      out += fmt::format("{},{},{},{},{},{}\r\n", begin, csv_text(subject), csv_text(measure),
                         csv_cell(e.value), csv_cell(e.low), csv_cell(e.high));
    };
    if (design.runs == 0) continue;
    for (const Figure& f : figures_of(design.estimates, study.experiment)) {
      if (tells(study, f.measure)) add(f.subject, f.measure, f.estimate);
    }
    for (const Difference& d : design.differences) {
      if (!tells(study, name_of(d.measure))) continue;
      add(d.service, std::string("difference:") + name_of(d.measure), d.difference);
    }
  }
  return out;
}

std::string study_text(const LoadedStudy& loaded, const StudyAnswer& answer, const Paint& paint) {
  const Study& study = *loaded.study;
  std::string out = paint.bold(study.title.empty() ? study.name : study.title) + "\n";
  const auto runs = [&](const auto& by) {
    return std::max_element(answer.designs.begin(), answer.designs.end(), by)->runs;
  };
  const auto fewer = [](const AnsweredDesign& a, const AnsweredDesign& b) {
    return a.runs < b.runs;
  };
  const std::uint64_t most = runs(fewer);
  std::uint64_t least = most;
  for (const AnsweredDesign& d : answer.designs) least = std::min(least, d.runs);
  out += paint.faint(
      fmt::format("{} of {} · {} runs of {} each · seed {} · {:.4g} % intervals, simulation error "
                  "only\n\n",
                  counted(answer.designs.size(), "design"), loaded.base->topology->name,
                  least == most ? grouped(most) : grouped(least) + " to " + grouped(most),
                  span(study.experiment.horizon_s), study.experiment.seed,
                  100.0 * study.experiment.confidence));

  if (study.experiment.precision) {
    const auto short_of = static_cast<std::uint64_t>(std::count_if(
        answer.designs.begin(), answer.designs.end(),
        [](const AnsweredDesign& d) { return d.stopped_by != StoppedBy::precision; }));
    if (short_of > 0) {
      out += paint.warm(fmt::format("  {} had all their runs before they were precise to {:.4g} %.",
                                    counted(short_of, "design"),
                                    100.0 * *study.experiment.precision)) +
             "\n\n";
    }
  }
  Columns shown;
  for (const AnsweredDesign& design : answer.designs) widen(shown, design.estimates);
  const auto& services = loaded.base->topology->services;
  for (const TopologyService& service : services) {
    std::vector<std::string> heads{services.size() > 1 ? service.name : "design"};
    for (const Factor& factor : study.factors) heads.push_back(factor.name);
    const std::vector<std::string> of =
        study.measures.empty() ? heads_of(shown) : heads_of(study.measures);
    heads.insert(heads.end(), of.begin(), of.end());
    Table table(heads);
    for (const AnsweredDesign& design : answer.designs) {
      if (design.number == kMostRows) break;
      std::vector<std::string> cells{fmt::format("{}", design.number + 1)};
      for (const auto& label : labels_of(study, design.number))
        cells.push_back(label.value_or("·"));
      std::vector<std::string> figures;
      if (!study.measures.empty()) {
        figures =
            cells_of(figures_of(design.estimates, study.experiment), study.measures, service.name);
      }
      for (const ServiceEstimates& s : design.estimates.services) {
        if (s.name == service.name && study.measures.empty()) {
          figures = cells_of(design.estimates, s, shown);
        }
      }
      cells.insert(cells.end(), figures.begin(), figures.end());
      table.add(cells);
    }
    out += table.text(paint, 1 + study.factors.size()) + "\n";
  }
  if (answer.designs.size() > kMostRows) {
    out += fmt::format("  … and {} designs more: see `nines study export`.\n\n",
                       answer.designs.size() - kMostRows);
  }
  if (study.sweep == Sweep::one_at_a_time) {
    for (const TopologyService& service : services) {
      Table table(
          {"factor", "downtime a year, at the least", "interval", "at the most", "interval"});
      for (const TornadoBar& bar :
           tornado_of(study, answer, Compared::unavailability, service.name)) {
        const auto cell = [](const TornadoBar::End& end) {
          return fmt::format("{} ({})", with_sign(Compared::unavailability, end.difference.value),
                             end.level);
        };
        const auto interval = [](const TornadoBar::End& end) {
          const Estimate& e = end.difference;
          return e.low == e.high ? "" : interval_of(Compared::unavailability, e);
        };
        table.add(
            {bar.factor, cell(bar.low), interval(bar.low), cell(bar.high), interval(bar.high)});
      }
      out += paint.bold(services.size() > 1
                            ? service.name + ": what each factor does, from the design as it is\n"
                            : "What each factor does, from the design as it is\n");
      out += table.text(paint) + "\n";
    }
  }
  std::vector<const Difference*> all;
  for (const AnsweredDesign& design : answer.designs) {
    for (const Difference& d : design.differences) all.push_back(&d);
  }
  out += saved_text(all);
  return out;
}

std::string comparison_text(const Comparison& comparison, const Experiment& experiment,
                            const Paint& paint) {
  Columns shown;
  for (const ComparedDesign& design : comparison.designs) widen(shown, design.estimates);
  const auto runs = comparison.designs.front().outcome.summary.runs;
  std::string out = paint.faint(
      fmt::format("{} · {} runs of {} each, under common luck · seed {} · {:.4g} % intervals\n\n",
                  counted(comparison.designs.size(), "design"), grouped(runs),
                  span(experiment.horizon_s), experiment.seed, 100.0 * experiment.confidence));
  std::vector<std::string> heads{"design", "service"};
  for (const std::string& head : heads_of(shown)) heads.push_back(head);
  Table table(heads);
  std::vector<std::pair<std::string, const Difference*>> rows;
  std::vector<const Difference*> all;
  for (const ComparedDesign& design : comparison.designs) {
    for (const ServiceEstimates& s : design.estimates.services) {
      if (s.part_of) continue;
      std::vector<std::string> cells{design.name, s.name};
      for (const std::string& cell : cells_of(design.estimates, s, shown)) cells.push_back(cell);
      table.add(cells);
    }
    for (const Difference& d : design.differences) {
      all.push_back(&d);
      if (d.service.find('/') == std::string::npos) rows.emplace_back(design.name, &d);
    }
  }
  out += table.text(paint, 2) + "\n";
  out += paint.bold("Differences from " + comparison.designs.front().name) + "\n";
  out += differences_text(rows, paint) + "\n" + saved_text(all);
  return out;
}

std::string comparison_json(const Comparison& comparison, const Experiment& experiment) {
  Json json;
  json["schema_version"] = 1;
  json["command"] = "compare";
  json["version"] = version();
  json["seed"] = experiment.seed;
  json["horizon_s"] = experiment.horizon_s;
  json["confidence"] = experiment.confidence;
  json["runs"] = comparison.designs.front().outcome.summary.runs;
  json["uncertainty"] = "simulation error only";
  json["designs"] = Json::array();
  for (const ComparedDesign& design : comparison.designs) {
    Json one = {
        {"name", design.name}, {"estimates", Json::array()}, {"differences", Json::array()}};
    for (const Figure& f : figures_of(design.estimates, experiment)) {
      Json row = {{"subject", f.subject}, {"measure", f.measure}};
      add_estimate(row, f.estimate);
      one["estimates"].push_back(std::move(row));
    }
    for (const Difference& d : design.differences) one["differences"].push_back(json_of(d));
    json["designs"].push_back(std::move(one));
  }
  return json.dump(2) + "\n";
}

std::string comparison_csv(const Comparison& comparison) {
  std::string out = "design,service,measure,value,low,high,variance_saved\r\n";
  for (const ComparedDesign& design : comparison.designs) {
    for (const Difference& d : design.differences) {
      out += fmt::format("{},{},difference:{},{},{},{},{}\r\n", csv_text(design.name),
                         csv_text(d.service), name_of(d.measure), csv_cell(d.difference.value),
                         csv_cell(d.difference.low), csv_cell(d.difference.high),
                         d.variance_saved ? csv_cell(*d.variance_saved) : "");
    }
  }
  return out;
}

}  // namespace nines::cli
