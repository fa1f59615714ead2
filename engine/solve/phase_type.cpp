#include "engine/solve/phase_type.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/check.hpp"

namespace nines {
namespace {

/// Tijms 2003, appendix B: with probability p an Erlang law of k - 1 phases, else of k, all of one
/// rate; cv² lies between 1/k and 1/(k - 1).
PhaseType mixed_erlang(double mean_s, double cv, int most) {
  PhaseType result;
  const double square = cv * cv;
  const int k = square * most <= 1.0 ? most : static_cast<int>(std::ceil(1.0 / square - 1e-12));
  double p = 0.0;
  if (square * most > 1.0 && k > 1) {
    const double kk = k;
    p = (kk * square - std::sqrt(kk * (1.0 + square) - kk * kk * square)) / (1.0 + square);
    p = std::clamp(p, 0.0, 1.0);
  }
  const double rate = (k - p) / mean_s;
  for (int i = 0; i < k; ++i) {
    const bool last = i == k - 1;
    const bool may_end = i == k - 2;
    result.phases.push_back({i == 0 ? 1.0 : 0.0, rate, last ? 0.0 : may_end ? 1.0 - p : 1.0});
  }
  return result;
}

/// Feldmann and Whitt 1998, section 4: from the tail on, each part is fitted at two points where
/// the faster parts have died away, and taken off.
PhaseType hyperexponential(const Law& law, int most) {
  const double mean_s = law.mean();
  const int parts = std::max(2, most);
  const double slowest_s = law.quantile_of_complement(1e-7);
  const double fastest_s = std::max(law.quantile_of_complement(0.9), slowest_s * 1e-9);
  const double ratio = std::pow(slowest_s / fastest_s, 1.0 / std::max(1, parts - 1));
  struct Part {
    double weight;
    double rate;
  };
  std::vector<Part> found;
  const auto rest = [&](double t) {
    double value = law.complement(t);
    for (const Part& part : found) value -= part.weight * std::exp(-part.rate * t);
    return value;
  };
  double weight_left = 1.0;
  double mean_left = mean_s;
  for (int i = 0; i + 1 < parts; ++i) {
    const double t = slowest_s / std::pow(ratio, i);
    const double b = std::clamp(std::sqrt(ratio), 1.5, 10.0);
    const double near = rest(t / b);
    const double far = rest(t);
    if (!(near > far) || !(far > 0)) continue;
    const double rate = std::log(near / far) / (t - t / b);
    const double weight = far * std::exp(rate * t);
    if (!(weight < weight_left) || !(weight / rate < mean_left)) continue;
    found.push_back({weight, rate});
    weight_left -= weight;
    mean_left -= weight / rate;
  }
  found.push_back({weight_left, weight_left / mean_left});
  PhaseType result;
  for (const Part& part : found) result.phases.push_back({part.weight, part.rate, 0.0});
  return result;
}

}  // namespace

double PhaseType::mean() const {
  double later = 0.0;  // from the next phase on
  double mean = 0.0;
  for (std::size_t i = phases.size(); i-- > 0;) {
    later = 1.0 / phases[i].rate_per_s + phases[i].onward * later;
    mean += phases[i].start * later;
  }
  return mean;
}

double PhaseType::complement(double t_s) const {
  double fastest = 0.0;
  for (const Phase& phase : phases) fastest = std::max(fastest, phase.rate_per_s);
  std::vector<double> in;
  for (const Phase& phase : phases) in.push_back(phase.start);
  const double steps = fastest * t_s;
  double log_weight = -steps;
  double result = 0.0;
  double seen = 0.0;
  for (int n = 0; seen < 1.0 - 1e-15 && n < 10'000'000; ++n) {
    double left = 0.0;
    for (const double p : in) left += p;
    const double weight = std::exp(log_weight);
    result += weight * left;
    seen += weight;
    if (left == 0.0 || (n > steps && weight < 1e-18)) break;
    for (std::size_t i = phases.size(); i-- > 0;) {
      const double moved = in[i] * phases[i].rate_per_s / fastest;
      in[i] -= moved;
      if (i + 1 < phases.size()) in[i + 1] += moved * phases[i].onward;
    }
    log_weight += std::log(steps / (n + 1));
  }
  return result;
}

PhaseType fit_phases(const Law& law, int phases) {
  CHECK(phases >= 1, "{} phases", phases);
  const double mean_s = law.mean();
  CHECK(mean_s > 0 && std::isfinite(mean_s), "the mean of {} is {}", law.text(), mean_s);
  const double cv = law.cv();
  if (phases == 1 || std::abs(cv - 1.0) < 1e-9) return {{{1.0, 1.0 / mean_s, 0.0}}};
  return cv < 1.0 ? mixed_erlang(mean_s, cv, phases) : hyperexponential(law, phases);
}

}  // namespace nines
