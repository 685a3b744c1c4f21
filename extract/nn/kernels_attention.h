// Part of kernels_body.h: what only the encoder needs.

namespace tercet {
namespace {

// Below x is always |x| or its like. The normal distribution's tail by way of erfc, Abramowitz &
// Stegun 7.1.26: erfc(z) = (a1 t + ... + a5 t^5) exp(-z^2), t = 1 / (1 + p z).
inline Lanes upper_tail(Lanes x) {
  const Lanes z = x * Lanes::all(0.70710678F);
  const Lanes one = Lanes::all(1.0F);
  const Lanes t = one / Lanes::fma(z, Lanes::all(0.3275911F), one);
  Lanes p = Lanes::all(1.061405429F);
  p = Lanes::fma(p, t, Lanes::all(-1.453152027F));
  p = Lanes::fma(p, t, Lanes::all(1.421413741F));
  p = Lanes::fma(p, t, Lanes::all(-0.284496736F));
  p = Lanes::fma(p, t, Lanes::all(0.254829592F));
  return p * t * exp_lanes(Lanes::all(0.0F) - z * z) * Lanes::all(0.5F);
}

// x Phi(x) = max(x, 0) - |x| (1 - Phi(|x|)): no sign to choose, no cancellation below zero.
void gelu(float* x, std::size_t size) {
  const Lanes zero = Lanes::all(0.0F);
  for (std::size_t i = 0; i < size; i += 16) {
    const Lanes v = Lanes::load(x + i);
    const Lanes positive = Lanes::max(v, zero);
    const Lanes magnitude = Lanes::max(v, zero - v);
    (positive - magnitude * upper_tail(magnitude)).store(x + i);
  }
}

// exp of the scores of a row less their greatest; returns 1 / their sum. Columns from `used` to
// `padded` become 0.
inline float softmax_numerators(float* scores, std::size_t used, std::size_t padded) {
  for (std::size_t t = used; t < padded; ++t) scores[t] = -1e30F;
  Lanes greatest = Lanes::load(scores);
  for (std::size_t t = 16; t < padded; t += 16) {
    greatest = Lanes::max(greatest, Lanes::load(scores + t));
  }
  const Lanes scale = Lanes::all(0.17677669529663687F);  // 1 / sqrt(kHeadChannels)
  const Lanes top = Lanes::all(greatest.most()) * scale;
  for (std::size_t t = 0; t < padded; t += 16) {
    exp_lanes(Lanes::load(scores + t) * scale - top).store(scores + t);
  }
  for (std::size_t t = used; t < padded; ++t) scores[t] = 0.0F;
  Lanes sum = Lanes::all(0.0F);
  for (std::size_t t = 0; t < padded; t += 16) sum = sum + Lanes::load(scores + t);
  return 1.0F / sum.total();
}

void attention(const float* qkv, std::size_t stride, std::size_t rows, std::size_t heads,
               float* scratch, float* y, std::size_t y_stride) {
  constexpr int kVectors = Lanes::kTileVectors > 1 ? 2 : 1;
  const std::size_t padded = (rows + 31) / 32 * 32;
  const std::size_t width = heads * kHeadChannels;
  float* const keys = scratch;  // channel by row
  float* const scores = scratch + kHeadChannels * padded;
  alignas(64) const float none[32] = {};
  for (std::size_t head = 0; head < heads; ++head) {
    const float* const query = qkv + head * kHeadChannels;
    const float* const key = query + width;
    const float* const value = key + width;
    for (std::size_t t = 0; t < rows; ++t) {
      for (std::size_t c = 0; c < kHeadChannels; ++c) keys[c * padded + t] = key[t * stride + c];
    }
    for (std::size_t c = 0; c < kHeadChannels; ++c) {
      for (std::size_t t = rows; t < padded; ++t) keys[c * padded + t] = 0.0F;
    }
    in_tiles(rows, [&](auto tile, std::size_t row) {
      constexpr int kRows = decltype(tile)::kRows;
      for (std::size_t t = 0; t < padded; t += 32) {
        linear_columns<kRows, kVectors>(query + row * stride, stride, keys + t, padded,
                                        kHeadChannels, none, scores + t, padded, 32);
      }
      float inverse[kRows];
      for (std::size_t i = 0; i < kRows; ++i) {
        inverse[i] = softmax_numerators(scores + i * padded, rows, padded);
      }
      float* const out = y + row * y_stride + head * kHeadChannels;
      linear_columns<kRows, kVectors>(scores, padded, value, stride, rows, none, out, y_stride,
                                      kHeadChannels);
      for (std::size_t i = 0; i < kRows; ++i) {
        const Lanes factor = Lanes::all(inverse[i]);
        for (std::size_t c = 0; c < kHeadChannels; c += 16) {
          float* const place = out + i * y_stride + c;
          (Lanes::load(place) * factor).store(place);
        }
      }
    });
  }
}

}  // namespace
}  // namespace tercet
