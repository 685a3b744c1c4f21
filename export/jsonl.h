#pragma once

#include <iosfwd>
#include <string>

#include "graph/knowledge_graph.h"

namespace tercet {

/// A fact's line of JSON (base/fact_json.h) as exports hold it: a `url` that is no link into a
/// video is null, whatever an import brought.
std::string fact_line(const Fact& fact);

/// Write every claim as one line of JSON (docs/formats/facts.md), in the order of graph.facts().
/// Equal graphs give equal bytes. O(size), memory O(1). Throws Error{Io} if `out` fails.
void write_jsonl(const KnowledgeGraph& graph, std::ostream& out);

}  // namespace tercet
