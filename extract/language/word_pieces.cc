#include "extract/language/word_pieces.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "base/utf8.h"

namespace tercet {
namespace {

// A part of more code points than this is unknown, as in BERT.
constexpr std::size_t kLongestPart = 100;

utf8proc_category_t category_of(char32_t c) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

bool is_mark(char32_t c) {  // stands apart
  if (c < 0x80) {
    return (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) ||
           (c >= 123 && c <= 126);
  }
  const utf8proc_category_t category = category_of(c);
  return category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO;
}

bool is_ideograph(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x20000 && c <= 0x2A6DF) || (c >= 0x2A700 && c <= 0x2B73F) ||
         (c >= 0x2B740 && c <= 0x2B81F) || (c >= 0x2B820 && c <= 0x2CEAF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

bool is_space(char32_t c) {
  if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85) return true;
  if (c < 0x80) return false;
  const utf8proc_category_t category = category_of(c);
  return category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_ZP;
}

bool is_dropped(char32_t c) {  // control characters, formats, private use
  if (c == 0xFFFD) return true;
  const utf8proc_category_t category = category_of(c);
  return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF ||
         category == UTF8PROC_CATEGORY_CO || category == UTF8PROC_CATEGORY_CS;
}

/// Lower case without accents; parts that must not be one are kept apart by spaces.
std::string normal_parts(std::string_view word) {
  std::string out;
  out.reserve(word.size() + 4);
  const auto put = [&](char32_t c) {
    if (is_mark(c)) {
      out += ' ';
      append_utf8(out, c);
      out += ' ';
    } else {
      append_utf8(out, static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c))));
    }
  };
  for (std::size_t at = 0; at < word.size();) {
    const auto byte = static_cast<std::uint8_t>(word[at]);
    if (byte < 0x80) {
      ++at;
      const char c = static_cast<char>(byte);
      if (is_ascii_alnum(byte)) {
        out += ascii_lower(c);
      } else if (is_space(byte)) {
        out += ' ';
      } else if (!is_dropped(byte)) {
        put(byte);
      }
      continue;
    }
    const Decoded letter = decode_utf8(word, at);
    at += letter.size;
    const char32_t c = letter.code_point;
    if (is_space(c)) {
      out += ' ';
    } else if (is_ideograph(c)) {
      out += ' ';
      append_utf8(out, c);
      out += ' ';
    } else if (!is_dropped(c)) {
      std::array<utf8proc_int32_t, 32> parts{};
      int last = 0;
      const utf8proc_ssize_t found = utf8proc_decompose_char(
          static_cast<utf8proc_int32_t>(c), parts.data(), parts.size(), UTF8PROC_DECOMPOSE, &last);
      for (utf8proc_ssize_t i = 0; i < std::min<utf8proc_ssize_t>(found, parts.size()); ++i) {
        const auto part = static_cast<char32_t>(parts[static_cast<std::size_t>(i)]);
        if (category_of(part) != UTF8PROC_CATEGORY_MN) put(part);
      }
    }
  }
  return out;
}

}  // namespace

WordPieces::WordPieces(std::vector<std::string_view> pieces) {
  for (const std::string_view piece : pieces) longest_ = std::max(longest_, piece.size());
  table_ = WordTable(std::move(pieces));
}

void WordPieces::append(std::string_view word, std::uint32_t unknown,
                        std::vector<std::uint32_t>& rows) const {
  const std::size_t before = rows.size();
  const std::string parts = normal_parts(word);
  std::string candidate;
  for (std::size_t at = 0; at < parts.size() && rows.size() - before < kMostPieces;) {
    if (parts[at] == ' ') {
      ++at;
      continue;
    }
    const std::string_view part =
        std::string_view(parts).substr(at, std::min(parts.find(' ', at), parts.size()) - at);
    at += part.size();
    const std::size_t first = rows.size();
    bool known = part.size() <= kLongestPart || count_code_points(part) <= kLongestPart;
    for (std::size_t begin = 0; known && begin < part.size();) {
      std::string_view rest = part.substr(begin, longest_);
      std::int32_t row = -1;
      for (; !rest.empty(); rest.remove_suffix(1)) {
        // No piece ends inside a letter, so bytes may be tried one by one.
        if (begin == 0) {
          row = table_.find(rest);
        } else {
          candidate.assign("##").append(rest);
          row = table_.find(candidate);
        }
        if (row >= 0) break;
      }
      known = row >= 0;
      if (known) rows.push_back(static_cast<std::uint32_t>(row));
      begin += rest.size();
    }
    if (known) continue;
    rows.resize(first);
    rows.push_back(unknown);
  }
  if (rows.size() == before) rows.push_back(unknown);
  if (rows.size() - before > kMostPieces) rows.resize(before + kMostPieces);
}

std::uint8_t shape_class(std::string_view word) {
  bool lower = false, upper = false, title = false, digit = false, letter = false, starts = false;
  std::size_t count = 0;
  for (std::size_t at = 0; at < word.size(); ++count) {
    const Decoded decoded = decode_utf8(word, at);
    at += decoded.size;
    const auto c = static_cast<utf8proc_int32_t>(decoded.code_point);
    if (c < 0x80) {
      const bool small = c >= 'a' && c <= 'z', capital = c >= 'A' && c <= 'Z';
      lower |= small;
      upper |= capital;
      letter |= small || capital;
      digit |= c >= '0' && c <= '9';
      starts |= count == 0 && capital;
      continue;
    }
    const utf8proc_category_t category = utf8proc_category(c);
    const bool capital = utf8proc_isupper(c) != 0;
    lower |= utf8proc_islower(c) != 0;
    upper |= capital;
    title |= category == UTF8PROC_CATEGORY_LT;
    letter |= category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
    const bool raised = c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0x2070 && c <= 0x2089);
    digit |= category == UTF8PROC_CATEGORY_ND || (category == UTF8PROC_CATEGORY_NO && raised);
    starts |= count == 0 && capital;
  }
  if (lower && !upper && !title) return 1;
  if (upper && !lower && !title) return count > 1 ? 2 : 3;
  if (starts) return 4;
  if (digit) return 5;
  return letter ? 6 : 7;
}

}  // namespace tercet
