#include "engine/measure/spans.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nines {
namespace {

struct Curve {
  /// Upper ends of steps: at `length` the survival falls to `after`.
  struct Step {
    double length_s;
    double after;
  };
  std::vector<Step> steps;
};

Curve kaplan_meier(const Sketch& whole, const Sketch& cut) {
  Curve curve;
  auto at_risk = static_cast<double>(whole.count() + cut.count());
  double survival = 1.0;
  const auto fall = [&](double length_s, std::uint64_t ended, std::uint64_t lost) {
    if (ended > 0) {
      survival *= 1.0 - static_cast<double>(ended) / at_risk;
      curve.steps.push_back({length_s, std::max(0.0, survival)});
    }
    at_risk -= static_cast<double>(ended + lost);
  };
  fall(0.0, whole.zeros(), cut.zeros());
  auto w = whole.bins().begin();
  auto c = cut.bins().begin();
  while (w != whole.bins().end() || c != cut.bins().end()) {
    const bool take_whole =
        w != whole.bins().end() && (c == cut.bins().end() || w->first <= c->first);
    const std::int32_t bin = take_whole ? w->first : c->first;
    const std::uint64_t ended = take_whole ? (w++)->second : 0;
    const bool same = c != cut.bins().end() && c->first == bin;
    const std::uint64_t lost = same ? (c++)->second : 0;
    fall(std::min(Sketch::middle(bin), whole.count() > 0 ? whole.largest() : 0.0), ended, lost);
  }
  return curve;
}

double quantile_of(const Curve& curve, double p) {
  for (const Curve::Step& step : curve.steps) {
    if (1.0 - step.after >= p - 1e-12) return step.length_s;
  }
  return std::numeric_limits<double>::infinity();
}

double survival_of(const Curve& curve, double t_s) {
  double survival = 1.0;
  for (const Curve::Step& step : curve.steps) {
    if (step.length_s > t_s) break;
    survival = step.after;
  }
  return survival;
}

}  // namespace

void Spans::add(std::uint32_t run, double length_s, bool cut_off) {
  groups_.resize(kGroups);
  Pair& group = groups_[run % kGroups];
  (cut_off ? group.cut : group.whole).add(length_s);
}

void Spans::merge(const Spans& other) {
  if (other.groups_.empty()) return;
  groups_.resize(kGroups);
  for (std::size_t g = 0; g < kGroups; ++g) {
    groups_[g].whole.merge(other.groups_[g].whole);
    groups_[g].cut.merge(other.groups_[g].cut);
  }
}

void Spans::fill_up(const std::array<std::uint64_t, kGroups>& counts, double length_s) {
  groups_.resize(kGroups);
  for (std::size_t g = 0; g < kGroups; ++g) {
    const std::uint64_t here = groups_[g].whole.count() + groups_[g].cut.count();
    if (here < counts[g]) groups_[g].cut.add(length_s, counts[g] - here);
  }
}

std::uint64_t Spans::count() const {
  std::uint64_t total = 0;
  for (const Pair& group : groups_) total += group.whole.count() + group.cut.count();
  return total;
}

double Spans::largest() const {
  double largest = 0.0;
  for (const Pair& group : groups_) {
    largest = std::max({largest, group.whole.largest(), group.cut.largest()});
  }
  return largest;
}

double Spans::survival(double t_s) const {
  Pair all;
  for (const Pair& group : groups_) {
    all.whole.merge(group.whole);
    all.cut.merge(group.cut);
  }
  return survival_of(kaplan_meier(all.whole, all.cut), t_s);
}

Estimate Spans::quantile(double p, double confidence) const {
  Pair all;
  for (const Pair& group : groups_) {
    all.whole.merge(group.whole);
    all.cut.merge(group.cut);
  }
  const auto n = static_cast<double>(all.whole.count() + all.cut.count());
  if (n == 0) return {};
  const Curve curve = kaplan_meier(all.whole, all.cut);
  const double value = quantile_of(curve, p);

  // How many independent spans these are worth at this quantile.
  double squares = 0.0;
  int groups = 0;
  for (const Pair& group : groups_) {
    const auto size = static_cast<double>(group.whole.count() + group.cut.count());
    if (size == 0 || !std::isfinite(value)) continue;
    const double beyond = survival_of(kaplan_meier(group.whole, group.cut), value);
    const double excess = size * ((1.0 - beyond) - p);
    squares += excess * excess;
    ++groups;
  }
  double effective = n;
  if (groups < 8) {
    effective = std::min(n, std::max(1.0, static_cast<double>(groups)));  // runs, nearly
  } else if (n >= 4.0 * static_cast<double>(groups)) {
    const double design = squares * groups / (groups - 1.0) / (n * p * (1.0 - p));
    effective = n / std::max(1.0, design);
  }
  const Estimate at = share(p * effective, effective, confidence);
  // A lower bound that the horizon hides is at least what was seen.
  return {value, std::min(quantile_of(curve, at.low), largest()), quantile_of(curve, at.high)};
}

}  // namespace nines
