#pragma once

#include <cstdint>
#include <vector>

#include "graph/community.h"
#include "graph/csr.h"
#include "graph/random.h"
#include "graph/run_control.h"

namespace tercet {

/// One level of Louvain and Leiden: an undirected weighted graph whose loops are kept apart.
/// A view of the user's graph on the ground level, an aggregate above.
struct CommunityLevel {
  NodeId nodes = 0;
  const std::uint64_t* offsets = nullptr;
  const NodeId* targets = nullptr;  ///< may hold loops, which the moves skip
  const double* weights = nullptr;  ///< nullptr: every arc weighs 1
  /// What a node counts for where links are expected: its weight with loops (twice), or under
  /// Objective::Potts its number of ground nodes.
  std::vector<double> strength;
  double total = 0;  ///< sum of all strengths, the 2m of the formulas; 1 under Objective::Potts

  std::vector<std::uint64_t> own_offsets;  // what the pointers show above the ground level
  std::vector<NodeId> own_targets;
  std::vector<double> own_weights;
};

CommunityLevel ground_level(const Csr& undirected_graph, Objective objective);

/// The graph of `parts` parts of `level`, in which a part is one node.
CommunityLevel aggregate(const CommunityLevel& level, const std::vector<std::uint32_t>& part,
                         std::uint32_t parts, const RunControl& control);

/// Moves single nodes to the neighbouring part with the largest gain until none gains; only nodes
/// whose neighbours moved are looked at again. Returns whether any moved. `part` uses numbers below
/// level.nodes; nodes are first visited in the order given. No more than `few` nodes that could
/// still move are left alone.
bool move_nodes(const CommunityLevel& level, std::vector<std::uint32_t>& part, double resolution,
                const std::vector<NodeId>& order, const RunControl& control, NodeId few = 0);

/// Leiden's refinement: splits every part into well connected pieces, each a connected subgraph.
/// A node joins one of the pieces that gain, those that gain `spread` less than the best about
/// 1/e times as often. Returns the piece of every node, numbered from 0 without gaps.
std::vector<std::uint32_t> refine(const CommunityLevel& level,
                                  const std::vector<std::uint32_t>& part, double resolution,
                                  double spread, const std::vector<NodeId>& order, Random& random,
                                  const RunControl& control, std::uint32_t& pieces);

/// Renumbers by first use; returns how many numbers there are.
std::uint32_t renumber(std::vector<std::uint32_t>& part);

}  // namespace tercet
