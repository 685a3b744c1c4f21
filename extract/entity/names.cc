#include "extract/entity/names.h"

#include <algorithm>

#include "extract/entity/words.h"

namespace tercet {
namespace {

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '$' || c == '%' || c == '+' ||
         c == '#' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_small_word(std::string_view word) {
  for (const std::string_view one :
       {"of", "the", "and", "for", "in", "a", "an", "on", "to", "de"}) {
    if (word == one) return true;
  }
  return false;
}

}  // namespace

std::string fold_name(std::string_view name) {
  const std::string low = lower_case(name);
  std::string out;
  std::string word;
  const auto flush = [&] {
    while (word.ends_with('.')) word.pop_back();
    const bool determiner = out.empty() && (word == "the" || word == "a" || word == "an");
    if (!word.empty() && !determiner) {
      if (!out.empty()) out += ' ';
      out += word;
    }
    word.clear();
  };
  for (std::size_t i = 0; i < low.size(); ++i) {
    const char c = low[i];
    if (c == '\'') {
      // The possessive goes, the apostrophe of O'Reilly stays silently.
      if (i + 1 < low.size() && low[i + 1] == 's' &&
          (i + 2 == low.size() || !is_word_byte(low[i + 2]))) {
        ++i;
      }
    } else if (is_word_byte(c) || (c == '.' && !word.empty())) {
      word += c;
    } else {
      flush();
    }
  }
  flush();
  return out.empty() ? low : out;
}

std::vector<std::string> name_words(std::string_view folded) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', begin), folded.size());
    if (end > begin) out.emplace_back(folded.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

std::string singular(std::string_view word) {
  const auto cut = [&](std::size_t n, std::string_view add = "") {
    return std::string(word.substr(0, word.size() - n)) + std::string(add);
  };
  if (word == "people") return "person";
  if (word == "children") return "child";
  if (word.ends_with("women") || word.ends_with("men")) return cut(2, "an");
  if (word.size() > 4 && word.ends_with("ies")) return cut(3, "y");
  for (const std::string_view end : {"ches", "shes", "sses", "xes", "zzes"}) {
    if (word.size() > 4 && word.ends_with(end)) return cut(2);
  }
  if (word.size() > 3 && word.ends_with('s')) {
    for (const std::string_view end : {"ss", "us", "is", "ics", "news", "series"}) {
      if (word.ends_with(end)) return std::string(word);
    }
    return cut(1);
  }
  return std::string(word);
}

bool is_initials(std::string_view acronym, const std::vector<std::string>& words) {
  std::string letters;
  for (const char c : lower_case(acronym)) {
    if (c != '.' && c != '&' && c != '/') letters += c;
  }
  if (letters.size() > 2 && letters.ends_with('s') && acronym.ends_with('s')) letters.pop_back();
  if (letters.size() < 2 || words.size() < 2) return false;
  std::string all, main;
  for (const std::string& word : words) {
    all += word.front();
    if (!is_small_word(word)) main += word.front();
  }
  return letters == all || letters == main;
}

bool is_short_form(const EntityTables& tables, const std::vector<std::string>& part,
                   const std::vector<std::string>& whole) {
  if (part.empty() || part.size() >= whole.size()) return false;
  if (!std::equal(part.begin(), part.end(), whole.begin())) return false;
  for (std::size_t i = part.size(); i < whole.size(); ++i) {
    const auto found = tables.name_words.find(whole[i]);
    const bool dropped =
        found != tables.name_words.end() && (found->second.generic || found->second.legal);
    if (!dropped && !is_small_word(whole[i])) return false;
  }
  return true;
}

bool is_person_name(const EntityTables& tables, const std::vector<std::string>& words) {
  if (words.size() < 2 || words.size() > 5 || !tables.given_names.contains(words.front())) {
    return false;
  }
  return !tables.name_words.contains(words.back()) && !tables.heads.contains(words.back()) &&
         !tables.places.contains(words.back());
}

}  // namespace tercet
