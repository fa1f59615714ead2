// Figures of studies: what designs cost and reach, and what each factor does.
#pragma once

#include <vector>

#include "gui/charts/figures.hpp"
#include "studies/study/answer.hpp"

namespace nines::gui {

/// A design by what it costs and how long it is down.
struct ParetoPoint {
  double cost_per_year = 0.0;
  Estimate downtime_per_year_s;
  bool on_front = false;
  bool chosen = false;
};
/// Cost upward, downtime along; the front as a line.
Chart pareto_chart(const std::vector<ParetoPoint>& points, const std::string& currency);

/// Differences from the design as it is, the widest bar on top.
Chart tornado_chart(const std::vector<TornadoBar>& bars);

/// The designs of a study as those of a comparison, at most so many.
Comparison comparison_of(const Study& study, const StudyAnswer& answer, std::size_t at_most);

}  // namespace nines::gui
