#pragma once

#include <cstddef>
#include <iosfwd>

#include "export/strand.h"
#include "graph/knowledge_graph.h"

namespace tercet {

struct MermaidOptions {
  bool all = false;            ///< also what is not asserted: dotted, with its marks in words
  std::size_t max_links = 50;  ///< above, Mermaid's own layout takes long and reads badly; 0: all
};

/// Write the busiest part of the graph as a Mermaid flowchart (https://mermaid.js.org), for a
/// Markdown page. Every character of a name that Mermaid or HTML gives a meaning is an entity code.
/// A comment says how many links were left out. Equal graphs give equal bytes. O(n log n). Throws
/// Error{Io} if `out` fails.
void write_mermaid(const KnowledgeGraph& graph, std::ostream& out,
                   const MermaidOptions& options = {});

}  // namespace tercet
