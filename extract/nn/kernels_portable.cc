#include <cmath>
#include <cstring>

#include "extract/nn/kernels.h"
#include "extract/nn/kernels_sets.h"

namespace tercet {
namespace {

float square_root(float x) { return std::sqrt(x); }

// Plain C++. std::fma rounds once, as the hardware instruction does.
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
    return each([&](int i) { return std::fma(a.v[i], b.v[i], c.v[i]); });
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

}  // namespace
}  // namespace tercet

#include "extract/nn/kernels_body.h"

namespace tercet {
const Kernels kPortableKernels = kernels_named("portable");
}  // namespace tercet
