#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

/// One decoded code point. An invalid byte decodes to U+FFFD of size 1, so that every byte string
/// is a sequence of code points and decoding always advances.
struct Decoded {
  char32_t code_point = 0;
  std::uint8_t size = 0;  ///< bytes consumed, 1..4
  bool valid = true;
};

/// Decode the code point at text[at]. Requires at < text.size(). Overlong forms, surrogates and
/// values above U+10FFFF are invalid (Unicode 15, table 3-7). O(1).
Decoded decode_utf8(std::string_view text, std::size_t at);

/// Append `code_point` (not a surrogate, at most U+10FFFF) to `out`.
void append_utf8(std::string& out, char32_t code_point);

bool is_valid_utf8(std::string_view text);

/// `text` with every invalid byte replaced by U+FFFD.
std::string to_valid_utf8(std::string_view text);

/// Code points in `text`; an invalid byte counts one. O(n).
std::size_t count_code_points(std::string_view text);

/// Turns byte offsets of one text into code point offsets, in O(1) after O(n) set-up with n/64
/// words of memory. An invalid byte counts one code point (contract: `start`, `end`).
class CodePointIndex {
 public:
  explicit CodePointIndex(std::string_view text);  ///< keeps a view: text must outlive the index
  std::size_t at(std::size_t byte) const;          ///< requires byte <= text.size()

 private:
  std::string_view text_;
  std::vector<std::uint32_t> block_;  // code points before each 64-byte block
};

/// Unicode normal form C; invalid bytes become U+FFFD.
std::string to_nfc(std::string_view text);

/// Full case folding followed by NFC: equal for texts that differ in case only. Invalid bytes
/// become U+FFFD.
std::string fold_case(std::string_view text);

/// For a terminal: control characters (C0, C1, DEL), bidirectional overrides and line separators
/// as `\u{hex}`, invalid bytes as U+FFFD. No byte of the result can move the cursor.
std::string printable(std::string_view text);

}  // namespace tercet
