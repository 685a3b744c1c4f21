#pragma once

#include <iosfwd>

#include "export/property_graph.h"

namespace tercet {

using GraphmlOptions = PropertyGraphOptions;

/// Write the graph as GraphML (http://graphml.graphdrawing.org), in the shape that networkx,
/// igraph, NetworKit, graph-tool, Boost, Gephi and APOC read alike: docs/formats/exports.md lists
/// keys and reasons. All nodes, in NodeId order; an edge for each (subject, relation, object) and
/// status, with the attributes of its best claim. What XML cannot hold becomes U+FFFD. Equal graphs
/// give equal bytes. Streamed, memory O(1). Throws Error{Usage} for a bad base, Error{Io} if `out`
/// fails.
void write_graphml(const KnowledgeGraph& graph, std::ostream& out,
                   const GraphmlOptions& options = {});

}  // namespace tercet
