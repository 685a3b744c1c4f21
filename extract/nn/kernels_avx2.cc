// Compiled with -mavx2 -mfma: only kernels.cc may lead here, after asking the processor.
#include <immintrin.h>

#include "extract/nn/kernels.h"
#include "extract/nn/kernels_sets.h"

namespace tercet {
namespace {

float square_root(float x) { return _mm_cvtss_f32(_mm_sqrt_ss(_mm_set_ss(x))); }

struct Lanes {
  static constexpr int kTileVectors = 1;  // 6 rows * 2 registers = 12 of 16
  __m256 low, high;

  static Lanes load(const float* p) { return {_mm256_loadu_ps(p), _mm256_loadu_ps(p + 8)}; }
  static Lanes load_bytes(const std::int8_t* p) {
    const auto half = [](const std::int8_t* q) {
      return _mm256_cvtepi32_ps(
          _mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(q))));
    };
    return {half(p), half(p + 8)};
  }
  static Lanes all(float x) { return {_mm256_set1_ps(x), _mm256_set1_ps(x)}; }
  void store(float* p) const {
    _mm256_storeu_ps(p, low);
    _mm256_storeu_ps(p + 8, high);
  }
  static Lanes fma(Lanes a, Lanes b, Lanes c) {
    return {_mm256_fmadd_ps(a.low, b.low, c.low), _mm256_fmadd_ps(a.high, b.high, c.high)};
  }
  static Lanes min(Lanes a, Lanes b) {
    return {_mm256_min_ps(a.low, b.low), _mm256_min_ps(a.high, b.high)};
  }
  static Lanes max(Lanes a, Lanes b) {
    return {_mm256_max_ps(a.low, b.low), _mm256_max_ps(a.high, b.high)};
  }
  static Lanes power_of_two(Lanes n) {
    const auto half = [](__m256 x) {
      const __m256i e = _mm256_add_epi32(_mm256_cvtps_epi32(x), _mm256_set1_epi32(127));
      return _mm256_castsi256_ps(_mm256_slli_epi32(e, 23));
    };
    return {half(n.low), half(n.high)};
  }
  float total() const {
    const __m256 eight = _mm256_add_ps(low, high);
    const __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
  }
  // The lanes in any order: least and greatest do not depend on it.
  float least() const {
    const __m256 eight = _mm256_min_ps(low, high);
    __m128 four = _mm_min_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    four = _mm_min_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_min_ss(four, _mm_shuffle_ps(four, four, 1)));
  }
  float most() const {
    const __m256 eight = _mm256_max_ps(low, high);
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    four = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(four, _mm_shuffle_ps(four, four, 1)));
  }
  void store_low_bits(std::uint8_t* p) const {
    const __m256i mask = _mm256_set1_epi32(127);
    const __m256i a = _mm256_and_si256(_mm256_castps_si256(low), mask);
    const __m256i b = _mm256_and_si256(_mm256_castps_si256(high), mask);
    // Packing works in halves: a0-3 b0-3 | a4-7 b4-7, put right by the permutation.
    const __m256i words = _mm256_permute4x64_epi64(_mm256_packus_epi32(a, b), 0xD8);
    const __m128i bytes =
        _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(p), bytes);
  }
  friend Lanes operator+(Lanes a, Lanes b) {
    return {_mm256_add_ps(a.low, b.low), _mm256_add_ps(a.high, b.high)};
  }
  friend Lanes operator-(Lanes a, Lanes b) {
    return {_mm256_sub_ps(a.low, b.low), _mm256_sub_ps(a.high, b.high)};
  }
  friend Lanes operator*(Lanes a, Lanes b) {
    return {_mm256_mul_ps(a.low, b.low), _mm256_mul_ps(a.high, b.high)};
  }
  friend Lanes operator/(Lanes a, Lanes b) {
    return {_mm256_div_ps(a.low, b.low), _mm256_div_ps(a.high, b.high)};
  }
};

struct Weights {
  __m256i low, high;
  static Weights load(const std::int8_t* p) {
    const auto* half = reinterpret_cast<const __m256i*>(p);
    return {_mm256_load_si256(half), _mm256_load_si256(half + 1)};
  }
};

struct Inputs {
  __m256i v;
  static Inputs load(const std::uint8_t* p) {
    std::int32_t four;
    __builtin_memcpy(&four, p, 4);
    return {_mm256_set1_epi32(four)};
  }
};

struct Counts {
  __m256i low, high;
  static Counts none() { return {_mm256_setzero_si256(), _mm256_setzero_si256()}; }
  static Counts add(Counts sum, Inputs four, Weights w) {
    const __m256i one = _mm256_set1_epi16(1);
    return {
        _mm256_add_epi32(sum.low, _mm256_madd_epi16(_mm256_maddubs_epi16(four.v, w.low), one)),
        _mm256_add_epi32(sum.high, _mm256_madd_epi16(_mm256_maddubs_epi16(four.v, w.high), one))};
  }
  Lanes less_product(const std::int32_t* sums, std::int32_t zero) const {
    const auto less = [&](__m256i v, const std::int32_t* p) {
      const __m256i sum = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
      return _mm256_cvtepi32_ps(
          _mm256_sub_epi32(v, _mm256_mullo_epi32(sum, _mm256_set1_epi32(zero))));
    };
    return {less(low, sums), less(high, sums + 8)};
  }
};

}  // namespace
}  // namespace tercet

#include "extract/nn/kernels_body.h"

namespace tercet {
const Kernels kAvx2Kernels = kernels_named("avx2");
}  // namespace tercet
