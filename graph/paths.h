#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "graph/csr.h"
#include "graph/run_control.h"

namespace tercet {

/// A path without a node twice. Paths are told apart by their nodes: of parallel edges the
/// lightest counts.
struct Path {
  std::vector<NodeId> nodes;  ///< from the start to the goal, both included
  double length = 0;  ///< sum of the edges' weights; their number where weights are not used

  friend bool operator==(const Path&, const Path&) = default;
};

struct PathOptions {
  bool weighted = false;  ///< lengths are sums of weights (if the graph has any), else edge counts
  /// Where weights are not used: no path of more edges is found.
  NodeId max_edges = std::numeric_limits<NodeId>::max();
};

/// Distance from the nearest of `sources` along out-edges; infinity where none leads. O(n + m),
/// with weights O(m log n). Source: Dijkstra 1959, doi:10.1007/BF01386390.
std::vector<double> distances(const Csr& graph, const std::vector<NodeId>& sources,
                              const PathOptions& options = {}, const RunControl& control = {});

/// The first path of k_shortest_paths(), or none.
std::optional<Path> shortest_path(const Csr& graph, NodeId from, NodeId to,
                                  const PathOptions& options = {}, const RunControl& control = {});

/// The k shortest paths in the order (length, number of edges, nodes compared one by one), fewer if
/// there are no more. From a node to itself only the empty path. O(k * path length) searches at
/// worst, each O(n + m) or with weights O(m log n); most are answered by one search from the goal.
/// Source: Yen 1971, doi:10.1287/mnsc.17.11.712; the shortcut: Feng 2014, doi:10.1002/net.21552.
std::vector<Path> k_shortest_paths(const Csr& graph, NodeId from, NodeId to, std::size_t k,
                                   const PathOptions& options = {}, const RunControl& control = {});

}  // namespace tercet
