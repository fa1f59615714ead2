// What those who lay the rows of a Serving out, and those who evaluate them, have in common.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <boost/container/small_vector.hpp>
#include <boost/graph/adjacency_list.hpp>

#include "models/serving.hpp"

namespace nines {

/// Room for topologies of ordinary size without a call for memory.
template <class T>
using Small = boost::container::small_vector<T, 64>;

inline std::size_t index_of(int row) { return static_cast<std::size_t>(row); }

inline bool on(const std::uint64_t* pattern, Serving::Bit bit) {
  return bit < 0 || ((pattern[bit / 64] >> (bit % 64)) & 1U) != 0;
}

inline bool all_on(const std::uint64_t* pattern, const std::vector<Serving::Bit>& bits) {
  return std::all_of(bits.begin(), bits.end(), [&](Serving::Bit b) { return on(pattern, b); });
}

/// Each edge in both directions, with its number.
struct LatencyGraph : boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS,
                                            boost::no_property, std::size_t> {
  using adjacency_list::adjacency_list;
};

}  // namespace nines
