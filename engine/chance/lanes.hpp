// The arithmetic of chance, many values at a time: the same bits whatever the width of the machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace nines {

/// One set of kernels. All sets give bit-identical results: Philox is integer arithmetic, the
/// conversion to (0, 1) is exact, and logarithm and exponential are SLEEF's deterministic
/// functions (the "cinz" family, 1.0 ULP), which promise equal bits at every vector width.
struct Lanes {
  std::string_view name;

  /// One Philox4x32-10 block for each of the indices first_index … first_index + count - 1 of a
  /// stream; the first 64 bits become unit0, the second 64 bits unit1. `count` is a multiple of 8.
  void (*indices)(std::uint64_t seed, std::uint64_t stream, std::uint32_t run,
                  std::uint32_t first_index, std::size_t count, double* unit0, double* unit1);

  /// The same for one index of each of `count` streams; `count` is a multiple of 8.
  void (*streams)(std::uint64_t seed, const std::uint64_t* streams, std::uint32_t run,
                  std::uint32_t index, std::size_t count, double* unit0, double* unit1);

  /// In place; any count.
  void (*log)(double* x, std::size_t count);
  void (*exp)(double* x, std::size_t count);
};

/// Which kernels to use. `automatic` takes the widest that the processor has.
enum class Width { automatic, scalar, avx2, avx512 };

/// The kernels of that width, or the widest that the processor has below it.
const Lanes& lanes(Width width = Width::automatic);

}  // namespace nines
