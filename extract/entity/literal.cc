#include "extract/entity/literal.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace tercet {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

/// 1..12, or 0. Abbreviations of three or four letters count ("Sept.").
int month_of(std::string_view word) {
  if (word.ends_with('.')) word.remove_suffix(1);
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (word == kMonths[i]) return static_cast<int>(i) + 1;
    if ((word.size() == 3 || word == "sept") && kMonths[i].starts_with(word)) {
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

bool all_digits(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, is_ascii_digit);
}

bool is_year(std::string_view word) {
  return word.size() == 4 && all_digits(word) && (word[0] == '1' || word.starts_with("20"));
}

/// "1970s", "90s", "'90s".
bool is_decade(std::string_view word) {
  if (word.starts_with('\'')) word.remove_prefix(1);
  if (word.ends_with("'s"))
    word.remove_suffix(2);
  else if (word.ends_with('s'))
    word.remove_suffix(1);
  else
    return false;
  return all_digits(word) && word.ends_with('0') && (word.size() == 2 || is_year(word));
}

bool is_quarter(std::string_view word) {
  return word.size() == 2 && (word[0] == 'q' || word[0] == 'h') && word[1] >= '1' && word[1] <= '4';
}

/// Day of a month, 1..31, "19th" counts; or 0.
int day_of(std::string_view word) {
  for (const std::string_view end : {"st", "nd", "rd", "th"}) {
    if (word.size() > 2 && word.ends_with(end)) word.remove_suffix(2);
  }
  if (!all_digits(word) || word.size() > 2) return 0;
  int day = 0;
  for (const char c : word) day = day * 10 + (c - '0');
  return day <= 31 ? day : 0;
}

bool is_magnitude(std::string_view word) {
  for (const std::string_view one :
       {"hundred", "thousand", "million", "billion", "trillion", "dozen", "hundreds", "thousands",
        "millions", "billions", "trillions", "dozens", "k", "m", "bn", "b"}) {
    if (word == one) return true;
  }
  return false;
}

bool is_currency(std::string_view word) {
  for (const std::string_view one : {"$", "€", "£", "¥", "us$", "hk$", "nt$", "c$", "a$", "r$", "₹",
                                     "₩", "usd", "eur", "gbp", "rmb"}) {
    if (word == one) return true;
  }
  return false;
}

/// "10x", "2.5x"
bool is_multiple(std::string_view word) {
  if (word.size() < 2 || word.back() != 'x' || !is_ascii_digit(word.front())) return false;
  word.remove_suffix(1);
  return std::ranges::all_of(word, [](char c) { return is_ascii_digit(c) || c == '.'; });
}

bool is_number(const Words& words, int i) {
  const std::string& w = words.lower(i);
  if (w.empty()) return false;
  if (is_multiple(w)) return true;
  if (is_ascii_digit(w.front())) {
    return std::ranges::all_of(w,
                               [](char c) {
                                 return is_ascii_digit(c) || c == '.' || c == ',' || c == '%' ||
                                        c == '/' || c == '+' || (c >= 'a' && c <= 'z');
                               }) &&
           words[i].upos != Upos::Adj && words[i].upos != Upos::Propn;
  }
  return words[i].upos == Upos::Num && words.lower(i) != "one";
}

bool is_approximator(std::string_view word) {
  for (const std::string_view one :
       {"about", "around", "approximately", "roughly", "nearly", "almost", "over", "~", "some",
        "under", "circa", "estimated"}) {
    if (word == one) return true;
  }
  return false;
}

bool is_percent(std::string_view word) {
  return word == "%" || word == "percent" || word == "per cent" || word == "percentage";
}

std::string two_digits(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }

/// End of a date that begins at token i, or i.
int date_end(const Words& words, int i) {
  const int n = words.size();
  int at = i;
  const auto low = [&](int k) -> std::string_view {
    return k < n ? std::string_view(words.lower(k)) : std::string_view();
  };
  const auto dated_noun = [&](int k) {  // "2000 employees": a number of things, no year
    const int head = words[k].head;
    return words[k].deprel == Deprel::Nummod && head > k && words[head].upos == Upos::Noun &&
           words[head].xpos == Xpos::NNS;
  };
  const bool is_month =
      month_of(low(at)) != 0 && starts_upper(words.form(at)) && words[at].upos == Upos::Propn;
  if (is_month) {
    ++at;
    if (at < n && day_of(low(at)) != 0) ++at;
    if (low(at) == "," && is_year(low(at + 1)))
      at += 2;
    else if (low(at) == "of" && is_year(low(at + 1)))
      at += 2;
    else if (at < n && is_year(low(at)))
      ++at;
    return at;
  }
  if (is_quarter(low(at)) && starts_upper(words.form(at))) {
    ++at;
    if (low(at) == "of") ++at;
    if (at < n && is_year(low(at))) return at + 1;
    return i + 1;
  }
  if (day_of(low(at)) != 0 && month_of(low(at + 1)) != 0 && starts_upper(words.form(at + 1))) {
    at += 2;
    if (at < n && is_year(low(at))) ++at;
    return at;
  }
  if (is_decade(low(at)) && words[at].upos != Upos::Adj) return at + 1;
  if (is_year(low(at)) && !dated_noun(at) && low(at + 1) != "%" && !is_magnitude(low(at + 1))) {
    if (low(at + 1) == "-" && low(at + 3) == "-" && day_of(low(at + 2)) != 0 &&
        day_of(low(at + 4)) != 0) {
      return at + 5;
    }
    return at + 1;
  }
  return i;
}

/// End of an amount that begins at token i (currency sign or number), or i.
int amount_end(const Words& words, int i, bool& counted) {
  const int n = words.size();
  int at = i;
  bool money = false;
  counted = false;
  if (is_currency(words.lower(at)) && at + 1 < n && is_number(words, at + 1)) {
    money = true;
    ++at;
  }
  if (at >= n || !is_number(words, at)) {
    // "millions of dollars", "billions of users"
    const std::string& low = words.lower(i);
    if (is_magnitude(low) && low.size() > 4 && low.ends_with('s') && i + 2 < n &&
        words.lower(i + 1) == "of") {
      return i + 3;
    }
    return i;
  }
  ++at;
  const auto more = [&](int k) {
    return k < n && (is_number(words, k) || is_magnitude(words.lower(k)));
  };
  while (at < n) {
    const std::string& w = words.lower(at);
    if (more(at) || (is_magnitude(w)))
      ++at;
    else if ((w == "-" || w == "\u2013" || w == "to") && at + 1 < n &&
             (is_number(words, at + 1) || (is_currency(words.lower(at + 1)) && more(at + 2)))) {
      // "4-5%", "$10 to $20 million"; "30 to launch" has no number after it
      at += is_currency(words.lower(at + 1)) ? 3 : 2;
      money = money || is_currency(words.lower(at - 2));
    } else
      break;
  }
  if (at < n && (is_percent(words.lower(at)) || is_currency(words.lower(at)))) return at + 1;
  if (at < n && words.lower(at) == "per" && at + 1 < n && words.lower(at + 1) == "cent") {
    return at + 2;
  }
  if (!money && at < n && words.lower(at) == "times") return at + 1;
  if (money) {
    if (at + 1 < n && (words.lower(at) == "per" || words.lower(at) == "a") &&
        words[at + 1].upos == Upos::Noun) {
      at += 2;  // "$20 per month"
    }
    return at;
  }
  // A count with what it counts: "12 million daily active users".
  const int number = at - 1;
  const int head = words[number].head;
  if (words[number].deprel == Deprel::Nummod && head > number &&
      (words[head].upos == Upos::Noun || words[head].upos == Upos::Propn)) {
    bool plain = head - number < 5;
    for (int k = number + 1; k < head; ++k) {
      const int up = words[k].head;
      plain = plain && (up == head || (up >= 0 && words[up].head == head));
    }
    if (plain) {
      counted = true;
      return head + 1;
    }
  }
  return at;
}

}  // namespace

std::vector<Literal> find_literals(const Words& words) {
  std::vector<Literal> out;
  for (int i = 0; i < words.size();) {
    if (const int end = date_end(words, i); end > i) {
      int first = i;
      if (first > 0 && (words.lower(first - 1) == "early" || words.lower(first - 1) == "late" ||
                        words.lower(first - 1) == "mid" || words.lower(first - 1) == "around")) {
        --first;
      } else if (first > 1 && words.lower(first - 1) == "-" && words.lower(first - 2) == "mid") {
        first -= 2;
      }
      int head = i;
      for (int k = i; k < end; ++k) {  // the token the others hang on
        if (words[k].head < i || words[k].head >= end) {
          head = k;
          break;
        }
      }
      out.push_back({Literal::Kind::Date, first, end, head});
      i = end;
      continue;
    }
    bool counted = false;
    if (const int end = amount_end(words, i, counted); end > i) {
      int head = i;
      const int last = counted ? end - 1 : end;
      for (int k = i; k < last; ++k) {
        if (words[k].head < i || words[k].head >= last) {
          head = k;
          break;
        }
      }
      int first = i;
      if (first > 0 && is_approximator(words.lower(first - 1))) --first;
      out.push_back({Literal::Kind::Quantity, first, end, head});
      i = end;
      continue;
    }
    ++i;
  }
  return out;
}

std::string normalise_date(std::string_view text) {
  int year = 0, month = 0, day = 0;
  std::size_t at = 0;
  bool other = false;
  while (at < text.size()) {
    const std::size_t begin = text.find_first_not_of(" ,", at);
    if (begin == std::string_view::npos) break;
    std::size_t end = text.find_first_of(" ,", begin);
    if (end == std::string_view::npos) end = text.size();
    const std::string word = lower_case(text.substr(begin, end - begin));
    at = end;
    if (is_year(word) && year == 0) {
      for (const char c : word) year = year * 10 + (c - '0');
    } else if (month == 0 && month_of(word) != 0) {
      month = month_of(word);
    } else if (day == 0 && day_of(word) != 0) {
      day = day_of(word);
    } else if (word != "of" && word != "the" && word != "in" && word != "on") {
      other = true;
    }
  }
  if (other || year == 0 || (day != 0 && month == 0)) return std::string(text);
  std::string out = std::to_string(year);
  if (month != 0) out += '-' + two_digits(month);
  if (month != 0 && day != 0) out += '-' + two_digits(day);
  return out;
}

}  // namespace tercet
