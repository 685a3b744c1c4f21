#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "base/fact.h"

namespace tercet {

/// A fact a person annotated. What the annotation leaves out has the default of Fact.
struct GoldFact {
  Fact fact;
  bool core = true;               ///< `tier` is not "hard": one clause with an explicit predicate
  std::vector<std::string> also;  ///< further relations that count as right, sorted
};

/// Read annotated facts, one JSON object a line (docs/formats/facts.md, section gold). Throws
/// Error{Syntax, Schema} with file and line.
std::vector<GoldFact> read_gold(std::istream& in, const std::string& file);

}  // namespace tercet
