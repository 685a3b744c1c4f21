#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "graph/query.h"
#include "graph/snapshot.h"

namespace tercet::cli {

/// Any bytes as a JSON string.
void write_string(JsonWriter& writer, std::string_view text);

/// {"subject", "relation", "object", "state", "confidence", "evidence": [ids]}; with quotes the
/// evidence is [{"id", "doc", "line", "quote", "timestamp"?}].
void write_edge(JsonWriter& writer, const Snapshot& snapshot, std::uint32_t edge,
                const EdgeFilter& filter, bool with_quotes);

/// "A -[relation]-> B"
std::string arrow(const Snapshot& snapshot, std::uint32_t edge);

}  // namespace tercet::cli
