#include "extract/relate/written_date.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "extract/relate/word_forms.h"

namespace tercet {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

int month_of(std::string_view word) {
  if (word.ends_with('.')) word.remove_suffix(1);
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (word == kMonths[i]) return static_cast<int>(i);
    if (word.size() == 3 && i != 4 && kMonths[i].starts_with(word)) return static_cast<int>(i);
  }
  return word == "Sept" ? 8 : -1;
}

int day_of(std::string_view word) {
  for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
    if (word.ends_with(ending)) word.remove_suffix(2);
  }
  if (!digits(word) || word.size() > 2) return 0;
  int out = 0;
  for (const char c : word) out = 10 * out + (c - '0');
  return out <= 31 ? out : 0;
}

std::string date_text(int day, int month, std::string_view year) {
  std::string out = day < 10 ? "0" + std::to_string(day) : std::to_string(day);
  out += ' ';
  out += kMonths[static_cast<std::size_t>(month)];
  out += ' ';
  out += year;
  return out;
}

}  // namespace

bool is_year(std::string_view word) {
  return digits(word) && word.size() == 4 && (word.front() == '1' || word.front() == '2');
}

std::string written_date(const SentenceView& v, int first, int& last) {
  const auto word = [&](int i) { return i < v.size() ? v.word(i) : std::string_view{}; };
  if (const int day = day_of(word(first)); day > 0) {
    const int month = month_of(word(first + 1));
    const int at = first + 2 + (word(first + 2) == "," ? 1 : 0);
    if (month >= 0 && is_year(word(at))) {
      last = at + 1;
      return date_text(day, month, word(at));
    }
  }
  if (const int month = month_of(word(first)); month >= 0) {
    const int day = day_of(word(first + 1));
    int at = first + (day > 0 ? 2 : 1);
    if (word(at) == ",") ++at;
    if (is_year(word(at))) {
      last = at + 1;
      return date_text(day > 0 ? day : 1, month, word(at));
    }
    return {};
  }
  if (is_year(word(first))) {
    const bool number = v.token(first).upos == Upos::Num || v.token(first).upos == Upos::Noun ||
                        v.token(first).upos == Upos::Propn;
    // "the 1980s", "1958-59" and "2001: A Space Odyssey" are no days.
    if (!number || word(first + 1) == ":") return {};
    last = first + 1;
    return date_text(1, 0, word(first));
  }
  return {};
}

}  // namespace tercet
