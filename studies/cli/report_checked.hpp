// Estimates beside what the exact solver says of the same.
#pragma once

#include <string>
#include <vector>

#include "studies/cli/report.hpp"

namespace nines::cli {

/// An estimate and what it should be.
struct Checked {
  std::string measure;
  Estimate estimate;
  double exact = 0.0;
  bool inside() const { return estimate.low <= exact && exact <= estimate.high; }
};

/// Of the horizon, where the runs begin with all new and the chain tells of that; else of the long
/// run.
std::vector<Checked> checked(const Report& report, std::size_t service);

}  // namespace nines::cli
