#pragma once

#include <string_view>

namespace tercet {

/// Nothing but digits, and at least one.
bool digits(std::string_view text);
bool has_digit(std::string_view text);
/// `word` is an entry of "|a|b|c|".
bool one_of(std::string_view list, std::string_view word);

}  // namespace tercet
