#include "extract/relate/word_forms.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"

namespace tercet {

bool digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_ascii_digit);
}

bool has_digit(std::string_view text) { return std::ranges::any_of(text, is_ascii_digit); }

bool one_of(std::string_view list, std::string_view word) {
  return list.find("|" + std::string(word) + "|") != std::string_view::npos;
}

}  // namespace tercet
