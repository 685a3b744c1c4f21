#pragma once

// The Boost.Graph face of Csr: the one public header that names Boost.
//
// A const Csr models VertexListGraph, IncidenceGraph, BidirectionalGraph, AdjacencyGraph and
// EdgeListGraph, so that Boost's algorithms run on it as it lies in memory. Vertices are NodeIds.
// An edge is an arc; an undirected edge shows as its two arcs (an undirected loop too), because
// whether a Csr is directed is known at run time only, and Boost asks at compile time.
// get(boost::vertex_index | edge_index | edge_weight, graph) give the usual maps.

#include <algorithm>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>
#include <cstdint>
#include <utility>

#include "graph/csr.h"

namespace tercet {

/// An edge descriptor: its ends, and its place in out().targets, which tells parallels apart.
struct BglArc {
  NodeId source = 0, target = 0;
  std::uint64_t index = 0;
  friend bool operator==(const BglArc& a, const BglArc& b) { return a.index == b.index; }
  friend bool operator!=(const BglArc& a, const BglArc& b) { return a.index != b.index; }
  friend bool operator<(const BglArc& a, const BglArc& b) { return a.index < b.index; }
};

/// The arcs that leave one vertex.
class BglOutIterator
    : public boost::iterator_facade<BglOutIterator, BglArc, boost::random_access_traversal_tag,
                                    BglArc, std::int64_t> {
 public:
  BglOutIterator() = default;
  BglOutIterator(const Csr& graph, NodeId source, std::uint64_t index)
      : graph_(&graph), source_(source), index_(index) {}

 private:
  friend class boost::iterator_core_access;
  BglArc dereference() const { return {source_, graph_->out().targets[index_], index_}; }
  bool equal(const BglOutIterator& other) const { return index_ == other.index_; }
  void increment() { ++index_; }
  void decrement() { --index_; }
  void advance(std::int64_t steps) { index_ += static_cast<std::uint64_t>(steps); }
  std::int64_t distance_to(const BglOutIterator& other) const {
    return static_cast<std::int64_t>(other.index_) - static_cast<std::int64_t>(index_);
  }

  const Csr* graph_ = nullptr;
  NodeId source_ = 0;
  std::uint64_t index_ = 0;
};

/// The arcs that enter one vertex. O(log degree) to look at one.
class BglInIterator
    : public boost::iterator_facade<BglInIterator, BglArc, boost::random_access_traversal_tag,
                                    BglArc, std::int64_t> {
 public:
  BglInIterator() = default;
  BglInIterator(const Csr& graph, NodeId target, std::uint64_t place)
      : graph_(&graph), target_(target), place_(place) {}

 private:
  friend class boost::iterator_core_access;
  // Parallel arcs stand in the same order in both rows: the k-th here is the k-th there.
  BglArc dereference() const {
    const ArcRows& out = graph_->out();
    const ArcRows& in = graph_->in();
    const NodeId source = in.targets[place_];
    const auto in_row = in.row(target_), out_row = out.row(source);
    const auto before = std::lower_bound(in_row.begin(), in_row.end(), source) - in_row.begin();
    const auto first = std::lower_bound(out_row.begin(), out_row.end(), target_) - out_row.begin();
    const std::uint64_t k = place_ - in.offsets[target_] - static_cast<std::uint64_t>(before);
    return {source, target_, out.offsets[source] + static_cast<std::uint64_t>(first) + k};
  }
  bool equal(const BglInIterator& other) const { return place_ == other.place_; }
  void increment() { ++place_; }
  void decrement() { --place_; }
  void advance(std::int64_t steps) { place_ += static_cast<std::uint64_t>(steps); }
  std::int64_t distance_to(const BglInIterator& other) const {
    return static_cast<std::int64_t>(other.place_) - static_cast<std::int64_t>(place_);
  }

  const Csr* graph_ = nullptr;
  NodeId target_ = 0;
  std::uint64_t place_ = 0;
};

/// All arcs, sorted by (source, target).
class BglEdgeIterator
    : public boost::iterator_facade<BglEdgeIterator, BglArc, boost::forward_traversal_tag, BglArc,
                                    std::int64_t> {
 public:
  BglEdgeIterator() = default;
  BglEdgeIterator(const Csr& graph, std::uint64_t index) : graph_(&graph), index_(index) {
    skip_finished_rows();
  }

 private:
  friend class boost::iterator_core_access;
  BglArc dereference() const { return {source_, graph_->out().targets[index_], index_}; }
  bool equal(const BglEdgeIterator& other) const { return index_ == other.index_; }
  void increment() {
    ++index_;
    skip_finished_rows();
  }
  void skip_finished_rows() {
    const auto& offsets = graph_->out().offsets;
    while (source_ + 1 < offsets.size() && offsets[source_ + 1] <= index_) ++source_;
  }

  const Csr* graph_ = nullptr;
  NodeId source_ = 0;
  std::uint64_t index_ = 0;
};

struct BglTraversal : boost::vertex_list_graph_tag,
                      boost::edge_list_graph_tag,
                      boost::bidirectional_graph_tag,
                      boost::adjacency_graph_tag {};

/// arc -> its place in out().targets
struct BglEdgeIndexMap {
  using key_type = BglArc;
  using value_type = std::uint64_t;
  using reference = std::uint64_t;
  using category = boost::readable_property_map_tag;
  friend std::uint64_t get(const BglEdgeIndexMap&, const BglArc& arc) { return arc.index; }
  std::uint64_t operator[](const BglArc& arc) const { return arc.index; }
};

/// arc -> its weight, 1 where the graph has none
struct BglWeightMap {
  using key_type = BglArc;
  using value_type = double;
  using reference = double;
  using category = boost::readable_property_map_tag;
  const Csr* graph = nullptr;
  friend double get(const BglWeightMap& map, const BglArc& arc) { return map[arc]; }
  double operator[](const BglArc& arc) const {
    return graph->weighted() ? graph->out().weights[arc.index] : 1.0;
  }
};

}  // namespace tercet

namespace boost {

template <>
struct graph_traits<tercet::Csr> {
  using vertex_descriptor = tercet::NodeId;
  using edge_descriptor = tercet::BglArc;
  using directed_category = bidirectional_tag;
  using edge_parallel_category = allow_parallel_edge_tag;
  using traversal_category = tercet::BglTraversal;
  using vertices_size_type = tercet::NodeId;
  using edges_size_type = std::uint64_t;
  using degree_size_type = std::uint64_t;
  using vertex_iterator = counting_iterator<tercet::NodeId>;
  using adjacency_iterator = const tercet::NodeId*;
  using out_edge_iterator = tercet::BglOutIterator;
  using in_edge_iterator = tercet::BglInIterator;
  using edge_iterator = tercet::BglEdgeIterator;
  static vertex_descriptor null_vertex() { return 0xFFFFFFFF; }
};
template <>
struct graph_traits<const tercet::Csr> : graph_traits<tercet::Csr> {};

template <>
struct property_map<tercet::Csr, vertex_index_t> {
  using type = typed_identity_property_map<tercet::NodeId>;
  using const_type = type;
};
template <>
struct property_map<tercet::Csr, edge_index_t> {
  using type = tercet::BglEdgeIndexMap;
  using const_type = type;
};
template <>
struct property_map<tercet::Csr, edge_weight_t> {
  using type = tercet::BglWeightMap;
  using const_type = type;
};

}  // namespace boost

namespace tercet {

// The functions below are found by argument-dependent lookup, as Boost's concepts ask.

using BglTraits = boost::graph_traits<Csr>;

inline NodeId source(const BglArc& arc, const Csr&) { return arc.source; }
inline NodeId target(const BglArc& arc, const Csr&) { return arc.target; }

inline NodeId num_vertices(const Csr& graph) { return graph.nodes(); }
inline std::pair<BglTraits::vertex_iterator, BglTraits::vertex_iterator> vertices(
    const Csr& graph) {
  return {BglTraits::vertex_iterator(0), BglTraits::vertex_iterator(graph.nodes())};
}

inline std::uint64_t num_edges(const Csr& graph) { return graph.out().targets.size(); }
inline std::pair<BglEdgeIterator, BglEdgeIterator> edges(const Csr& graph) {
  return {BglEdgeIterator(graph, 0), BglEdgeIterator(graph, num_edges(graph))};
}

inline std::uint64_t out_degree(NodeId v, const Csr& graph) { return graph.out().degree(v); }
inline std::uint64_t in_degree(NodeId v, const Csr& graph) { return graph.in().degree(v); }
inline std::uint64_t degree(NodeId v, const Csr& graph) {
  return out_degree(v, graph) + in_degree(v, graph);
}
inline std::pair<BglOutIterator, BglOutIterator> out_edges(NodeId v, const Csr& graph) {
  const auto& offsets = graph.out().offsets;
  return {BglOutIterator(graph, v, offsets[v]), BglOutIterator(graph, v, offsets[v + 1])};
}
inline std::pair<BglInIterator, BglInIterator> in_edges(NodeId v, const Csr& graph) {
  const auto& offsets = graph.in().offsets;
  return {BglInIterator(graph, v, offsets[v]), BglInIterator(graph, v, offsets[v + 1])};
}
inline std::pair<const NodeId*, const NodeId*> adjacent_vertices(NodeId v, const Csr& graph) {
  const auto row = graph.out().row(v);
  return {row.data(), row.data() + row.size()};
}

inline boost::typed_identity_property_map<NodeId> get(boost::vertex_index_t, const Csr&) {
  return {};
}
inline NodeId get(boost::vertex_index_t, const Csr&, NodeId v) { return v; }
inline BglEdgeIndexMap get(boost::edge_index_t, const Csr&) { return {}; }
inline std::uint64_t get(boost::edge_index_t, const Csr&, const BglArc& arc) { return arc.index; }
inline BglWeightMap get(boost::edge_weight_t, const Csr& graph) { return {&graph}; }
inline double get(boost::edge_weight_t, const Csr& graph, const BglArc& arc) {
  return BglWeightMap{&graph}[arc];
}

}  // namespace tercet
