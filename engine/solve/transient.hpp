// A Markov chain at a time, and over a time.
#pragma once

#include <atomic>
#include <functional>
#include <stdexcept>
#include <string>

#include "engine/solve/chain.hpp"

namespace nines {

struct Transient {
  Vector probability;  ///< by state, at the time
  Vector time_s;       ///< by state, expected, up to the time
  std::string method;  ///< "uniformisation", "doubling", "contour"
  double error = 0.0;  ///< of the probabilities: a bound or, of the contour, an estimate
};

struct TransientOptions {
  std::size_t most_doubling = 400;   ///< states up to which matrices are multiplied
  std::size_t most_contour = 3'000;  ///< states up to which systems are factorised
  double most_work = 4e9;            ///< of uniformisation: jumps times rates
  std::function<void(double share)> progress = {};
  const std::atomic<bool>* interrupted = nullptr;
};

/// No method reaches that far with so many states.
class OutOfReach : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The distribution after `t_s` and the expected time spent in each state until then.
///
/// - Uniformisation (Jensen 1953; Stewart, "Introduction to the Numerical Solution of Markov
///   Chains", 1994, section 8.2): sums of positive terms, cut off where less than the stated error
///   is left. As soon as all states change by one factor from jump to jump it goes on by that
///   factor; positivity bounds the error. For a chain that settles soon, however long the time.
/// - For few states over a long time, uniformisation over t / 2^k and k times P(2h) = P(h)²,
///   S(2h) = S(h) + P(h) S(h), rows of P brought back to 1: positive terms again, so that small
///   probabilities keep their digits.
/// - Else the inverse Laplace transform along a hyperbola (Weideman and Trefethen, "Parabolic and
///   hyperbolic contours for computing the Bromwich integral", Mathematics of Computation 76, 2007,
///   section 3), sparse complex systems by Eigen: absolute errors of about 1e-11 whatever the
///   rates.
Transient transient(const MarkovChain& chain, double t_s, const TransientOptions& options = {});

}  // namespace nines
