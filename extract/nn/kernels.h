#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "extract/nn/linear.h"

namespace tercet {

/// The arithmetic of the networks. Every instruction set gives the same bits: an output of a
/// linear layer is accumulated over its inputs in order with fused multiply-add, and sums over a
/// vector run in 16 lanes that are added as a fixed tree; 8-bit layers are exact in whole numbers
/// until their last step. So a row's result depends neither on the machine nor on the rows beside
/// it.
///
/// Sizes of vectors are multiples of 16. Pointers need no alignment but for 8-bit weights. Outputs
/// may not overlap inputs unless it says so.
struct Kernels {
  std::string_view name;

  /// y[r][0..stride) = W x[r] + b for `rows` rows; x_stride and y_stride are the distances between
  /// rows, in floats. Writes whole panels: y_stride >= layer.stride. O(rows * in * stride).
  void (*linear)(const LinearView& layer, const float* x, std::size_t x_stride, std::size_t rows,
                 float* y, std::size_t y_stride);

  /// The same with 8-bit weights and rows; the sum of products is exact, then
  /// y = sum * (row's scale * column's scale) + b. Requires in <= 8192, so that 32 bits hold it.
  /// Writes whole panels.
  void (*linear_bytes)(const ByteLinearView& layer, const ByteRowsView& x, std::size_t rows,
                       float* y, std::size_t y_stride);

  /// Rows of floats to rows for linear_bytes, each with its own scale and zero: the range from its
  /// least to its greatest value (0 included) becomes 0..126, ties to even. `stride` is the
  /// distance between rows of `values`.
  void (*quantise)(const float* x, std::size_t x_stride, std::size_t rows, std::size_t size,
                   std::uint8_t* values, std::size_t stride, float* scales, std::int32_t* zeros);

  /// y = (x - mean) / sqrt(variance + epsilon) * gain + shift, variance over `size` (not
  /// size - 1). y may be x.
  void (*layer_norm)(const float* x, const float* gain, const float* shift, float epsilon,
                     std::size_t size, float* y);

  /// Every row attends to every row: for each of `heads` heads of 32 channels
  /// y[r] = sum over t of softmax_t(q[r] . k[t] / sqrt(32)) v[t]. A row of `qkv` holds the queries
  /// of all heads, then the keys, then the values. Needs attention_scratch(rows) floats.
  /// O(rows^2 * heads). Source: Vaswani et al. 2017, arXiv:1706.03762.
  void (*attention)(const float* qkv, std::size_t stride, std::size_t rows, std::size_t heads,
                    float* scratch, float* y, std::size_t y_stride);

  /// x = x * Phi(x), in place, Phi the normal distribution's; absolute error below 1e-6 * (1 +
  /// |x|). Source: Hendrycks & Gimpel 2016, arXiv:1606.08415.
  void (*gelu)(float* x, std::size_t size);

  /// One bidirectional recurrence of the SRU kind over the rows of a sentence. A row of `u` holds
  /// 3 * size values: candidate, forget gate and reset gate before their sigmoids:
  ///   c[t] = f * c[t-1] + (1 - f) * candidate;   x[t] += r * c[t]
  /// The first half of the channels runs forward, the second half backward. size is a multiple
  /// of 32. Source: Lei et al. 2018, arXiv:1709.02755 (without the cell's peephole).
  void (*recurrence)(const float* u, std::size_t u_stride, std::size_t rows, std::size_t size,
                     float* x, std::size_t x_stride);

  /// sum += scale * row.
  void (*add_row)(const std::int8_t* row, float scale, std::size_t size, float* sum);

  /// sum[r] += factors[r * factor_stride] * x[r] for rows of `size` values, `size` apart in x and
  /// in sum.
  void (*add_scaled)(const float* x, const float* factors, std::size_t factor_stride,
                     std::size_t rows, std::size_t size, float* sum);

  /// The sum of exp(x - top), for x <= top.
  float (*sum_exp)(const float* x, float top, std::size_t size);

  /// sum += x.
  void (*add)(const float* x, std::size_t size, float* sum);

  /// y = a * b, value by value. y may be a or b.
  void (*multiply)(const float* a, const float* b, std::size_t size, float* y);

  /// y = max(a + b, 0). y may be a or b.
  void (*add_relu)(const float* a, const float* b, std::size_t size, float* y);

  /// x = max(x, 0), in place; any size that is a multiple of 16.
  void (*relu)(float* x, std::size_t size);

  float (*dot)(const float* a, const float* b, std::size_t size);

  /// y = 1 / (1 + exp(-x)); relative error below 1e-6.
  void (*sigmoid)(const float* x, std::size_t size, float* y);
};

/// Channels of an attention head.
inline constexpr std::size_t kHeadChannels = 32;

/// Floats that Kernels::attention needs for so many rows.
constexpr std::size_t attention_scratch(std::size_t rows) {
  return (kHeadChannels + 6) * ((rows + 31) / 32 * 32);
}

/// Avx512 stands for the parts F, BW, VL and VNNI together; a processor without one of them takes
/// Avx2.
enum class InstructionSet { Portable, Avx2, Avx512 };

/// The kernels for `set`, or null where the build or this processor lacks it.
const Kernels* kernels_for(InstructionSet set);

/// The fastest kernels this processor has. The environment variable TERCET_ISA (portable, avx2,
/// avx512) may name slower ones, to compare them; what this processor lacks is ignored.
const Kernels& best_kernels();

}  // namespace tercet
