#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "graph/csr.h"
#include "graph/run_control.h"

namespace tercet {

/// The blocks of a graph: largest sets of edges any two of which lie on one circle. Directions do
/// not matter; loops lie in no block; two parallel edges are a circle.
struct Blocks {
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  std::uint32_t blocks = 0;
  std::vector<std::uint32_t> blocks_at;  ///< by NodeId: blocks that meet there; 0 if alone
  std::vector<std::pair<NodeId, NodeId>> bridges;  ///< smaller end first, ascending

  /// A node in two blocks or more: without it its component falls apart.
  bool is_articulation(NodeId v) const { return blocks_at[v] > 1; }
  /// The block of the edge between two different nodes, numbered in order of discovery.
  std::uint32_t block_of(NodeId a, NodeId b) const {
    return block_above[found[a] > found[b] ? a : b];
  }

  std::vector<std::uint32_t> found;        ///< order of discovery, depth first
  std::vector<std::uint32_t> block_above;  ///< block of the edge by which the node was found
};

/// O(n + m), no recursion. Source: Hopcroft & Tarjan 1973, doi:10.1145/362248.362272.
Blocks biconnected(const Csr& graph, const RunControl& control = {});

}  // namespace tercet
