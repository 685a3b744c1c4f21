#pragma once

#include <iosfwd>

#include "export/property_graph.h"

namespace tercet {

/// Write the graph as node-link JSON, which networkx.node_link_graph(data, edges="edges") reads:
/// nodes, edges and attributes of write_graphml(), edge ids as `key`. Equal graphs give equal
/// bytes. Streamed, memory O(1). Throws Error{Usage} for a bad base, Error{Io} if `out` fails.
void write_node_link(const KnowledgeGraph& graph, std::ostream& out,
                     const PropertyGraphOptions& options = {});

}  // namespace tercet
