#include "extract/document.h"

#include <algorithm>

namespace tercet {

void OffsetMap::add(std::uint32_t clean, std::uint32_t original) {
  if (!pieces_.empty()) {
    Piece& last = pieces_.back();
    if (last.clean == clean) {
      last.original = original;
      return;
    }
    // Still in step: the piece goes on, and memory stays proportional to the cuts.
    if (original >= last.original && original - last.original == clean - last.clean) return;
  }
  pieces_.push_back({clean, original});
}

std::uint32_t OffsetMap::begin_of(std::uint32_t clean) const {
  const auto after =
      std::upper_bound(pieces_.begin(), pieces_.end(), clean,
                       [](std::uint32_t at, const Piece& piece) { return at < piece.clean; });
  if (after == pieces_.begin()) return clean;  // no piece: the text is the original
  const Piece& piece = *(after - 1);
  return piece.original + (clean - piece.clean);
}

std::uint32_t OffsetMap::end_of(std::uint32_t clean) const {
  return clean == 0 ? begin_of(0) : begin_of(clean - 1) + 1;
}

}  // namespace tercet
