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

}  // namespace tercet
