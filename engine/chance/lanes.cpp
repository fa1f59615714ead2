#include "engine/chance/lanes.hpp"

#include "engine/chance/arithmetic.hpp"
#include "engine/chance/lanes_sets.hpp"
#include "engine/chance/random.hpp"

namespace nines {
namespace {

void scalar_indices(std::uint64_t seed, std::uint64_t stream, std::uint32_t run,
                    std::uint32_t first_index, std::size_t count, double* unit0, double* unit1) {
  for (std::size_t i = 0; i < count; ++i) {
    const UnitPair pair =
        draw_units(seed, {stream, run, static_cast<std::uint32_t>(first_index + i)});
    unit0[i] = pair.first;
    unit1[i] = pair.second;
  }
}

void scalar_streams(std::uint64_t seed, const std::uint64_t* streams, std::uint32_t run,
                    std::uint32_t index, std::size_t count, double* unit0, double* unit1) {
  for (std::size_t i = 0; i < count; ++i) {
    const UnitPair pair = draw_units(seed, {streams[i], run, index});
    unit0[i] = pair.first;
    unit1[i] = pair.second;
  }
}

void scalar_log(double* x, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) x[i] = arithmetic::log(x[i]);
}

void scalar_exp(double* x, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) x[i] = arithmetic::exp(x[i]);
}

bool has_avx512() {
#ifdef NINES_X86_64
  return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0;
#else
  return false;
#endif
}

bool has_avx2() {
#ifdef NINES_X86_64
  return __builtin_cpu_supports("avx2") != 0;
#else
  return false;
#endif
}

}  // namespace

const Lanes kLanesScalar{"scalar", scalar_indices, scalar_streams, scalar_log, scalar_exp};

const Lanes& lanes(Width width) {
#ifdef NINES_X86_64
  if ((width == Width::automatic || width == Width::avx512) && has_avx512()) return kLanesAvx512;
  if (width != Width::scalar && has_avx2()) return kLanesAvx2;
#endif
  return kLanesScalar;
}

}  // namespace nines
