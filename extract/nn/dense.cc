#include "extract/nn/dense.h"

namespace tercet {

ByteRowsView ByteRows::round(const Kernels& kernels, const float* x, std::size_t x_stride,
                             std::size_t rows, std::size_t size) {
  if (values_.size() < rows * size) values_.resize(rows * size);
  if (scales_.size() < rows) scales_.resize(rows), zeros_.resize(rows);
  kernels.quantise(x, x_stride, rows, size, values_.data(), size, scales_.data(), zeros_.data());
  return {values_.data(), size, scales_.data(), zeros_.data()};
}

void Dense::apply(const Kernels& kernels, const float* x, std::size_t x_stride, std::size_t rows,
                  float* y, std::size_t y_stride, ByteRows& rounded) const {
  if (const auto* bytes = std::get_if<ByteLinear>(&layer_)) {
    const ByteRowsView view = rounded.round(kernels, x, x_stride, rows, bytes->in());
    kernels.linear_bytes(bytes->view(), view, rows, y, y_stride);
  } else {
    kernels.linear(std::get<Linear>(layer_).view(), x, x_stride, rows, y, y_stride);
  }
}

}  // namespace tercet
