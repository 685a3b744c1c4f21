#pragma once

#include <string>
#include <vector>

#include "export/drawing.h"
#include "graph/knowledge_graph.h"

namespace tercet {

/// Groups of things that have more to do with each other than with the rest.
struct Clusters {
  std::vector<int> of;             ///< per node of the graph: its cluster from 0
  std::vector<std::string> names;  ///< per cluster, see name_clusters()
};

/// What each cluster is about, in the words of the graph: its busiest things (what others say of
/// them, not figures and dates) and what most lines inside it say, "Amazon, SageMaker · offers".
/// `of` is per node of the graph, -1 for none; only the lines of `drawing` count. A cluster with
/// nothing drawn has an empty name. Names of two clusters differ. O(nodes + lines).
std::vector<std::string> name_clusters(const KnowledgeGraph& graph, const Drawing& drawing,
                                       const std::vector<int>& of);

/// Communities of the asserted graph (graph/community.h), named. O(m) a level.
Clusters find_clusters(const KnowledgeGraph& graph, const Drawing& drawing);

/// Groups of what is drawn, for boxes round them: communities of the drawn lines, of which those
/// with fewer than `least` things join the one they have most to do with. Named.
Clusters group_drawing(const KnowledgeGraph& graph, const Drawing& drawing, std::size_t least);

}  // namespace tercet
