#include "extract/language/characters.h"

#include <utf8proc.h>

#include <array>

#include "base/ascii.h"
#include "base/utf8.h"

namespace tercet {
namespace {

constexpr CharKind ascii_kind(char32_t c) {
  if (c <= ' ' || c == 0x7F) return CharKind::Space;
  if (is_ascii_digit(c)) return CharKind::Digit;
  if (is_ascii_lower(c)) return CharKind::Lower;
  if (is_ascii_upper(c)) return CharKind::Upper;
  switch (c) {
    case '(':
    case '[':
    case '{':
      return CharKind::Open;
    case ')':
    case ']':
    case '}':
      return CharKind::Close;
    case '"':
    case '\'':
    case '`':
      return CharKind::Quote;
    case '$':
    case '+':
    case '<':
    case '=':
    case '>':
    case '^':
    case '|':
    case '~':
      return CharKind::Symbol;
    default:
      return CharKind::Punct;
  }
}

CharKind unicode_kind(char32_t c) {
  // Joiners and soft hyphens belong to the word around them; U+200B and the byte order mark
  // stand where a space could.
  if (c == 0x200B || c == 0xFEFF || c == 0x2060) return CharKind::Space;
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
      return CharKind::Upper;
    case UTF8PROC_CATEGORY_ND:
      return CharKind::Digit;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
      return CharKind::Space;
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PI:
      return CharKind::Open;
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PF:
      return CharKind::Close;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PO:
      return CharKind::Punct;
    case UTF8PROC_CATEGORY_SM:
    case UTF8PROC_CATEGORY_SC:
    case UTF8PROC_CATEGORY_SK:
    case UTF8PROC_CATEGORY_SO:
      return CharKind::Symbol;
    default:
      return CharKind::Lower;
  }
}

constexpr std::array<CharKind, 128> kAscii = [] {
  std::array<CharKind, 128> out{};
  for (char32_t c = 0; c < 128; ++c) out[c] = ascii_kind(c);
  return out;
}();

}  // namespace

CharKind kind_of(char32_t code_point) {
  return code_point < 128 ? kAscii[code_point] : unicode_kind(code_point);
}

Char char_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const auto byte = static_cast<std::uint8_t>(text[at]);
  if (byte < 128) return {byte, 1, kAscii[byte]};
  const Decoded decoded = decode_utf8(text, at);
  if (!decoded.valid) return {decoded.code_point, 1, CharKind::Symbol};
  return {decoded.code_point, decoded.size, unicode_kind(decoded.code_point)};
}

Char char_before(std::string_view text, std::size_t at) {
  if (at == 0 || at > text.size()) return {};
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && (static_cast<std::uint8_t>(text[begin]) & 0xC0) == 0x80) {
    --begin;
  }
  const Char found = char_at(text, begin);
  return begin + found.size == at ? found : char_at(text, at - 1);
}

std::string listed_form(std::string_view word) {
  constexpr std::size_t kLongest = 16;
  if (word.size() > kLongest) return {};
  return ascii_lower(word);
}

}  // namespace tercet
