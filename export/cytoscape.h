#pragma once

#include <iosfwd>

#include "export/property_graph.h"

namespace tercet {

/// Write the graph as Cytoscape JSON (.cyjs, https://js.cytoscape.org): nodes, edges and attributes
/// of write_graphml() under `elements`, the name of a thing also as `name`, the relation as
/// `interaction`. Equal graphs give equal bytes. Streamed, memory O(1). Throws Error{Usage} for a
/// bad base, Error{Io} if `out` fails.
void write_cytoscape(const KnowledgeGraph& graph, std::ostream& out,
                     const PropertyGraphOptions& options = {});

}  // namespace tercet
