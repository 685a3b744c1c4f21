#include <algorithm>
#include <numeric>
#include <set>

#include "graph/community.h"
#include "graph/community_level.h"
#include "tests/catch.h"
#include "tests/graph_fixture.h"

using namespace tercet;
using namespace tercet::test;

namespace {

constexpr std::uint64_t kGraphs = 300;

// The definition, pair by pair: sum of (a(u,v) - k(u) k(v) / 2m) / 2m over pairs of one part.
double modularity_by_pairs(const Csr& graph, const std::vector<std::uint32_t>& part) {
  const Csr ties = undirected(graph);
  const std::size_t n = ties.nodes();
  std::vector<std::vector<double>> a(n, std::vector<double>(n));
  std::vector<double> k(n);
  double total = 0;
  for (NodeId v = 0; v < n; ++v) {
    const auto row = ties.out().row(v);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const double weight = ties.weighted() ? ties.out().row_weights(v)[i] : 1.0;
      a[v][row[i]] += weight;
      k[v] += weight;
      total += weight;
    }
  }
  if (total == 0) return 0;
  double q = 0;
  for (std::size_t u = 0; u < n; ++u) {
    for (std::size_t v = 0; v < n; ++v) {
      if (part[u] == part[v]) q += (a[u][v] - k[u] * k[v] / total) / total;
    }
  }
  return q;
}

bool every_part_is_connected(const Csr& graph, const std::vector<std::uint32_t>& part) {
  EdgeColumns inside;
  const Csr ties = undirected(graph);
  for (NodeId v = 0; v < ties.nodes(); ++v) {
    for (const NodeId w : ties.out().row(v)) {
      if (part[v] != part[w]) continue;
      inside.sources.push_back(v);
      inside.targets.push_back(w);
    }
  }
  const Partition pieces = components(Csr(ties.nodes(), inside, false));
  return pieces.parts == std::set<std::uint32_t>(part.begin(), part.end()).size();
}

// Rings of `size` nodes, all linked within, one link to the next ring.
Csr caves(NodeId count, NodeId size) {
  Pairs pairs;
  for (NodeId c = 0; c < count; ++c) {
    for (NodeId u = 0; u < size; ++u) {
      for (NodeId v = 0; v < u; ++v) pairs.emplace_back(c * size + u, c * size + v);
    }
    pairs.emplace_back(c * size, (c + 1) % count * size + 1);
  }
  return undirected_graph(count * size, pairs);
}

}  // namespace

TEST_CASE("modularity is its definition", "[graph][community]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const Csr graph = RandomGraph(seed).csr();
    Random random(seed);
    std::vector<std::uint32_t> part(graph.nodes());
    for (std::uint32_t& p : part) p = random.below(4);
    CAPTURE(seed);
    CHECK(modularity(graph, part) == Approx(modularity_by_pairs(graph, part)).margin(1e-12));
  }
  // Two triangles joined by one edge: 6 / 7 of the edges inside, half of the ends each.
  const Csr graph = undirected_graph(6, {{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5}, {5, 3}, {2, 3}});
  CHECK(modularity(graph, std::vector<std::uint32_t>{0, 0, 0, 1, 1, 1}) == Approx(6. / 7 - 0.5));
  CHECK(modularity(Csr(), {}) == 0);
}

TEST_CASE("planted communities are found", "[graph][community]") {
  const Csr graph = caves(8, 6);
  for (const auto& algorithm : {louvain, leiden}) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      CommunityOptions options;
      options.seed = seed;
      const Communities found = algorithm(graph, options, {});
      CAPTURE(seed);
      CHECK(found.partition.parts == 8);
      for (NodeId v = 0; v < graph.nodes(); ++v) CHECK(found.partition.part[v] == v / 6);
      CHECK(found.modularity == modularity(graph, found.partition.part));
    }
  }
}

TEST_CASE("communities never lose to one or to all alone, and Leiden's are connected",
          "[graph][community]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const Csr graph = RandomGraph(seed, 60).csr();
    std::vector<std::uint32_t> alone(graph.nodes());
    std::iota(alone.begin(), alone.end(), 0U);
    const Communities a = louvain(graph), b = leiden(graph);
    CAPTURE(seed);
    for (const Communities& found : {a, b}) {
      CHECK(found.modularity >= -1e-12);
      CHECK(found.modularity >= modularity(graph, alone) - 1e-12);
      CHECK(found.modularity ==
            Approx(modularity_by_pairs(graph, found.partition.part)).margin(1e-12));
      // Numbered by first node.
      std::uint32_t next = 0;
      for (const std::uint32_t p : found.partition.part) {
        CHECK(p <= next);
        next = std::max(next, p + 1);
      }
      CHECK(next == found.partition.parts);
    }
    CHECK(every_part_is_connected(graph, b.partition.part));
  }
}

TEST_CASE("on the smallest graphs Leiden finds the best of all partitions", "[graph][community]") {
  int best_found = 0, graphs = 0;
  for (std::uint64_t seed = 0; seed < 120; ++seed) {
    const Csr graph = RandomGraph(seed, 7).csr();
    const NodeId n = graph.nodes();
    if (graph.edges() == 0) continue;
    // All partitions: restricted growth strings.
    std::vector<std::uint32_t> part(n, 0);
    double best = -1;
    while (true) {
      best = std::max(best, modularity(graph, part));
      NodeId i = n;
      while (i > 1) {
        const std::uint32_t most = *std::max_element(part.begin(), part.begin() + (i - 1)) + 1;
        if (part[i - 1] < most) break;
        --i;
      }
      if (i <= 1) break;
      ++part[i - 1];
      std::fill(part.begin() + i, part.end(), 0U);
    }
    const double found = leiden(graph).modularity;
    CAPTURE(seed);
    CHECK(found <= best + 1e-12);
    ++graphs;
    best_found += found >= best - 1e-12 ? 1 : 0;
  }
  CHECK(best_found * 100 >= graphs * 90);  // a heuristic; it finds nearly all
}

TEST_CASE("the seed decides, and only the seed", "[graph][community]") {
  const Csr graph = RandomGraph(77, 400).csr();
  CommunityOptions options;
  options.seed = 5;
  CHECK(leiden(graph, options).partition.part == leiden(graph, options).partition.part);
  CHECK(louvain(graph, options).partition.part == louvain(graph, options).partition.part);
}

TEST_CASE("graphs without edges, or of weight 0, are communities of one", "[graph][community]") {
  for (const auto& algorithm : {louvain, leiden}) {
    CHECK(algorithm(Csr(), {}, {}).partition.parts == 0);
    CHECK(algorithm(undirected_graph(3, {}), {}, {}).partition.parts == 3);
    CHECK(algorithm(csr_of(3, {{0, 1}, {1, 2}}, false, {0, 0}), {}, {}).partition.parts == 3);
    CHECK(algorithm(undirected_graph(2, {{0, 0}, {0, 1}}), {}, {}).partition.part.size() == 2);
  }
}

TEST_CASE("a middling graph with hubs falls apart as it was planted", "[graph][community]") {
  // 40 clusters of 50, and five hubs that know a quarter of all: some 8,000 edges.
  Random random(11);
  Pairs pairs;
  const NodeId clusters = 40, size = 50, nodes = clusters * size;
  for (NodeId v = 0; v < nodes; ++v) {
    for (int i = 0; i < 3; ++i) pairs.emplace_back(v, v / size * size + random.below(size));
    if (v % 5 != 0) continue;
    for (NodeId hub = 0; hub < 5; ++hub) pairs.emplace_back(v, hub * 7 * size);
  }
  const Csr graph = undirected_graph(nodes, pairs);
  std::vector<std::uint32_t> planted(nodes);
  for (NodeId v = 0; v < nodes; ++v) planted[v] = v / size;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    for (const unsigned iterations : {1U, 2U, 4U}) {
      CommunityOptions options;
      options.seed = seed;
      options.iterations = iterations;
      const Communities found = leiden(graph, options);
      CAPTURE(seed, iterations, found.modularity);
      CHECK(every_part_is_connected(graph, found.partition.part));
      CHECK(found.modularity ==
            Approx(modularity_by_pairs(graph, found.partition.part)).margin(1e-9));
      CHECK(found.modularity >= modularity(graph, planted) - (iterations == 4 ? 1e-12 : 0.02));
      CHECK(leiden(graph, options).partition.part == found.partition.part);
    }
  }
}

TEST_CASE("edges of weight 0 tie nothing, however many there are", "[graph][community]") {
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    Random random(seed);
    const NodeId nodes = 2 + random.below(30);
    Pairs pairs;
    std::vector<double> weights;
    for (std::uint32_t i = 0; i < 40 * nodes; ++i) {  // most of them parallel
      pairs.emplace_back(random.below(nodes), random.below(nodes));
      weights.push_back(random.below(20) == 0 ? 1 + random.below(8) / 4.0 : 0);
    }
    const Csr graph = csr_of(nodes, pairs, false, weights);
    std::vector<NodeId> order(nodes);
    std::iota(order.begin(), order.end(), NodeId{0});
    const CommunityLevel above =
        aggregate(ground_level(graph, Objective::Modularity), order, nodes, {});
    CAPTURE(seed);
    for (NodeId v = 0; v < nodes; ++v) {  // every neighbour once, none without weight
      const std::set<NodeId> row(above.targets + above.offsets[v],
                                 above.targets + above.offsets[v + 1]);
      CHECK(row.size() == above.offsets[v + 1] - above.offsets[v]);
      for (std::uint64_t i = above.offsets[v]; i < above.offsets[v + 1]; ++i) {
        CHECK(above.weights[i] > 0);
      }
    }
    for (const auto& algorithm : {louvain, leiden}) {
      const Communities found = algorithm(graph, {}, {});
      CHECK(found.modularity ==
            Approx(modularity_by_pairs(graph, found.partition.part)).margin(1e-12));
      CHECK(found.modularity >= -1e-12);
    }
  }
}

TEST_CASE("a higher resolution gives smaller communities", "[graph][community]") {
  const Csr graph = caves(8, 6);
  CommunityOptions coarse, fine;
  coarse.resolution = 0.05;
  fine.resolution = 16;
  CHECK(leiden(graph, coarse).partition.parts < 8);
  CHECK(leiden(graph, fine).partition.parts > 8);
}

TEST_CASE("a node may leave for a part of its own", "[graph][community]") {
  const Csr graph = caves(8, 6);
  const CommunityLevel level = ground_level(graph, Objective::Modularity);
  std::vector<std::uint32_t> part(graph.nodes(), 0);
  std::vector<NodeId> order(graph.nodes());
  std::iota(order.begin(), order.end(), NodeId{0});
  // At this resolution no node's links make up for what is expected of them; all begin in one part.
  CHECK(move_nodes(level, part, 16, order, {}));
  CHECK(modularity(graph, part, 16) > modularity(graph, std::vector<std::uint32_t>(48, 0), 16));
  CHECK(std::set<std::uint32_t>(part.begin(), part.end()).size() > 8);
}
