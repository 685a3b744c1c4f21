// The kernels, written once over a vector of 16 lanes. Included by kernels_<set>.cc after it has
// defined `Lanes` in an unnamed namespace; nothing here may have external linkage, because each
// copy is compiled for another processor.

namespace tercet {
namespace {

// exp by range reduction to |r| <= ln(2)/2 and a polynomial of degree 7 (Cephes expf). 2^n is built
// from its bits: libm and the hardware's own approximations differ between machines.
inline Lanes exp_lanes(Lanes x) {
  x = Lanes::max(Lanes::min(x, Lanes::all(88.0F)), Lanes::all(-87.0F));
  // Adding 1.5 * 2^23 leaves the nearest integer in the low bits, on every processor.
  const Lanes magic = Lanes::all(12582912.0F);
  const Lanes n = Lanes::fma(x, Lanes::all(1.44269504F), magic) - magic;
  Lanes r = Lanes::fma(n, Lanes::all(-0.693359375F), x);
  r = Lanes::fma(n, Lanes::all(2.12194440e-4F), r);
  Lanes p = Lanes::all(1.9875691500e-4F);
  p = Lanes::fma(p, r, Lanes::all(1.3981999507e-3F));
  p = Lanes::fma(p, r, Lanes::all(8.3334519073e-3F));
  p = Lanes::fma(p, r, Lanes::all(4.1665795894e-2F));
  p = Lanes::fma(p, r, Lanes::all(1.6666665459e-1F));
  p = Lanes::fma(p, r, Lanes::all(5.0000001201e-1F));
  p = Lanes::fma(p * r, r, r + Lanes::all(1.0F));
  return p * Lanes::power_of_two(n);
}

inline Lanes sigmoid_lanes(Lanes x) {
  const Lanes one = Lanes::all(1.0F);
  return one / (one + exp_lanes(Lanes::all(0.0F) - x));
}

// Calls run(Rows<n>(), row) for rows in tiles of six, then for what is left: a row's result must
// not depend on its tile, only the speed may.
template <int kCount>
struct Rows {
  static constexpr int kRows = kCount;
};

template <typename F>
inline void in_tiles(std::size_t rows, F run) {
  std::size_t row = 0;
  for (; row + 6 <= rows; row += 6) run(Rows<6>(), row);
  switch (rows - row) {
    case 5:
      return run(Rows<5>(), row);
    case 4:
      return run(Rows<4>(), row);
    case 3:
      return run(Rows<3>(), row);
    case 2:
      return run(Rows<2>(), row);
    case 1:
      return run(Rows<1>(), row);
    default:
      return;
  }
}

// kRows rows times kVectors vectors of columns; the accumulators fill the register file. Weights of
// successive inputs are `pitch` apart.
template <int kRows, int kVectors>
inline void linear_tile(const float* x, std::size_t x_stride, const float* weights,
                        std::size_t pitch, std::size_t in, const float* bias, float* y,
                        std::size_t y_stride) {
  Lanes sum[kRows][kVectors];
  for (int j = 0; j < kVectors; ++j) {
    for (int i = 0; i < kRows; ++i) sum[i][j] = Lanes::load(bias + 16 * j);
  }
  for (std::size_t k = 0; k < in; ++k, weights += pitch) {
    Lanes w[kVectors];
    for (int j = 0; j < kVectors; ++j) w[j] = Lanes::load(weights + 16 * j);
    for (int i = 0; i < kRows; ++i) {
      const Lanes a = Lanes::all(x[static_cast<std::size_t>(i) * x_stride + k]);
      for (int j = 0; j < kVectors; ++j) sum[i][j] = Lanes::fma(a, w[j], sum[i][j]);
    }
  }
  for (int i = 0; i < kRows; ++i) {
    for (int j = 0; j < kVectors; ++j) {
      sum[i][j].store(y + static_cast<std::size_t>(i) * y_stride + 16 * j);
    }
  }
}

// The same for `columns` columns, a multiple of 16 * the vectors of a tile.
template <int kRows, int kVectors>
inline void linear_columns(const float* x, std::size_t x_stride, const float* weights,
                           std::size_t pitch, std::size_t in, const float* bias, float* y,
                           std::size_t y_stride, std::size_t columns) {
  for (std::size_t j = 0; j < columns; j += 16 * kVectors) {
    linear_tile<kRows, kVectors>(x, x_stride, weights + j, pitch, in, bias + j, y + j, y_stride);
  }
}

void linear(const LinearView& layer, const float* x, std::size_t x_stride, std::size_t rows,
            float* y, std::size_t y_stride) {
  for (std::size_t column = 0; column < layer.stride; column += kPanel) {
    in_tiles(rows, [&](auto tile, std::size_t row) {
      linear_columns<decltype(tile)::kRows, Lanes::kTileVectors>(
          x + row * x_stride, x_stride, layer.weights + column * layer.in, kPanel, layer.in,
          layer.bias + column, y + row * y_stride + column, y_stride, kPanel);
    });
  }
}

void layer_norm(const float* x, const float* gain, const float* shift, float epsilon,
                std::size_t size, float* y) {
  const float scale = 1.0F / static_cast<float>(size);
  Lanes sum = Lanes::all(0.0F);
  for (std::size_t i = 0; i < size; i += 16) sum = sum + Lanes::load(x + i);
  const Lanes mean = Lanes::all(sum.total() * scale);
  Lanes squares = Lanes::all(0.0F);
  for (std::size_t i = 0; i < size; i += 16) {
    const Lanes d = Lanes::load(x + i) - mean;
    squares = Lanes::fma(d, d, squares);
  }
  const float variance = squares.total() * scale;
  const Lanes inverse = Lanes::all(1.0F / square_root(variance + epsilon));
  for (std::size_t i = 0; i < size; i += 16) {
    const Lanes normal = (Lanes::load(x + i) - mean) * inverse;
    Lanes::fma(normal, Lanes::load(gain + i), Lanes::load(shift + i)).store(y + i);
  }
}

void recurrence(const float* u, std::size_t u_stride, std::size_t rows, std::size_t size, float* x,
                std::size_t x_stride) {
  for (std::size_t channel = 0; channel < size; channel += 16) {
    const bool backward = channel >= size / 2;
    Lanes state = Lanes::all(0.0F);
    for (std::size_t step = 0; step < rows; ++step) {
      const std::size_t row = backward ? rows - 1 - step : step;
      const float* gates = u + row * u_stride + channel;
      const Lanes candidate = Lanes::load(gates);
      const Lanes forget = sigmoid_lanes(Lanes::load(gates + size));
      const Lanes reset = sigmoid_lanes(Lanes::load(gates + 2 * size));
      state = Lanes::fma(forget, state - candidate, candidate);
      float* out = x + row * x_stride + channel;
      Lanes::fma(reset, state, Lanes::load(out)).store(out);
    }
  }
}

void add_row(const std::int8_t* row, float scale, std::size_t size, float* sum) {
  const Lanes factor = Lanes::all(scale);
  for (std::size_t i = 0; i < size; i += 16) {
    Lanes::fma(Lanes::load_bytes(row + i), factor, Lanes::load(sum + i)).store(sum + i);
  }
}

void add_scaled(const float* x, const float* factors, std::size_t factor_stride, std::size_t rows,
                std::size_t size, float* sum) {
  for (std::size_t row = 0; row < rows; ++row, x += size, sum += size) {
    const Lanes factor = Lanes::all(factors[row * factor_stride]);
    for (std::size_t i = 0; i < size; i += 16) {
      Lanes::fma(Lanes::load(x + i), factor, Lanes::load(sum + i)).store(sum + i);
    }
  }
}

float sum_exp(const float* x, float top, std::size_t size) {
  Lanes sum = Lanes::all(0.0F);
  for (std::size_t i = 0; i < size; i += 16) {
    sum = sum + exp_lanes(Lanes::load(x + i) - Lanes::all(top));
  }
  return sum.total();
}

void add(const float* x, std::size_t size, float* sum) {
  for (std::size_t i = 0; i < size; i += 16) {
    (Lanes::load(sum + i) + Lanes::load(x + i)).store(sum + i);
  }
}

void multiply(const float* a, const float* b, std::size_t size, float* y) {
  for (std::size_t i = 0; i < size; i += 16) {
    (Lanes::load(a + i) * Lanes::load(b + i)).store(y + i);
  }
}

void add_relu(const float* a, const float* b, std::size_t size, float* y) {
  for (std::size_t i = 0; i < size; i += 16) {
    Lanes::max(Lanes::load(a + i) + Lanes::load(b + i), Lanes::all(0.0F)).store(y + i);
  }
}

void relu(float* x, std::size_t size) {
  for (std::size_t i = 0; i < size; i += 16) {
    Lanes::max(Lanes::load(x + i), Lanes::all(0.0F)).store(x + i);
  }
}

float dot(const float* a, const float* b, std::size_t size) {
  Lanes sum = Lanes::all(0.0F);
  for (std::size_t i = 0; i < size; i += 16) {
    sum = Lanes::fma(Lanes::load(a + i), Lanes::load(b + i), sum);
  }
  return sum.total();
}

void sigmoid(const float* x, std::size_t size, float* y) {
  for (std::size_t i = 0; i < size; i += 16) sigmoid_lanes(Lanes::load(x + i)).store(y + i);
}

}  // namespace
}  // namespace tercet

#include "extract/nn/kernels_attention.h"
#include "extract/nn/kernels_bytes.h"

namespace tercet {
namespace {

constexpr Kernels kernels_named(const char* name) {
  return {name,     linear,     linear_bytes, quantise,   layer_norm, attention,
          gelu,     recurrence, add_row,      add_scaled, sum_exp,    add,
          multiply, add_relu,   relu,         dot,        sigmoid};
}

}  // namespace
}  // namespace tercet
