#include "extract/language/word_vectors.h"

#include <algorithm>
#include <cmath>

namespace tercet {

void WordVectors::add(std::span<const float> vector) {
  float most = 0;
  for (const float x : vector) most = std::max(most, std::abs(x));
  const float step = most > 0 ? most / 127 : 1;
  width = vector.size();
  for (const float x : vector) {
    // Not nearbyint(): it asks the rounding mode of the thread.
    values.push_back(static_cast<std::int8_t>(x / step + (x < 0 ? -0.5F : 0.5F)));
  }
  scales.push_back(step);
}

}  // namespace tercet
