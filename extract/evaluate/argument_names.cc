#include "extract/evaluate/argument_names.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <istream>

#include "base/error.h"
#include "base/json.h"
#include "base/utf8.h"

namespace tercet {
namespace {

bool is_word(char32_t c) {
  if (c == U'_') return true;
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return true;
    default:
      return false;
  }
}

bool is_space(char32_t c) {
  return (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x20) || c == 0x85 ||
         utf8proc_category(static_cast<utf8proc_int32_t>(c)) == UTF8PROC_CATEGORY_ZS;
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

std::u32string lower(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Decoded one = decode_utf8(text, at);
    at += one.size;
    out += static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(one.code_point)));
  }
  return out;
}

std::string encoded(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) append_utf8(out, c);
  return out;
}

std::u32string without_possessive_endings(std::u32string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool mark = text[i] == U'\'' || text[i] == U'\u2019';
    if (mark && i + 1 < text.size() && text[i + 1] == U's' &&
        (i + 2 == text.size() || !is_word(text[i + 2]))) {
      ++i;
      continue;
    }
    out += text[i];
  }
  return out;
}

std::u32string_view without_determiner(std::u32string_view text) {
  constexpr std::array<std::u32string_view, 7> kFirst = {U"the",   U"a",   U"an", U"its",
                                                         U"their", U"his", U"her"};
  for (const std::u32string_view word : kFirst) {
    if (!text.starts_with(word) || text.size() == word.size() || !is_space(text[word.size()])) {
      continue;
    }
    std::size_t at = word.size();
    while (at < text.size() && is_space(text[at])) ++at;
    return text.substr(at);
  }
  return text;
}

std::u32string normal(std::u32string_view lowered) {
  const std::u32string bare = without_possessive_endings(lowered);
  std::u32string out;
  for (const char32_t c : without_determiner(bare)) {
    if (is_word(c) || c == U'$' || c == U'%' || c == U'.') {
      out += c;
    } else if (out.empty() || out.back() != U' ') {
      out += U' ';
    }
  }
  const std::size_t begin = out.find_first_not_of(U" .");
  if (begin == std::u32string::npos) return {};
  return out.substr(begin, out.find_last_not_of(U" .") + 1 - begin);
}

/// "about 3,000" -> "  3000": what surrounds a number without changing it.
std::u32string plain_number(std::u32string_view text) {
  constexpr std::array<std::u32string_view, 7> kAbout = {
      U"approximately", U"around", U"roughly", U"about", U"nearly", U"close to", U"some"};
  std::u32string joined;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool thousands = text[i] == U',' && i > 0 && is_digit(text[i - 1]) &&
                           i + 3 < text.size() && is_digit(text[i + 1]) && is_digit(text[i + 2]) &&
                           is_digit(text[i + 3]);
    if (!thousands) joined += text[i];
  }
  std::u32string out;
  for (std::size_t i = 0; i < joined.size();) {
    std::size_t skip = 0;
    if (i == 0 || !is_word(joined[i - 1])) {
      for (const std::u32string_view word : kAbout) {
        const std::size_t end = i + word.size();
        if (std::u32string_view(joined).substr(i).starts_with(word) &&
            (end == joined.size() || !is_word(joined[end]))) {
          skip = word.size();
          break;
        }
      }
    }
    out += skip > 0 ? U' ' : joined[i];
    i += std::max<std::size_t>(skip, 1);
  }
  return out;
}

std::vector<std::string> sorted_distinct(std::vector<std::string> words) {
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

[[noreturn]] void bad_row(const std::string& file, std::uint32_t line, const std::string& what) {
  throw Error(Error::Code::Schema, what, {file, line, 1});
}

std::vector<std::string> strings_of(const rapidjson::Value& row, const char* key,
                                    const std::string& file, std::uint32_t line) {
  std::vector<std::string> out;
  const auto found = row.FindMember(key);
  if (found == row.MemberEnd()) return out;
  if (!found->value.IsArray()) bad_row(file, line, std::string(key) + " is not a list");
  for (const rapidjson::Value& one : found->value.GetArray()) {
    if (!one.IsString()) bad_row(file, line, std::string(key) + " holds more than strings");
    out.emplace_back(one.GetString(), one.GetStringLength());
  }
  return out;
}

}  // namespace

std::string normal_argument(std::string_view text) { return encoded(normal(lower(text))); }

std::string literal_tokens(std::string_view text) {
  const std::string bare = encoded(normal(plain_number(lower(text))));
  std::string out = " ";
  for (const char c : bare) {
    const bool sign = c == '$' || c == '%';
    if (sign || c == ' ') {
      if (out.back() != ' ') out += ' ';
      if (sign) out += {c, ' '};
    } else {
      out += c;
    }
  }
  if (out.back() != ' ') out += ' ';
  return out;
}

bool same_literal(std::string_view a, std::string_view b) {
  if (a.find_first_not_of(' ') == a.npos || b.find_first_not_of(' ') == b.npos) return false;
  return a.find(b) != a.npos || b.find(a) != b.npos;
}

double jaccard(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.empty() && b.empty()) return 0;
  std::size_t both = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (*x == *y) {
      ++both, ++x, ++y;
    } else {
      *x < *y ? ++x : ++y;
    }
  }
  return static_cast<double>(both) / static_cast<double>(a.size() + b.size() - both);
}

std::vector<std::string> distinct_words(std::string_view text) {
  std::vector<std::string> out;
  bool inside = false;
  for (const char32_t c : lower(text)) {
    if (is_word(c)) {
      if (!inside) out.emplace_back();
      append_utf8(out.back(), c);
    }
    inside = is_word(c);
  }
  return sorted_distinct(std::move(out));
}

std::vector<std::string> distinct_runs(std::string_view normal) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < normal.size();) {
    const std::size_t end = std::min(normal.find(' ', at), normal.size());
    if (end > at) out.emplace_back(normal.substr(at, end - at));
    at = end + 1;
  }
  return sorted_distinct(std::move(out));
}

std::vector<AcceptedNames> read_accepted_names(std::istream& in, const std::string& file) {
  std::vector<AcceptedNames> out;
  std::string text;
  for (std::uint32_t line = 1; std::getline(in, text); ++line) {
    if (text.find_first_not_of(" \t\r") == text.npos) continue;
    rapidjson::Document row;
    if (!json_depth_within(text, 16) || row.Parse(text.data(), text.size()).HasParseError() ||
        !row.IsObject()) {
      throw Error(Error::Code::Syntax, "not a JSON object on one line", {file, line, 1});
    }
    const auto name = row.FindMember("name");
    if (name == row.MemberEnd() || !name->value.IsString()) bad_row(file, line, "no name");
    out.push_back({{name->value.GetString(), name->value.GetStringLength()},
                   strings_of(row, "aliases", file, line),
                   strings_of(row, "notes", file, line)});
  }
  return out;
}

ArgumentNames::ArgumentNames(const std::vector<AcceptedNames>& rows, std::string_view note) {
  for (const AcceptedNames& row : rows) {
    if (!row.notes.empty() && std::ranges::find(row.notes, note) == row.notes.end()) continue;
    const std::string name = normal_argument(row.name);
    const auto accept = [&](const std::string& form) {
      canonical_[form].insert(name);
      forms_[name].insert(form);
    };
    accept(name);
    for (const std::string& alias : row.aliases) accept(normal_argument(alias));
  }
}

bool ArgumentNames::names(const std::string& form, const std::string& canonical) const {
  const auto found = canonical_.find(form);
  return found != canonical_.end() && found->second.contains(canonical);
}

std::set<std::string> ArgumentNames::forms(const std::string& canonical) const {
  const auto found = forms_.find(canonical);
  return found == forms_.end() ? std::set<std::string>{canonical} : found->second;
}

}  // namespace tercet
