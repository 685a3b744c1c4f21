#pragma once

#include <string>
#include <string_view>

#include "base/fact.h"

namespace tercet {

/// `fact` as one line of JSON without a line end, keys in the contract's order. Never throws
/// except bad_alloc: bytes that are not UTF-8 become U+FFFD.
std::string to_json(const Fact& fact);

/// Read one JSON object. Unknown keys are ignored; `subject`, `relation` and `object` must be
/// there, everything else has the default of Fact. Throws Error{Syntax} (column = byte in line)
/// or Error{Schema} for wrong types and values out of range. Depth is limited to 128; linear time.
Fact fact_from_json(std::string_view line);

}  // namespace tercet
