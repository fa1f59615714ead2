// Poisson probabilities for uniformisation.
#pragma once

#include <cstddef>

#include "engine/solve/chain.hpp"

namespace nines {

/// What uniformisation leaves out.
inline constexpr double kTruncation = 1e-17;

/// Probabilities of first, first + 1, … jumps and what follows each: from the mode outwards, so
/// that none underflows that matters (Fox and Glynn, "Computing Poisson probabilities", CACM 31,
/// 1988).
struct Poisson {
  std::size_t first = 0;
  Vector weight;  ///< P(N = first + i)
  Vector beyond;  ///< P(N > first + i)

  explicit Poisson(double mean);
  std::size_t end() const { return first + weight.size(); }
};

}  // namespace nines
