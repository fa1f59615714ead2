#include "gui/charts/study_figures.hpp"

#include <algorithm>
#include <cmath>

#include "gui/charts/texts.hpp"

namespace nines::gui {
namespace {

std::string utf8(const QString& text) { return text.toStdString(); }

}  // namespace

Chart pareto_chart(const std::vector<ParetoPoint>& points, const std::string& currency) {
  Chart chart;
  chart.key = "pareto";
  chart.title = utf8(Charts::tr("Cost against downtime"));
  chart.note =
      utf8(Charts::tr("the line is the Pareto front: nothing is both cheaper and more "
                      "available, as far as the runs tell"));
  chart.x.title = utf8(Charts::tr("downtime a year"));
  chart.x.quantity = Quantity::time_s;
  chart.y.title = utf8(Charts::tr("%1 a year").arg(QString::fromStdString(currency)));
  double least_s = 0.0;  // that is not nothing
  for (const ParetoPoint& p : points) {
    const double value = p.downtime_per_year_s.value;
    if (value > 0 && (least_s == 0.0 || value < least_s)) least_s = value;
  }
  // Designs lie decades apart: a logarithmic axis, on which none at all stands at the left end.
  chart.x.logarithmic = least_s > 0;
  const double floor_s = least_s / 3.0;
  const auto at = [&](double value) { return std::max(floor_s, value); };
  Dots others{"", Role::muted, {}};
  Dots front{"", Role::first, {}};
  Dots chosen{"", Role::good, {}};
  std::vector<Line::Point> line;
  for (const ParetoPoint& p : points) {
    const Estimate& e = p.downtime_per_year_s;
    Dots& dots = p.chosen ? chosen : p.on_front ? front : others;
    dots.dots.push_back({p.cost_per_year, at(e.value), at(e.low), at(std::min(e.high, kYear_s))});
    if (p.on_front) line.push_back({at(e.value), p.cost_per_year});
  }
  std::sort(line.begin(), line.end(),
            [](const Line::Point& a, const Line::Point& b) { return a.x < b.x; });
  chart.lines.push_back({"", Role::first, std::move(line), false, true});
  chart.dots = {std::move(others), std::move(front), std::move(chosen)};
  return chart;
}

Chart tornado_chart(const std::vector<TornadoBar>& bars) {
  Chart chart;
  chart.key = "tornado";
  chart.title = utf8(Charts::tr("What each factor does to the downtime"));
  chart.note = utf8(Charts::tr("one at a time, from the design as it is"));
  chart.x.title = utf8(Charts::tr("downtime a year, more or less"));
  chart.x.quantity = Quantity::time_s;
  Bars less{"", Role::good, true, {}};
  Bars more{"", Role::bad, true, {}};
  for (const TornadoBar& bar : bars) {
    const auto y = static_cast<double>(chart.y.categories.size());
    chart.y.categories.push_back(bar.factor);
    const auto add = [&](Bars& to, const TornadoBar::End& end) {
      const Estimate& d = end.difference;
      if (d.value == 0.0) return;
      to.bars.push_back({y - 0.3, y + 0.3, d.value * kYear_s, d.low * kYear_s, d.high * kYear_s});
    };
    add(less, bar.low);
    add(more, bar.high);
  }
  chart.bars = {std::move(less), std::move(more)};
  chart.rules.push_back({"", 0.0, true, Role::muted});
  return chart;
}

Comparison comparison_of(const Study& study, const StudyAnswer& answer, std::size_t at_most) {
  Comparison comparison;
  for (const AnsweredDesign& design : answer.designs) {
    if (design.runs == 0 || comparison.designs.size() == at_most) continue;
    ComparedDesign& compared = comparison.designs.emplace_back();
    compared.name = study.label(design.number);
    compared.estimates = design.estimates;
    compared.differences = design.differences;
  }
  return comparison;
}

}  // namespace nines::gui
