// Part of kernels_body.h: 8-bit layers. `Counts` are 16 lanes of 32-bit sums.

namespace tercet {
namespace {

template <int kRows, int kVectors>
inline void bytes_tile(const ByteRowsView& x, std::size_t row, const ByteLinearView& layer,
                       std::size_t column, float* y, std::size_t y_stride) {
  const std::size_t within = column % kPanel;
  const std::int8_t* weights = layer.weights + (column - within) * layer.in + 4 * within;
  const std::uint8_t* values = x.values + row * x.stride;
  Counts sum[kRows][kVectors];
  for (int i = 0; i < kRows; ++i) {
    for (int j = 0; j < kVectors; ++j) sum[i][j] = Counts::none();
  }
  for (std::size_t k = 0; k < layer.in; k += 4, weights += 4 * kPanel) {
    Weights w[kVectors];
    for (int j = 0; j < kVectors; ++j) w[j] = Weights::load(weights + 64 * j);
    for (int i = 0; i < kRows; ++i) {
      const Inputs four = Inputs::load(values + static_cast<std::size_t>(i) * x.stride + k);
      for (int j = 0; j < kVectors; ++j) sum[i][j] = Counts::add(sum[i][j], four, w[j]);
    }
  }
  // Unrolled by force: one loop left standing would index `sum` by a variable, and then the
  // compiler keeps it in memory and stores all of it in every turn of the loop above, at half the
  // speed.
#pragma GCC unroll 8
  for (int j = 0; j < kVectors; ++j) {
    const std::size_t first = column + 16 * static_cast<std::size_t>(j);
    const Lanes scale = Lanes::load(layer.scales + first);
    const Lanes bias = Lanes::load(layer.bias + first);
#pragma GCC unroll 8
    for (int i = 0; i < kRows; ++i) {
      const std::size_t at = row + static_cast<std::size_t>(i);
      const Lanes exact = sum[i][j].less_product(layer.sums + first, x.zeros[at]);
      Lanes::fma(exact, Lanes::all(x.scales[at]) * scale, bias).store(y + at * y_stride + first);
    }
  }
}

// Panel by panel over all rows: a panel of up to 100 KB is read from the second-level cache once
// per tile of six rows, which is far less than what the tile computes with it.
void linear_bytes(const ByteLinearView& layer, const ByteRowsView& x, std::size_t rows, float* y,
                  std::size_t y_stride) {
  constexpr std::size_t kStep = 16 * Lanes::kTileVectors;
  for (std::size_t panel = 0; panel < layer.stride; panel += kPanel) {
    in_tiles(rows, [&](auto tile, std::size_t row) {
      for (std::size_t column = panel; column < panel + kPanel; column += kStep) {
        bytes_tile<decltype(tile)::kRows, Lanes::kTileVectors>(x, row, layer, column, y, y_stride);
      }
    });
  }
}

void quantise(const float* x, std::size_t x_stride, std::size_t rows, std::size_t size,
              std::uint8_t* values, std::size_t stride, float* scales, std::int32_t* zeros) {
  constexpr float kMagic = 12582912.0F;  // 1.5 * 2^23: whole numbers end up in the low bits
  for (std::size_t row = 0; row < rows; ++row, x += x_stride, values += stride) {
    Lanes low = Lanes::all(0.0F), high = Lanes::all(0.0F);
    for (std::size_t i = 0; i < size; i += 16) {
      const Lanes v = Lanes::load(x + i);
      low = Lanes::min(v, low);
      high = Lanes::max(v, high);
    }
    const float least = low.least();
    const float range = high.most() - least;
    const float span = range > 1e-30F ? range : 1e-30F;
    const float inverse = 126.0F / span;
    const float offset = (kMagic - least * inverse) - kMagic;
    const float zero = offset >= 0.0F && offset <= 127.0F ? offset : 0.0F;
    scales[row] = span / 126.0F;
    zeros[row] = static_cast<std::int32_t>(zero);
    const Lanes factor = Lanes::all(inverse);
    const Lanes magic = Lanes::all(kMagic + zero);
    for (std::size_t i = 0; i < size; i += 16) {
      Lanes::fma(Lanes::load(x + i), factor, magic).store_low_bits(values + i);
    }
  }
}

}  // namespace
}  // namespace tercet
