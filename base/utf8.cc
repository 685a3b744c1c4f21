#include "base/utf8.h"

#include <utf8proc.h>

#include <bit>
#include <cstdlib>
#include <memory>

#include "base/ascii.h"

namespace tercet {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool continues(unsigned char byte) { return (byte & 0xC0) == 0x80; }

}  // namespace

Decoded decode_utf8(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const auto has = [&](std::size_t i) { return at + i < text.size() && continues(byte(i)); };
  const auto tail = [&](std::size_t i) { return static_cast<char32_t>(byte(i) & 0x3F); };
  const Decoded invalid{kReplacement, 1, false};
  const char32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  if (lead < 0xC2) return invalid;  // a continuation, or an overlong form of ASCII
  if (lead < 0xE0) {
    if (!has(1)) return invalid;
    return {((lead & 0x1F) << 6) | tail(1), 2, true};
  }
  if (lead < 0xF0) {
    if (!has(1) || !has(2)) return invalid;
    const char32_t value = ((lead & 0x0F) << 12) | (tail(1) << 6) | tail(2);
    if (value < 0x800 || (value >= 0xD800 && value < 0xE000)) return invalid;
    return {value, 3, true};
  }
  if (lead < 0xF5) {
    if (!has(1) || !has(2) || !has(3)) return invalid;
    const char32_t value = ((lead & 0x07) << 18) | (tail(1) << 12) | (tail(2) << 6) | tail(3);
    if (value < 0x10000 || value > 0x10FFFF) return invalid;
    return {value, 4, true};
  }
  return invalid;
}

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

bool is_valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode_utf8(text, at);
    if (!next.valid) return false;
    at += next.size;
  }
  return true;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += decode_utf8(text, at).size) ++count;
  return count;
}

CodePointIndex::CodePointIndex(std::string_view text) : text_(text) {
  block_.reserve(text.size() / 64 + 2);
  std::uint32_t count = 0;
  std::size_t next_block = 0;
  for (std::size_t at = 0; at < text.size(); at += decode_utf8(text, at).size, ++count) {
    // A block that starts inside a code point counts from the next one, whose start lies in it.
    while (next_block * 64 <= at) {
      block_.push_back(count);
      ++next_block;
    }
  }
  while (next_block * 64 <= text.size()) {
    block_.push_back(count);
    ++next_block;
  }
}

std::size_t CodePointIndex::at(std::size_t byte) const {
  const std::size_t block = byte / 64;
  // Code points start at most 3 bytes before the block: step back to a place that starts one.
  std::size_t from = block * 64;
  std::size_t count = block_[block];
  if (from > 0 && from < text_.size()) {
    for (std::size_t back = 1; back <= 3 && back <= from; ++back) {
      const Decoded d = decode_utf8(text_, from - back);
      if (d.valid && d.size > back) {  // a code point straddles the block's start
        from = from - back + d.size;
        break;
      }
      if (d.valid) break;
    }
  }
  while (from < byte) {
    from += decode_utf8(text_, from).size;
    ++count;
  }
  return count;
}

std::string to_valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode_utf8(text, at);
    if (next.valid) {
      out.append(text.substr(at, next.size));
    } else {
      append_utf8(out, kReplacement);
    }
    at += next.size;
  }
  return out;
}

namespace {

std::string map_utf8(std::string_view text, int options) {
  const std::string valid = is_valid_utf8(text) ? std::string(text) : to_valid_utf8(text);
  utf8proc_uint8_t* mapped = nullptr;
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(valid.data()),
                                 static_cast<utf8proc_ssize_t>(valid.size()), &mapped,
                                 static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (size < 0) return valid;  // out of range input only: valid UTF-8 maps
  return std::string(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
}

}  // namespace

std::string to_nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  return map_utf8(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string fold_case(std::string_view text) {
  if (is_ascii(text)) return ascii_lower(text);  // nearly every word: no need for the tables
  return map_utf8(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

std::string printable(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode_utf8(text, at);
    const char32_t c = next.code_point;
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
    const bool bidi = c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
                      (c >= 0x2066 && c <= 0x2069);
    if (control || bidi) {
      std::string digits;
      for (char32_t rest = c; rest != 0 || digits.empty(); rest >>= 4) {
        digits.insert(digits.begin(), kHex[rest & 0xF]);
      }
      out += "\\u{" + digits + "}";
    } else {
      append_utf8(out, c);
    }
    at += next.size;
  }
  return out;
}

}  // namespace tercet
