// Figures: what a run, a law or a comparison says, as charts.
#pragma once

#include <vector>

#include "gui/charts/chart.hpp"
#include "studies/compare.hpp"
#include "studies/estimates.hpp"

namespace nines::gui {

/// How the estimate of one service went, while the runs came in.
struct ConvergencePoint {
  double runs = 0.0;
  Estimate availability;
};

/// One run of an experiment, or as much of it as there is, with what charts are made of.
struct RunResult {
  std::string topology;
  Experiment experiment;
  Outcome outcome;
  Estimates estimates;
  std::vector<std::string> groups;  ///< names, by group of the outcome
  /// By service, as the runs came in.
  std::vector<std::vector<ConvergencePoint>> convergence;
};

Chart convergence_chart(const RunResult& result, std::size_t service);
Chart downtime_chart(const RunResult& result, std::size_t service);
Chart outages_chart(const RunResult& result, std::size_t service);
Chart blame_chart(const RunResult& result, std::size_t service);
/// Of all groups; empty where no write can be lost.
Chart lost_writes_chart(const RunResult& result);
/// All of them that have something to show, in the order in which they are read.
std::vector<Chart> charts_of(const RunResult& result, std::size_t service);

/// The density and the hazard rate of a law, each as a share of its largest value.
Chart law_chart(const Law& law);

/// The differences from the first design, in one measure; and the designs side by side.
Chart differences_chart(const Comparison& comparison, Compared measure);
Chart designs_chart(const Comparison& comparison, std::size_t service);

}  // namespace nines::gui
