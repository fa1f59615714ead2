#include "studies/compare.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/check.hpp"

namespace nines {
namespace {

constexpr std::size_t kFewestBlocks = 20;  // that must differ, for an interval of their own

constexpr std::array<Compared, 4> kMeasures{Compared::unavailability, Compared::outages_per_year,
                                            Compared::lost_writes_per_year,
                                            Compared::failed_requests_per_year};

/// What one block of runs says, by service and measure: means over its runs.
using BlockValues = std::vector<std::array<double, kMeasures.size()>>;

BlockValues values_of(const System& system, const RunsSummary& block, double horizon_s) {
  BlockValues values;
  const double runs = static_cast<double>(block.runs);
  const double years = runs * horizon_s / kYear_s;
  double lost = 0.0;
  for (std::size_t g = 0; g < system.groups.size(); ++g) {
    const auto& copies = system.groups[g].copies;
    if (copies && copies->counted()) lost += block.groups[g].lost_writes.x;
  }
  for (const ServiceSummary& service : block.services) {
    values.push_back({service.down.x / (runs * horizon_s), service.down.y / years, lost / years,
                      service.unserved.x / years});
  }
  return values;
}

bool counts_lost_writes(const System& system) {
  return std::any_of(system.groups.begin(), system.groups.end(), [](const CompiledGroup& group) {
    return group.copies && group.copies->counted();
  });
}

Estimate sum(const Estimate& a, const Estimate& b) {
  return {a.value + b.value, a.low + b.low, a.high + b.high};
}

/// The estimate of a measure, if the design has it.
std::optional<Estimate> estimate_of(const System& system, const Estimates& estimates,
                                    std::size_t service, Compared measure) {
  const ServiceEstimates& s = estimates.services[service];
  switch (measure) {
    case Compared::unavailability:
      return s.unavailability;
    case Compared::outages_per_year:
      return s.outages_per_year;
    case Compared::failed_requests_per_year:
      return s.failed_requests_per_year;
    case Compared::lost_writes_per_year:
      break;
  }
  if (!counts_lost_writes(system)) return std::nullopt;
  Estimate all{0.0, 0.0, 0.0};
  for (const GroupEstimates& group : estimates.groups) {
    if (group.losses && group.losses->counted) {
      all = sum(all, group.losses->lost_writes_per_year);
    }
  }
  return all;
}

struct Moments {
  double mean = 0.0;
  double variance = 0.0;  ///< of one value
};
Moments moments_of(const std::vector<double>& values) {
  Moments m;
  const auto n = static_cast<double>(values.size());
  for (const double v : values) m.mean += v / n;
  for (const double v : values) m.variance += (v - m.mean) * (v - m.mean) / std::max(1.0, n - 1);
  return m;
}

void find_interval(Difference& d, const std::vector<double>& first,
                   const std::vector<double>& other, double confidence) {
  const std::size_t blocks = std::min(first.size(), other.size());
  std::vector<double> differences;
  std::size_t differ = 0;
  for (std::size_t b = 0; b < blocks; ++b) {
    differences.push_back(other[b] - first[b]);
    differ += differences.back() != 0.0 ? 1 : 0;
  }
  const Moments m = moments_of(differences);
  d.difference.value = m.mean;
  if (differ < kFewestBlocks) {
    d.from_both = true;
    d.difference = {d.other.value - d.first.value, d.other.low - d.first.high,
                    d.other.high - d.first.low};
    return;
  }
  const auto n = static_cast<double>(blocks);
  const double half = t_quantile_upper(confidence, n - 1) * std::sqrt(m.variance / n);
  d.difference.low = m.mean - half;
  d.difference.high = m.mean + half;
  d.variance_saved =
      (moments_of({first.begin(), first.begin() + static_cast<long>(blocks)}).variance +
       moments_of({other.begin(), other.begin() + static_cast<long>(blocks)}).variance) /
      m.variance;
}

}  // namespace

Comparison compare(const std::vector<Design>& designs, const Experiment& experiment,
                   const std::function<void(std::size_t design, const Progress&)>& progress) {
  CHECK(!experiment.precision, "designs that are compared have equally many runs");
  Experiment whole = experiment;
  whole.runs = (experiment.runs + kRunsPerBlock - 1) / kRunsPerBlock * kRunsPerBlock;
  Comparison comparison;
  std::vector<std::vector<BlockValues>> blocks(designs.size());
  for (std::size_t i = 0; i < designs.size(); ++i) {
    ComparedDesign& design = comparison.designs.emplace_back();
    design.name = designs[i].name;
    const System& system = *designs[i].system;
    design.outcome = run_experiment(system, whole, [&](const Progress& p) {
      blocks[i].push_back(values_of(system, *p.block, whole.horizon_s));
      if (progress) progress(i, p);
    });
    design.estimates = estimate(system, whole, design.outcome);
  }

  for (std::size_t i = 1; i < designs.size(); ++i) {
    ComparedDesign& design = comparison.designs[i];
    for (std::size_t s = 0; s < comparison.designs[0].estimates.services.size(); ++s) {
      const std::string& name = comparison.designs[0].estimates.services[s].name;
      const auto& others = design.estimates.services;
      const auto at = std::find_if(others.begin(), others.end(),
                                   [&](const ServiceEstimates& o) { return o.name == name; });
      if (at == others.end()) continue;
      const auto o = static_cast<std::size_t>(at - others.begin());
      for (std::size_t m = 0; m < kMeasures.size(); ++m) {
        const Compared measure = kMeasures[m];
        const auto first =
            estimate_of(*designs[0].system, comparison.designs[0].estimates, s, measure);
        const auto other = estimate_of(*designs[i].system, design.estimates, o, measure);
        if (!first || !other) continue;
        const bool of_all = measure == Compared::lost_writes_per_year;
        if (of_all && s > 0) continue;  // those of all groups, told once
        Difference d{measure, of_all ? "" : name, *first, *other, {}, {}, false};
        std::vector<double> a;
        std::vector<double> b;
        for (const BlockValues& block : blocks[0]) a.push_back(block[s][m]);
        for (const BlockValues& block : blocks[i]) b.push_back(block[o][m]);
        find_interval(d, a, b, whole.confidence);
        design.differences.push_back(std::move(d));
      }
    }
  }
  return comparison;
}

}  // namespace nines
