#pragma once

#include <cstdint>
#include <span>
#include <vector>

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

/// The constant Potts model's quality of a partition: sum over communities of in(c) - resolution
/// n(c)^2, over 2m (igraph's definition), with in(c) as in modularity() and n(c) nodes. Unlike
/// modularity it does not depend on the size of the graph: a community is one whose density is
/// above `resolution`. Source: Traag, Van Dooren & Nesterov 2011, doi:10.1103/PhysRevE.84.016114.
double potts_quality(const Csr& graph, std::span<const std::uint32_t> part, double resolution);

/// What the communities are to make large.
enum class Objective : std::uint8_t { Modularity, Potts };

struct CommunityOptions {
  std::uint64_t seed = 1;  ///< same seed, same communities, on every machine
  Objective objective = Objective::Modularity;
  double resolution = 1;    ///< larger: more and smaller communities
  unsigned iterations = 4;  ///< Leiden only: runs over the whole graph, fewer if nothing changes
  /// Communities to begin with, by NodeId in any numbers below 2^32 - 1, as those of an earlier
  /// state of the graph; nodes beyond its size begin alone. Empty: all begin alone.
  std::vector<std::uint32_t> start;
};

struct Communities {
  Partition partition;    ///< numbered in the order of their smallest node
  double modularity = 0;  ///< with the resolution, or 1 under Objective::Potts
  double quality = 0;     ///< the objective's value
};

/// Communities by moving single nodes while modularity grows, then doing the same with the graph
/// of communities, level by level, and all of it once more from the result. A level of 4,000 nodes
/// or more stops early: in the first run when half, in the second when an eighth of its nodes or
/// fewer are left that could still move. O(m) a level, about ten levels. Source: Blondel et al.
/// 2008, doi:10.1088/1742-5468/2008/10/P10008; queue of changed nodes: Ozaki et al. 2016.
Communities louvain(const Csr& graph, const CommunityOptions& options = {},
                    const RunControl& control = {});

/// Louvain with a refinement between the levels, repeated on its own result. Every community is
/// connected. Of a small graph (below 4,000 nodes and edges) the best of eight draws is given, of a
/// middling one (below 500,000) the better of two first runs is gone on with. Where the paper draws
/// with exp(gain / theta) we draw with a rational function close to it, whose bits are the same on
/// every machine. Source: Traag, Waltman & van Eck 2019, doi:10.1038/s41598-019-41695-z.
Communities leiden(const Csr& graph, const CommunityOptions& options = {},
                   const RunControl& control = {});

}  // namespace tercet
