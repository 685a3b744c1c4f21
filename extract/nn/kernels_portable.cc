#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <cmath>
#include <cstring>

#include "extract/nn/kernels.h"
#include "extract/nn/kernels_sets.h"

namespace tercet {
namespace {

float square_root(float x) { return std::sqrt(x); }

// a * b + c rounded once, as the hardware instruction does it.
#ifdef FP_FAST_FMAF
float multiply_add(float a, float b, float c) { return std::fma(a, b, c); }
#else
// The product is exact in a double. The sum is rounded to odd: if it is inexact its last bit is
// set, so that the second rounding, to float, cannot fall on a tie that is none (Boldo & Melquiond
// 2008, doi:10.1109/TC.2007.70819). Several times faster than fmaf without the instruction.
float multiply_add(float a, float b, float c) {
  const double product = static_cast<double>(a) * static_cast<double>(b);
  const double addend = static_cast<double>(c);
  const double sum = product + addend;
  const double back = sum - product;  // Knuth's two-sum: `error` is what the rounding lost
  const double error = (product - (sum - back)) + (addend - back);
  std::uint64_t bits;
  std::memcpy(&bits, &sum, sizeof bits);
  // Towards the lost part, if the last bit is even; NaN and infinity have no error to speak of.
  const std::uint64_t inexact = error > 0.0 || error < 0.0 ? 1U : 0U;
  const bool away = (error > 0.0) == (sum > 0.0);
  const std::uint64_t step = inexact & ~bits & 1U;
  bits = away ? bits + step : bits - step;
  double odd;
  std::memcpy(&odd, &bits, sizeof odd);
  return static_cast<float>(odd);
}
#endif

// Plain C++.
struct Lanes {
  static constexpr int kTileVectors = 1;
  float v[16];

  template <typename F>
  static Lanes each(F value) {
    Lanes out;
    for (int i = 0; i < 16; ++i) out.v[i] = value(i);
    return out;
  }
  static Lanes load(const float* p) {
    return each([&](int i) { return p[i]; });
  }
  static Lanes load_bytes(const std::int8_t* p) {
    return each([&](int i) { return static_cast<float>(p[i]); });
  }
  static Lanes all(float x) {
    return each([&](int) { return x; });
  }
  void store(float* p) const { std::memcpy(p, v, sizeof v); }
  static Lanes fma(const Lanes& a, const Lanes& b, const Lanes& c) {
    return each([&](int i) { return multiply_add(a.v[i], b.v[i], c.v[i]); });
  }
  // Which operand wins for NaN and signed zeros is the rule of the SSE instructions.
  static Lanes min(const Lanes& a, const Lanes& b) {
    return each([&](int i) { return a.v[i] < b.v[i] ? a.v[i] : b.v[i]; });
  }
  static Lanes max(const Lanes& a, const Lanes& b) {
    return each([&](int i) { return a.v[i] > b.v[i] ? a.v[i] : b.v[i]; });
  }
  static Lanes power_of_two(const Lanes& n) {
    return each([&](int i) {
      // Clamped by the caller to [-126, 127]; NaN becomes an arbitrary but defined exponent.
      const float x = n.v[i];
      const std::int32_t e = x >= -126.0F && x <= 127.0F ? static_cast<std::int32_t>(x) : 0;
      const std::uint32_t bits = static_cast<std::uint32_t>(e + 127) << 23;
      float out;
      std::memcpy(&out, &bits, sizeof out);
      return out;
    });
  }
  float total() const {
    float t[16];
    std::memcpy(t, v, sizeof t);
    for (int half = 8; half > 0; half /= 2) {
      for (int i = 0; i < half; ++i) t[i] += t[i + half];
    }
    return t[0];
  }
  float least() const {
    float out = v[0];
    for (const float x : v) out = x < out ? x : out;
    return out;
  }
  float most() const {
    float out = v[0];
    for (const float x : v) out = x > out ? x : out;
    return out;
  }
  // The low seven bits of what stands in the mantissas.
  void store_low_bits(std::uint8_t* p) const {
    for (int i = 0; i < 16; ++i) {
      std::uint32_t bits;
      std::memcpy(&bits, &v[i], sizeof bits);
      p[i] = static_cast<std::uint8_t>(bits & 127U);
    }
  }
  friend Lanes operator+(const Lanes& a, const Lanes& b) {
    return each([&](int i) { return a.v[i] + b.v[i]; });
  }
  friend Lanes operator-(const Lanes& a, const Lanes& b) {
    return each([&](int i) { return a.v[i] - b.v[i]; });
  }
  friend Lanes operator*(const Lanes& a, const Lanes& b) {
    return each([&](int i) { return a.v[i] * b.v[i]; });
  }
  friend Lanes operator/(const Lanes& a, const Lanes& b) {
    return each([&](int i) { return a.v[i] / b.v[i]; });
  }
};

#ifdef __SSE2__
// Every x86-64 has this much, and it is eight times faster than what the compiler makes of the
// plain form. Sums of the even and the odd pairs of inputs are kept apart until the end.
struct Weights {
  __m128i pairs[8];  // 2 columns of 4 inputs each, as 16 bits
  static Weights load(const std::int8_t* p) {
    Weights out;
    for (int i = 0; i < 4; ++i) {
      const __m128i bytes = _mm_load_si128(reinterpret_cast<const __m128i*>(p) + i);
      out.pairs[2 * i] = _mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8);
      out.pairs[2 * i + 1] = _mm_srai_epi16(_mm_unpackhi_epi8(bytes, bytes), 8);
    }
    return out;
  }
};

struct Inputs {
  __m128i v;
  static Inputs load(const std::uint8_t* p) {
    std::int32_t four;
    std::memcpy(&four, p, 4);
    const __m128i all = _mm_set1_epi32(four);
    return {_mm_unpacklo_epi8(all, _mm_setzero_si128())};
  }
};

struct Counts {
  __m128i v[8];
  static Counts none() {
    Counts out;
    for (__m128i& x : out.v) x = _mm_setzero_si128();
    return out;
  }
  static Counts add(const Counts& sum, Inputs four, const Weights& w) {
    Counts out;
    for (int i = 0; i < 8; ++i) {
      out.v[i] = _mm_add_epi32(sum.v[i], _mm_madd_epi16(four.v, w.pairs[i]));
    }
    return out;
  }
  Lanes less_product(const std::int32_t* sums, std::int32_t zero) const {
    std::int32_t halves[32];
    std::memcpy(halves, v, sizeof halves);
    return Lanes::each([&](int i) {
      return static_cast<float>(halves[2 * i] + halves[2 * i + 1] - sums[i] * zero);
    });
  }
};
#else
struct Weights {
  std::int8_t v[64];
  static Weights load(const std::int8_t* p) {
    Weights out;
    std::memcpy(out.v, p, sizeof out.v);
    return out;
  }
};

struct Inputs {
  std::uint8_t v[4];
  static Inputs load(const std::uint8_t* p) { return {{p[0], p[1], p[2], p[3]}}; }
};

struct Counts {
  std::int32_t v[16];
  static Counts none() { return {}; }
  static Counts add(const Counts& sum, Inputs four, const Weights& w) {
    Counts out = sum;
    for (int j = 0; j < 16; ++j) {
      const std::int8_t* column = w.v + 4 * j;
      out.v[j] += four.v[0] * column[0] + four.v[1] * column[1] + four.v[2] * column[2] +
                  four.v[3] * column[3];
    }
    return out;
  }
  Lanes less_product(const std::int32_t* sums, std::int32_t zero) const {
    return Lanes::each([&](int i) { return static_cast<float>(v[i] - sums[i] * zero); });
  }
};
#endif

}  // namespace
}  // namespace tercet

#include "extract/nn/kernels_body.h"

namespace tercet {
const Kernels kPortableKernels = kernels_named("portable");
}  // namespace tercet
