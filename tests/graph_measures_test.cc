#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "graph/centrality.h"
#include "graph/structure.h"
#include "tests/catch.h"
#include "tests/graph_fixture.h"

using namespace tercet;
using namespace tercet::test;

namespace {

constexpr std::uint64_t kGraphs = 300;

using Matrix = std::vector<std::vector<double>>;

// Entries of the adjacency matrix: weights, or numbers of edges. An undirected loop counts twice.
Matrix matrix_of(const Csr& graph, bool weighted) {
  Matrix a(graph.nodes(), std::vector<double>(graph.nodes()));
  for (NodeId v = 0; v < graph.nodes(); ++v) {
    const auto row = graph.out().row(v);
    const auto weights = graph.out().row_weights(v);
    for (std::size_t i = 0; i < row.size(); ++i) {
      a[v][row[i]] += weighted && !weights.empty() ? weights[i] : 1.0;
    }
  }
  return a;
}

// Distances and numbers of shortest paths between all pairs, by Floyd and Warshall's idea.
struct AllPairs {
  std::vector<std::vector<int>> distance;  // -1: none
  Matrix paths;
};
AllPairs all_pairs(const Csr& graph) {
  const int n = static_cast<int>(graph.nodes());
  const Matrix a = matrix_of(graph, false);
  AllPairs result{std::vector<std::vector<int>>(a.size(), std::vector<int>(a.size(), -1)),
                  Matrix(a.size(), std::vector<double>(a.size()))};
  for (int s = 0; s < n; ++s) {
    result.distance[s][s] = 0;
    result.paths[s][s] = 1;
    for (int d = 0; d < n; ++d) {
      for (int v = 0; v < n; ++v) {
        if (result.distance[s][v] != d) continue;
        for (int w = 0; w < n; ++w) {
          if (a[v][w] == 0) continue;
          if (result.distance[s][w] < 0) result.distance[s][w] = d + 1;
          if (result.distance[s][w] == d + 1) result.paths[s][w] += a[v][w] * result.paths[s][v];
        }
      }
    }
  }
  return result;
}

void check_close(const std::vector<double>& a, const std::vector<double>& b, double tolerance) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    CAPTURE(i, a[i], b[i]);
    if (std::isnan(b[i])) {
      CHECK(std::isnan(a[i]));
    } else {
      CHECK(std::fabs(a[i] - b[i]) <= tolerance * std::max(1.0, std::fabs(b[i])));
    }
  }
}

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

TEST_CASE("PageRank sums to 1 and solves its equation", "[graph][measures]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const Csr graph = RandomGraph(seed).csr();
    const std::vector<double> rank = pagerank(graph);
    CAPTURE(seed);
    CHECK(sum(rank) == Approx(1).epsilon(1e-12));
    const Matrix a = matrix_of(graph, true);
    const std::size_t n = a.size();
    std::vector<double> right(n, 0.15 / static_cast<double>(n));
    for (std::size_t u = 0; u < n; ++u) {
      const double out = sum(a[u]);
      for (std::size_t v = 0; v < n; ++v) {
        right[v] += 0.85 * rank[u] * (out > 0 ? a[u][v] / out : 1.0 / static_cast<double>(n));
      }
    }
    check_close(rank, right, 1e-8);
  }
}

TEST_CASE("PageRank of graphs one can solve by hand", "[graph][measures]") {
  CHECK(pagerank(Csr()).empty());
  CHECK(pagerank(directed_graph(1, {})) == std::vector<double>{1});
  check_close(pagerank(directed_graph(4, {{0, 1}, {1, 2}, {2, 3}, {3, 0}})), {.25, .25, .25, .25},
              1e-9);
  //  0 -> 1, and 1 is a dead end that spreads its rank evenly: r0 = .075 + .425 r1, r0 + r1 = 1
  check_close(pagerank(directed_graph(2, {{0, 1}})), {0.5 / 1.425, 0.925 / 1.425}, 1e-7);
}

TEST_CASE("PageRank settles quickly where clusters hang together in a ring", "[graph][measures]") {
  Pairs pairs;
  Random random(3);
  for (NodeId cluster = 0; cluster < 60; ++cluster) {
    for (int i = 0; i < 40; ++i) {
      const NodeId first = cluster * 10 + random.below(10);
      pairs.emplace_back(first, cluster * 10 + random.below(10));
    }
    pairs.emplace_back(cluster * 10, (cluster + 1) % 60 * 10 + 5);
  }
  const Csr graph = undirected_graph(600, pairs);
  PageRankOptions exact, short_run;
  exact.tolerance = 1e-15;
  short_run.max_iterations = 30;
  const std::vector<double> should = pagerank(graph, exact), rank = pagerank(graph, short_run);
  double off = 0;
  for (std::size_t v = 0; v < rank.size(); ++v) off += std::fabs(rank[v] - should[v]);
  CHECK(off < 1e-7);  // without extrapolation 3e-6
}

TEST_CASE("betweenness is the share of shortest paths, pair by pair", "[graph][measures]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const Csr graph = RandomGraph(seed, 16).csr();
    const AllPairs pairs = all_pairs(graph);
    const std::size_t n = graph.nodes();
    std::vector<double> expected(n);
    for (std::size_t s = 0; s < n; ++s) {
      for (std::size_t t = 0; t < n; ++t) {
        for (std::size_t v = 0; v < n; ++v) {
          if (s == t || v == s || v == t || pairs.distance[s][t] < 0) continue;
          const int through = pairs.distance[s][v], rest = pairs.distance[v][t];
          if (through < 0 || rest < 0 || through + rest != pairs.distance[s][t]) continue;
          expected[v] += pairs.paths[s][v] * pairs.paths[v][t] / pairs.paths[s][t];
        }
      }
    }
    if (!graph.directed()) {
      for (double& value : expected) value /= 2;
    }
    CAPTURE(seed);
    check_close(betweenness(graph), expected, 1e-10);
  }
}

TEST_CASE("the node in the middle carries all paths", "[graph][measures]") {
  //  0 -> 1 -> 2
  CHECK(betweenness(directed_graph(3, {{0, 1}, {1, 2}})) == std::vector<double>{0, 1, 0});
  // A star of 5: its centre lies between 4 * 3 / 2 pairs.
  CHECK(betweenness(undirected_graph(5, {{0, 1}, {0, 2}, {0, 3}, {0, 4}})) ==
        std::vector<double>{6, 0, 0, 0, 0});
  // A square with the side 0-1 doubled: 0 to 2 by 1 (2 paths) or by 3, 1 to 3 by 0 (2) or by 2.
  check_close(betweenness(undirected_graph(4, {{0, 1}, {0, 1}, {1, 2}, {2, 3}, {3, 0}})),
              {2. / 3, 2. / 3, 1. / 3, 1. / 3}, 1e-12);
}

TEST_CASE("path counts beyond the range of numbers do not spoil betweenness", "[graph][measures]") {
  // A chain of 1,200 diamonds has 2^1200 shortest paths between its ends, more than a double holds.
  constexpr NodeId kDiamonds = 1200;
  Pairs pairs;
  for (NodeId i = 0; i < kDiamonds; ++i) {
    const NodeId left = 3 * i;
    pairs.insert(pairs.end(),
                 {{left, left + 1}, {left, left + 2}, {left + 1, left + 3}, {left + 2, left + 3}});
  }
  const NodeId n = 3 * kDiamonds + 1;
  const std::vector<double> through = betweenness(undirected_graph(n, pairs));
  // The joint in the middle parts 1,800 nodes from 1,800; either side of a diamond carries half.
  CHECK(through[3 * kDiamonds / 2] == Approx(1800.0 * 1800.0 + 0.5 * 2).epsilon(1e-9));
  CHECK(through[1] == Approx(through[2]).epsilon(1e-12));
  CHECK(std::all_of(through.begin(), through.end(), [](double x) { return std::isfinite(x); }));
}

TEST_CASE("distances are those of one search from every node", "[graph][measures]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    // Some graphs need more than one batch of 256 searches.
    const Csr graph = RandomGraph(seed, seed % 50 == 0 ? 700 : 40).csr();
    if (graph.nodes() > 300 && graph.edges() > 900) continue;  // the second method is cubic
    const AllPairs pairs = all_pairs(graph);
    std::vector<double> near(graph.nodes()), close(graph.nodes());
    for (std::size_t v = 0; v < near.size(); ++v) {
      double distances = 0, reached = 0;
      for (const int d : pairs.distance[v]) {
        if (d <= 0) continue;
        near[v] += 1.0 / d;
        distances += d;
        reached += 1;
      }
      close[v] = reached > 0 ? reached / distances : std::numeric_limits<double>::quiet_NaN();
    }
    CAPTURE(seed);
    check_close(harmonic(graph), near, 1e-12);
    check_close(closeness(graph), close, 1e-12);
  }
}

TEST_CASE("a long path is as exact as a short one", "[graph][measures]") {
  Pairs pairs;
  for (NodeId v = 0; v + 1 < 1500; ++v) pairs.emplace_back(v, v + 1);
  const Reach ends = reach(undirected_graph(1500, pairs));
  CHECK(ends.distance_sum[0] == 1499u * 1500 / 2);
  CHECK(ends.reached[700] == 1499);
  const Reach one_way = reach(directed_graph(1500, pairs));
  CHECK(one_way.reached[1499] == 0);
  CHECK(one_way.reached[400] == 1099);
}

TEST_CASE("eigenvector centrality solves A x = lambda x", "[graph][measures]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    RandomGraph random(seed);
    // A ring under the random edges, with a loop: strongly connected, so the vector is unique.
    for (NodeId v = 0; v < random.nodes; ++v) {
      random.pairs.emplace_back(v, (v + 1) % random.nodes);
      if (!random.weights.empty() || seed % 2 == 1) random.weights.push_back(1);
    }
    const Csr graph = random.csr();
    const std::vector<double> x = eigenvector(graph);
    const Matrix a = matrix_of(graph, true);
    std::vector<double> ax(x.size());
    for (std::size_t u = 0; u < x.size(); ++u) {
      for (std::size_t v = 0; v < x.size(); ++v) ax[v] += a[u][v] * x[u];
    }
    const double lambda = *std::max_element(ax.begin(), ax.end());  // as the largest x is 1
    CAPTURE(seed, graph.nodes());
    CHECK(*std::max_element(x.begin(), x.end()) == 1);
    for (double& value : ax) value /= lambda;
    check_close(ax, x, 1e-8);
  }
}

TEST_CASE("eigenvector centrality where there is none", "[graph][measures]") {
  CHECK(eigenvector(Csr()).empty());
  CHECK(eigenvector(undirected_graph(3, {})) == std::vector<double>{1, 1, 1});
  CHECK(eigenvector(directed_graph(3, {{0, 1}, {1, 2}})) == std::vector<double>{0, 0, 1});
}

TEST_CASE("Katz solves x = alpha A^T x + 1", "[graph][measures]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const Csr graph = RandomGraph(seed).csr();
    const std::vector<double> x = katz(graph);
    const double alpha = katz_alpha(graph);
    const Matrix a = matrix_of(graph, true);
    std::vector<double> rest(x);  // x - alpha A^T x, which is the same number everywhere
    for (std::size_t u = 0; u < x.size(); ++u) {
      for (std::size_t v = 0; v < x.size(); ++v) rest[v] -= alpha * a[u][v] * x[u];
    }
    CAPTURE(seed);
    check_close(rest, std::vector<double>(x.size(), rest[0]), 1e-10);
    double squares = 0;
    for (const double value : x) squares += value * value;
    CHECK(squares == Approx(1));
  }
}

TEST_CASE("hubs point to authorities and authorities are pointed to", "[graph][measures]") {
  //  0 and 1 point to 2; 1 points to 3 as well
  const Hits found = hits(directed_graph(4, {{0, 2}, {1, 2}, {1, 3}}));
  CHECK(found.hubs[1] == 1);
  CHECK(found.authorities[2] == 1);
  CHECK(found.hubs[2] == 0);
  CHECK(found.authorities[0] == 0);
  CHECK(found.hubs[0] == Approx((std::sqrt(5) - 1) / 2));
  CHECK(found.authorities[3] == Approx((std::sqrt(5) - 1) / 2));
}

TEST_CASE("core numbers are what peeling leaves", "[graph][measures]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const Csr graph = undirected(RandomGraph(seed).csr());
    const NodeId n = graph.nodes();
    std::vector<std::uint32_t> expected(n, 0);
    std::vector<bool> gone(n, false);
    for (std::uint32_t k = 1; std::find(gone.begin(), gone.end(), false) != gone.end(); ++k) {
      for (bool again = true; again;) {
        again = false;
        for (NodeId v = 0; v < n; ++v) {
          if (gone[v]) continue;
          std::uint32_t degree = 0;
          for (const NodeId w : graph.out().row(v)) degree += gone[w] ? 0 : 1;
          if (degree >= k) continue;
          gone[v] = again = true;
          expected[v] = k - 1;
        }
      }
    }
    const std::vector<std::uint32_t> core = core_numbers(graph);
    CAPTURE(seed);
    CHECK(core == expected);
    for (NodeId v = 0; v < n; ++v) CHECK(core[v] <= graph.out().degree(v));
  }
}

TEST_CASE("components are what can be reached", "[graph][measures]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const Csr graph = RandomGraph(seed).csr();
    const NodeId n = graph.nodes();
    const AllPairs ways = all_pairs(graph), both = all_pairs(undirected(graph));
    const Partition weak = components(graph), strong = strong_components(graph);
    CAPTURE(seed);
    std::uint32_t weak_next = 0, strong_next = 0;
    for (NodeId u = 0; u < n; ++u) {
      // Numbered in the order of the smallest node.
      CHECK(weak.part[u] <= weak_next);
      CHECK(strong.part[u] <= strong_next);
      weak_next = std::max(weak_next, weak.part[u] + 1);
      strong_next = std::max(strong_next, strong.part[u] + 1);
      for (NodeId v = 0; v < n; ++v) {
        CHECK((weak.part[u] == weak.part[v]) == (both.distance[u][v] >= 0));
        CHECK((strong.part[u] == strong.part[v]) ==
              (ways.distance[u][v] >= 0 && ways.distance[v][u] >= 0));
      }
    }
    CHECK(weak.parts == weak_next);
    CHECK(strong.parts == strong_next);
  }
}

TEST_CASE("a path of a million nodes needs no stack", "[graph][measures]") {
  EdgeColumns path;
  for (NodeId v = 0; v + 1 < 1000000; ++v) {
    path.sources.push_back(v);
    path.targets.push_back(v + 1);
  }
  const Csr graph(1000000, path, true);
  CHECK(strong_components(graph).parts == 1000000);
  CHECK(components(graph).parts == 1);
}

TEST_CASE("triangles are the triples that hold together", "[graph][measures]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const Csr graph = RandomGraph(seed).csr();
    const Matrix a = matrix_of(undirected(graph), false);
    const std::size_t n = a.size();
    std::vector<std::uint64_t> at(n);
    std::vector<double> clustering(n);
    std::uint64_t total = 0;
    for (std::size_t u = 0; u < n; ++u) {
      double pairs = 0;
      for (std::size_t v = 0; v < n; ++v) {
        for (std::size_t w = v + 1; w < n; ++w) {
          if (u == v || u == w || a[u][v] == 0 || a[u][w] == 0) continue;
          pairs += 1;
          if (a[v][w] == 0) continue;
          ++at[u];
          if (u < v) ++total;
        }
      }
      clustering[u] = pairs > 0 ? static_cast<double>(at[u]) / pairs : 0;
    }
    const Triangles found = triangles(graph);
    CAPTURE(seed);
    CHECK(found.at == at);
    CHECK(found.total == total);
    CHECK(std::accumulate(at.begin(), at.end(), std::uint64_t{0}) == 3 * total);
    check_close(found.clustering, clustering, 1e-12);
  }
}

TEST_CASE("Burt's constraint is its formula", "[graph][measures]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const Csr graph = RandomGraph(seed, 20).csr();
    const Matrix a = matrix_of(undirected(graph), true);
    const std::size_t n = a.size();
    Matrix p(n, std::vector<double>(n));
    std::vector<double> expected(n);
    for (std::size_t i = 0; i < n; ++i) {
      const double total = sum(a[i]) - a[i][i];
      for (std::size_t j = 0; j < n; ++j) p[i][j] = i != j && total > 0 ? a[i][j] / total : 0;
    }
    for (std::size_t i = 0; i < n; ++i) {
      if (sum(a[i]) == 0) expected[i] = std::numeric_limits<double>::quiet_NaN();
      for (std::size_t j = 0; j < n; ++j) {
        if (p[i][j] == 0) continue;
        double all = p[i][j];
        for (std::size_t q = 0; q < n; ++q) all += p[i][q] * p[q][j];
        expected[i] += all * all;
      }
    }
    CAPTURE(seed);
    check_close(constraint(graph), expected, 1e-12);
  }
}

TEST_CASE("degrees add up to twice the edges", "[graph][measures]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const RandomGraph random(seed);
    const Csr graph = random.csr();
    const Degrees found = degrees(graph);
    CAPTURE(seed);
    CHECK(std::accumulate(found.total.begin(), found.total.end(), std::uint64_t{0}) ==
          2 * graph.edges());
    CHECK(graph.edges() == random.pairs.size());
    const double weight =
        random.weights.empty() ? static_cast<double>(random.pairs.size()) : sum(random.weights);
    CHECK(sum(found.strength) == Approx(2 * weight));
  }
}

TEST_CASE("names of nodes and order of edges do not matter", "[graph][measures]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const RandomGraph random(seed);
    Random dice(seed + 1);
    std::vector<NodeId> order(random.nodes);
    std::iota(order.begin(), order.end(), NodeId{0});
    shuffle(order, dice);
    const Csr graph = random.csr(), moved = random.relabelled(order);
    const auto back = [&](const auto& values) {
      std::vector<double> result(order.size());
      for (std::size_t v = 0; v < order.size(); ++v) {
        result[v] = static_cast<double>(values[order[v]]);
      }
      return result;
    };
    CAPTURE(seed);
    check_close(back(pagerank(moved)), pagerank(graph), 1e-9);
    check_close(back(betweenness(moved)), betweenness(graph), 1e-9);
    check_close(back(harmonic(moved)), harmonic(graph), 1e-12);
    check_close(back(katz(moved)), katz(graph), 1e-12);
    check_close(back(constraint(moved)), constraint(graph), 1e-12);
    const std::vector<std::uint32_t> core = core_numbers(graph);
    check_close(back(core_numbers(moved)), {core.begin(), core.end()}, 0);
    check_close(back(triangles(moved).clustering), triangles(graph).clustering, 0);
    CHECK(components(moved).parts == components(graph).parts);
    CHECK(strong_components(moved).parts == strong_components(graph).parts);
  }
}
