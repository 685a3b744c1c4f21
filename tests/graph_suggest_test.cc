#include <algorithm>

#include "graph/suggest.h"
#include "tests/catch.h"

using namespace tercet;

namespace {

KnowledgeGraph graph_of(const std::vector<std::pair<std::string, std::string>>& things) {
  std::vector<Fact> facts;
  for (const auto& [name, type] : things) {
    Fact fact;
    fact.subject = fact.subject_text = name, fact.subject_type = type;
    fact.relation = "offers", fact.object = fact.object_text = "something",
    fact.object_type = "Concept";
    fact.id = fact_id(fact, static_cast<std::uint32_t>(facts.size()));
    facts.push_back(std::move(fact));
  }
  return build_graph(std::move(facts));
}

using Pairs = std::vector<std::tuple<std::string, std::string, AliasReason>>;

Pairs pairs(const std::vector<std::pair<std::string, std::string>>& things) {
  const KnowledgeGraph graph = graph_of(things);
  Pairs out;
  for (const AliasSuggestion& one : suggest_aliases(graph)) {
    out.emplace_back(graph.nodes()[one.name].name, graph.nodes()[one.alias].name, one.reason);
  }
  return out;
}

}  // namespace

TEST_CASE("spellings, initials, prefixes and typos are suggested, the fuller name first") {
  CHECK(pairs({{"Tide Line", "Organization"}, {"TideLine", "Organization"}}) ==
        Pairs{{"Tide Line", "TideLine", AliasReason::Spelling}});
  CHECK(pairs({{"RWS", "Organization"}, {"Riverbank Web Services", "Organization"}}) ==
        Pairs{{"Riverbank Web Services", "RWS", AliasReason::Initials}});
  CHECK(pairs({{"Harbour", "Organization"}, {"Harbour Systems", "Organization"}}) ==
        Pairs{{"Harbour Systems", "Harbour", AliasReason::Prefix}});
  CHECK(pairs({{"Northwind", "Organization"}, {"Nortwind", "Organization"}}) ==
        Pairs{{"Northwind", "Nortwind", AliasReason::Typo}});
  CHECK(pairs({{"Northwind", "Organization"}, {"Northwand", "Organization"}}).size() == 1);
}

TEST_CASE("things of different types, common words and ambiguous names are left alone") {
  CHECK(pairs({{"Harbour", "Place"}, {"Harbour Systems", "Organization"}}).empty());
  CHECK(pairs({{"cloud service", "Service"}, {"cloud services team", "Service"}}).empty());
  CHECK(pairs({{"Harbour", ""}, {"Harbour Systems", ""}, {"Harbour Foods", ""}}).empty());
  CHECK(pairs({{"Northwind", "Organization"}, {"Southwind", "Organization"}}).empty());
}

TEST_CASE("a thousand names under one key suggest nothing and cost nothing") {
  std::vector<std::pair<std::string, std::string>> things;
  for (int i = 0; i < 1000; ++i) things.emplace_back("Northwind " + std::to_string(1000 + i), "");
  CHECK(pairs(things).size() < 20000);
}
