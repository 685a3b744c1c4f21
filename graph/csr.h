#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "graph/knowledge_graph.h"

namespace tercet {

/// A list of edges as three columns. `weights` is empty if every edge weighs 1.
struct EdgeColumns {
  std::vector<NodeId> sources, targets;
  std::vector<double> weights;
};

/// One direction of a graph in compressed sparse rows: the arcs of row v are
/// targets[offsets[v]] .. targets[offsets[v + 1]], ascending.
struct ArcRows {
  std::vector<std::uint64_t> offsets = {0};
  std::vector<NodeId> targets;
  std::vector<double> weights;  ///< parallel to targets; empty if every arc weighs 1

  std::span<const NodeId> row(NodeId v) const {
    return {targets.data() + offsets[v], targets.data() + offsets[v + 1]};
  }
  std::span<const double> row_weights(NodeId v) const {  ///< empty if unweighted
    if (weights.empty()) return {};
    return {weights.data() + offsets[v], weights.data() + offsets[v + 1]};
  }
  std::uint64_t degree(NodeId v) const { return offsets[v + 1] - offsets[v]; }
};

/// An immutable multigraph for the measures: loops and parallel edges are kept.
/// Directed: out() and in() hold every edge once. Undirected: out() and in() are one and the same
/// and hold an edge in the row of both ends, a loop twice in its row, so that the size of a row is
/// the degree of its node.
class Csr {
 public:
  Csr() = default;
  /// Every end must be < nodes; weights are finite and not negative. O(nodes + edges). Throws
  /// Stopped, as do the functions below.
  Csr(NodeId nodes, const EdgeColumns& edges, bool directed, const std::stop_token& stop = {});

  NodeId nodes() const { return static_cast<NodeId>(out_.offsets.size() - 1); }
  std::uint64_t edges() const { return directed_ ? out_.targets.size() : out_.targets.size() / 2; }
  bool directed() const { return directed_; }
  bool weighted() const { return !out_.weights.empty(); }
  std::uint64_t bytes() const;  ///< memory it holds
  const ArcRows& out() const { return out_; }
  const ArcRows& in() const { return directed_ ? in_ : out_; }

 private:
  ArcRows out_, in_;
  bool directed_ = true;
};

/// The same graph with the direction of its edges forgotten: every arc becomes one undirected
/// edge. O(nodes + edges).
Csr undirected(const Csr& graph, const std::stop_token& stop = {});

/// The undirected graph without loops and parallel edges, unweighted. O(nodes + edges).
Csr simple_undirected(const Csr& graph, const std::stop_token& stop = {});

/// Whether the graph is undirected, without loops and parallel edges. O(nodes + edges).
bool is_simple(const Csr& graph, const std::stop_token& stop = {});

/// A graph whose nodes have names (ids of a file, or names of things).
struct LabelledGraph {
  std::vector<std::string> names;  ///< indexed by NodeId
  Csr graph;
};

}  // namespace tercet
