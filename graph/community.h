#pragma once

#include <cstdint>
#include <span>

#include "graph/csr.h"
#include "graph/run_control.h"
#include "graph/structure.h"

namespace tercet {

/// Newman's modularity of a partition: sum over communities of in(c)/2m - resolution (k(c)/2m)^2,
/// with in(c) twice the weight of the edges inside and k(c) the sum of the strengths. Directions do
/// not matter, parallel edges and weights count, a loop is an edge inside. 0 for a graph without
/// weight. Requires part.size() == nodes. O(n + m).
/// Source: Newman & Girvan 2004, doi:10.1103/PhysRevE.69.026113.
double modularity(const Csr& graph, std::span<const std::uint32_t> part, double resolution = 1);

struct CommunityOptions {
  std::uint64_t seed = 1;   ///< same seed, same communities, on every machine
  double resolution = 1;    ///< larger: more and smaller communities
  unsigned iterations = 4;  ///< Leiden only: runs over the whole graph, fewer if nothing changes
};

struct Communities {
  Partition partition;  ///< numbered in the order of their smallest node
  double modularity = 0;
};

/// Communities by moving single nodes while modularity grows, then doing the same with the graph
/// of communities, level by level, and all of it once more from the result. O(m) a level, about ten
/// levels.
/// Source: Blondel et al. 2008, doi:10.1088/1742-5468/2008/10/P10008; queue of changed nodes:
/// Ozaki et al. 2016.
Communities louvain(const Csr& graph, const CommunityOptions& options = {},
                    const RunControl& control = {});

/// Louvain with a refinement between the levels, repeated on its own result. Every community is
/// connected. Where the paper draws with exp(gain / theta) we draw with a rational function close
/// to it, whose bits are the same on every machine.
/// Source: Traag, Waltman & van Eck 2019, doi:10.1038/s41598-019-41695-z.
Communities leiden(const Csr& graph, const CommunityOptions& options = {},
                   const RunControl& control = {});

}  // namespace tercet
