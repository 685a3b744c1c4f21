#pragma once

// The Boost.Graph face of Csr and Snapshot: the one public header that names Boost.
//
// A const Csr and a const Snapshot model VertexListGraph, IncidenceGraph, BidirectionalGraph,
// AdjacencyGraph and EdgeListGraph, so that Boost's algorithms run on it as it lies in memory.
// Vertices are NodeIds. An edge is an arc; an undirected edge shows as its two arcs (an undirected
// loop too), because whether a Csr is directed is known at run time only, and Boost asks at compile
// time. A Snapshot shows all its edges, whatever their state; boost::filtered_graph with state()
// leaves the asserted ones. get(boost::vertex_index | edge_index | edge_weight, graph) give the
// usual maps.

#include <algorithm>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>
#include <concepts>
#include <cstdint>
#include <utility>

#include "graph/csr.h"
#include "graph/snapshot.h"

namespace tercet {

/// An edge descriptor: its ends, and its place in the rows of out-arcs, which tells parallels
/// apart.
struct BglArc {
  NodeId source = 0, target = 0;
  std::uint64_t index = 0;
  friend bool operator==(const BglArc& a, const BglArc& b) { return a.index == b.index; }
  friend bool operator!=(const BglArc& a, const BglArc& b) { return a.index != b.index; }
  friend bool operator<(const BglArc& a, const BglArc& b) { return a.index < b.index; }
};

/// What the iterators ask of a graph; places are those of its rows.
inline std::uint64_t bgl_out_begin(const Csr& graph, std::uint64_t v) {
  return graph.out().offsets[v];
}
inline std::uint64_t bgl_in_begin(const Csr& graph, std::uint64_t v) {
  return graph.in().offsets[v];
}
inline const NodeId* bgl_targets(const Csr& graph) { return graph.out().targets.data(); }
inline std::uint64_t bgl_arcs(const Csr& graph) { return graph.out().targets.size(); }
inline double bgl_weight(const Csr& graph, std::uint64_t arc) {
  return graph.weighted() ? graph.out().weights[arc] : 1.0;
}
inline BglArc bgl_in_arc(const Csr& graph, NodeId target, std::uint64_t place) {
  // Parallel arcs stand in the same order in both rows: the k-th here is the k-th there.
  const ArcRows& out = graph.out();
  const ArcRows& in = graph.in();
  const NodeId source = in.targets[place];
  const auto in_row = in.row(target), out_row = out.row(source);
  const auto before = std::lower_bound(in_row.begin(), in_row.end(), source) - in_row.begin();
  const auto first = std::lower_bound(out_row.begin(), out_row.end(), target) - out_row.begin();
  const std::uint64_t k = place - in.offsets[target] - static_cast<std::uint64_t>(before);
  return {source, target, out.offsets[source] + static_cast<std::uint64_t>(first) + k};
}

inline std::uint64_t bgl_out_begin(const Snapshot& graph, std::uint64_t v) {
  return v < graph.nodes() ? graph.out(static_cast<NodeId>(v)).first : graph.edges();
}
inline std::uint64_t bgl_in_begin(const Snapshot& graph, std::uint64_t v) {
  return v < graph.nodes() ? graph.in(static_cast<NodeId>(v)).first : graph.edges();
}
inline const NodeId* bgl_targets(const Snapshot& graph) {
  return graph.targets({0, graph.edges()}).data();
}
inline std::uint64_t bgl_arcs(const Snapshot& graph) { return graph.edges(); }
inline double bgl_weight(const Snapshot& graph, std::uint64_t arc) {
  return double{graph.weight(static_cast<std::uint32_t>(arc))};
}
inline BglArc bgl_in_arc(const Snapshot& graph, NodeId target, std::uint64_t place) {
  const auto at = static_cast<std::uint32_t>(place);
  const NodeId source = graph.in_source(at);
  return {source, target, graph.edge_at(source, graph.in_relation(at), target)};
}

template <typename Graph>
concept BglGraph = std::same_as<Graph, Csr> || std::same_as<Graph, Snapshot>;

/// The arcs that leave one vertex.
template <BglGraph Graph>
class BglOutIterator
    : public boost::iterator_facade<BglOutIterator<Graph>, BglArc,
                                    boost::random_access_traversal_tag, BglArc, std::int64_t> {
 public:
  BglOutIterator() = default;
  BglOutIterator(const Graph& graph, NodeId source, std::uint64_t index)
      : graph_(&graph), source_(source), index_(index) {}

 private:
  friend class boost::iterator_core_access;
  BglArc dereference() const { return {source_, bgl_targets(*graph_)[index_], index_}; }
  bool equal(const BglOutIterator& other) const { return index_ == other.index_; }
  void increment() { ++index_; }
  void decrement() { --index_; }
  void advance(std::int64_t steps) { index_ += static_cast<std::uint64_t>(steps); }
  std::int64_t distance_to(const BglOutIterator& other) const {
    return static_cast<std::int64_t>(other.index_) - static_cast<std::int64_t>(index_);
  }

  const Graph* graph_ = nullptr;
  NodeId source_ = 0;
  std::uint64_t index_ = 0;
};

/// The arcs that enter one vertex. O(log degree) to look at one.
template <BglGraph Graph>
class BglInIterator
    : public boost::iterator_facade<BglInIterator<Graph>, BglArc,
                                    boost::random_access_traversal_tag, BglArc, std::int64_t> {
 public:
  BglInIterator() = default;
  BglInIterator(const Graph& graph, NodeId target, std::uint64_t place)
      : graph_(&graph), target_(target), place_(place) {}

 private:
  friend class boost::iterator_core_access;
  BglArc dereference() const { return bgl_in_arc(*graph_, target_, place_); }
  bool equal(const BglInIterator& other) const { return place_ == other.place_; }
  void increment() { ++place_; }
  void decrement() { --place_; }
  void advance(std::int64_t steps) { place_ += static_cast<std::uint64_t>(steps); }
  std::int64_t distance_to(const BglInIterator& other) const {
    return static_cast<std::int64_t>(other.place_) - static_cast<std::int64_t>(place_);
  }

  const Graph* graph_ = nullptr;
  NodeId target_ = 0;
  std::uint64_t place_ = 0;
};

/// All arcs, in the order of their places: sorted by source.
template <BglGraph Graph>
class BglEdgeIterator
    : public boost::iterator_facade<BglEdgeIterator<Graph>, BglArc, boost::forward_traversal_tag,
                                    BglArc, std::int64_t> {
 public:
  BglEdgeIterator() = default;
  BglEdgeIterator(const Graph& graph, std::uint64_t index) : graph_(&graph), index_(index) {
    skip_finished_rows();
  }

 private:
  friend class boost::iterator_core_access;
  BglArc dereference() const { return {source_, bgl_targets(*graph_)[index_], index_}; }
  bool equal(const BglEdgeIterator& other) const { return index_ == other.index_; }
  void increment() {
    ++index_;
    skip_finished_rows();
  }
  void skip_finished_rows() {
    while (source_ < graph_->nodes() && bgl_out_begin(*graph_, source_ + 1ULL) <= index_) ++source_;
  }

  const Graph* graph_ = nullptr;
  NodeId source_ = 0;
  std::uint64_t index_ = 0;
};

struct BglTraversal : boost::vertex_list_graph_tag,
                      boost::edge_list_graph_tag,
                      boost::bidirectional_graph_tag,
                      boost::adjacency_graph_tag {};

/// arc -> its place
struct BglEdgeIndexMap {
  using key_type = BglArc;
  using value_type = std::uint64_t;
  using reference = std::uint64_t;
  using category = boost::readable_property_map_tag;
  friend std::uint64_t get(const BglEdgeIndexMap&, const BglArc& arc) { return arc.index; }
  std::uint64_t operator[](const BglArc& arc) const { return arc.index; }
};

/// arc -> its weight, 1 where the graph has none
template <BglGraph Graph>
struct BglWeightMap {
  using key_type = BglArc;
  using value_type = double;
  using reference = double;
  using category = boost::readable_property_map_tag;
  const Graph* graph = nullptr;
  friend double get(const BglWeightMap& map, const BglArc& arc) { return map[arc]; }
  double operator[](const BglArc& arc) const { return bgl_weight(*graph, arc.index); }
};

/// What boost::graph_traits says of both.
template <BglGraph Graph>
struct BglTraits {
  using vertex_descriptor = NodeId;
  using edge_descriptor = BglArc;
  using directed_category = boost::bidirectional_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using traversal_category = BglTraversal;
  using vertices_size_type = NodeId;
  using edges_size_type = std::uint64_t;
  using degree_size_type = std::uint64_t;
  using vertex_iterator = boost::counting_iterator<NodeId>;
  using adjacency_iterator = const NodeId*;
  using out_edge_iterator = BglOutIterator<Graph>;
  using in_edge_iterator = BglInIterator<Graph>;
  using edge_iterator = BglEdgeIterator<Graph>;
  static vertex_descriptor null_vertex() { return 0xFFFFFFFF; }
};

}  // namespace tercet

namespace boost {

template <>
struct graph_traits<tercet::Csr> : tercet::BglTraits<tercet::Csr> {};
template <>
struct graph_traits<const tercet::Csr> : tercet::BglTraits<tercet::Csr> {};
template <>
struct graph_traits<tercet::Snapshot> : tercet::BglTraits<tercet::Snapshot> {};
template <>
struct graph_traits<const tercet::Snapshot> : tercet::BglTraits<tercet::Snapshot> {};

template <tercet::BglGraph Graph>
struct property_map<Graph, vertex_index_t> {
  using type = typed_identity_property_map<tercet::NodeId>;
  using const_type = type;
};
template <tercet::BglGraph Graph>
struct property_map<Graph, edge_index_t> {
  using type = tercet::BglEdgeIndexMap;
  using const_type = type;
};
template <tercet::BglGraph Graph>
struct property_map<Graph, edge_weight_t> {
  using type = tercet::BglWeightMap<Graph>;
  using const_type = type;
};

}  // namespace boost

namespace tercet {

// The functions below are found by argument-dependent lookup, as Boost's concepts ask.

template <BglGraph Graph>
NodeId source(const BglArc& arc, const Graph&) {
  return arc.source;
}
template <BglGraph Graph>
NodeId target(const BglArc& arc, const Graph&) {
  return arc.target;
}

template <BglGraph Graph>
NodeId num_vertices(const Graph& graph) {
  return graph.nodes();
}
template <BglGraph Graph>
std::pair<boost::counting_iterator<NodeId>, boost::counting_iterator<NodeId>> vertices(
    const Graph& graph) {
  return {boost::counting_iterator<NodeId>(0), boost::counting_iterator<NodeId>(graph.nodes())};
}

template <BglGraph Graph>
std::uint64_t num_edges(const Graph& graph) {
  return bgl_arcs(graph);
}
template <BglGraph Graph>
std::pair<BglEdgeIterator<Graph>, BglEdgeIterator<Graph>> edges(const Graph& graph) {
  return {BglEdgeIterator<Graph>(graph, 0), BglEdgeIterator<Graph>(graph, num_edges(graph))};
}

template <BglGraph Graph>
std::uint64_t out_degree(NodeId v, const Graph& graph) {
  return bgl_out_begin(graph, v + 1ULL) - bgl_out_begin(graph, v);
}
template <BglGraph Graph>
std::uint64_t in_degree(NodeId v, const Graph& graph) {
  return bgl_in_begin(graph, v + 1ULL) - bgl_in_begin(graph, v);
}
template <BglGraph Graph>
std::uint64_t degree(NodeId v, const Graph& graph) {
  return out_degree(v, graph) + in_degree(v, graph);
}
template <BglGraph Graph>
std::pair<BglOutIterator<Graph>, BglOutIterator<Graph>> out_edges(NodeId v, const Graph& graph) {
  return {BglOutIterator<Graph>(graph, v, bgl_out_begin(graph, v)),
          BglOutIterator<Graph>(graph, v, bgl_out_begin(graph, v + 1ULL))};
}
template <BglGraph Graph>
std::pair<BglInIterator<Graph>, BglInIterator<Graph>> in_edges(NodeId v, const Graph& graph) {
  return {BglInIterator<Graph>(graph, v, bgl_in_begin(graph, v)),
          BglInIterator<Graph>(graph, v, bgl_in_begin(graph, v + 1ULL))};
}
template <BglGraph Graph>
std::pair<const NodeId*, const NodeId*> adjacent_vertices(NodeId v, const Graph& graph) {
  const NodeId* const targets = bgl_targets(graph);
  return {targets + bgl_out_begin(graph, v), targets + bgl_out_begin(graph, v + 1ULL)};
}

template <BglGraph Graph>
boost::typed_identity_property_map<NodeId> get(boost::vertex_index_t, const Graph&) {
  return {};
}
template <BglGraph Graph>
NodeId get(boost::vertex_index_t, const Graph&, NodeId v) {
  return v;
}
template <BglGraph Graph>
BglEdgeIndexMap get(boost::edge_index_t, const Graph&) {
  return {};
}
template <BglGraph Graph>
std::uint64_t get(boost::edge_index_t, const Graph&, const BglArc& arc) {
  return arc.index;
}
template <BglGraph Graph>
BglWeightMap<Graph> get(boost::edge_weight_t, const Graph& graph) {
  return {&graph};
}
template <BglGraph Graph>
double get(boost::edge_weight_t, const Graph& graph, const BglArc& arc) {
  return bgl_weight(graph, arc.index);
}

}  // namespace tercet
