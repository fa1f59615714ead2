#include "engine/solve/poisson.hpp"

#include <algorithm>
#include <cmath>

namespace nines {

Poisson::Poisson(double mean) {
  const auto mode = static_cast<std::size_t>(mean);
  const double at_mode = std::exp(static_cast<double>(mode) * std::log(std::max(mean, 1e-300)) -
                                  mean - std::lgamma(static_cast<double>(mode) + 1.0));
  Vector down;  // below the mode, from it
  double w = mode == 0 ? std::exp(-mean) : at_mode;
  const double peak = w;
  std::size_t k = mode;
  while (k > 0 && w > peak * kTruncation * 1e-3) {
    w *= static_cast<double>(k) / mean;
    down.push_back(w);
    --k;
  }
  first = k;
  weight.assign(down.rbegin(), down.rend());
  w = peak;
  for (std::size_t n = mode; w > peak * kTruncation * 1e-3; ++n) {
    weight.push_back(w);
    w *= mean / static_cast<double>(n + 1);
  }
  double sum = 0.0;
  for (const double x : weight) sum += x;
  for (double& x : weight) x /= sum;
  beyond.assign(weight.size(), 0.0);
  for (std::size_t i = weight.size(); i-- > 1;) beyond[i - 1] = beyond[i] + weight[i];
}

}  // namespace nines
