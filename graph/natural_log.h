#pragma once

#include <bit>
#include <cstdint>

namespace tercet {

/// Natural logarithm of a whole number >= 1, to 1e-15: the same bits on every machine, which libm
/// does not promise.
inline double natural_log(std::uint64_t value) {
  // value = 2^k * x with x in [sqrt(1/2), sqrt(2)); ln x = 2 artanh((x - 1) / (x + 1)).
  auto exponent = static_cast<int>(std::bit_width(value)) - 1;
  double x = static_cast<double>(value) / static_cast<double>(std::uint64_t{1} << exponent);
  if (x > 1.4142135623730951) {
    x /= 2;
    ++exponent;
  }
  const double z = (x - 1) / (x + 1), square = z * z;
  double sum = 0;
  for (int odd = 25; odd >= 1; odd -= 2) sum = sum * square + 1.0 / odd;
  return exponent * 0.69314718055994531 + 2 * z * sum;
}

}  // namespace tercet
