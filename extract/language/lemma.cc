#include "extract/language/lemma.h"

#include <utf8proc.h>

#include <charconv>

#include "base/utf8.h"

namespace tercet {
namespace {

// Simple case mapping, code point by code point, so that `cut` counts the same letters. Bytes
// that are not UTF-8 are copied.
template <typename F>
std::string map_code_points(std::string_view text, F map) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Decoded letter = decode_utf8(text, at);
    if (letter.valid) {
      append_utf8(out, map(letter.code_point));
    } else {
      out += text[at];
    }
    at += letter.size;
  }
  return out;
}

std::string lower(std::string_view text) {
  return map_code_points(text, [](char32_t c) {
    return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
  });
}

std::string upper(std::string_view text) {
  return map_code_points(text, [](char32_t c) {
    return static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c)));
  });
}

}  // namespace

std::optional<LemmaScript> parse_lemma_script(std::string_view text) {
  if (text.size() < 4 || text[1] != '|') return std::nullopt;
  if (std::string_view("kltu").find(text[0]) == std::string_view::npos) return std::nullopt;
  const std::size_t bar = text.find('|', 2);
  if (bar == std::string_view::npos) return std::nullopt;
  LemmaScript out;
  out.letters = text[0];
  const char* const end = text.data() + bar;
  const auto [rest, error] = std::from_chars(text.data() + 2, end, out.cut);
  if (error != std::errc() || rest != end) return std::nullopt;
  out.add = text.substr(bar + 1);
  return out;
}

std::string apply_lemma_script(const LemmaScript& script, std::string_view form) {
  std::string out = script.letters == 'k' ? std::string(form) : lower(form);
  std::size_t keep = out.size();
  for (std::uint32_t i = 0; i < script.cut; ++i) {
    if (keep == 0) return std::string(form);
    --keep;
    while (keep > 0 && (static_cast<std::uint8_t>(out[keep]) & 0xC0) == 0x80) --keep;
  }
  out.resize(keep);
  out += script.add;
  if (out.empty()) return std::string(form);
  if (script.letters == 'u') return upper(out);
  if (script.letters == 't') {
    const std::size_t first = decode_utf8(out, 0).size;
    return upper(std::string_view(out).substr(0, first)) + out.substr(first);
  }
  return out;
}

}  // namespace tercet
