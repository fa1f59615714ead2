// Compare: several designs under common random numbers, with intervals on the differences.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "studies/estimates.hpp"

namespace nines {

/// What is compared of a service.
enum class Compared : unsigned char {
  unavailability,
  outages_per_year,
  lost_writes_per_year,
  failed_requests_per_year,
  cost_per_year
};
inline constexpr std::size_t kComparedMeasures = 5;
/// "unavailability", as figures call it.
const char* name_of(Compared measure);

/// What a system costs a year whatever befalls it.
double sure_cost_per_year(const System& system);

/// The variance of the difference of two series of blocks, had they had luck of their own, over
/// that under common luck (Law, Simulation Modeling and Analysis, 2015, 11.2). Nothing where
/// all blocks differ by the same.
std::optional<double> variance_saved(const std::vector<double>& first,
                                     const std::vector<double>& other);

/// What blocks of runs say one by one, in order: means over their runs. Of the cost, what chance
/// adds to what is sure.
class BlockSeries {
 public:
  void add(const System& system, const RunsSummary& block);
  std::size_t size() const { return blocks_; }
  /// By block.
  const std::vector<double>& of(std::size_t service, Compared measure) const;

 private:
  std::size_t blocks_ = 0;
  std::vector<std::vector<double>> values_;  ///< by service and measure
};

/// How a design differs from the first one in one measure.
struct Difference {
  Compared measure = Compared::unavailability;
  std::string service;  ///< empty: the whole topology
  Estimate first;       ///< of the first design
  Estimate other;
  Estimate difference;  ///< the other less the first
  /// The variance of the difference, had the designs had luck of their own, over that under common
  /// luck; nothing where too few blocks of runs differ.
  std::optional<double> variance_saved;
  /// The difference was in too few blocks of runs for an interval of its own: the one shown is made
  /// from those of both designs, and is wider.
  bool from_both = false;
  bool sure() const { return difference.low > 0 || difference.high < 0; }
};

struct ComparedDesign {
  std::string name;
  Outcome outcome;
  Estimates estimates;
  std::vector<Difference> differences;  ///< of the first design none
};

struct Comparison {
  std::vector<ComparedDesign> designs;
};

/// A design to compare: services are matched by their names.
struct Design {
  std::string name;
  const System* system = nullptr;
};

/// What is known of a design.
struct DesignView {
  const System& system;
  const Estimates& estimates;
  const BlockSeries& blocks;
};
/// The estimate of a measure, if the design has it.
std::optional<Estimate> estimate_of(const System& system, const Estimates& estimates,
                                    std::size_t service, Compared measure);
/// How one design differs from another, block by block as far as both have them.
std::vector<Difference> differences(const DesignView& first, const DesignView& other,
                                    double confidence);

/// Each design has the same number of runs and the same seed, so that whatever is called alike has
/// the same luck in all of them. Differences are taken by block of runs, which are independent: an
/// interval is Student's t over the blocks (Law, "Simulation Modeling and Analysis", 2015, section
/// 10.2.1, the paired-t interval, with blocks for replications). `experiment` must not stop by
/// precision; its runs are rounded up to whole blocks.
Comparison compare(const std::vector<Design>& designs, const Experiment& experiment,
                   const std::function<void(std::size_t design, const Progress&)>& progress = {});

}  // namespace nines
