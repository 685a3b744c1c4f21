#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/fact.h"

namespace tercet {

/// Set the part of `fact` that the key `column` of facts.md names from a cell's text; a column that
/// names none is passed over, an empty cell says nothing. Throws Error{Schema} for a value that is
/// none.
void set_column(Fact& fact, std::string_view column, const std::string& cell);

/// The fact of an edge without `facts`, from the attributes of EdgeField: all but its ends. What is
/// not marked asserted never becomes an asserted fact. Throws Error{Schema}.
Fact fact_of_edge(const std::map<std::string, std::string, std::less<>>& attributes);

}  // namespace tercet
