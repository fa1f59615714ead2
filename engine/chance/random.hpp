// Addressed randomness: a draw is a pure function of (seed, run, stream, index).
#pragma once

#include <cstdint>

#include "engine/base/hash.hpp"

namespace nines {

/// Where a draw lives. The Philox counter is (index, run, low and high half of the stream); the
/// key is the seed. The stream is the hash of a name and, in a branched state, of the branch.
struct Address {
  std::uint64_t stream = 0;
  std::uint32_t run = 0;
  std::uint32_t index = 0;
};

/// Two independent numbers in (0, 1), each of 52 bits: the 128 bits of one Philox block. A failure
/// mode takes the first for a life and the second for the repair that follows it.
struct UnitPair {
  double first;
  double second;
};

/// Philox4x32-10 of Random123 (Salmon et al., SC'11), one block.
UnitPair draw_units(std::uint64_t seed, Address address);

/// The stream of a name in a branch; branch 0 is the trunk.
constexpr std::uint64_t stream_in_branch(std::uint64_t stream, std::uint64_t branch) {
  return branch == 0 ? stream : mix(stream, branch);
}

}  // namespace nines
