// Kernels for processors with AVX2, four lanes.
#include <immintrin.h>
#include <sleef.h>

#include "engine/chance/lanes_kernels.hpp"
#include "engine/chance/lanes_sets.hpp"

namespace nines {
namespace {

struct Vector256 {
  static constexpr std::size_t kWidth = 4;
  __m256i v;

  static Vector256 of(std::uint32_t x) { return {_mm256_set1_epi64x(static_cast<long long>(x))}; }
  static Vector256 iota(std::uint32_t first) {
    return {_mm256_add_epi32(_mm256_set1_epi64x(static_cast<long long>(first)),
                             _mm256_set_epi64x(3, 2, 1, 0))};
  }
  static Vector256 load(const std::uint64_t* p) {
    return {_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p))};
  }
  Vector256 times_low32(Vector256 b) const { return {_mm256_mul_epu32(v, b.v)}; }
  Vector256 high32() const { return {_mm256_srli_epi64(v, 32)}; }
  Vector256 operator^(Vector256 b) const { return {_mm256_xor_si256(v, b.v)}; }
  void store_unit(double* out) const {
    const __m256i mantissa =
        _mm256_or_si256(_mm256_srli_epi64(v, 12), _mm256_set1_epi64x(0x3FF0000000000000LL));
    _mm256_storeu_pd(
        out, _mm256_sub_pd(_mm256_castsi256_pd(mantissa), _mm256_set1_pd(0x1.fffffffffffffp-1)));
  }
};

Vector256 join(Vector256 low, Vector256 high) {
  const __m256i mask = _mm256_set1_epi64x(0xFFFFFFFFLL);
  return {_mm256_or_si256(_mm256_and_si256(low.v, mask), _mm256_slli_epi64(high.v, 32))};
}

struct Log {
  __m256d operator()(__m256d x) const { return Sleef_cinz_logd4_u10avx(x); }
};
struct Exp {
  __m256d operator()(__m256d x) const { return Sleef_cinz_expd4_u10avx(x); }
};

template <class Function>
void apply(double* x, std::size_t count) {
  const Function function;
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    _mm256_storeu_pd(x + i, function(_mm256_loadu_pd(x + i)));
  }
  if (i < count) {
    double tail[4] = {1.0, 1.0, 1.0, 1.0};
    for (std::size_t k = i; k < count; ++k) tail[k - i] = x[k];
    _mm256_storeu_pd(tail, function(_mm256_loadu_pd(tail)));
    for (std::size_t k = i; k < count; ++k) x[k] = tail[k - i];
  }
}

}  // namespace

const Lanes kLanesAvx2{"avx2", philox_indices<Vector256>, philox_streams<Vector256>, apply<Log>,
                       apply<Exp>};

}  // namespace nines
