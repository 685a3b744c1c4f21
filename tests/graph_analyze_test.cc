#include <algorithm>
#include <cstring>
#include <numeric>
#include <set>

#include "base/error.h"
#include "graph/analyze.h"
#include "graph/biconnected.h"
#include "graph/centrality.h"
#include "graph/flow.h"
#include "graph/structure.h"
#include "graph/work_crew.h"
#include "tests/catch.h"
#include "tests/graph_fixture.h"

using namespace tercet;
using namespace tercet::test;

namespace {

LabelledGraph labelled(Csr graph) {
  LabelledGraph result;
  for (NodeId v = 0; v < graph.nodes(); ++v) result.names.push_back(std::to_string(v));
  result.graph = std::move(graph);
  return result;
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0);
}

bool needs_nodes(std::string_view measure) {
  return measure == "personalised-pagerank" || measure == "distance" || measure == "dominators" ||
         measure == "max-flow";
}

AnalyzeOptions with_ends(const LabelledGraph& graph) {
  AnalyzeOptions options;
  options.samples = 40;
  if (graph.graph.nodes() == 0) return options;
  options.from = {0};
  options.to = graph.graph.nodes() - 1;
  return options;
}

bool is_slow(std::string_view measure) {
  return measure == "betweenness" || measure == "edge-betweenness";
}

bool same_result(const AnalysisResult& a, const AnalysisResult& b) {
  if (!same_bits(a.scores, b.scores) || a.clusters != b.clusters || a.modularity != b.modularity ||
      a.totals != b.totals || a.pairs.has_value() != b.pairs.has_value()) {
    return false;
  }
  if (a.pairs && (a.pairs->ends != b.pairs->ends || a.pairs->columns != b.pairs->columns))
    return false;
  return true;
}

Csr large_graph(bool directed) {
  Random random(9);
  Pairs pairs;
  for (int i = 0; i < 30000; ++i) {
    const NodeId u = random.below(6000);
    pairs.emplace_back(u, random.below(1 + u));  // uneven degrees
  }
  return csr_of(6000, pairs, directed);
}

}  // namespace

TEST_CASE("every measure of the contract is there and says something of every node",
          "[graph][analyze]") {
  const std::vector<std::string_view> contract = {
      "degree",      "pagerank",  "betweenness", "closeness", "harmonic",
      "eigenvector", "katz",      "hits",        "core",      "components",
      "scc",         "triangles", "constraint",  "leiden",    "louvain"};
  REQUIRE(measures().size() > contract.size());
  CHECK(std::equal(contract.begin(), contract.end(), measures().begin()));
  for (const bool directed : {true, false}) {
    for (const NodeId nodes : {0U, 1U, 5U}) {
      Pairs pairs;
      for (NodeId v = 0; v + 1 < nodes; ++v) pairs.emplace_back(v, v + 1);
      const LabelledGraph graph = labelled(csr_of(nodes, pairs, directed));
      for (const std::string_view measure : measures()) {
        if (nodes == 0 && needs_nodes(measure)) continue;
        const AnalysisResult result = analyze(graph, measure, with_ends(graph));
        CAPTURE(measure, nodes);
        CHECK(result.measure == measure);
        CHECK(result.nodes == nodes);
        CHECK(result.edges == pairs.size());
        CHECK(result.seconds >= 0);
        const bool clusters = measure == "leiden" || measure == "louvain";
        CHECK(result.modularity.has_value() == clusters);
        if (!result.pairs) {
          CHECK((clusters ? result.clusters.size() : result.scores.size()) == nodes);
        } else {
          CHECK(result.scores.empty());
          for (const auto& [name, column] : result.pairs->columns)
            CHECK(column.size() == result.pairs->ends.size());
        }
        CHECK(result.parameters.back().first == "parallel_edges");
        for (const auto& [name, column] : result.columns) CHECK(column.size() == nodes);
      }
    }
  }
}

TEST_CASE("an unknown measure is an error of usage", "[graph][analyze]") {
  try {
    analyze(labelled(directed_graph(1, {})), "pagerunk");
    FAIL("ran");
  } catch (const Error& error) {
    CHECK(error.code() == Error::Code::Usage);
  }
}

TEST_CASE("a measure says which option it lacks", "[graph][analyze]") {
  const LabelledGraph graph = labelled(directed_graph(2, {{0, 1}}));
  for (const std::string_view measure : measures()) {
    if (!needs_nodes(measure)) continue;
    try {
      analyze(graph, measure);
      FAIL("ran");
    } catch (const Error& error) {
      CAPTURE(error.what());
      CHECK(error.code() == Error::Code::Usage);
      CHECK(std::string(error.what()).find("--from") != std::string::npos);
    }
  }
}

TEST_CASE("an estimate grows with the graph and with the threads", "[graph][analyze]") {
  const LabelledGraph small = labelled(RandomGraph(5, 60).csr()),
                      large = labelled(large_graph(true));
  for (const std::string_view measure : measures()) {
    CAPTURE(measure);
    const Estimate a = estimate(small, measure), b = estimate(large, measure);
    CHECK(a.graph_bytes < b.graph_bytes);
    CHECK(a.work_bytes < b.work_bytes);
    CHECK(a.seconds < b.seconds);
    CHECK(b.work_bytes <= estimate(large, measure, {}, 8).work_bytes);
  }
}

TEST_CASE("undirected means that directions are forgotten", "[graph][analyze]") {
  const LabelledGraph graph = labelled(directed_graph(3, {{0, 1}, {1, 2}}));
  AnalyzeOptions options;
  CHECK(analyze(graph, "betweenness", options).scores == std::vector<double>{0, 1, 0});
  CHECK(analyze(graph, "harmonic", options).scores == std::vector<double>{1.5, 1, 0});
  options.undirected = true;
  CHECK(analyze(graph, "harmonic", options).scores == std::vector<double>{1.5, 2, 1.5});
  CHECK(analyze(graph, "harmonic", options).edges == 2);
}

TEST_CASE("any number of threads gives the same bits", "[graph][analyze]") {
  for (const bool directed : {true, false}) {
    const LabelledGraph graph = labelled(large_graph(directed));
    for (const std::string_view measure : measures()) {
      if (is_slow(measure)) continue;  // on a smaller graph below
      RunControl control;
      const AnalyzeOptions options = with_ends(graph);
      const AnalysisResult one = analyze(graph, measure, options, control);
      for (const unsigned threads : {2U, 3U, 8U}) {
        control.threads = threads;
        const AnalysisResult many = analyze(graph, measure, options, control);
        CAPTURE(measure, threads, directed);
        CHECK(same_result(one, many));
      }
    }
  }
  const LabelledGraph small = labelled(RandomGraph(123, 900).csr());
  for (const std::string_view measure : {"betweenness", "edge-betweenness"}) {
    RunControl control;
    const AnalysisResult one = analyze(small, measure, {}, control);
    for (const unsigned threads : {0U, 2U, 5U}) {
      control.threads = threads;
      CHECK(same_result(one, analyze(small, measure, {}, control)));
    }
  }
}

TEST_CASE("a run that is asked to stop stops", "[graph][analyze]") {
  std::stop_source source;
  source.request_stop();
  RunControl control;
  control.stop = source.get_token();
  const LabelledGraph graph = labelled(large_graph(false));
  for (const std::string_view measure : measures()) {
    for (const unsigned threads : {1U, 3U}) {
      control.threads = threads;
      CAPTURE(measure, threads);
      CHECK_THROWS_AS(analyze(graph, measure, with_ends(graph), control), Stopped);
    }
  }
}

TEST_CASE("progress rises to the end", "[graph][analyze]") {
  RunControl control;
  std::vector<double> seen;
  control.progress = [&](double done) { seen.push_back(done); };
  analyze(labelled(RandomGraph(5, 600).csr()), "betweenness", {}, control);
  REQUIRE(!seen.empty());
  CHECK(std::is_sorted(seen.begin(), seen.end()));
  CHECK(seen.back() == 1);
}

TEST_CASE("a kernel that is stopped gives up within a million arcs", "[graph][analyze]") {
  Random random(5);
  const NodeId nodes = 20000;
  Pairs pairs;
  for (int i = 0; i < 1'200'000; ++i) pairs.emplace_back(random.below(nodes), random.below(nodes));
  const Csr graph = directed_graph(nodes, pairs);
  std::stop_source source;
  RunControl control;
  control.stop = source.get_token();
  source.request_stop();
  CHECK_THROWS_AS(undirected(graph, control.stop), Stopped);
  CHECK_THROWS_AS(simple_undirected(graph, control.stop), Stopped);
  CHECK_THROWS_AS(triangles(graph, control), Stopped);
  CHECK_THROWS_AS(constraint(graph, control), Stopped);
  CHECK_THROWS_AS(effective_size(graph, control), Stopped);
  CHECK_THROWS_AS(predict_links(graph, 10, LinkOrder::AdamicAdar, control), Stopped);
  CHECK_THROWS_AS(max_flow(graph, 0, 1, control), Stopped);
  CHECK_THROWS_AS(closeness(graph, control), Stopped);
  CHECK_THROWS_AS(edge_betweenness(graph, control), Stopped);
  CHECK_THROWS_AS(biconnected(graph, control), Stopped);
  CHECK_THROWS_AS(strong_components(graph, control), Stopped);
  CHECK_THROWS_AS(core_numbers(graph, control), Stopped);
  CHECK_THROWS_AS(leiden(graph, {}, control), Stopped);
}

TEST_CASE("a crew does every block once and hands on the first exception", "[graph][analyze]") {
  for (const unsigned threads : {0U, 1U, 4U}) {
    WorkCrew crew(threads);
    for (int round = 0; round < 50; ++round) {
      std::vector<int> done(97, 0);
      crew.run(done.size(), [&](std::size_t block, unsigned worker) {
        done[block] += worker < crew.size() ? 1 : 100;  // Catch2's macros are not for threads
      });
      CHECK(done == std::vector<int>(97, 1));
    }
    CHECK_THROWS_AS(crew.run(10,
                             [](std::size_t block, unsigned) {
                               if (block == 3) throw Stopped();
                             }),
                    Stopped);
    int after = 0;
    crew.run(1, [&](std::size_t, unsigned) { ++after; });
    CHECK(after == 1);
  }
}
