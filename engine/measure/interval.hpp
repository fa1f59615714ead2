// Confidence intervals, each with its source. Nothing is printed without one.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

namespace nines {

/// An estimate and the interval around it. An absent bound (nothing is known on that side) is an
/// infinite one.
struct Estimate {
  double value = 0.0;
  double low = 0.0;
  double high = std::numeric_limits<double>::infinity();
};

/// The same transformation of value and bounds; for a falling one the bounds change places.
template <class Function>
Estimate map_rising(const Estimate& e, Function f) {
  return {f(e.value), f(e.low), f(e.high)};
}
template <class Function>
Estimate map_falling(const Estimate& e, Function f) {
  return {f(e.value), f(e.high), f(e.low)};
}

/// Sums over runs of a pair of quantities (x, y), with what a variance and a covariance need. Runs
/// in which both are 0 need not be added: `runs` is given where it matters.
struct PairSums {
  double x = 0.0, y = 0.0, xx = 0.0, yy = 0.0, xy = 0.0;
  double largest_x = 0.0;
  std::uint64_t added = 0;  ///< runs that were added

  void add(double x_of_run, double y_of_run);
  void merge(const PairSums& other);
};

/// How many standard errors of `degrees` degrees of freedom an interval reaches to either side
/// (Student's t).
double t_quantile_upper(double confidence, double degrees);

/// The share of successes: Clopper and Pearson, Biometrika 26 (1934), exact binomial. `trials` may
/// be an effective number (Korn and Graubard, "Confidence intervals for proportions with small
/// expected number of positive counts", Survey Methodology 24, 1998).
Estimate share(double successes, double trials, double confidence);

/// The mean over runs of a quantity that is 0 in most runs or in none: a gamma interval for
/// weighted Poisson sums (Fay and Feuer, Statistics in Medicine 16, 1997), each run being one
/// weight. The variance is the one between runs, and the allowance for the largest weight shrinks
/// with the share of runs that earned nothing, so that it becomes the t interval, but for its
/// skewness, where every run earns. Nothing earned at all: {0, 0, infinity}; see `rate_of_none`.
Estimate mean_over_runs(double sum, double sum_of_squares, double largest,
                        std::uint64_t runs_that_earned, std::uint64_t runs, double confidence);

/// The upper bound on the mean number per run of something that was never seen: exact Poisson,
/// two-sided, so that it joins `mean_over_runs` without a jump.
double rate_of_none(std::uint64_t runs, double confidence);

/// The ratio of the sums x / y over runs, where y counts occurrences: the variance by the delta
/// method, clustered by run (Cochran, "Sampling Techniques", 1977, section 2.11), and its quantiles
/// from a gamma law of that variance, which for exponential times is the exact chi-squared interval
/// (Epstein and Sobel, JASA 48, 1953), widened as Student's t is. With a single run that counts,
/// there is no spread to see, and x is taken as the sum of `y` exponential times.
Estimate ratio(const PairSums& sums, double confidence);

/// Part of a whole, both summed over runs: sum of x over sum of y, x <= y in every run. Delta
/// method, turned into an effective number of trials of a share. `whole_yy` and `whole_y` are the
/// sums over all runs, those without the part included; `clusters` the runs with y > 0.
Estimate part_of(const PairSums& part, double whole_y, double whole_yy, std::uint64_t clusters,
                 double confidence);

/// Ranks, from 1 to n, of order statistics that enclose the p-quantile of n independent values;
/// absent where n is too small (David and Nagaraja, "Order Statistics", 2003, section 7.1).
struct Ranks {
  std::optional<std::uint64_t> low;
  std::optional<std::uint64_t> high;
};
Ranks quantile_ranks(std::uint64_t n, double p, double confidence);

}  // namespace nines
