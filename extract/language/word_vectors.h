#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tercet {

/// What a network made of words before it labelled them: a row a word, rounded to 8 bits.
struct WordVectors {
  std::size_t width = 0;
  std::vector<std::int8_t> values;  ///< rows of `width`
  std::vector<float> scales;        ///< one a row: what one step of its values is worth

  std::size_t size() const { return scales.size(); }
  std::span<const std::int8_t> row(std::size_t word) const {
    return std::span(values).subspan(word * width, width);
  }
  /// Append a row, each value rounded to a 127th of the largest. O(width).
  void add(std::span<const float> vector);
};

}  // namespace tercet
