#include "extract/read/encoding.h"

#include <cstddef>
#include <utility>

#include "base/utf8.h"

namespace tercet {
namespace {

bool is_high_surrogate(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

}  // namespace

std::string to_utf8(std::string bytes, std::uint32_t& invalid) {
  const bool little = bytes.starts_with("\xff\xfe");
  const bool big = bytes.starts_with("\xfe\xff");
  if (!little && !big) return bytes;
  const auto unit_at = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(little ? first | second << 8 : first << 8 | second);
  };
  std::string out;
  out.reserve(bytes.size());
  std::size_t at = 0;
  while (at + 1 < bytes.size()) {
    char32_t code = unit_at(at);
    at += 2;
    if (is_high_surrogate(code) && at + 1 < bytes.size() && is_low_surrogate(unit_at(at))) {
      code = 0x10000 + ((code - 0xD800) << 10) + (unit_at(at) - 0xDC00);
      at += 2;
    } else if (is_high_surrogate(code) || is_low_surrogate(code)) {
      code = 0xFFFD;
      ++invalid;
    }
    append_utf8(out, code);
  }
  if (at < bytes.size()) {
    append_utf8(out, 0xFFFD);
    ++invalid;
  }
  return out;
}

}  // namespace tercet
