#pragma once

#include <functional>
#include <string_view>

namespace tercet {

/// For tables by text that are looked up with a view of it, and never walked: their order is no
/// order.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};

}  // namespace tercet
