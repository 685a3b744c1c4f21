#pragma once

#include <string>
#include <string_view>

#include "extract/relate/view.h"

namespace tercet {

/// "1000" to "2999".
bool is_year(std::string_view word);

/// A date as texts made from Wikidata write it: "8 May 1923" and "May 8, 1923" are "08 May 1923";
/// what is known to the month or year only, its first day. Empty if the words at token `first`
/// are no date; `last` becomes the token behind it.
std::string written_date(const SentenceView& view, int first, int& last);

}  // namespace tercet
