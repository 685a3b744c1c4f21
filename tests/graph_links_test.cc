#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <set>

#include "graph/centrality.h"
#include "graph/community.h"
#include "graph/links.h"
#include "graph/natural_log.h"
#include "graph/structure.h"
#include "tests/catch.h"
#include "tests/graph_fixture.h"

using namespace tercet;
using namespace tercet::test;

namespace {

constexpr std::uint64_t kGraphs = 200;

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

TEST_CASE("the natural logarithm is libm's", "[graph][links]") {
  for (std::uint64_t value = 1; value < 100000; value += 7) {
    CHECK(natural_log(value) == Approx(std::log(static_cast<double>(value))).epsilon(1e-14));
  }
  CHECK(natural_log(~std::uint64_t{0}) == Approx(64 * std::log(2.0)).epsilon(1e-14));
}

TEST_CASE("predicted links are scored by their definitions, and none is left out",
          "[graph][links]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const Csr graph = RandomGraph(seed, 20).csr();
    const NodeId n = graph.nodes();
    std::vector<std::set<NodeId>> near(n);
    for (NodeId v = 0; v < n; ++v) {
      for (const NodeId w : graph.out().row(v)) {
        if (v == w) continue;
        near[v].insert(w);
        near[w].insert(v);
      }
    }
    std::size_t expected = 0;
    for (NodeId u = 0; u < n; ++u) {
      for (NodeId v = u + 1; v < n; ++v) {
        std::vector<NodeId> both;
        std::set_intersection(near[u].begin(), near[u].end(), near[v].begin(), near[v].end(),
                              std::back_inserter(both));
        expected += !both.empty() && !near[u].contains(v) ? 1 : 0;
      }
    }
    for (const LinkOrder order :
         {LinkOrder::AdamicAdar, LinkOrder::Jaccard, LinkOrder::ResourceAllocation}) {
      const std::vector<LinkScore> links = predict_links(graph, 1000, order);
      CAPTURE(seed);
      REQUIRE(links.size() == expected);
      double last = 1e9;
      for (const LinkScore& link : links) {
        std::vector<NodeId> both, either;
        const auto &a = near[link.first], &b = near[link.second];
        std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
        std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(either));
        double adamic_adar = 0, resource = 0;
        for (const NodeId v : both) {
          adamic_adar += 1 / std::log(static_cast<double>(near[v].size()));
          resource += 1 / static_cast<double>(near[v].size());
        }
        CHECK(!a.contains(link.second));
        CHECK(link.common == both.size());
        CHECK(link.jaccard ==
              Approx(static_cast<double>(both.size()) / static_cast<double>(either.size())));
        CHECK(link.adamic_adar == Approx(adamic_adar));
        CHECK(link.resource_allocation == Approx(resource));
        const double value = order == LinkOrder::AdamicAdar ? link.adamic_adar
                             : order == LinkOrder::Jaccard  ? link.jaccard
                                                            : link.resource_allocation;
        CHECK(value <= last);
        last = value;
      }
      std::vector<LinkScore> few = predict_links(graph, 3, order);
      REQUIRE(few.size() == std::min<std::size_t>(3, links.size()));
      for (std::size_t i = 0; i < few.size(); ++i) {
        CHECK((few[i].first == links[i].first && few[i].second == links[i].second));
      }
    }
  }
}

TEST_CASE("a personal PageRank solves its equation", "[graph][links]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const Csr graph = RandomGraph(seed).csr();
    const NodeId n = graph.nodes();
    PageRankOptions options;
    options.restart.assign(n, 0.0);
    options.restart[seed % n] = 3;
    options.restart[n / 2] += 1;
    options.tolerance = 1e-13;
    const std::vector<double> rank = pagerank(graph, options);
    const double all = sum(options.restart);
    std::vector<double> right(n);
    for (NodeId v = 0; v < n; ++v) right[v] += 0.15 * options.restart[v] / all;
    for (NodeId u = 0; u < n; ++u) {
      const auto row = graph.out().row(u);
      double out = 0;
      for (std::size_t i = 0; i < row.size(); ++i)
        out += graph.weighted() ? graph.out().row_weights(u)[i] : 1.0;
      for (std::size_t i = 0; i < row.size(); ++i) {
        right[row[i]] +=
            0.85 * rank[u] * (graph.weighted() ? graph.out().row_weights(u)[i] : 1.0) / out;
      }
      if (row.empty()) {
        for (NodeId v = 0; v < n; ++v) right[v] += 0.85 * rank[u] * options.restart[v] / all;
      }
    }
    CAPTURE(seed);
    CHECK(sum(rank) == Approx(1).epsilon(1e-12));
    for (NodeId v = 0; v < n; ++v) CHECK(rank[v] == Approx(right[v]).margin(1e-11));
  }
}

TEST_CASE("what goes through nodes goes along edges", "[graph][links]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const Csr graph = RandomGraph(seed, 30).csr();
    const std::vector<EdgeScore> edges = edge_betweenness(graph);
    REQUIRE(edges.size() == graph.edges());
    // A shortest path of d edges passes d - 1 nodes: summed over pairs, edges exceed nodes by the
    // pairs that have a path.
    double along = 0;
    std::vector<double> around(graph.nodes(), 0.0);
    for (const EdgeScore& edge : edges) {
      along += edge.score;
      around[edge.source] += edge.score;
      around[edge.target] += edge.score;
    }
    double pairs = 0;
    const Reach reached = reach(graph);
    for (const NodeId count : reached.reached) pairs += count;
    if (!graph.directed()) pairs /= 2;
    const std::vector<double> through = betweenness(graph);
    CAPTURE(seed);
    CHECK(along == Approx(sum(through) + pairs));
    if (graph.directed()) continue;
    // And at every node: what enters or leaves = twice what passes + what begins or ends there.
    for (NodeId v = 0; v < graph.nodes(); ++v) {
      CHECK(around[v] == Approx(2 * through[v] + reached.reached[v]).margin(1e-9));
    }
  }
}

TEST_CASE("the middle edge of a chain carries the most", "[graph][links]") {
  const std::vector<EdgeScore> edges =
      edge_betweenness(undirected_graph(4, {{0, 1}, {1, 2}, {3, 2}, {1, 1}}));
  CHECK(edges == std::vector<EdgeScore>{{0, 1, 3}, {1, 1, 0}, {1, 2, 4}, {2, 3, 3}});
}

TEST_CASE("more paths than a double can count still share out one edge each", "[graph][links]") {
  // A chain of diamonds: 2^1200 shortest paths from end to end.
  Pairs pairs;
  constexpr NodeId kDiamonds = 1200;
  for (NodeId d = 0; d < kDiamonds; ++d) {
    const NodeId at = 3 * d;
    for (const auto& [u, v] : Pairs{{0, 1}, {0, 2}, {1, 3}, {2, 3}}) {
      pairs.emplace_back(at + u, at + v);
    }
  }
  const Csr graph = undirected_graph(3 * kDiamonds + 1, pairs);
  const std::vector<EdgeScore> edges = edge_betweenness(graph);
  for (const EdgeScore& edge : edges) REQUIRE(std::isfinite(edge.score));
  CHECK(edges[0].score == Approx(edges[1].score));
}

TEST_CASE("sampled betweenness is exact with all sources and within its bound with some",
          "[graph][links]") {
  int outside = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const Csr graph = RandomGraph(seed, 120).csr();
    const std::vector<double> exact = betweenness(graph);
    const SampledBetweenness all = sampled_betweenness(graph, 1000, seed);
    CHECK(all.samples == graph.nodes());
    CHECK(all.bound == 0);
    for (std::size_t v = 0; v < exact.size(); ++v) CHECK(all.scores[v] == Approx(exact[v]));
    const SampledBetweenness some = sampled_betweenness(graph, graph.nodes() / 3, seed);
    bool within = true;
    for (std::size_t v = 0; v < exact.size(); ++v) {
      within = within && std::fabs(some.scores[v] - exact[v]) <= some.bound;
    }
    outside += within || some.samples == 0 ? 0 : 1;
  }
  CHECK(outside <= 6);
}

TEST_CASE("the constant Potts model splits where density falls below the resolution",
          "[graph][links]") {
  // Two triangles joined by an edge.
  const Csr graph = undirected_graph(6, {{0, 1}, {1, 2}, {0, 2}, {3, 4}, {4, 5}, {3, 5}, {2, 3}});
  CommunityOptions options;
  options.objective = Objective::Potts;
  options.resolution = 0.5;
  const Communities two = leiden(graph, options);
  CHECK(two.partition.part == std::vector<std::uint32_t>{0, 0, 0, 1, 1, 1});
  CHECK(two.quality == Approx((12 - 0.5 * 18) / 14));
  options.resolution = 0.05;
  CHECK(leiden(graph, options).partition.parts == 1);
  CHECK(louvain(graph, options).partition.parts == 1);
  options.resolution = 1.5;
  CHECK(leiden(graph, options).partition.parts == 6);
}

TEST_CASE("communities go on from those of an earlier state", "[graph][links]") {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Csr graph = RandomGraph(seed, 60).csr();
    const Communities cold = leiden(graph);
    CommunityOptions options;
    options.start = cold.partition.part;
    options.start.resize(graph.nodes() / 2);
    for (std::uint32_t& part : options.start) part = part * 7 + 1000000;
    const Communities warm = leiden(graph, options);
    CAPTURE(seed);
    CHECK(warm.partition.part.size() == graph.nodes());
    CHECK(warm.modularity >= cold.modularity - 0.05);
  }
}

TEST_CASE("effective size is contacts less what they have in common", "[graph][links]") {
  // A star has no ties among contacts; in a clique every contact knows all others.
  CHECK(effective_size(undirected_graph(4, {{0, 1}, {0, 2}, {0, 3}})) ==
        std::vector<double>{3, 1, 1, 1});
  const std::vector<double> clique = effective_size(undirected_graph(3, {{0, 1}, {1, 2}, {0, 2}}));
  for (const double size : clique) CHECK(size == Approx(1));
  CHECK(std::isnan(effective_size(undirected_graph(1, {{0, 0}}))[0]));
  for (std::uint64_t seed = 0; seed < kGraphs; seed += 2) {  // without weights: n - 2 t / n
    const Csr simple = simple_undirected(RandomGraph(seed).csr());
    const Triangles closed = triangles(simple);
    const std::vector<double> size = effective_size(simple);
    for (NodeId v = 0; v < simple.nodes(); ++v) {
      const double contacts = static_cast<double>(simple.out().degree(v));
      CAPTURE(seed, v);
      if (contacts == 0) {
        CHECK(std::isnan(size[v]));
      } else {
        CHECK(size[v] == Approx(contacts - 2 * static_cast<double>(closed.at[v]) / contacts));
      }
    }
  }
}
