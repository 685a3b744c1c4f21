#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tercet {

inline constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";  ///< U+FEFF in UTF-8

/// UTF-16 with a byte order mark as UTF-8, the mark included; any other bytes unchanged.
/// Unpaired surrogates and an odd last byte become U+FFFD and are counted in `invalid`. O(bytes).
std::string to_utf8(std::string bytes, std::uint32_t& invalid);

}  // namespace tercet
