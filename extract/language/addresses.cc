#include "extract/language/addresses.h"

#include <algorithm>

#include "base/ascii.h"
#include "extract/language/characters.h"
#include "extract/language/word_lists.h"

namespace tercet {
namespace {

constexpr bool is_one_of(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

// Points and brackets behind an address are the sentence's, unless the address opened them.
std::size_t trimmed(std::string_view text, std::size_t begin, std::size_t end) {
  const std::string_view all = text.substr(begin, end - begin);
  auto unopened = std::count(all.begin(), all.end(), ')') - std::count(all.begin(), all.end(), '(');
  while (end > begin) {
    const char last = text[end - 1];
    if (last == ')' && unopened > 0) {
      --unopened;
    } else if (!is_one_of(last, ".,;:!?'\"]}>*_")) {
      break;
    }
    --end;
  }
  return end;
}

std::size_t path_end(std::string_view text, std::size_t at, std::size_t end) {
  return std::min(end, text.substr(0, end).find_first_of("<>\"|", at));
}

// Is a name with points in it a host's or file's? "end.In the" is a missing space.
bool is_dotted_name(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  const std::string_view ending = name.substr(dot + 1);
  if (dot == 0 || !is_ascii_alnum(name[dot - 1])) return false;
  if (!std::all_of(ending.begin(), ending.end(), is_ascii_alnum)) return false;
  const bool lower = std::none_of(ending.begin(), ending.end(), is_ascii_upper);
  if (!lower && std::any_of(ending.begin(), ending.end(), is_ascii_lower)) return false;
  if (is_name_ending(listed_form(ending))) return true;
  // alt.animals.cats, www.example.museum
  const auto letter = [](char c) { return is_ascii_lower(c) || is_ascii_upper(c); };
  return std::count(name.begin(), name.end(), '.') >= 2 && dot >= 2 && lower && ending.size() > 1 &&
         letter(ending[0]) && letter(name[dot - 1]);
}

}  // namespace

std::size_t url_end(std::string_view text, std::size_t at, std::size_t end) {
  if (at >= end || !is_one_of(text[at], "hHfFwWmM")) return 0;
  for (const std::string_view scheme :
       {"http://", "https://", "ftp://", "www.", "mailto:", "file://"}) {
    const std::size_t begin = at + scheme.size();
    if (begin >= end || listed_form(text.substr(at, scheme.size())) != scheme) continue;
    const std::size_t found = trimmed(text, begin, path_end(text, at, end));
    return found > begin ? found : 0;
  }
  return 0;
}

AddressEnd address_end(std::string_view text, std::size_t at, std::size_t end) {
  if (at >= end || !is_ascii_alnum(text[at])) return {0, at};
  std::size_t stop = at, sign = 0;
  for (; stop < end; ++stop) {
    const char c = text[stop];
    if (c == '@' && sign == 0) {
      sign = stop;
    } else if (!is_ascii_alnum(c) && !is_one_of(c, "._-+%")) {
      break;
    }
  }
  const std::size_t seen = stop;
  while (stop > at && is_one_of(text[stop - 1], ".-_+%@")) --stop;
  if (sign != 0 && sign + 1 < stop) return {stop, seen};
  const std::string_view name = text.substr(at, stop - at);
  if (name.find('.') == name.npos || !is_dotted_name(name)) return {0, seen};
  if (stop < end && text[stop] == '/') {
    stop = std::max(stop, trimmed(text, stop, path_end(text, stop, end)));
  }
  return {stop, seen};
}

std::size_t emoticon_end(std::string_view text, std::size_t begin, std::size_t at,
                         std::size_t end) {
  if (at >= end || !is_one_of(text[at], ":;=(^<")) return 0;
  for (const std::string_view face :
       {":-)", ":-(", ";-)", ":-D", ":-P", ":-/", ":-|", "^_^", ":)", ":(", ";)",
        ":D",  ":P",  ":O",  ":X",  ":p",  "=)",  "=(",  "(:",  "<3", ":/", ":|"}) {
    const std::size_t after = at + face.size();
    if (after > end || text.substr(at, face.size()) != face) continue;
    const Char next = after < end ? char_at(text, after) : Char{};
    if (is_word(next.kind) || next.code == '/' || next.code == ')') continue;
    // "nice:)" has a face, "x:D" and "(see a):/" have none.
    const bool alone = is_ascii_alnum(face.back()) || face == "(:" || face == ":/";
    if (alone && at > begin) continue;
    return after;
  }
  return 0;
}

}  // namespace tercet
