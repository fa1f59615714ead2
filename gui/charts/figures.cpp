#include "gui/charts/figures.hpp"

#include <algorithm>
#include <cmath>

#include "gui/charts/texts.hpp"
#include "gui/look/words.hpp"

namespace nines::gui {
namespace {

constexpr std::size_t kMostCauses = 10;
constexpr int kBins = 40;

std::string utf8(const QString& text) { return text.toStdString(); }

Axis axis(const QString& title, Quantity quantity) {
  Axis a;
  a.title = utf8(title);
  a.quantity = quantity;
  return a;
}

double at_most(double value, double most) { return std::isfinite(value) ? value : most; }

/// Shares of runs by what they had of something that many have nothing of: the zeros apart, the
/// others in bins of one width.
Bars histogram(const Sketch& values, std::uint64_t runs, double scale, double high) {
  Bars bars;
  const double width = high / kBins;
  std::vector<double> counts(kBins, 0.0);
  for (const auto& [bin, count] : values.bins()) {
    const double value = Sketch::middle(bin) * scale;
    const auto i = static_cast<std::size_t>(std::clamp(value / width, 0.0, kBins - 1.0));
    counts[i] += static_cast<double>(count);
  }
  for (int i = 0; i < kBins; ++i) {
    if (counts[static_cast<std::size_t>(i)] == 0) continue;
    bars.bars.push_back({i * width,
                         (i + 1) * width,
                         counts[static_cast<std::size_t>(i)] / static_cast<double>(runs),
                         {},
                         {}});
  }
  return bars;
}

QString compared_title(Compared measure) {
  switch (measure) {
    case Compared::unavailability:
      return Charts::tr("Downtime a year");
    case Compared::outages_per_year:
      return Charts::tr("Outages a year");
    case Compared::lost_writes_per_year:
      return Charts::tr("Lost writes a year");
    case Compared::failed_requests_per_year:
      return Charts::tr("Failed requests a year");
    case Compared::cost_per_year:
      return Charts::tr("Cost a year");
  }
  return {};
}

/// Unavailability is shown as what people feel: downtime a year.
double shown(Compared measure, double value) {
  return measure == Compared::unavailability ? value * kYear_s : value;
}

Quantity quantity_of(Compared measure) {
  return measure == Compared::unavailability ? Quantity::time_s : Quantity::number;
}

}  // namespace

Chart convergence_chart(const RunResult& result, std::size_t service) {
  Chart chart;
  chart.key = "convergence";
  chart.title = utf8(Charts::tr("Availability, as the runs come in"));
  chart.x = axis(Charts::tr("runs"), Quantity::number);
  chart.y = axis(Charts::tr("downtime a year"), Quantity::time_s);
  const auto& points = result.convergence[service];
  if (points.empty()) {
    chart.note = utf8(Charts::tr("No run is done yet."));
    return chart;
  }
  // The first intervals are wide: the picture is as high as those of the later half need.
  double most = 0.0;
  for (std::size_t i = points.size() / 2; i < points.size(); ++i) {
    most = std::max(most, at_most((1.0 - points[i].availability.low) * kYear_s, 0.0));
  }
  most *= 1.25;
  Line line;
  line.name = utf8(Charts::tr("estimate"));
  Band band;
  for (const ConvergencePoint& p : points) {
    line.points.push_back({p.runs, std::min((1.0 - p.availability.value) * kYear_s, most)});
    band.slices.push_back({p.runs, (1.0 - p.availability.high) * kYear_s,
                           std::min(most, (1.0 - p.availability.low) * kYear_s)});
  }
  chart.y.low = 0.0;
  if (most > 0) chart.y.high = most;
  chart.x.low = 0.0;
  chart.lines.push_back(std::move(line));
  chart.bands.push_back(std::move(band));
  const Estimate& last = points.back().availability;
  chart.note = utf8(Charts::tr("%1 after %2 runs; the band is the %3 interval")
                        .arg(percent(last), whole(points.back().runs),
                             quantity(result.experiment.confidence, Quantity::share)));
  if (const auto objective = result.experiment.questions.availability_objective) {
    const double allowed_s = (1.0 - *objective) * kYear_s;
    if (allowed_s < 2 * most) {
      chart.rules.push_back({utf8(Charts::tr("objective")), allowed_s, false, Role::second});
    }
  }
  return chart;
}

Chart downtime_chart(const RunResult& result, std::size_t service) {
  const ServiceEstimates& s = result.estimates.services[service];
  const ServiceSummary& summary = result.outcome.summary.services[service];
  const std::uint64_t runs = result.outcome.summary.runs;
  Chart chart;
  chart.key = "downtime";
  chart.title = utf8(Charts::tr("Downtime of a year"));
  const double scale = kYear_s / result.experiment.horizon_s;
  chart.x = axis(Charts::tr("downtime a year"), Quantity::time_s);
  chart.y = axis(Charts::tr("share of runs"), Quantity::share);
  if (runs == 0 || summary.downtime_s.count() == 0 || s.none_seen) {
    chart.note = utf8(Charts::tr("No downtime was seen."));
    return chart;
  }
  // Up to where all but a few runs are; the rest is in the last bar.
  const double with = static_cast<double>(summary.runs_with_downtime);
  const double high = std::max(1e-9, summary.downtime_s.quantile(0.98) * scale * 1.1);
  chart.bars.push_back(histogram(summary.downtime_s, runs, scale, high));
  chart.bars.back().name = utf8(Charts::tr("runs with downtime"));
  chart.x.low = 0.0;
  chart.x.high = high;
  chart.y.low = 0.0;
  chart.note = utf8(Charts::tr("%1 of runs have none; one in 20 has more than %2")
                        .arg(quantity(1.0 - with / static_cast<double>(runs), Quantity::share),
                             duration(s.downtime_quantiles_s.p95.value)));
  if (const auto objective = result.experiment.questions.availability_objective) {
    const double allowed_s = (1.0 - *objective) * kYear_s;
    if (allowed_s < high) {
      chart.rules.push_back({utf8(Charts::tr("objective")), allowed_s, true, Role::second});
    }
  }
  return chart;
}

Chart outages_chart(const RunResult& result, std::size_t service) {
  const ServiceEstimates& s = result.estimates.services[service];
  const ServiceSummary& summary = result.outcome.summary.services[service];
  Chart chart;
  chart.key = "outages";
  chart.title = utf8(Charts::tr("How long outages last"));
  chart.x = axis(Charts::tr("length of an outage"), Quantity::time_s);
  chart.x.logarithmic = true;
  chart.y = axis(Charts::tr("outages that last longer"), Quantity::share);
  chart.y.low = 0.0;
  chart.y.high = 1.0;
  if (summary.lengths_s.count() == 0 || !s.outage_length_quantiles_s) {
    chart.note = utf8(Charts::tr("No outage was seen."));
    return chart;
  }
  const double high = std::max(summary.lengths_s.largest(), 1e-6);
  const double shortest = summary.lengths_s.quantile(0.001, 0.95).value;
  const double low = std::clamp(shortest * 0.5, high * 1e-8, high * 0.5);
  Line line;
  constexpr int kSteps = 200;
  for (int i = 0; i <= kSteps; ++i) {
    const double t = low * std::pow(high / low, static_cast<double>(i) / kSteps);
    line.points.push_back({t, summary.lengths_s.survival(t)});
  }
  chart.lines.push_back(std::move(line));
  chart.note = utf8(Charts::tr("%1 outages a year; half longer than %2, one in 20 than %3")
                        .arg(number(s.outages_per_year.value),
                             duration(s.outage_length_quantiles_s->p50.value),
                             duration(s.outage_length_quantiles_s->p95.value)));
  if (const auto rto_s = result.experiment.questions.rto_s; rto_s && *rto_s > low) {
    chart.rules.push_back({utf8(Charts::tr("recovery objective")), *rto_s, true, Role::second});
  }
  return chart;
}

Chart blame_chart(const RunResult& result, std::size_t service) {
  const ServiceEstimates& s = result.estimates.services[service];
  Chart chart;
  chart.key = "blame";
  chart.title = utf8(Charts::tr("What took it down"));
  chart.x = axis(Charts::tr("share of downtime"), Quantity::share);
  chart.x.low = 0.0;
  chart.x.high = 1.0;
  if (s.by_cause.empty() || s.none_seen) {
    chart.note = utf8(Charts::tr("No downtime was seen."));
    return chart;
  }
  chart.note = utf8(Charts::tr("by the fault that began each outage; the line adds them up"));
  chart.with_legend = false;  // the note tells
  Bars bars;
  bars.lying = true;
  Line sum;
  sum.role = Role::second;
  sum.name = utf8(Charts::tr("added up"));
  bars.name = utf8(Charts::tr("cause"));
  double total = 0.0;
  for (std::size_t i = 0; i < std::min(kMostCauses, s.by_cause.size()); ++i) {
    const BlameShare& share = s.by_cause[i];
    chart.y.categories.push_back(utf8(plain_name(share.names.front())));
    const auto y = static_cast<double>(i);
    bars.bars.push_back(
        {y - 0.36, y + 0.36, share.share.value, share.share.low, std::min(1.0, share.share.high)});
    total += share.share.value;
    sum.points.push_back({std::min(1.0, total), y});
  }
  chart.bars.push_back(std::move(bars));
  chart.lines.push_back(std::move(sum));
  return chart;
}

Chart lost_writes_chart(const RunResult& result) {
  Chart chart;
  chart.key = "lost-writes";
  chart.title = utf8(Charts::tr("Acknowledged writes that were lost"));
  chart.x = axis(Charts::tr("lost writes of one loss"), Quantity::number);
  chart.x.logarithmic = true;
  chart.y = axis(Charts::tr("losses that are larger"), Quantity::share);
  chart.y.low = 0.0;
  chart.y.high = 1.0;
  const Role roles[] = {Role::first, Role::second, Role::third, Role::fourth};
  std::size_t next = 0;
  QStringList notes;
  bool some = false;
  for (const GroupEstimates& group : result.estimates.groups) {
    if (!group.losses || !group.losses->counted) continue;
    some = true;
    notes << QStringLiteral("%1: %2").arg(
        QString::fromStdString(group.name),
        Charts::tr("%1 writes a year").arg(number(group.losses->lost_writes_per_year.value)));
    for (std::size_t g = 0; g < result.groups.size(); ++g) {
      const Spans& losses = result.outcome.summary.groups[g].loss_writes;
      if (result.groups[g] != group.name || losses.count() == 0) continue;
      const double high = losses.largest();
      const double low = std::max(0.5, losses.quantile(0.001, 0.95).value * 0.5);
      if (!(high > low)) continue;
      Line line;
      line.name = group.name;
      line.role = roles[next++ % 4];
      constexpr int kSteps = 200;
      for (int i = 0; i <= kSteps; ++i) {
        const double w = low * std::pow(high / low, static_cast<double>(i) / kSteps);
        line.points.push_back({w, losses.survival(w)});
      }
      chart.lines.push_back(std::move(line));
    }
  }
  chart.note = utf8(!some ? Charts::tr("Nothing here acknowledges writes that are counted.")
                    : chart.lines.empty() ? Charts::tr("No acknowledged write was lost.")
                                          : notes.join("; "));
  return chart;
}

std::vector<Chart> charts_of(const RunResult& result, std::size_t service) {
  std::vector<Chart> charts{convergence_chart(result, service), downtime_chart(result, service),
                            outages_chart(result, service), blame_chart(result, service)};
  for (const GroupEstimates& group : result.estimates.groups) {
    if (!group.losses || !group.losses->counted) continue;
    charts.push_back(lost_writes_chart(result));
    break;
  }
  return charts;
}

Chart law_chart(const Law& law) {
  Chart chart;
  chart.key = "law";
  chart.title = law.text();
  chart.x = axis({}, Quantity::time_s);
  chart.y.low = 0.0;
  chart.y.high = 1.08;
  const double mean_s = law.mean();
  if (std::isinf(mean_s) || mean_s <= 0) {
    chart.note = utf8(std::isinf(mean_s) ? Charts::tr("it never comes") : Charts::tr("at once"));
    return chart;
  }
  chart.note =
      utf8(Charts::tr("mean %1, half within %2, 95 % within %3")
               .arg(duration(mean_s), duration(law.quantile(0.5)), duration(law.quantile(0.95))));
  const double high = std::max(law.quantile(0.99), 1.2 * mean_s);
  constexpr int kSteps = 240;
  Line density;
  density.name = utf8(Charts::tr("density"));
  Line hazard;
  hazard.name = utf8(Charts::tr("hazard rate"));
  hazard.role = Role::second;
  hazard.dashed = true;
  double most_density = 0.0;
  double most_hazard = 0.0;
  for (int i = 0; i < kSteps; ++i) {
    const double a = high * i / kSteps;
    const double b = high * (i + 1) / kSteps;
    const double left = law.complement(a);
    const double right = law.complement(b);
    density.points.push_back({0.5 * (a + b), (left - right) / (b - a)});
    most_density = std::max(most_density, density.points.back().y);
    if (right <= 1e-9 || left <= 1e-9) continue;
    hazard.points.push_back({0.5 * (a + b), (std::log(left) - std::log(right)) / (b - a)});
    most_hazard = std::max(most_hazard, hazard.points.back().y);
  }
  for (Line::Point& p : density.points) p.y /= std::max(most_density, 1e-300);
  for (Line::Point& p : hazard.points) p.y /= std::max(most_hazard, 1e-300);
  chart.x.low = 0.0;
  chart.x.high = high;
  chart.y.quantity = Quantity::share;
  chart.lines = {std::move(density), std::move(hazard)};
  return chart;
}

Chart differences_chart(const Comparison& comparison, Compared measure) {
  Chart chart;
  chart.key = "differences";
  chart.title = utf8(compared_title(measure));
  const std::string& first = comparison.designs.front().name;
  chart.x = axis(Charts::tr("difference from %1").arg(QString::fromStdString(first)),
                 quantity_of(measure));
  const auto& services = comparison.designs.front().estimates.services;
  const bool several = measure != Compared::lost_writes_per_year &&
                       std::count_if(services.begin(), services.end(),
                                     [](const auto& s) { return !s.part_of.has_value(); }) > 1;
  Dots dots;
  for (std::size_t i = 1; i < comparison.designs.size(); ++i) {
    for (const Difference& d : comparison.designs[i].differences) {
      if (d.measure != measure || d.service.find('/') != std::string::npos) continue;
      const std::string of = several ? " · " + d.service : "";
      chart.y.categories.push_back(comparison.designs[i].name + of);
      dots.dots.push_back({static_cast<double>(dots.dots.size()),
                           shown(measure, d.difference.value), shown(measure, d.difference.low),
                           shown(measure, d.difference.high)});
    }
  }
  chart.note =
      utf8(dots.dots.empty() ? Charts::tr("The designs have no such measure in common.")
                             : Charts::tr("left of zero is less than in %1; the bars are intervals")
                                   .arg(QString::fromStdString(first)));
  chart.dots.push_back(std::move(dots));
  chart.rules.push_back({"", 0.0, true, Role::muted});
  return chart;
}

Chart designs_chart(const Comparison& comparison, std::size_t service) {
  Chart chart;
  chart.key = "designs";
  const std::string name = comparison.designs.front().estimates.services[service].name;
  chart.title = utf8(Charts::tr("Downtime a year of %1").arg(QString::fromStdString(name)));
  chart.x = axis(Charts::tr("downtime a year"), Quantity::time_s);
  chart.x.low = 0.0;
  Dots dots;
  for (const ComparedDesign& design : comparison.designs) {
    const auto& services = design.estimates.services;
    const auto s = std::find_if(services.begin(), services.end(),
                                [&](const ServiceEstimates& e) { return e.name == name; });
    if (s == services.end()) continue;
    chart.y.categories.push_back(design.name);
    const Estimate& u = s->downtime_per_year_s;
    dots.dots.push_back({static_cast<double>(dots.dots.size()), u.value, u.low, u.high});
  }
  chart.dots.push_back(std::move(dots));
  return chart;
}

}  // namespace nines::gui
