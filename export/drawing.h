#pragma once

#include <cstdint>
#include <vector>

#include "export/strand.h"
#include "graph/knowledge_graph.h"

namespace tercet {

/// One relation on a drawn link.
struct DrawnLine {
  EdgeId edge = 0;
  std::uint32_t best = 0;      ///< the claim that is quoted
  std::uint32_t evidence = 0;  ///< claims behind it, at least 1
  double confidence = 0;
  std::uint32_t number = 0;  ///< ties an "if" to its "then"; 0 = none
};

/// One line from node to node, with all relations of one status if bundled.
struct DrawnLink {
  NodeId source = 0, target = 0;
  Status status;
  std::vector<DrawnLine> lines;  ///< in edge order, never empty
};

/// What of a graph is drawn. Nodes without a link are left out.
struct Drawing {
  std::vector<NodeId> nodes;     ///< ascending
  std::vector<DrawnLink> links;  ///< by source, then edge (bundled: target), then status
  std::size_t nodes_left_out = 0, links_left_out = 0;  ///< by max_links only
};

/// Choose what to draw. With `bundle` relations between the same two nodes that have one status
/// share a link. If there are more than `max_links` (0: no limit) links, only those among the nodes
/// with most links stay, as many nodes as fit. O(n log n).
Drawing select_drawing(const KnowledgeGraph& graph, Show show, bool bundle, std::size_t max_links);

}  // namespace tercet
