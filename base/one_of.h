#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace tercet {

/// True if `word` is in a list written out on the spot. O(list).
constexpr bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::ranges::find(list, word) != list.end();
}

}  // namespace tercet
