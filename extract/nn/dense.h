#pragma once

#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "extract/nn/kernels.h"
#include "extract/nn/linear.h"

namespace tercet {

/// Rows rounded for 8-bit layers; the buffer grows with the largest batch.
class ByteRows {
 public:
  /// Round `rows` rows of `size` floats, a multiple of 16. The view holds until the next call.
  ByteRowsView round(const Kernels& kernels, const float* x, std::size_t x_stride, std::size_t rows,
                     std::size_t size);

 private:
  std::vector<std::uint8_t> values_;
  std::vector<float> scales_;
  std::vector<std::int32_t> zeros_;
};

/// y = W x + b with weights of either kind.
class Dense {
 public:
  Dense() = default;
  explicit Dense(Linear layer) : layer_(std::move(layer)) {}
  explicit Dense(ByteLinear layer) : layer_(std::move(layer)) {}

  std::size_t out() const {
    return std::visit([](const auto& layer) { return layer.out(); }, layer_);
  }
  std::size_t stride() const {
    return std::visit([](const auto& layer) { return layer.stride(); }, layer_);
  }
  /// As Kernels::linear. Writes whole panels: y_stride >= stride().
  void apply(const Kernels& kernels, const float* x, std::size_t x_stride, std::size_t rows,
             float* y, std::size_t y_stride, ByteRows& rounded) const;

 private:
  std::variant<Linear, ByteLinear> layer_;
};

}  // namespace tercet
