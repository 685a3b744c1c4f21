#pragma once

#include <iosfwd>

#include "export/property_graph.h"

namespace tercet {

/// Write the graph as GEXF 1.2 (https://gexf.net/1.2/gexf.xsd), which Gephi, networkx and sigma
/// read: nodes, edges and attributes of write_graphml(), edge `kind` = label. Equal graphs give
/// equal bytes. Streamed, memory O(1). Throws Error{Usage} for a bad base, Error{Io} if `out`
/// fails.
void write_gexf(const KnowledgeGraph& graph, std::ostream& out,
                const PropertyGraphOptions& options = {});

}  // namespace tercet
