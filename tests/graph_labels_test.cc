#include "graph/analyze.h"
#include "graph/cluster_labels.h"
#include "tests/catch.h"
#include "tests/graph_fixture.h"
#include "tests/store_fixture.h"

using namespace tercet;
using namespace tercet::test;

namespace {

Fact dated(const std::string& from, const std::string& relation, const std::string& to,
           std::uint64_t at, const std::string& date = {}) {
  Fact fact = claim("notes", from, relation, to, at);
  fact.qualifiers.date = date;
  fact.id = fact_id(fact, static_cast<std::uint32_t>(at));
  return fact;
}

std::vector<std::string> names(const std::vector<Slice>& slices) {
  std::vector<std::string> result;
  for (const Slice& slice : slices) result.push_back(slice.name);
  return result;
}

}  // namespace

TEST_CASE("a cluster is called by its best linked members and most used relations",
          "[graph][labels]") {
  const KnowledgeGraph source =
      build_graph({dated("Hub", "uses", "A", 1), dated("Hub", "uses", "B", 2),
                   dated("Hub", "offers", "C", 3), dated("C", "offers", "A", 4),
                   dated("Hub", "competes_with", "Far", 5), dated("Far", "part_of", "Away", 6)});
  const LabelledGraph graph = project_named(source);
  std::vector<std::uint32_t> cluster(source.nodes().size(), 0);
  cluster[*source.find("Far")] = cluster[*source.find("Away")] = 1;
  const std::vector<ClusterLabel> labels = label_clusters(graph.graph, cluster, &source, 2, 1);
  REQUIRE(labels.size() == 2);
  CHECK(labels[0].size == 4);
  REQUIRE(labels[0].members.size() == 2);
  CHECK(graph.names[labels[0].members[0]] == "Hub");
  CHECK(graph.names[labels[0].members[1]] == "A");
  CHECK(labels[0].relations == std::vector<std::string>{"offers"});  // two each: by name
  CHECK(labels[1].relations == std::vector<std::string>{"part_of"});
  CHECK(label_clusters(graph.graph, cluster)[0].relations.empty());
  CHECK(label_clusters(Csr(), {}).empty());
}

TEST_CASE("time is cut where claims are dated", "[graph][labels]") {
  const KnowledgeGraph graph =
      build_graph({dated("A", "uses", "B", 1, "March 2021"), dated("A", "uses", "C", 2, "2023"),
                   dated("A", "uses", "D", 3, "last week"), dated("A", "uses", "E", 4)});
  CHECK(names(slices_of(graph, SliceUnit::Year)) == std::vector<std::string>{"2021", "2023"});
  CHECK(names(slices_of(graph, SliceUnit::Quarter)) ==
        std::vector<std::string>{"2021-Q1", "2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"});
  const std::vector<Slice> months = slices_of(graph, SliceUnit::Month);
  REQUIRE(months.size() == 13);
  CHECK(months[0].name == "2021-03");
  CHECK(months[0].dates.meets({20210331, 20210331}));
  CHECK(!months[0].dates.meets({20210401, 20210401}));
  CHECK(slices_of(KnowledgeGraph(), SliceUnit::Month).empty());
  // Each slice sees the claims of its time only.
  for (const Slice& slice : months) {
    ProjectionOptions cut;
    cut.dates = slice.dates;
    CHECK(project(graph, cut).edges() == 1);
  }
}
