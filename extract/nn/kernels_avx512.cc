// Compiled for AVX-512 F, BW, VL and VNNI: only kernels.cc may lead here, after asking the
// processor.
#include <immintrin.h>

#include "extract/nn/kernels.h"
#include "extract/nn/kernels_sets.h"

namespace tercet {
namespace {

float square_root(float x) { return _mm_cvtss_f32(_mm_sqrt_ss(_mm_set_ss(x))); }

struct Lanes {
  static constexpr int kTileVectors = 4;  // 6 rows * 4 registers = 24 of 32
  __m512 v;

  static Lanes load(const float* p) { return {_mm512_loadu_ps(p)}; }
  static Lanes load_bytes(const std::int8_t* p) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    return {_mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(bytes))};
  }
  static Lanes all(float x) { return {_mm512_set1_ps(x)}; }
  void store(float* p) const { _mm512_storeu_ps(p, v); }
  static Lanes fma(Lanes a, Lanes b, Lanes c) { return {_mm512_fmadd_ps(a.v, b.v, c.v)}; }
  static Lanes min(Lanes a, Lanes b) { return {_mm512_min_ps(a.v, b.v)}; }
  static Lanes max(Lanes a, Lanes b) { return {_mm512_max_ps(a.v, b.v)}; }
  static Lanes power_of_two(Lanes n) {
    const __m512i e = _mm512_add_epi32(_mm512_cvtps_epi32(n.v), _mm512_set1_epi32(127));
    return {_mm512_castsi512_ps(_mm512_slli_epi32(e, 23))};
  }
  float total() const {
    const __m256 top = _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(v), 1));
    const __m256 eight = _mm256_add_ps(_mm512_castps512_ps256(v), top);
    const __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
  }
  float least() const { return _mm512_reduce_min_ps(v); }
  float most() const { return _mm512_reduce_max_ps(v); }
  void store_low_bits(std::uint8_t* p) const {
    const __m512i low = _mm512_and_si512(_mm512_castps_si512(v), _mm512_set1_epi32(127));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm512_cvtepi32_epi8(low));
  }
  friend Lanes operator+(Lanes a, Lanes b) { return {_mm512_add_ps(a.v, b.v)}; }
  friend Lanes operator-(Lanes a, Lanes b) { return {_mm512_sub_ps(a.v, b.v)}; }
  friend Lanes operator*(Lanes a, Lanes b) { return {_mm512_mul_ps(a.v, b.v)}; }
  friend Lanes operator/(Lanes a, Lanes b) { return {_mm512_div_ps(a.v, b.v)}; }
};

struct Weights {
  __m512i v;
  static Weights load(const std::int8_t* p) { return {_mm512_load_si512(p)}; }
};

struct Inputs {
  __m512i v;
  static Inputs load(const std::uint8_t* p) {
    std::int32_t four;
    __builtin_memcpy(&four, p, 4);
    return {_mm512_set1_epi32(four)};
  }
};

struct Counts {
  __m512i v;
  static Counts none() { return {_mm512_setzero_si512()}; }
  static Counts add(Counts sum, Inputs four, Weights w) {
    return {_mm512_dpbusd_epi32(sum.v, four.v, w.v)};
  }
  Lanes less_product(const std::int32_t* sums, std::int32_t zero) const {
    const __m512i correction =
        _mm512_mullo_epi32(_mm512_loadu_si512(sums), _mm512_set1_epi32(zero));
    return {_mm512_cvtepi32_ps(_mm512_sub_epi32(v, correction))};
  }
};

}  // namespace
}  // namespace tercet

#include "extract/nn/kernels_body.h"

namespace tercet {
const Kernels kAvx512Kernels = kernels_named("avx512");
}  // namespace tercet
