#include "graph/name_form.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "base/ascii.h"
#include "base/utf8.h"

namespace tercet {
namespace {

// All lists are sorted, for binary_search.
constexpr std::array<std::string_view, 31> kNoNames = {
    "a",     "an",   "another", "any",   "both", "each", "he",   "her",  "him", "his",   "i",
    "it",    "its",  "my",      "one",   "our",  "she",  "some", "that", "the", "their", "them",
    "these", "they", "this",    "those", "us",   "we",   "who",  "you",  "your"};
constexpr std::array<std::string_view, 3> kArticles = {"a", "an", "the"};
constexpr std::array<std::string_view, 16> kLegalForms = {
    "ag",           "bv",      "co",  "company", "corp", "corporation", "gmbh", "inc",
    "incorporated", "limited", "llc", "llp",     "ltd",  "nv",          "plc",  "sa"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& sorted, std::string_view word) {
  return std::binary_search(sorted.begin(), sorted.end(), word);
}

bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x02BC; }

// Punctuation of the blocks names come from; letters, marks and symbols such as + and # stay, as
// "C++" and "C#" are two names.
bool is_punctuation(char32_t c) {
  if (c < 0x80) return !is_ascii_alnum(c) && c > ' ' && c != '+' && c != '#' && c != '&';
  return (c >= 0x2010 && c <= 0x2027) || (c >= 0x2030 && c <= 0x205E) || c == 0xAB || c == 0xBB ||
         c == 0xB7 || c == 0xAE || c == 0x2122 || (c >= 0x3001 && c <= 0x3003) ||
         (c >= 0x3008 && c <= 0x3011);
}

bool is_space(char32_t c) {
  return c <= ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x3000;
}

// The words of `text`, folded. A full stop and an apostrophe join what they stand between
// ("U.S.", "O'Reilly"); all other punctuation parts words.
std::vector<std::string> folded_words(std::string_view text) {
  const std::string folded = fold_case(text);
  std::vector<std::string> words(1);
  for (std::size_t at = 0; at < folded.size();) {
    const Decoded decoded = decode_utf8(folded, at);
    const char32_t c = decoded.code_point;
    if (is_apostrophe(c)) {
      const std::string_view rest = std::string_view(folded).substr(at + decoded.size);
      const bool possessive =
          rest.starts_with('s') &&
          (rest.size() == 1 || !is_ascii_alnum(decode_utf8(rest, 1).code_point));
      at += decoded.size + (possessive ? 1 : 0);
      continue;
    }
    at += decoded.size;
    if (c == '.') continue;
    if (is_space(c) || is_punctuation(c)) {
      if (!words.back().empty()) words.emplace_back();
    } else if (c == '&') {
      if (!words.back().empty()) words.emplace_back();
      words.back() = "and";
      words.emplace_back();
    } else {
      append_utf8(words.back(), c);
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::string singular(const std::string& word) {
  const std::string_view w = word;
  if (w.size() < 4 || !w.ends_with('s') || w.ends_with("ss") || w.ends_with("us") ||
      w.ends_with("is")) {
    return word;
  }
  if (w.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
  for (const std::string_view ending : {"ches", "shes", "sses", "xes", "zes"}) {
    if (w.ends_with(ending)) return word.substr(0, word.size() - 2);
  }
  return word.substr(0, word.size() - 1);
}

}  // namespace

bool is_name(std::string_view words) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (!contains(kNoNames, fold_case(words.substr(0, end)))) break;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return std::any_of(words.begin(), words.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

std::string folded_name(std::string_view words) {
  std::vector<std::string> parts = folded_words(words);
  if (parts.empty()) return fold_case(words);  // punctuation only: it is all there is
  std::size_t first = 0;
  while (first + 1 < parts.size() && contains(kArticles, parts[first])) ++first;
  if (is_name(words)) {
    while (parts.size() > first + 1 && contains(kLegalForms, parts.back())) parts.pop_back();
  } else {
    parts.back() = singular(parts.back());
  }
  std::string out;
  for (std::size_t i = first; i < parts.size(); ++i) {
    if (i > first) out += ' ';
    out += parts[i];
  }
  return out;
}

}  // namespace tercet
