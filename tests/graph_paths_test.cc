#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <tuple>

#include "graph/biconnected.h"
#include "graph/dominators.h"
#include "graph/flow.h"
#include "graph/paths.h"
#include "graph/structure.h"
#include "tests/catch.h"
#include "tests/graph_fixture.h"

using namespace tercet;
using namespace tercet::test;

namespace {

constexpr std::uint64_t kGraphs = 300;

// Weight of the lightest edge from one node to another; infinity if there is none.
double lightest(const Csr& graph, NodeId from, NodeId to, bool weighted) {
  double best = std::numeric_limits<double>::infinity();
  const auto row = graph.out().row(from);
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] != to) continue;
    best = std::min(best, weighted && graph.weighted() ? graph.out().row_weights(from)[i] : 1.0);
  }
  return best;
}

// Every path without a node twice, sorted as k_shortest_paths() promises.
std::vector<Path> all_paths(const Csr& graph, NodeId from, NodeId to, bool weighted) {
  std::vector<Path> found;
  std::vector<NodeId> path = {from};
  const std::function<void(double)> go = [&](double length) {
    if (path.back() == to) {
      found.push_back({path, length});
      return;
    }
    for (NodeId w = 0; w < graph.nodes(); ++w) {
      const double weight = lightest(graph, path.back(), w, weighted);
      if (std::isinf(weight) || std::find(path.begin(), path.end(), w) != path.end()) continue;
      path.push_back(w);
      go(length + weight);
      path.pop_back();
    }
  };
  go(0);
  std::sort(found.begin(), found.end(), [](const Path& a, const Path& b) {
    return std::tuple(a.length, a.nodes.size(), a.nodes) <
           std::tuple(b.length, b.nodes.size(), b.nodes);
  });
  return found;
}

// Nodes reached from `from` without the nodes and edges that are closed.
std::vector<bool> reached(const Csr& graph, NodeId from, NodeId without = 0xFFFFFFFF) {
  std::vector<bool> seen(graph.nodes(), false);
  if (from == without) return seen;
  std::vector<NodeId> queue = {from};
  seen[from] = true;
  for (std::size_t at = 0; at < queue.size(); ++at) {
    for (const NodeId w : graph.out().row(queue[at])) {
      if (seen[w] || w == without) continue;
      seen[w] = true;
      queue.push_back(w);
    }
  }
  return seen;
}

std::uint32_t parts_without(const RandomGraph& from, NodeId node, std::size_t edge) {
  Pairs pairs;
  for (std::size_t i = 0; i < from.pairs.size(); ++i) {
    const auto& [u, v] = from.pairs[i];
    if (i != edge && u != node && v != node) pairs.emplace_back(u, v);
  }
  // A node taken away still counts as a part of its own.
  return components(undirected_graph(from.nodes, pairs)).parts - (node < from.nodes ? 1 : 0);
}

}  // namespace

TEST_CASE("the k shortest paths are the first k of all paths", "[graph][paths]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const RandomGraph random(seed, 8);
    const Csr graph = random.csr();
    const NodeId to = static_cast<NodeId>(seed % graph.nodes());
    for (const bool weighted : {false, true}) {
      const std::vector<Path> all = all_paths(graph, 0, to, weighted);
      for (const std::size_t k : {1U, 3U, 1000U}) {
        const std::vector<Path> some = k_shortest_paths(graph, 0, to, k, {.weighted = weighted});
        CAPTURE(seed, weighted, k);
        REQUIRE(some.size() == std::min(k, all.size()));
        for (std::size_t i = 0; i < some.size(); ++i) {
          CHECK(some[i].nodes == all[i].nodes);
          CHECK(some[i].length == Approx(all[i].length));
        }
      }
    }
  }
}

TEST_CASE("a path of zero weights does not run in a circle", "[graph][paths]") {
  const Csr graph = csr_of(4, {{0, 1}, {1, 0}, {1, 2}, {2, 1}, {2, 3}}, true, {0, 0, 0, 0, 0});
  const std::vector<Path> paths = k_shortest_paths(graph, 0, 3, 5, {.weighted = true});
  REQUIRE(paths.size() == 1);
  CHECK(paths[0] == Path{{0, 1, 2, 3}, 0});
}

TEST_CASE("a path of too many edges is not found", "[graph][paths]") {
  const Csr graph = directed_graph(4, {{0, 1}, {1, 2}, {2, 3}, {0, 2}});
  CHECK(shortest_path(graph, 0, 3, {.max_edges = 1}) == std::nullopt);
  CHECK(shortest_path(graph, 0, 3, {.max_edges = 2}) == Path{{0, 2, 3}, 2});
  CHECK(k_shortest_paths(graph, 0, 3, 9, {.max_edges = 2}).size() == 1);
  CHECK(k_shortest_paths(graph, 0, 3, 9).size() == 2);
  CHECK(k_shortest_paths(graph, 3, 0, 9).empty());
  CHECK(k_shortest_paths(graph, 1, 1, 9) == std::vector<Path>{Path{{1}, 0}});
}

TEST_CASE("distances are those of the nearest source", "[graph][paths]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const Csr graph = RandomGraph(seed, 12).csr();
    const NodeId second = static_cast<NodeId>(seed % graph.nodes());
    for (const bool weighted : {false, true}) {
      const std::vector<double> near = distances(graph, {0, second}, {.weighted = weighted});
      for (NodeId v = 0; v < graph.nodes(); ++v) {
        double best = std::numeric_limits<double>::infinity();
        for (const NodeId source : {NodeId{0}, second}) {
          const auto path = shortest_path(graph, source, v, {.weighted = weighted});
          if (path) best = std::min(best, path->length);
        }
        CAPTURE(seed, weighted, v);
        CHECK((near[v] == best || near[v] == Approx(best)));
      }
    }
  }
}

TEST_CASE("the largest flow is the smallest cut", "[graph][flow]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const RandomGraph random(seed, 9);
    const Csr graph = random.csr();
    const NodeId n = graph.nodes();
    if (n < 2) continue;
    const NodeId sink = 1 + static_cast<NodeId>(seed % (n - 1));
    // All cuts: every set of nodes with the source and without the sink.
    double smallest = std::numeric_limits<double>::infinity();
    for (std::uint32_t set = 0; set < (1U << n); ++set) {
      if ((set & 1) == 0 || (set >> sink & 1) != 0) continue;
      double cut = 0;
      for (NodeId v = 0; v < n; ++v) {
        const auto row = graph.out().row(v);
        for (std::size_t i = 0; i < row.size(); ++i) {
          const bool crosses = (set >> v & 1) != 0 && (set >> row[i] & 1) == 0;
          if (crosses) cut += graph.weighted() ? graph.out().row_weights(v)[i] : 1.0;
        }
      }
      smallest = std::min(smallest, cut);
    }
    const MinCut found = max_flow(graph, 0, sink);
    CAPTURE(seed, sink, n);
    CHECK(found.flow == Approx(smallest).margin(1e-12));
    CHECK(std::accumulate(found.edges.weights.begin(), found.edges.weights.end(), 0.0) ==
          Approx(smallest).margin(1e-12));
    CHECK(found.source_side[0] == 1);
    CHECK(found.source_side[sink] == 0);
  }
  CHECK(max_flow(directed_graph(1, {{0, 0}}), 0, 0).flow == 0);
}

TEST_CASE("a node dominates what cannot be reached without it", "[graph][dominators]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const Csr graph = RandomGraph(seed, 14).csr();
    const NodeId n = graph.nodes(), root = static_cast<NodeId>(seed % n);
    const Dominators found = dominators(graph, root);
    const std::vector<bool> all = reached(graph, root);
    CAPTURE(seed, root);
    std::vector<std::vector<bool>> over(n, std::vector<bool>(n, false));  // over[d][v]
    for (NodeId d = 0; d < n; ++d) {
      const std::vector<bool> left = reached(graph, root, d);
      NodeId cut_off = 0;
      for (NodeId v = 0; v < n; ++v) {
        over[d][v] = all[d] && all[v] && !left[v];
        cut_off += over[d][v] ? 1 : 0;
      }
      CHECK(found.dominated[d] == cut_off);
    }
    for (NodeId v = 0; v < n; ++v) {
      const NodeId next = found.immediate[v];
      CHECK((next == Dominators::kNone) == (v == root || !all[v]));
      if (next == Dominators::kNone) continue;
      CHECK((next != v && over[next][v]));
      for (NodeId d = 0; d < n; ++d) {  // every other dominator dominates the nearest one too
        if (d != v && over[d][v]) CHECK((d == next || over[d][next]));
      }
    }
  }
}

TEST_CASE("articulation points and bridges are what parts a graph", "[graph][biconnected]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const RandomGraph random(seed, 14);
    const Csr graph = random.csr();
    const Blocks found = biconnected(graph);
    const std::uint32_t parts = components(graph).parts;
    CAPTURE(seed, random.nodes, random.pairs.size());
    for (NodeId v = 0; v < random.nodes; ++v) {
      CHECK(found.is_articulation(v) == (parts_without(random, v, random.pairs.size()) > parts));
    }
    Pairs bridges;
    for (std::size_t i = 0; i < random.pairs.size(); ++i) {
      const auto [u, v] = random.pairs[i];
      if (parts_without(random, random.nodes, i) > parts)
        bridges.emplace_back(std::min(u, v), std::max(u, v));
    }
    std::sort(bridges.begin(), bridges.end());
    CHECK(found.bridges == bridges);
  }
}

TEST_CASE("two edges lie in one block if no single node parts them", "[graph][biconnected]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const RandomGraph random(seed, 9);
    const Blocks found = biconnected(random.csr());
    // Two edges share a block if, without any one node, what is left of them hangs together.
    for (std::size_t i = 0; i < random.pairs.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const auto [a, b] = random.pairs[i];
        const auto [c, d] = random.pairs[j];
        if (a == b || c == d) continue;
        bool together = true;
        for (NodeId without = 0; without < random.nodes; ++without) {
          Pairs pairs;
          for (const auto& [u, v] : random.pairs) {
            if (u != without && v != without) pairs.emplace_back(u, v);
          }
          const Partition rest = components(undirected_graph(random.nodes, pairs));
          const NodeId one = a == without ? b : a, other = c == without ? d : c;
          together = together && rest.part[one] == rest.part[other];
        }
        CAPTURE(seed, a, b, c, d);
        CHECK((found.block_of(a, b) == found.block_of(c, d)) == together);
      }
    }
  }
}

TEST_CASE("a long chain is no depth of the stack", "[graph][paths]") {
  Pairs pairs;
  constexpr NodeId kLong = 200000;
  for (NodeId v = 0; v + 1 < kLong; ++v) pairs.emplace_back(v, v + 1);
  const Csr chain = undirected_graph(kLong, pairs);
  CHECK(biconnected(chain).bridges.size() == kLong - 1);
  CHECK(dominators(chain, 0).dominated[kLong / 2] == kLong / 2);
  CHECK(max_flow(chain, 0, kLong - 1).flow == 1);
  CHECK(shortest_path(chain, 0, kLong - 1)->length == kLong - 1);
}
