#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tercet {

/// `value` in the canonical form of xsd:double, "9.7E-1"; finite, of few digits.
void append_xsd_double(std::string& out, double value);

/// `text` (already clean_text()) in quotes, as N-Triples and Turtle write a literal.
void append_rdf_literal(std::string& out, std::string_view text);

void append_count(std::string& out, std::uint64_t value);

}  // namespace tercet
