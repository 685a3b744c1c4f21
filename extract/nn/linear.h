#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "extract/nn/aligned.h"

namespace tercet {

/// Outputs are computed in panels of this many columns.
inline constexpr std::size_t kPanel = 64;

// What a kernel sees of y = W x + b. Plain pointers only: kernels are compiled for newer
// processors than the rest, and must not share inline functions with it.

/// Weights as floats.
struct LinearView {
  const float* weights;  ///< panel p, input k, column j: weights[(p * in + k) * kPanel + j]
  const float* bias;     ///< out values, then zeros up to stride
  std::size_t in;
  std::size_t stride;  ///< outputs rounded up to whole panels: the length of a row of y
};

/// Weights as whole numbers of -127..127, four inputs of a column side by side.
struct ByteLinearView {
  /// panel p, input k, column j: weights[((p * in + k / 4 * 4) * kPanel) + j * 4 + k % 4].
  /// On cache lines (64 bytes).
  const std::int8_t* weights;
  const float* scales;       ///< what 1 stands for in a column; zeros up to stride
  const std::int32_t* sums;  ///< of a column's weights; zeros up to stride
  const float* bias;         ///< out values, then zeros up to stride
  std::size_t in;            ///< a multiple of 16
  std::size_t stride;        ///< outputs rounded up to whole panels
};

/// Rows of x for a ByteLinearView: x[r][k] is about scales[r] * (values[r * stride + k] -
/// zeros[r]). Values are 0..127: the products of two pairs then fit 16 bits, so that the
/// instruction that adds them (vpmaddubsw) never saturates and all processors agree.
struct ByteRowsView {
  const std::uint8_t* values;
  std::size_t stride;  ///< a multiple of 4
  const float* scales;
  const std::int32_t* zeros;
};

/// The float weights of y = W x + b, laid out for the kernels.
class Linear {
 public:
  Linear() = default;
  /// `weight` is [out][in] as in the model file; an empty `bias` means zeros.
  /// Requires weight.size() == out * in. O(out * in).
  Linear(std::span<const float> weight, std::span<const float> bias, std::size_t out,
         std::size_t in);

  std::size_t in() const { return in_; }
  std::size_t out() const { return out_; }
  std::size_t stride() const { return bias_.size(); }
  LinearView view() const { return {weights_.data(), bias_.data(), in_, bias_.size()}; }

 private:
  std::size_t in_ = 0;
  std::size_t out_ = 0;
  Floats weights_;
  Floats bias_;
};

/// The 8-bit weights of y = W x + b; the weights themselves stay where they are.
class ByteLinear {
 public:
  ByteLinear() = default;
  /// `panels` is laid out as ByteLinearView says, padding zero, and must outlive this; `scales`
  /// has a value per output, `bias` too or is empty. Requires whole panels on cache lines and `in`
  /// a multiple of 16. O(out * in), at memory speed.
  ByteLinear(std::span<const std::int8_t> panels, std::span<const float> scales,
             std::span<const float> bias, std::size_t in);

  std::size_t in() const { return in_; }
  std::size_t out() const { return out_; }
  std::size_t stride() const { return bias_.size(); }
  ByteLinearView view() const {
    return {weights_, scales_.data(), sums_.data(), bias_.data(), in_, bias_.size()};
  }
  /// Panel p alone: outputs [p * kPanel, (p + 1) * kPanel).
  ByteLinearView panel(std::size_t p) const {
    const std::size_t first = p * kPanel;
    return {weights_ + first * in_,
            scales_.data() + first,
            sums_.data() + first,
            bias_.data() + first,
            in_,
            kPanel};
  }

 private:
  std::size_t in_ = 0;
  std::size_t out_ = 0;
  const std::int8_t* weights_ = nullptr;
  Floats scales_, bias_;
  std::vector<std::int32_t> sums_;
};

/// Bytes of the panels of an [out][in] layer.
constexpr std::size_t panel_bytes(std::size_t out, std::size_t in) {
  return (out + kPanel - 1) / kPanel * kPanel * in;
}

}  // namespace tercet
