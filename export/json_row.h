#pragma once

#include <array>

#include "export/json_text.h"
#include "export/property_graph.h"

namespace tercet {

/// Append `,"name":value` for every attribute that is there; numbers as JSON numbers.
template <std::size_t N>
void append_members(std::string& out, const std::array<Field, N>& fields,
                    const std::array<std::string, N>& values) {
  for (std::size_t i = 0; i < N; ++i) {
    if (values[i].empty()) continue;
    out += ',';
    append_json(out, fields[i].name);
    out += ':';
    if (fields[i].kind == FieldKind::Text)
      append_json(out, values[i]);
    else
      out += values[i];
  }
}

}  // namespace tercet
