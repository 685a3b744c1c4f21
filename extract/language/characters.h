#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tercet {

/// What a tokenizer needs to know of a character.
enum class CharKind : std::uint8_t {
  Space,  ///< also controls, zero-width space, byte order mark
  Lower,  ///< letters that are not upper case, and marks and joiners inside words
  Upper,
  Digit,  ///< decimal digits of any script
  Open,   ///< opening brackets and quotation marks
  Close,
  Quote,  ///< straight quotation marks, which open and close
  Punct,
  Symbol,  ///< currency, arithmetic, pictures
};

/// Kind of a code point. O(1).
CharKind kind_of(char32_t code_point);

inline bool is_word(CharKind kind) {
  return kind == CharKind::Lower || kind == CharKind::Upper || kind == CharKind::Digit;
}
inline bool is_letter(CharKind kind) { return kind == CharKind::Lower || kind == CharKind::Upper; }

/// A character of a text and its place. Past the end: Space, of size 0.
struct Char {
  char32_t code = 0;
  std::uint32_t size = 0;
  CharKind kind = CharKind::Space;
};

/// The character at byte `at`; bytes that are not UTF-8 are Symbols of size 1.
Char char_at(std::string_view text, std::size_t at);

/// The character that ends at byte `at`; Space at the start of the text.
Char char_before(std::string_view text, std::size_t at);

/// The word with A-Z in lower case, for looking it up in a list; empty if it is longer than every
/// listed word.
std::string listed_form(std::string_view word);

}  // namespace tercet
