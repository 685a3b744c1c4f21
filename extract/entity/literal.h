#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "extract/entity/words.h"

namespace tercet {

/// "$32 billion", "12 million users", "about 5%", "December 1999", "the 1970s", "Q3 2021".
struct Literal {
  enum class Kind { Quantity, Date };
  Kind kind = Kind::Quantity;
  int first = 0, last = 0;  ///< tokens [first, last), approximators ("about") inside
  int head = 0;             ///< the number, currency sign, month or per cent sign; for a count with
                            ///< its unit the number, so that the unit can be a mention of its own
};

/// The literals of a sentence in text order; they do not overlap. O(tokens).
std::vector<Literal> find_literals(const Words& words);

/// "December 1999" -> "1999-12", "August 19th, 2004" -> "2004-08-19", "2004" -> "2004"; anything
/// without a year, and periods ("the 1970s"), as written.
std::string normalise_date(std::string_view text);

}  // namespace tercet
