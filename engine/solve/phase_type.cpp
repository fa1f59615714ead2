#include "engine/solve/phase_type.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "engine/base/check.hpp"

namespace nines {
namespace {

using Parts = std::vector<Law::ErlangPart>;

int phases_in(const Parts& parts) {
  int sum = 0;
  for (const Law::ErlangPart& part : parts) sum += part.phases;
  return sum;
}

/// A chain of the branches, each entered at its first phase.
PhaseType chained(const Parts& parts) {
  PhaseType result;
  for (const Law::ErlangPart& part : parts) {
    for (int i = 0; i < part.phases; ++i) {
      result.phases.push_back(
          {i == 0 ? part.weight : 0.0, 1.0 / part.phase_mean_s, i + 1 < part.phases ? 1.0 : 0.0});
    }
  }
  return result;
}

/// A law as values with weights, the tails with as much care as the middle: the normal scores of
/// its quantiles on a grid. The mean is that of the law.
struct Sample {
  std::vector<double> x;
  std::vector<double> log_x;
  std::vector<double> weight;
};

Sample sample_of(const Law& law) {
  constexpr double kFrom = -7.0;
  constexpr double kTo = 8.0;
  constexpr double kStep = 0.05;
  Sample sample;
  double sum = 0.0;
  double mean = 0.0;
  for (double z = kFrom; z <= kTo; z += kStep) {
    const double tail = 0.5 * std::erfc(std::abs(z) / std::sqrt(2.0));
    const double x = z > 0 ? law.quantile_of_complement(tail) : law.quantile(tail);
    const double weight = std::exp(-0.5 * z * z);
    sample.x.push_back(x);
    sample.weight.push_back(weight);
    sum += weight;
    mean += weight * x;
  }
  for (std::size_t i = 0; i < sample.x.size(); ++i) {
    sample.weight[i] /= sum;
    sample.x[i] = std::max(sample.x[i] * law.mean() * sum / mean, 1e-12 * law.mean());
    sample.log_x.push_back(std::log(sample.x[i]));
  }
  return sample;
}

/// Expectation and maximisation over branches of given orders; what it finds and how likely.
class Fit {
 public:
  Fit(const Sample& sample, const std::vector<int>& orders) : sample_(&sample) {
    const std::size_t n = orders.size();
    // Means spread evenly, on a logarithmic scale, over what carries the first two moments.
    double second = 0.0;
    for (std::size_t i = 0; i < size(); ++i) second += sample.weight[i] * sq(sample.x[i]);
    double below = 0.0;
    double above = second;
    double low = sample.log_x.front();
    double high = sample.log_x.back();
    for (std::size_t i = 0; i < size(); ++i) {
      if (below < 0.05) low = sample.log_x[i];
      below += sample.weight[i];
      if (above > 0.02 * second) high = sample.log_x[i];
      above -= sample.weight[i] * sq(sample.x[i]);
    }
    for (std::size_t m = 0; m < n; ++m) {
      const double at =
          n == 1 ? 0.5 * (low + high)
                 : low + (high - low) * static_cast<double>(m) / static_cast<double>(n - 1);
      parts_.push_back({1.0 / static_cast<double>(n), orders[m], std::exp(at) / orders[m]});
    }
    share_.resize(n);
  }

  void improve(int times) {
    for (int i = 0; i < times; ++i) {
      const double before = likelihood_;
      step();
      if (i > 10 && likelihood_ - before < 1e-11 * std::abs(likelihood_)) return;
    }
  }

  double likelihood() const { return likelihood_; }
  /// The second moment over the square of the first.
  double square() const {
    double first = 0.0;
    double second = 0.0;
    for (const Law::ErlangPart& part : parts_) {
      const double k = part.phases;
      first += part.weight * k * part.phase_mean_s;
      second += part.weight * k * (k + 1.0) * sq(part.phase_mean_s);
    }
    return second / sq(first);
  }
  /// Without branches that nobody takes, with the mean exactly, and with the second moment over its
  /// square where the means of the branches can be drawn apart, or together, to that end.
  Parts parts(double mean_s, double square) const {
    Parts kept;
    double weight = 0.0;
    for (const Law::ErlangPart& part : parts_) {
      if (part.weight < 1e-14) continue;
      kept.push_back(part);
      weight += part.weight;
    }
    double mean = 0.0;
    for (Law::ErlangPart& part : kept) {
      part.weight /= weight;
      mean += part.weight * part.phases * part.phase_mean_s;
    }
    for (Law::ErlangPart& part : kept) part.phase_mean_s *= mean_s / mean;
    // Means m + s d instead of m + d: a s^2 + 2 b s + c = 0.
    double a = 0.0;
    double b = 0.0;
    double c = -square;
    for (const Law::ErlangPart& part : kept) {
      const double k = part.phases;
      const double d = k * part.phase_mean_s / mean_s - 1.0;
      const double w = part.weight * (1.0 + 1.0 / k);
      a += w * d * d;
      b += w * d;
      c += w;
    }
    const double s = (-b + std::sqrt(b * b - a * c)) / a;
    const bool can = std::abs(s - 1.0) < 0.5 &&
                     std::all_of(kept.begin(), kept.end(), [&](const Law::ErlangPart& part) {
                       return 1.0 + s * (part.phases * part.phase_mean_s / mean_s - 1.0) > 1e-3 * s;
                     });
    for (Law::ErlangPart& part : kept) {
      if (!can) break;
      const double k = part.phases;
      part.phase_mean_s = mean_s * (1.0 + s * (k * part.phase_mean_s / mean_s - 1.0)) / k;
    }
    return kept;
  }

 private:
  static double sq(double x) { return x * x; }
  std::size_t size() const { return sample_->x.size(); }

  void step() {
    const std::size_t n = parts_.size();
    std::vector<double> log_front(n);
    std::vector<double> rate(n);
    std::vector<double> taken(n, 0.0);
    std::vector<double> time(n, 0.0);
    for (std::size_t m = 0; m < n; ++m) {
      rate[m] = 1.0 / parts_[m].phase_mean_s;
      log_front[m] = std::log(std::max(parts_[m].weight, 1e-300)) +
                     parts_[m].phases * std::log(rate[m]) - std::lgamma(parts_[m].phases);
    }
    likelihood_ = 0.0;
    for (std::size_t i = 0; i < size(); ++i) {
      double most = -std::numeric_limits<double>::infinity();
      for (std::size_t m = 0; m < n; ++m) {
        share_[m] =
            log_front[m] + (parts_[m].phases - 1) * sample_->log_x[i] - rate[m] * sample_->x[i];
        most = std::max(most, share_[m]);
      }
      double sum = 0.0;
      for (std::size_t m = 0; m < n; ++m) sum += share_[m] = std::exp(share_[m] - most);
      likelihood_ += sample_->weight[i] * (most + std::log(sum));
      for (std::size_t m = 0; m < n; ++m) {
        const double w = sample_->weight[i] * share_[m] / sum;
        taken[m] += w;
        time[m] += w * sample_->x[i];
      }
    }
    for (std::size_t m = 0; m < n; ++m) {
      parts_[m].weight = taken[m];
      if (taken[m] > 1e-200) parts_[m].phase_mean_s = time[m] / taken[m] / parts_[m].phases;
    }
  }

  const Sample* sample_;
  Parts parts_;
  std::vector<double> share_;
  double likelihood_ = -std::numeric_limits<double>::infinity();
};

Parts fitted(const Law& law, int most) {
  const Sample sample = sample_of(law);
  std::vector<std::vector<int>> candidates;
  constexpr int kMostBranches = 16;
  for (int order = 1; order <= most; order += 1 + order / 5) {
    const auto branches = static_cast<std::size_t>(std::min(most / order, kMostBranches));
    candidates.emplace_back(branches, order);
  }
  candidates.push_back({most});
  // Two orders, the longer branch the quicker or the slower.
  for (int a = 1; a < most; a += 1 + a / 3) {
    for (int b = 1; a + b <= most; b += 1 + b / 3) {
      if (a != b) candidates.push_back({a, b});
    }
  }
  std::vector<Fit> fits;
  for (const std::vector<int>& orders : candidates) fits.emplace_back(sample, orders);
  // What queues and spares make of a law hangs on its first two moments: of what is about as likely
  // the one that has them.
  const double square = 1.0 + law.cv() * law.cv();
  const auto lost = [&](const Fit& fit) {
    const double off = std::isfinite(square) ? std::log(fit.square() / square) : 0.0;
    return off * off - fit.likelihood();
  };
  const auto best_first = [&] {
    std::stable_sort(fits.begin(), fits.end(),
                     [&](const Fit& a, const Fit& b) { return lost(a) < lost(b); });
  };
  for (Fit& fit : fits) fit.improve(60);
  best_first();
  fits.resize(std::min<std::size_t>(6, fits.size()), fits.front());
  for (Fit& fit : fits) fit.improve(2'000);
  best_first();
  return fits.front().parts(law.mean(), square);
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

std::optional<PhaseType> phases_of(const Law& law, int most) {
  const std::optional<Parts> parts = law.erlang_parts();
  if (!parts || phases_in(*parts) > most) return std::nullopt;
  return chained(*parts);
}

PhaseType fit_phases(const Law& law, int phases) {
  CHECK(phases >= 1, "{} phases", phases);
  const double mean_s = law.mean();
  CHECK(mean_s > 0 && std::isfinite(mean_s), "the mean of {} is {}", law.text(), mean_s);
  if (const std::optional<PhaseType> exact = phases_of(law, phases)) return *exact;
  if (phases == 1) return {{{1.0, 1.0 / mean_s, 0.0}}};
  static std::mutex mutex;
  static std::map<std::pair<std::string, int>, PhaseType> known;
  const std::lock_guard<std::mutex> lock(mutex);
  const auto [it, fresh] = known.try_emplace({law.text(), phases});
  if (fresh) it->second = chained(fitted(law, phases));
  return it->second;
}

}  // namespace nines
