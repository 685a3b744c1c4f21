#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "graph/knowledge_graph.h"

namespace tercet {

struct GraphmlOptions {
  bool all = false;  ///< also what is not asserted: marked in label and status, weight 0
  std::string base = "https://example.org/kg/";  ///< of the IRIs, as in RdfOptions
  std::vector<int> clusters;  ///< per node its community from 0, -1 for none; empty: none known
};

/// Write the graph as GraphML (http://graphml.graphdrawing.org), in the shape that networkx,
/// igraph, NetworKit, graph-tool, Boost, Gephi and APOC read alike: docs/formats/exports.md lists
/// keys and reasons. All nodes, in NodeId order; an edge for each (subject, relation, object) and
/// status, with the attributes of its best claim. What XML cannot hold becomes U+FFFD. Equal graphs
/// give equal bytes. Streamed, memory O(1). Throws Error{Usage} for a bad base, Error{Io} if `out`
/// fails.
void write_graphml(const KnowledgeGraph& graph, std::ostream& out,
                   const GraphmlOptions& options = {});

}  // namespace tercet
