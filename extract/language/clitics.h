#pragma once

#include <cstddef>
#include <string_view>

namespace tercet {

inline constexpr char32_t kRightQuote = 0x2019;

/// Marks that English writes for an apostrophe.
inline bool is_apostrophe(char32_t c) { return c == '\'' || c == kRightQuote || c == '`'; }

/// Where the last clitic of the word [begin, end) of `text` begins ("n't", "'s", "'re", ...), or 0
/// if there is none. The word before it is never empty. O(1).
std::size_t clitic_begin(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace tercet
