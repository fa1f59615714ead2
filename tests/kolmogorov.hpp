// The two-sample test of Kolmogorov and Smirnov.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace nines::test {

/// The most by which the distribution of `a` is above that of `b`.
inline double ks_above(std::vector<double> a, std::vector<double> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  double most = 0.0;
  std::size_t j = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    while (j < b.size() && b[j] <= a[i]) ++j;
    most = std::max(most, static_cast<double>(i + 1) / static_cast<double>(a.size()) -
                              static_cast<double>(j) / static_cast<double>(b.size()));
  }
  return most;
}

/// The largest distance between the two empirical distributions, where values that differ by less
/// than `slack` need not differ.
inline double ks_distance(const std::vector<double>& a, const std::vector<double>& b,
                          double slack = 0.0) {
  std::vector<double> below = b;
  std::vector<double> above = b;
  for (double& value : below) value -= slack;
  for (double& value : above) value += slack;
  return std::max(ks_above(a, below), ks_above(above, a));
}

/// The distance above which samples of one law are found with that probability (Smirnov's limit:
/// sqrt(-ln(p / 2) / 2) times sqrt((n + m) / (n m))).
inline double ks_critical(std::size_t n, std::size_t m, double p) {
  const auto a = static_cast<double>(n);
  const auto b = static_cast<double>(m);
  return std::sqrt(-0.5 * std::log(0.5 * p)) * std::sqrt((a + b) / (a * b));
}

inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
}

}  // namespace nines::test
