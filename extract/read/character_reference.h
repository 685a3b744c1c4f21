#pragma once

#include <string_view>

namespace tercet {

/// The character of an HTML character reference such as "&amp;", "&#8212;" or "&#x2014;", given
/// with ampersand and semicolon. Knows the names of Latin-1, of typographic characters and of the
/// arrows and signs of HTML 4; 0 for any other name. A number that is no character (0, a surrogate,
/// above U+10FFFF) gives U+FFFD.
char32_t decode_character_reference(std::string_view reference);

}  // namespace tercet
