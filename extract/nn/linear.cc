#include "extract/nn/linear.h"

#include <algorithm>

namespace tercet {

Linear::Linear(std::span<const float> weight, std::span<const float> bias, std::size_t out,
               std::size_t in)
    : in_(in), out_(out) {
  const std::size_t stride = (out + kPanel - 1) / kPanel * kPanel;
  bias_.assign(stride, 0.0F);
  std::copy(bias.begin(), bias.end(), bias_.begin());
  weights_.assign(stride * in, 0.0F);
  for (std::size_t first = 0; first < out; first += kPanel) {
    const std::size_t columns = std::min(kPanel, out - first);
    float* panel = weights_.data() + first * in;
    // Eight columns at a time: eight rows are read in step and half a cache line is written.
    for (std::size_t j = 0; j < columns; j += 8) {
      const std::size_t width = std::min<std::size_t>(8, columns - j);
      for (std::size_t k = 0; k < in; ++k) {
        for (std::size_t i = 0; i < width; ++i) {
          panel[k * kPanel + j + i] = weight[(first + j + i) * in + k];
        }
      }
    }
  }
}

ByteLinear::ByteLinear(std::span<const std::int8_t> panels, std::span<const float> scales,
                       std::span<const float> bias, std::size_t in)
    : in_(in), out_(scales.size()), weights_(panels.data()) {
  const std::size_t stride = (out_ + kPanel - 1) / kPanel * kPanel;
  bias_.assign(stride, 0.0F);
  std::copy(bias.begin(), bias.end(), bias_.begin());
  scales_.assign(stride, 0.0F);
  std::copy(scales.begin(), scales.end(), scales_.begin());
  sums_.assign(stride, 0);
  constexpr std::size_t kGroup = 4 * kPanel;  // bytes of four inputs of a panel
  for (std::size_t first = 0; first < stride; first += kPanel) {
    // Up to 64 groups of 4 * 127 fit 16 bits, and 16-bit sums run at the speed of memory.
    const std::int8_t* group = weights_ + first * in;
    for (std::size_t left = in / 4; left > 0;) {
      const std::size_t groups = std::min<std::size_t>(left, 64);
      std::int16_t partial[kPanel] = {};
      for (std::size_t g = 0; g < groups; ++g, group += kGroup) {
        for (std::size_t j = 0; j < kPanel; ++j) {
          const std::int8_t* four = group + 4 * j;
          partial[j] =
              static_cast<std::int16_t>(partial[j] + four[0] + four[1] + four[2] + four[3]);
        }
      }
      for (std::size_t j = 0; j < kPanel; ++j) sums_[first + j] += partial[j];
      left -= groups;
    }
  }
}

}  // namespace tercet
