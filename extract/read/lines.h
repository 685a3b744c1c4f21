#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace tercet {

/// Calls line(begin, end) for each line of `text`, without its end: LF, CR LF or CR.
template <class OnLine>
void for_each_line(std::string_view text, OnLine on_line) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    on_line(static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end));
    at = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
  }
}

}  // namespace tercet
