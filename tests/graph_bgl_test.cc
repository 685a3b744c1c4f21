#include <boost/concept_check.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/core_numbers.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/strong_components.hpp>
#include <set>

#include "graph/bgl.h"
#include "graph/snapshot_write.h"
#include "graph/structure.h"
#include "tests/catch.h"
#include "tests/graph_fixture.h"

using namespace tercet;
using namespace tercet::test;

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Csr>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Csr>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<Csr>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<Csr>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<Csr>));

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Snapshot>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Snapshot>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<Snapshot>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<Snapshot>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<Snapshot>));

TEST_CASE("Boost's strong components are ours", "[graph][bgl]") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Csr graph = RandomGraph(seed).csr();
    std::vector<int> theirs(graph.nodes());
    const int count = boost::strong_components(
        graph, boost::make_iterator_property_map(theirs.begin(), get(boost::vertex_index, graph)));
    const Partition ours = strong_components(graph);
    CAPTURE(seed);
    REQUIRE(ours.parts == static_cast<std::uint32_t>(count));
    std::set<std::pair<int, std::uint32_t>> together;
    for (NodeId v = 0; v < graph.nodes(); ++v) together.emplace(theirs[v], ours.part[v]);
    CHECK(together.size() == ours.parts);
  }
}

TEST_CASE("A giant strong component is Boost's too", "[graph][bgl]") {
  // Dense enough to be looked for; nodes beyond `ring` only lead in, out or past it.
  std::uint32_t most = 0, least = 1000;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Random random(seed);
    const NodeId nodes = 20 + random.below(700), ring = 1 + random.below(nodes);
    Pairs pairs;
    for (std::uint32_t i = 0; i < nodes * (3 + seed % 6); ++i) {
      NodeId u = random.below(nodes), v = random.below(nodes);
      if ((u >= ring || v >= ring) && u > v) std::swap(u, v);
      if (u % 7 == 3 && seed % 3 != 0) v = u;
      pairs.emplace_back(u, v);
    }
    const Csr graph = directed_graph(nodes, pairs);
    std::vector<int> theirs(nodes);
    const int count = boost::strong_components(
        graph, boost::make_iterator_property_map(theirs.begin(), get(boost::vertex_index, graph)));
    const Partition ours = strong_components(graph);
    CAPTURE(seed);
    REQUIRE(ours.parts == static_cast<std::uint32_t>(count));
    std::set<std::pair<int, std::uint32_t>> together;
    std::uint32_t next = 0;
    for (NodeId v = 0; v < nodes; ++v) {
      together.emplace(theirs[v], ours.part[v]);
      REQUIRE(ours.part[v] <= next);  // numbered by smallest node
      next = std::max(next, ours.part[v] + 1);
    }
    CHECK(together.size() == ours.parts);
    most = std::max(most, ours.parts);
    least = std::min(least, ours.parts);
  }
  CHECK(least < 20);
  CHECK(most > 300);
}

TEST_CASE("Boost's core numbers are ours", "[graph][bgl]") {
  // Boost takes in-edges only; an undirected graph shows both arcs of an edge.
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Csr graph = undirected(RandomGraph(seed).csr());
    std::vector<std::uint32_t> theirs(graph.nodes());
    boost::core_numbers(
        graph, boost::make_iterator_property_map(theirs.begin(), get(boost::vertex_index, graph)));
    CAPTURE(seed);
    CHECK(theirs == core_numbers(graph));
  }
}

TEST_CASE("Boost's Dijkstra reads the weights", "[graph][bgl]") {
  //  0 -1- 1 -1- 2, and 0 -5- 2
  const Csr graph = csr_of(3, {{0, 1}, {1, 2}, {0, 2}}, false, {1, 1, 5});
  std::vector<double> distance(3);
  boost::dijkstra_shortest_paths(graph, NodeId{0},
                                 boost::weight_map(get(boost::edge_weight, graph))
                                     .distance_map(boost::make_iterator_property_map(
                                         distance.begin(), get(boost::vertex_index, graph))));
  CHECK(distance == std::vector<double>{0, 1, 2});
}

TEST_CASE("breadth-first search reaches along out-arcs only", "[graph][bgl]") {
  const Csr graph = directed_graph(4, {{0, 1}, {1, 2}, {3, 0}});
  std::vector<NodeId> found;
  struct Visitor : boost::default_bfs_visitor {
    std::vector<NodeId>* found = nullptr;
    void discover_vertex(NodeId v, const Csr&) const { found->push_back(v); }
  } visitor;
  visitor.found = &found;
  boost::breadth_first_search(graph, NodeId{0}, boost::visitor(visitor));
  CHECK(found == std::vector<NodeId>{0, 1, 2});
}

TEST_CASE("every arc is the same edge from both its ends, parallels and loops too",
          "[graph][bgl]") {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Csr graph = RandomGraph(seed).csr();
    CAPTURE(seed);
    std::vector<int> seen_out(num_edges(graph)), seen_in(num_edges(graph)), seen(num_edges(graph));
    for (NodeId v = 0; v < graph.nodes(); ++v) {
      const auto [out, out_end] = out_edges(v, graph);
      for (auto it = out; it != out_end; ++it) {
        CHECK(source(*it, graph) == v);
        ++seen_out[(*it).index];
      }
      const auto [in, in_end] = in_edges(v, graph);
      for (auto it = in; it != in_end; ++it) {
        const BglArc arc = *it;
        CHECK(target(arc, graph) == v);
        CHECK(graph.out().targets[arc.index] == v);
        CHECK(arc.index >= graph.out().offsets[arc.source]);
        CHECK(arc.index < graph.out().offsets[arc.source + 1]);
        if (graph.weighted()) {
          const std::uint64_t place = static_cast<std::uint64_t>(it - in) + graph.in().offsets[v];
          CHECK(graph.in().weights[place] == get(boost::edge_weight, graph, arc));
        }
        ++seen_in[arc.index];
      }
    }
    const auto [first, last] = edges(graph);
    for (auto it = first; it != last; ++it) ++seen[(*it).index];
    const std::vector<int> once(num_edges(graph), 1);
    CHECK(seen_out == once);
    CHECK(seen_in == once);
    CHECK(seen == once);
  }
}

TEST_CASE("a snapshot's arcs are the same from both ends, and Boost runs on it", "[graph][bgl]") {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    CAPTURE(seed);
    const RandomGraph random(seed);
    TripleSet set;
    for (NodeId v = 0; v < random.nodes; ++v) set.nodes.insert(std::to_string(v));
    for (const char* name : {"r", "s", "t"}) set.relations.insert(name);
    EdgeColumns columns;
    std::set<std::tuple<NodeId, std::size_t, NodeId>> seen;
    for (std::size_t i = 0; i < random.pairs.size(); ++i) {
      const auto [a, b] = random.pairs[i];
      set.triples.push_back({a, static_cast<RelationId>(i % 3), b});
      if (!seen.emplace(a, i % 3, b).second) continue;
      columns.sources.push_back(a);
      columns.targets.push_back(b);
    }
    const Snapshot snapshot = snapshot_of(std::move(set));
    const Csr graph(random.nodes, columns, true);
    REQUIRE(num_edges(snapshot) == columns.sources.size());
    std::multiset<std::uint64_t> from_out, from_in, from_list;
    const auto collect = [&](const auto& range, auto& into) {
      for (auto it = range.first; it != range.second; ++it) {
        const BglArc arc = *it;
        CHECK(snapshot.source(static_cast<std::uint32_t>(arc.index)) == arc.source);
        CHECK(snapshot.target(static_cast<std::uint32_t>(arc.index)) == arc.target);
        into.insert(arc.index);
      }
    };
    for (NodeId v = 0; v < snapshot.nodes(); ++v) {
      collect(out_edges(v, snapshot), from_out);
      collect(in_edges(v, snapshot), from_in);
      CHECK(out_degree(v, snapshot) == out_degree(v, graph));
      CHECK(in_degree(v, snapshot) == in_degree(v, graph));
    }
    collect(edges(snapshot), from_list);
    CHECK(from_out.size() == num_edges(snapshot));
    CHECK(from_out == from_in);
    CHECK(from_out == from_list);
    std::vector<int> one(snapshot.nodes()), other(snapshot.nodes());
    const auto map = [&](std::vector<int>& values) {
      return boost::make_iterator_property_map(values.begin(), get(boost::vertex_index, graph));
    };
    CHECK(boost::strong_components(snapshot, map(one)) ==
          boost::strong_components(graph, map(other)));
  }
}
