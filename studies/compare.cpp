#include "studies/compare.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/check.hpp"

namespace nines {
namespace {

constexpr std::size_t kFewestBlocks = 20;  // that must differ, for an interval of their own

constexpr std::array<Compared, kComparedMeasures> kMeasures{
    Compared::unavailability, Compared::outages_per_year, Compared::lost_writes_per_year,
    Compared::failed_requests_per_year, Compared::cost_per_year};

/// Said once, of the whole topology.
bool of_all(Compared measure) {
  return measure == Compared::lost_writes_per_year || measure == Compared::cost_per_year;
}

bool counts_lost_writes(const System& system) {
  return std::any_of(system.groups.begin(), system.groups.end(), [](const CompiledGroup& group) {
    return group.copies && group.copies->counted();
  });
}

Estimate sum(const Estimate& a, const Estimate& b) {
  return {a.value + b.value, a.low + b.low, a.high + b.high};
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
  if (blocks == 0) {
    d.from_both = true;
    return;
  }
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
  d.variance_saved = variance_saved(first, other);
}

}  // namespace

std::optional<double> variance_saved(const std::vector<double>& first,
                                     const std::vector<double>& other) {
  std::vector<double> a, b, differences;
  for (std::size_t i = 0; i < std::min(first.size(), other.size()); ++i) {
    a.push_back(first[i]);
    b.push_back(other[i]);
    differences.push_back(other[i] - first[i]);
  }
  const double variance = moments_of(differences).variance;
  if (!(variance > 0)) return std::nullopt;
  return (moments_of(a).variance + moments_of(b).variance) / variance;
}

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
    case Compared::cost_per_year:
      return estimates.costs ? std::optional(estimates.costs->all) : std::nullopt;
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

double sure_cost_per_year(const System& system) {
  return (system.costs.capital_per_s + system.costs.running_per_s) * kYear_s;
}

const char* name_of(Compared measure) {
  switch (measure) {
    case Compared::unavailability:
      return "unavailability";
    case Compared::outages_per_year:
      return "outages_per_year";
    case Compared::lost_writes_per_year:
      return "lost_writes_per_year";
    case Compared::failed_requests_per_year:
      return "failed_requests_per_year";
    case Compared::cost_per_year:
      return "cost_per_year";
  }
  return "";
}

void BlockSeries::add(const System& system, const RunsSummary& block) {
  const double years = block.observed_s / kYear_s;
  double lost = 0.0;
  for (std::size_t g = 0; g < system.groups.size(); ++g) {
    const auto& copies = system.groups[g].copies;
    if (copies && copies->counted()) lost += block.groups[g].lost_writes.x;
  }
  values_.resize(block.services.size() * kComparedMeasures);
  for (std::size_t s = 0; s < block.services.size(); ++s) {
    const ServiceSummary& service = block.services[s];
    const std::array<double, kComparedMeasures> values{
        service.down.x / block.observed_s, service.down.y / years, lost / years,
        service.unserved.x / years, block.costs.all.x / years};
    for (std::size_t m = 0; m < kComparedMeasures; ++m) {
      values_[s * kComparedMeasures + m].push_back(values[m]);
    }
  }
  ++blocks_;
}

const std::vector<double>& BlockSeries::of(std::size_t service, Compared measure) const {
  return values_[service * kComparedMeasures + static_cast<std::size_t>(measure)];
}

std::vector<Difference> differences(const DesignView& first, const DesignView& other,
                                    double confidence) {
  std::vector<Difference> found;
  for (std::size_t s = 0; s < first.estimates.services.size(); ++s) {
    const std::string& name = first.estimates.services[s].name;
    const auto& others = other.estimates.services;
    const auto at = std::find_if(others.begin(), others.end(),
                                 [&](const ServiceEstimates& o) { return o.name == name; });
    if (at == others.end()) continue;
    const auto o = static_cast<std::size_t>(at - others.begin());
    for (const Compared measure : kMeasures) {
      if (of_all(measure) && s > 0) continue;
      const auto a = estimate_of(first.system, first.estimates, s, measure);
      const auto b = estimate_of(other.system, other.estimates, o, measure);
      if (!a || !b) continue;
      Difference d{measure, of_all(measure) ? "" : name, *a, *b, {}, {}, false};
      find_interval(d, first.blocks.of(s, measure), other.blocks.of(o, measure), confidence);
      if (measure == Compared::cost_per_year) {
        if (first.system.costs.currency != other.system.costs.currency) continue;
        // Whether enough has befallen them is a matter of what chance adds to what is sure.
        const double sure = sure_cost_per_year(other.system) - sure_cost_per_year(first.system);
        if (!d.from_both) {
          d.difference = map_rising(d.difference, [sure](double x) { return x + sure; });
        }
      }
      found.push_back(std::move(d));
    }
  }
  return found;
}

Comparison compare(const std::vector<Design>& designs, const Experiment& experiment,
                   const std::function<void(std::size_t design, const Progress&)>& progress) {
  CHECK(!experiment.precision, "designs that are compared have equally many runs");
  Experiment whole = experiment;
  whole.runs = (experiment.runs + kRunsPerBlock - 1) / kRunsPerBlock * kRunsPerBlock;
  Comparison comparison;
  std::vector<BlockSeries> blocks(designs.size());
  for (std::size_t i = 0; i < designs.size(); ++i) {
    ComparedDesign& design = comparison.designs.emplace_back();
    design.name = designs[i].name;
    const System& system = *designs[i].system;
    design.outcome = run_experiment(system, whole, [&](const Progress& p) {
      blocks[i].add(system, *p.block);
      if (progress) progress(i, p);
    });
    design.estimates = estimate(system, whole, design.outcome);
  }
  for (std::size_t i = 1; i < designs.size(); ++i) {
    comparison.designs[i].differences = differences(
        {*designs[0].system, comparison.designs[0].estimates, blocks[0]},
        {*designs[i].system, comparison.designs[i].estimates, blocks[i]}, whole.confidence);
  }
  return comparison;
}

}  // namespace nines
