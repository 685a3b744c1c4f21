#include "graph/projection.h"
#include "graph/random.h"
#include "tests/catch.h"
#include "tests/store_fixture.h"

using namespace tercet;
using namespace tercet::test;

TEST_CASE("a date in words is a range of days", "[graph][projection]") {
  const auto days = [](std::string_view text) { return date_range(text).value_or(DateRange{}); };
  CHECK(days("2021") == DateRange{20210101, 20211231});
  CHECK(days("in early 2021") == DateRange{20210101, 20211231});
  CHECK(days("2021-03") == DateRange{20210301, 20210331});
  CHECK(days("2020-02-29") == DateRange{20200229, 20200229});
  CHECK(days("2021-02-29") == DateRange{20210201, 20210228});  // no such day: the month
  CHECK(days("March 2021") == DateRange{20210301, 20210331});
  CHECK(days("Sept. 5, 2021") == DateRange{20210905, 20210905});
  CHECK(days("5 March 2021") == DateRange{20210305, 20210305});
  CHECK(days("Q3 2021") == DateRange{20210701, 20210930});
  CHECK(days("2021 Q1") == DateRange{20210101, 20210331});
  CHECK(days("the third quarter of 2021") == DateRange{20210701, 20210930});
  CHECK(days("H2 2021") == DateRange{20210701, 20211231});
  CHECK(days("the 1990s") == DateRange{19900101, 19991231});
  for (const char* text : {"", "last week", "March 5", "12345", "0999", "\xff\xfe", "----", "Q3"}) {
    CAPTURE(text);
    CHECK(!date_range(text));
  }
}

TEST_CASE("an edge is what the claims that are left say of it", "[graph][projection]") {
  Fact yes = claim("a", "X", "r", "Y"), no = claim("b/c", "X", "r", "Y");
  yes.confidence = 0.75;
  yes.qualifiers.date = "March 2020";
  no.polarity = Polarity::Negative;
  no.confidence = 0.5;
  no.qualifiers.date = "2022";
  const KnowledgeGraph graph = build_graph({yes, no});
  REQUIRE(graph.edges().size() == 1);
  CHECK(graph.edges()[0].state == EdgeState::Disputed);
  CHECK(project(graph).edges() == 0);
  ProjectionOptions options;
  options.documents = {"a"};
  CHECK(project(graph, options).edges() == 1);
  options.documents = {"b/"};
  CHECK(project(graph, options).edges() == 0);
  options.asserted_only = false;
  CHECK(project(graph, options).edges() == 1);
  options.documents = {"c"};
  CHECK(project(graph, options).edges() == 0);
  options = {};
  options.dates = DateRange{20200315, 20200401};
  CHECK(project(graph, options).edges() == 1);
  options.dates = DateRange{20210101, 20230101};
  CHECK(project(graph, options).edges() == 0);
  options = {};
  options.min_confidence = 0.6;
  CHECK(project(graph, options).edges() == 1);
  CHECK(describe(options) == "asserted, directed, parallel edges kept, confidence >= 0.6");
}

TEST_CASE("what is said often and surely weighs more", "[graph][projection]") {
  Fact one = claim("a", "X", "r", "Y"), two = claim("b", "X", "r", "Y"),
       other = claim("c", "X", "s", "Y");
  one.confidence = 0.5;
  two.confidence = 0.25;
  other.confidence = 1;
  const KnowledgeGraph graph = build_graph({one, two, other});
  ProjectionOptions options;
  options.parallel = ParallelEdges::Weighted;
  CHECK(project(graph, options).out().weights == std::vector<double>{1.75});
  options.documents = {"a", "c"};
  CHECK(project(graph, options).out().weights == std::vector<double>{1.5});
  for (const auto policy : {ParallelEdges::Keep, ParallelEdges::Count, ParallelEdges::Sum,
                            ParallelEdges::Max, ParallelEdges::Weighted}) {
    CHECK(parallel_edges_named(name_of(policy)) == policy);
  }
  CHECK(!parallel_edges_named("some"));
}

TEST_CASE("a cluster is seen without the rest of the graph", "[graph][projection]") {
  const KnowledgeGraph graph = build_graph(
      {claim("a", "A", "r", "B"), claim("a", "B", "r", "C"), claim("a", "C", "r", "D")});
  ProjectionOptions options;
  options.cluster_of = {0, 0, 1, 1};
  options.clusters = {1};
  const Csr second = project(graph, options);
  CHECK(second.nodes() == 4);
  CHECK(second.edges() == 1);
  CHECK(second.out().degree(2) == 1);
  options.clusters = {1, 0};
  CHECK(project(graph, options).edges() == 3);
}

TEST_CASE("a quotient keeps the weight of the graph", "[graph][projection]") {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const NodeId nodes = 1 + random.below(20);
    EdgeColumns edges;
    std::vector<std::uint32_t> part_of(nodes);
    for (auto& part : part_of) part = random.below(3);
    double within = 0, between = 0;
    for (std::uint32_t i = random.below(60); i > 0; --i) {
      edges.sources.push_back(random.below(nodes));
      edges.targets.push_back(random.below(nodes));
      const bool same = part_of[edges.sources.back()] == part_of[edges.targets.back()];
      (same ? within : between) += 1;
    }
    for (const bool directed : {true, false}) {
      const Csr parts = quotient(Csr(nodes, edges, directed), part_of, 3);
      double loops = 0, rest = 0;
      for (NodeId v = 0; v < 3; ++v) {
        for (std::uint64_t i = parts.out().offsets[v]; i < parts.out().offsets[v + 1]; ++i) {
          (parts.out().targets[i] == v ? loops : rest) += parts.out().weights[i];
        }
      }
      CHECK(loops == within * (directed ? 1 : 2));
      CHECK(rest == between * (directed ? 1 : 2));
    }
  }
}
