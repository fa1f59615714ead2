#include "engine/measure/interval.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "engine/base/check.hpp"

namespace nines {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Plain double throughout: a figure of three digits needs no long double.
using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using Beta = boost::math::beta_distribution<double, Policy>;
using Normal = boost::math::normal_distribution<double, Policy>;
using StudentsT = boost::math::students_t_distribution<double, Policy>;

double normal_quantile_upper(double confidence) {
  return boost::math::quantile(Normal(), 0.5 + 0.5 * confidence);
}

/// The p-quantile of a gamma law with that mean and variance.
double gamma_quantile(double mean, double variance, double p) {
  if (!(variance > 0)) return mean;
  const double shape = mean * mean / variance;
  // Far from 0 the law is normal for all purposes, and the inverse incomplete gamma is slow.
  if (shape > 1e10) {
    return mean + std::sqrt(variance) * boost::math::quantile(Normal(), p);
  }
  return variance / mean * boost::math::gamma_p_inv(shape, p, Policy());
}

}  // namespace

double t_quantile_upper(double confidence, double degrees) {
  return boost::math::quantile(StudentsT(degrees), 0.5 + 0.5 * confidence);
}

void PairSums::add(double x_of_run, double y_of_run) {
  x += x_of_run;
  y += y_of_run;
  xx += x_of_run * x_of_run;
  yy += y_of_run * y_of_run;
  xy += x_of_run * y_of_run;
  largest_x = std::max(largest_x, x_of_run);
  ++added;
}

void PairSums::merge(const PairSums& other) {
  x += other.x;
  y += other.y;
  xx += other.xx;
  yy += other.yy;
  xy += other.xy;
  largest_x = std::max(largest_x, other.largest_x);
  added += other.added;
}

Estimate share(double successes, double trials, double confidence) {
  CHECK(trials > 0 && successes >= 0 && successes <= trials * (1 + 1e-12), "{} of {}", successes,
        trials);
  const double tail = 0.5 * (1.0 - confidence);
  const double failures = std::max(0.0, trials - successes);
  const double low =
      successes > 0 ? boost::math::quantile(Beta(successes, failures + 1), tail) : 0.0;
  const double high =
      failures > 0
          ? boost::math::quantile(boost::math::complement(Beta(successes + 1, failures), tail))
          : 1.0;
  return {std::min(1.0, successes / trials), low, high};
}

Estimate mean_over_runs(double sum, double sum_of_squares, double largest,
                        std::uint64_t runs_that_earned, std::uint64_t runs, double confidence) {
  CHECK(runs > 0, "no runs");
  if (!(sum > 0)) return {};
  const auto n = static_cast<double>(runs);
  const double mean = sum / n;
  if (runs == 1) return {mean, 0.0, kInfinity};
  const double variance_of_sum = std::max(0.0, sum_of_squares - sum * mean) * n / (n - 1.0);
  const double idle = 1.0 - static_cast<double>(runs_that_earned) / n;
  const double allowance = largest * idle;
  const double tail = 0.5 * (1.0 - confidence);
  const double low = gamma_quantile(sum, variance_of_sum, tail);
  const double high =
      gamma_quantile(sum + allowance, variance_of_sum + allowance * allowance, 1.0 - tail);
  const double stretch = t_quantile_upper(confidence, n - 1.0) / normal_quantile_upper(confidence);
  return {mean, std::max(0.0, (sum - (sum - low) * stretch) / n),
          (sum + (high - sum) * stretch) / n};
}

double rate_of_none(std::uint64_t runs, double confidence) {
  return -std::log(0.5 * (1.0 - confidence)) / static_cast<double>(runs);
}

Estimate ratio(const PairSums& sums, double confidence) {
  if (!(sums.y > 0)) return {};
  const double value = sums.x / sums.y;
  if (!(value > 0)) return {0.0, 0.0, kInfinity};
  if (sums.added < 2) {
    const double tail = 0.5 * (1.0 - confidence);
    return {value, sums.x / boost::math::gamma_p_inv(sums.y, 1.0 - tail, Policy()),
            sums.x / boost::math::gamma_p_inv(sums.y, tail, Policy())};
  }
  const auto m = static_cast<double>(sums.added);
  const double squares = sums.xx - 2.0 * value * sums.xy + value * value * sums.yy;
  // (m + 1) / (m - 1) makes the squared coefficient of variation unbiased for exponential times,
  // where that of a sample has the expectation m / (m + 1).
  const double variance = std::max(0.0, squares) * (m + 1.0) / (m - 1.0) / (sums.x * sums.x);
  const double tail = 0.5 * (1.0 - confidence);
  const double stretch = t_quantile_upper(confidence, m - 1.0) / normal_quantile_upper(confidence);
  const double above = std::max(gamma_quantile(1.0, variance, 1.0 - tail), 1.0);
  const double below = std::min(gamma_quantile(1.0, variance, tail), 1.0);
  return {value, value / std::pow(above, stretch),
          below > 0 ? value / std::pow(below, stretch) : kInfinity};
}

Estimate part_of(const PairSums& part, double whole_y, double whole_yy, std::uint64_t clusters,
                 double confidence) {
  if (!(whole_y > 0) || clusters == 0) return {};
  const double p = std::clamp(part.x / whole_y, 0.0, 1.0);
  const auto m = static_cast<double>(clusters);
  double trials = m;
  if (clusters > 1 && p > 0 && p < 1) {
    const double squares = part.xx - 2.0 * p * part.xy + p * p * whole_yy;
    const double variance = std::max(0.0, squares) * m / (m - 1.0) / (whole_y * whole_y);
    if (variance > 0) {
      // With few clusters their spread is itself uncertain: at most one trial each.
      const double worth = p * (1.0 - p) / variance;
      trials = clusters < 30 ? std::min(m, worth) : worth;
    }
    const double t = t_quantile_upper(confidence, m - 1.0) / normal_quantile_upper(confidence);
    trials = std::max(trials / (t * t), 1e-3);
  }
  Estimate e = share(p * trials, trials, confidence);
  e.value = p;
  return e;
}

Ranks quantile_ranks(std::uint64_t n, double p, double confidence) {
  Ranks ranks;
  if (n == 0) return ranks;
  using Exact = boost::math::policies::policy<
      boost::math::policies::promote_double<false>,
      boost::math::policies::discrete_quantile<boost::math::policies::integer_round_outwards>>;
  const boost::math::binomial_distribution<double, Exact> law(static_cast<double>(n), p);
  const double tail = 0.5 * (1.0 - confidence);
  // Values below the quantile number Bin(n, p). The order statistic of rank r is below it with
  // P(Bin >= r), above it with P(Bin <= r - 1).
  const double low = boost::math::quantile(law, tail);
  if (boost::math::cdf(law, low) <= tail) ranks.low = static_cast<std::uint64_t>(low) + 1;
  const double high = boost::math::quantile(boost::math::complement(law, tail)) + 1;
  if (high <= static_cast<double>(n)) ranks.high = static_cast<std::uint64_t>(high);
  return ranks;
}

}  // namespace nines
