#pragma once

#include <cstdint>
#include <string_view>

namespace tercet {

/// Half-open range of bytes [begin, end) into a text that somebody else owns.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool contains(Span inner) const { return begin <= inner.begin && inner.end <= end; }
  bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  friend bool operator==(Span, Span) = default;
};

/// The bytes of `text` that `span` covers. Requires span.end <= text.size().
inline std::string_view view(std::string_view text, Span span) {
  return text.substr(span.begin, span.end - span.begin);
}

}  // namespace tercet
