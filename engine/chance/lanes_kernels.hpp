// Philox4x32-10 over vector lanes, written once and compiled once for each instruction set.
// Not for inclusion outside lanes_*.cpp.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace nines {

/// Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3" (SC'11), table 2.
inline constexpr std::uint32_t kPhiloxM0 = 0xD2511F53U;
inline constexpr std::uint32_t kPhiloxM1 = 0xCD9E8D57U;
inline constexpr std::uint32_t kPhiloxW0 = 0x9E3779B9U;
inline constexpr std::uint32_t kPhiloxW1 = 0xBB67AE85U;

/// `Vector` has 64-bit lanes, each holding a 32-bit word of the counter; see lanes_avx512.cpp.
template <class Vector>
struct Block {
  Vector word0, word1, word2, word3;
};

template <class Vector>
inline Block<Vector> philox_lanes(Block<Vector> c, std::uint64_t seed) {
  auto key0 = static_cast<std::uint32_t>(seed);
  auto key1 = static_cast<std::uint32_t>(seed >> 32);
  const Vector m0 = Vector::of(kPhiloxM0);
  const Vector m1 = Vector::of(kPhiloxM1);
#pragma GCC unroll 10
  for (int round = 0; round < 10; ++round) {
    const Vector product0 = c.word0.times_low32(m0);
    const Vector product1 = c.word2.times_low32(m1);
    // Only the low 32 bits of a word matter to the next multiplication; what stands above them
    // is cleared once, at the end.
    c = {product1.high32() ^ c.word1 ^ Vector::of(key0), product1,
         product0.high32() ^ c.word3 ^ Vector::of(key1), product0};
    key0 += kPhiloxW0;
    key1 += kPhiloxW1;
  }
  return c;
}

/// 52 random bits k as the double (k + 1/2) / 2^52: never 0, never 1, and exact.
inline double unit_of(std::uint64_t bits) {
  return std::bit_cast<double>((bits >> 12) | 0x3FF0000000000000ULL) - 0x1.fffffffffffffp-1;
}

template <class Vector>
inline void store_units(const Block<Vector>& c, double* unit0, double* unit1) {
  join(c.word0, c.word1).store_unit(unit0);
  join(c.word2, c.word3).store_unit(unit1);
}

template <class Vector>
void philox_indices(std::uint64_t seed, std::uint64_t stream, std::uint32_t run,
                    std::uint32_t first_index, std::size_t count, double* unit0, double* unit1) {
  for (std::size_t i = 0; i < count; i += Vector::kWidth) {
    const auto index = static_cast<std::uint32_t>(first_index + i);
    store_units(philox_lanes<Vector>({Vector::iota(index), Vector::of(run),
                                      Vector::of(static_cast<std::uint32_t>(stream)),
                                      Vector::of(static_cast<std::uint32_t>(stream >> 32))},
                                     seed),
                unit0 + i, unit1 + i);
  }
}

template <class Vector>
void philox_streams(std::uint64_t seed, const std::uint64_t* streams, std::uint32_t run,
                    std::uint32_t index, std::size_t count, double* unit0, double* unit1) {
  for (std::size_t i = 0; i < count; i += Vector::kWidth) {
    const Vector stream = Vector::load(streams + i);
    store_units(
        philox_lanes<Vector>({Vector::of(index), Vector::of(run), stream, stream.high32()}, seed),
        unit0 + i, unit1 + i);
  }
}

}  // namespace nines
