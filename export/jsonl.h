#pragma once

#include <iosfwd>

#include "graph/knowledge_graph.h"

namespace tercet {

/// Write every claim as one line of JSON (docs/formats/facts.md), in the order of graph.facts().
/// Equal graphs give equal bytes. O(size), memory O(1). Throws Error{Io} if `out` fails.
void write_jsonl(const KnowledgeGraph& graph, std::ostream& out);

}  // namespace tercet
