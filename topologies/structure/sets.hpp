// Minimal cut sets and path sets of a success function that only gets worse as components fail.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace nines {

/// Elements, by number, in rising order.
using ElementSet = std::vector<std::uint32_t>;
/// Whether the system stands, given for each element whether it is up.
using StandsFn = std::function<bool(const std::vector<std::uint8_t>& up)>;

struct MinimalSets {
  std::vector<ElementSet> sets;  ///< by size, then by number
  bool complete = true;          ///< false: there are more, larger or beyond the limit
};

/// All minimal cut sets of at most `order` elements: a cut must take one element of every path, so
/// from a set that is no cut yet each branch takes one of a path that it leaves (Reiter, "A theory
/// of diagnosis from first principles", Artificial Intelligence 32, 1987). Stops at `most` sets.
/// `complete` if no larger ones exist.
MinimalSets minimal_cuts(std::size_t elements, const StandsFn& stands, std::size_t order,
                         std::size_t most = 100'000);

/// The same of minimal path sets, which are the minimal cuts of the dual.
MinimalSets minimal_paths(std::size_t elements, const StandsFn& stands, std::size_t order,
                          std::size_t most = 100'000);

/// The probability that of at least one set all elements are down; elements are independent.
/// By conditioning on the element of most sets, with the sets that are left remembered.
double probability_of_any(const std::vector<ElementSet>& sets, const std::vector<double>& down);

}  // namespace nines
