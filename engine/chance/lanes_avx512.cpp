// Kernels for processors with AVX-512 (F and DQ), eight lanes.
#include <immintrin.h>
#include <sleef.h>

#include "engine/chance/lanes_kernels.hpp"
#include "engine/chance/lanes_sets.hpp"

namespace nines {
namespace {

struct Vector512 {
  static constexpr std::size_t kWidth = 8;
  __m512i v;

  static Vector512 of(std::uint32_t x) { return {_mm512_set1_epi64(static_cast<long long>(x))}; }
  static Vector512 iota(std::uint32_t first) {
    // A sum that passes 2^32 wraps within the low half, as the scalar index does.
    const __m512i sum = _mm512_add_epi32(_mm512_set1_epi64(static_cast<long long>(first)),
                                         _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0));
    return {sum};
  }
  static Vector512 load(const std::uint64_t* p) { return {_mm512_loadu_si512(p)}; }
  Vector512 times_low32(Vector512 b) const { return {_mm512_mul_epu32(v, b.v)}; }
  Vector512 high32() const { return {_mm512_srli_epi64(v, 32)}; }
  Vector512 operator^(Vector512 b) const { return {_mm512_xor_si512(v, b.v)}; }
  void store_unit(double* out) const {
    const __m512i mantissa =
        _mm512_or_si512(_mm512_srli_epi64(v, 12), _mm512_set1_epi64(0x3FF0000000000000LL));
    _mm512_storeu_pd(
        out, _mm512_sub_pd(_mm512_castsi512_pd(mantissa), _mm512_set1_pd(0x1.fffffffffffffp-1)));
  }
};

Vector512 join(Vector512 low, Vector512 high) {
  const __m512i mask = _mm512_set1_epi64(0xFFFFFFFFLL);
  return {_mm512_or_si512(_mm512_and_si512(low.v, mask), _mm512_slli_epi64(high.v, 32))};
}

struct Log {
  __m512d operator()(__m512d x) const { return Sleef_cinz_logd8_u10avx512fnofma(x); }
};
struct Exp {
  __m512d operator()(__m512d x) const { return Sleef_cinz_expd8_u10avx512fnofma(x); }
};

template <class Function>
void apply(double* x, std::size_t count) {
  const Function function;
  std::size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    _mm512_storeu_pd(x + i, function(_mm512_loadu_pd(x + i)));
  }
  if (i < count) {
    const auto mask = static_cast<__mmask8>((1U << (count - i)) - 1U);
    const __m512d tail = _mm512_mask_loadu_pd(_mm512_set1_pd(1.0), mask, x + i);
    _mm512_mask_storeu_pd(x + i, mask, function(tail));
  }
}

}  // namespace

const Lanes kLanesAvx512{"avx512", philox_indices<Vector512>, philox_streams<Vector512>, apply<Log>,
                         apply<Exp>};

}  // namespace nines
