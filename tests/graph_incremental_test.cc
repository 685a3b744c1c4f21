#include <cmath>

#include "graph/centrality.h"
#include "graph/dynamic_components.h"
#include "tests/catch.h"
#include "tests/graph_fixture.h"

using namespace tercet;
using namespace tercet::test;

TEST_CASE("components after any script of edits are those of the edges that are left",
          "[graph][incremental]") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Random random(seed);
    NodeId nodes = 1 + random.below(30);
    Pairs pairs;
    for (std::uint32_t i = random.below(2 * nodes); i > 0; --i)
      pairs.emplace_back(random.below(nodes), random.below(nodes));
    DynamicComponents dynamic(csr_of(nodes, pairs, seed % 2 == 0));
    for (int step = 0; step < 80; ++step) {
      const std::uint32_t what = random.below(10);
      if (what == 0) {
        CHECK(dynamic.add_node() == nodes);
        ++nodes;
      } else if (what < 5) {
        pairs.emplace_back(random.below(nodes), random.below(nodes));
        dynamic.insert(pairs.back().first, pairs.back().second);
      } else if (what < 9 && !pairs.empty()) {
        const std::uint32_t at = random.below(static_cast<std::uint32_t>(pairs.size()));
        const auto [a, b] = pairs[at];
        pairs[at] = pairs.back();
        pairs.pop_back();
        CHECK(dynamic.erase(b, a));
      } else {
        const NodeId a = random.below(nodes), b = random.below(nodes);
        bool there = false;
        for (const auto& [u, v] : pairs) there = there || (u == a && v == b) || (u == b && v == a);
        if (!there) CHECK(!dynamic.erase(a, b));
      }
      const Partition fresh = components(undirected_graph(nodes, pairs));
      const Partition kept = dynamic.partition();
      CAPTURE(seed, step);
      REQUIRE(kept.part == fresh.part);
      REQUIRE(kept.parts == fresh.parts);
      REQUIRE(dynamic.parts() == fresh.parts);
    }
  }
}

TEST_CASE("PageRank from old ranks is PageRank, after any script of edits",
          "[graph][incremental]") {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Random random(seed);
    RandomGraph graph(seed, 60);
    PageRankOptions exact;
    exact.tolerance = 1e-12;
    std::vector<double> ranks = pagerank(graph.csr(), exact);
    for (int round = 0; round < 10; ++round) {
      for (int edit = 0; edit < 4; ++edit) {
        const auto count = static_cast<std::uint32_t>(graph.pairs.size());
        if (random.below(3) == 0) ++graph.nodes;
        if (random.below(2) == 0 && count > 0) {
          const std::uint32_t at = random.below(count);
          graph.pairs.erase(graph.pairs.begin() + at);
          if (!graph.weights.empty()) graph.weights.erase(graph.weights.begin() + at);
        } else if (graph.weights.size() == count && (count > 0 || seed % 2 == 0)) {
          graph.pairs.emplace_back(random.below(graph.nodes), random.below(graph.nodes));
          graph.weights.push_back(1 + random.below(4));
        } else if (graph.weights.empty()) {
          graph.pairs.emplace_back(random.below(graph.nodes), random.below(graph.nodes));
        }
      }
      const Csr now = graph.csr();
      PageRankOptions warm = exact;
      warm.start = ranks;
      ranks = pagerank(now, warm);
      const std::vector<double> cold = pagerank(now, exact);
      double difference = 0, sum = 0;
      for (std::size_t v = 0; v < cold.size(); ++v) {
        difference += std::fabs(cold[v] - ranks[v]);
        sum += ranks[v];
      }
      CAPTURE(seed, round);
      CHECK(sum == Approx(1).epsilon(1e-12));
      // Each is off by at most tolerance * d / (1 - d), and as much again by the scale to sum 1.
      CHECK(difference < 2.5e-11);
    }
  }
}
