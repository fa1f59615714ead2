// Figures: every estimate of a run as one flat list, for tables.
#pragma once

#include <string>
#include <vector>

#include "studies/estimates.hpp"

namespace nines {

struct Figure {
  std::string subject;  ///< service or group; empty: the whole topology
  std::string measure;  ///< "unavailability", "downtime_per_year_s_p95", "blame:db-1/disk"
  Estimate estimate;
};

/// In the order in which they are read.
std::vector<Figure> figures_of(const Estimates& estimates, const Experiment& experiment);

/// What `Figure::measure` may be, but for blame, quantiles and times that a user asks for.
const std::vector<std::string>& known_measures();

/// The figures as CSV (RFC 4180): subject,measure,value,low,high. Infinite bounds are empty.
std::string csv_cell(double value);
/// Quoted where it must be.
std::string csv_text(const std::string& text);

}  // namespace nines
