#pragma once

#include <cstddef>
#include <span>

#include "extract/nn/aligned.h"

namespace tercet {

/// Outputs are computed in panels of this many columns.
inline constexpr std::size_t kPanel = 64;

/// What a kernel sees of y = W x + b. Plain pointers only: kernels are compiled for newer
/// processors than the rest, and must not share inline functions with it.
struct LinearView {
  const float* weights;  ///< panel p, input k, column j: weights[(p * in + k) * kPanel + j]
  const float* bias;     ///< out values, then zeros up to stride
  std::size_t in;
  std::size_t stride;  ///< outputs rounded up to whole panels: the length of a row of y
};

/// The weights of y = W x + b, laid out for the kernels.
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

}  // namespace tercet
