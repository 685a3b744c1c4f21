#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "extract/nn/linear.h"

namespace tercet {

/// The arithmetic of the networks. Every instruction set gives the same bits: an output of a
/// linear layer is accumulated over its inputs in order with fused multiply-add, and sums over a
/// vector run in 16 lanes that are added as a fixed tree. So a row's result depends neither on
/// the machine nor on the rows beside it.
///
/// Sizes of vectors (layer_norm, add_row, add_relu, dot, recurrence) are multiples of 16. Pointers
/// need no alignment. Outputs may not overlap inputs unless it says so.
struct Kernels {
  std::string_view name;

  /// y[r][0..stride) = W x[r] + b for `rows` rows; x_stride and y_stride are the distances between
  /// rows, in floats. Writes whole panels: y_stride >= layer.stride. O(rows * in * stride).
  void (*linear)(const LinearView& layer, const float* x, std::size_t x_stride, std::size_t rows,
                 float* y, std::size_t y_stride);

  /// y = (x - mean) / sqrt(variance + 1e-5) * gain + shift, variance over `size` (not size - 1).
  void (*layer_norm)(const float* x, const float* gain, const float* shift, std::size_t size,
                     float* y);

  /// One bidirectional recurrence of the SRU kind over the rows of a sentence. A row of `u` holds
  /// 3 * size values: candidate, forget gate and reset gate before their sigmoids:
  ///   c[t] = f * c[t-1] + (1 - f) * candidate;   x[t] += r * c[t]
  /// The first half of the channels runs forward, the second half backward. size is a multiple
  /// of 32. Source: Lei et al. 2018, arXiv:1709.02755 (without the cell's peephole).
  void (*recurrence)(const float* u, std::size_t u_stride, std::size_t rows, std::size_t size,
                     float* x, std::size_t x_stride);

  /// sum += scale * row.
  void (*add_row)(const std::int8_t* row, float scale, std::size_t size, float* sum);

  /// y = max(a + b, 0). y may be a or b.
  void (*add_relu)(const float* a, const float* b, std::size_t size, float* y);

  /// x = max(x, 0), in place; any size that is a multiple of 16.
  void (*relu)(float* x, std::size_t size);

  float (*dot)(const float* a, const float* b, std::size_t size);

  /// y = 1 / (1 + exp(-x)); relative error below 1e-6.
  void (*sigmoid)(const float* x, std::size_t size, float* y);
};

enum class InstructionSet { Portable, Avx2, Avx512 };

/// The kernels for `set`, or null where the build or this processor lacks it.
const Kernels* kernels_for(InstructionSet set);

/// The fastest kernels this processor has.
const Kernels& best_kernels();

}  // namespace tercet
