#include "extract/language/lemma.h"

#include <utf8proc.h>

#include <charconv>
#include <vector>

#include "base/utf8.h"
#include "extract/language/irregular.h"

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

namespace {

/// The bases a regular form may have, most likely first.
std::vector<std::string> regular_bases(const std::string& form, Xpos xpos) {
  std::vector<std::string> out;
  const auto without = [&](std::string_view ending, std::string_view add) {
    if (form.size() > ending.size() + 1 && form.ends_with(ending)) {
      out.push_back(form.substr(0, form.size() - ending.size()) + std::string(add));
    }
  };
  const auto undoubled = [&](std::string_view ending) {
    const std::size_t stem = form.size() - ending.size();
    if (form.ends_with(ending) && stem > 2 && form[stem - 1] == form[stem - 2]) {
      out.push_back(form.substr(0, stem - 1));
    }
  };
  switch (xpos) {
    case Xpos::VBG:
      without("ing", "e");
      without("ing", "");
      undoubled("ing");
      without("ying", "ie");
      break;
    case Xpos::VBD:
    case Xpos::VBN:
      without("ed", "e");
      without("ed", "");
      undoubled("ed");
      without("ied", "y");
      break;
    case Xpos::VBZ:
    case Xpos::NNS:
      without("s", "");
      without("es", "");
      without("ies", "y");
      without("ves", "f");
      without("ves", "fe");
      break;
    default:
      break;
  }
  return out;
}

}  // namespace

std::string mend_lemma(std::string lemma, std::string_view form, Xpos xpos,
                       const std::function<bool(std::string_view)>& is_word) {
  const bool past = xpos == Xpos::VBD || xpos == Xpos::VBN;
  if (!past && xpos != Xpos::VBG && xpos != Xpos::VBZ && xpos != Xpos::NNS) return lemma;
  const std::string lowered = lower(form);
  if (past) {
    if (const std::string_view base = base_of_past(lowered); !base.empty())
      return std::string(base);
  }
  if (lemma != lower(lemma) || is_word(lemma)) return lemma;
  for (std::string& base : regular_bases(lowered, xpos)) {
    if (is_word(base)) return std::move(base);
  }
  return lemma;
}

}  // namespace tercet
