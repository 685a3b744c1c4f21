#include "graph/date_range.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/ascii.h"

namespace tercet {
namespace {

// Runs of letters (in lower case) or of digits; a hyphen or slash between two numbers is kept.
std::vector<std::string> pieces_of(std::string_view text) {
  std::vector<std::string> pieces;
  for (std::size_t i = 0; i < text.size();) {
    const auto same = is_ascii_digit(text[i]) ? is_ascii_digit : is_ascii_letter;
    std::size_t end = i;
    while (end < text.size() && same(text[end])) ++end;
    if (end == i) {
      if ((text[i] == '-' || text[i] == '/') && !pieces.empty()) pieces.emplace_back("-");
      ++i;
      continue;
    }
    std::string piece(text.substr(i, end - i));
    for (char& c : piece) c = ascii_lower(c);
    pieces.push_back(std::move(piece));
    i = end;
  }
  return pieces;
}

int number_of(const std::string& piece, std::size_t digits_at_most) {
  if (piece.empty() || !is_ascii_digit(piece[0]) || piece.size() > digits_at_most) return -1;
  int value = 0;
  for (const char c : piece) value = value * 10 + (c - '0');
  return value;
}

int year_of(const std::string& piece) {
  const int value = piece.size() == 4 ? number_of(piece, 4) : -1;
  return value >= 1000 && value < 3000 ? value : 0;
}

int month_of(const std::string& piece) {
  constexpr std::array<std::string_view, 12> kMonths = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  if (piece == "sept") return 9;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (piece == kMonths[i] || piece == kMonths[i].substr(0, 3)) return static_cast<int>(i) + 1;
  }
  return 0;
}

int days_in(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return kDays[static_cast<std::size_t>(month - 1)] + (leap && month == 2 ? 1 : 0);
}

DateRange months(int year, int first, int last) {
  return {year * 10000 + first * 100 + 1, year * 10000 + last * 100 + days_in(year, last)};
}

DateRange day(int year, int month, int number) {
  if (number < 1 || number > days_in(year, month)) return months(year, month, month);
  const int value = year * 10000 + month * 100 + number;
  return {value, value};
}

// 1-4 for "q3" (in two pieces), "third quarter"; `at` is the year's place.
int part_near(const std::vector<std::string>& pieces, std::size_t at, std::string_view letter,
              std::string_view word) {
  constexpr std::array<std::string_view, 4> kOrdinals = {"first", "second", "third", "fourth"};
  const std::size_t begin = at > 4 ? at - 4 : 0, end = std::min(pieces.size(), at + 3);
  for (std::size_t i = begin; i + 1 < end; ++i) {
    if (pieces[i] == letter) return number_of(pieces[i + 1], 1);
    if (pieces[i + 1] != word) continue;
    const auto found = std::find(kOrdinals.begin(), kOrdinals.end(), pieces[i]);
    if (found != kOrdinals.end()) return static_cast<int>(found - kOrdinals.begin()) + 1;
  }
  return 0;
}

}  // namespace

std::optional<DateRange> date_range(std::string_view text) {
  const std::vector<std::string> pieces = pieces_of(text.substr(0, 200));
  const auto at = [&](std::size_t i) -> const std::string& {
    static const std::string kNone;
    return i < pieces.size() ? pieces[i] : kNone;
  };
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const int year = year_of(pieces[i]);
    if (year == 0) continue;
    if (at(i + 1) == "s" && year % 10 == 0) {
      return DateRange{year * 10000 + 101, (year + 9) * 10000 + 1231};
    }
    if (at(i + 1) == "-") {
      const int month = number_of(at(i + 2), 2);
      if (month >= 1 && month <= 12) {
        const int number = at(i + 3) == "-" ? number_of(at(i + 4), 2) : -1;
        return number > 0 ? day(year, month, number) : months(year, month, month);
      }
    }
    const int quarter = part_near(pieces, i, "q", "quarter");
    if (quarter >= 1 && quarter <= 4) return months(year, quarter * 3 - 2, quarter * 3);
    const int half = part_near(pieces, i, "h", "half");
    if (half == 1 || half == 2) return months(year, half * 6 - 5, half * 6);
    if (i > 0 && month_of(at(i - 1)) > 0) {  // March 2021, 5 March 2021
      const int month = month_of(at(i - 1));
      const int number = i > 1 ? number_of(at(i - 2), 2) : -1;
      return number > 0 ? day(year, month, number) : months(year, month, month);
    }
    if (i > 1 && month_of(at(i - 2)) > 0 && number_of(at(i - 1), 2) > 0) {  // March 5, 2021
      return day(year, month_of(at(i - 2)), number_of(at(i - 1), 2));
    }
    return months(year, 1, 12);
  }
  return std::nullopt;
}

}  // namespace tercet
