#include <algorithm>

#include "graph/knowledge_graph.h"
#include "graph/projection.h"
#include "graph/random.h"
#include "tests/catch.h"
#include "tests/store_fixture.h"

using namespace tercet;
using namespace tercet::test;

namespace {

Fact said(const std::string& doc, std::uint64_t at, Polarity polarity, Modality modality,
          double confidence = 0.5) {
  Fact fact = claim(doc, "Harbour Works", "offers", "Crane Service", at);
  fact.polarity = polarity;
  fact.modality = modality;
  fact.confidence = confidence;
  fact.id = fact_id(fact, static_cast<std::uint32_t>(at));
  return fact;
}

Edge only_edge(std::vector<Fact> facts) {
  const KnowledgeGraph graph = build_graph(std::move(facts));
  REQUIRE(graph.edges().size() == 1);
  return graph.edges()[0];
}

// Everything a graph holds, as text.
std::string picture(const KnowledgeGraph& graph) {
  std::string text;
  for (const Node& node : graph.nodes()) {
    text += node.name + "|" + node.type + "|" + std::to_string(node.mentions);
    for (const std::string& alias : node.aliases) text += "|" + alias;
    text += "\n";
  }
  for (const Edge& edge : graph.edges()) {
    text += std::to_string(edge.source) + edge.relation + std::to_string(edge.target);
    text += std::string(name_of(edge.state)) + std::to_string(edge.confidence);
    for (const std::uint32_t c : edge.claims) text += " " + graph.facts()[c].id;
    text += "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("an edge's state follows from all its claims", "[graph][knowledge]") {
  const auto yes = [](double c = 0.5) {
    return said("a", 0, Polarity::Positive, Modality::Asserted, c);
  };
  const auto no = [](double c = 0.5) {
    return said("b", 0, Polarity::Negative, Modality::Asserted, c);
  };
  const auto may = [](double c = 0.5) {
    return said("c", 0, Polarity::Positive, Modality::Possible, c);
  };
  const auto may_not = [](double c = 0.5) {
    return said("d", 0, Polarity::Negative, Modality::Possible, c);
  };

  CHECK(only_edge({yes()}).state == EdgeState::Asserted);
  CHECK(only_edge({may()}).state == EdgeState::Unasserted);
  CHECK(only_edge({no()}).state == EdgeState::Denied);
  CHECK(only_edge({may_not()}).state == EdgeState::Denied);
  CHECK(only_edge({yes(), no()}).state == EdgeState::Disputed);
  CHECK(only_edge({yes(), may(), may_not()}).state == EdgeState::Asserted);
  CHECK(only_edge({may(), no()}).state == EdgeState::Denied);
  CHECK(only_edge({may(), may_not()}).state == EdgeState::Denied);
}

TEST_CASE("an edge is as sure as the surest claim that carries its state", "[graph][knowledge]") {
  const auto yes = [](double c) { return said("a", 0, Polarity::Positive, Modality::Asserted, c); };
  const auto also = [](double c) {
    return said("b", 0, Polarity::Positive, Modality::Asserted, c);
  };
  const auto may = [](double c) { return said("c", 0, Polarity::Positive, Modality::Possible, c); };
  const auto may_not = [](double c) {
    return said("d", 0, Polarity::Negative, Modality::Possible, c);
  };
  const auto no = [](double c) { return said("e", 0, Polarity::Negative, Modality::Asserted, c); };
  CHECK(only_edge({yes(0.4), also(0.6), may(0.9)}).confidence == 0.6);
  CHECK(only_edge({may(0.9), may_not(0.2)}).confidence == 0.2);
  CHECK(only_edge({may_not(0.9), no(0.3)}).confidence == 0.3);
  CHECK(only_edge({may(0.7)}).confidence == 0.7);
  CHECK(only_edge({yes(0.4), no(0.8)}).confidence == 0.8);
}

TEST_CASE("the words of a claim's status", "[graph][knowledge]") {
  using Words = std::vector<std::string_view>;
  CHECK(status_of(said("a", 0, Polarity::Positive, Modality::Asserted)) == Words{"asserted"});
  CHECK(status_of(said("a", 0, Polarity::Negative, Modality::Asserted)) == Words{"negated"});
  CHECK(status_of(said("a", 0, Polarity::Positive, Modality::Intended)) == Words{"intended"});
  CHECK(status_of(said("a", 0, Polarity::Negative, Modality::Hypothetical)) ==
        Words{"negated", "hypothetical"});
}

TEST_CASE("relations are parallel edges, types part names", "[graph][knowledge]") {
  Fact a = claim("d", "Mercury", "offers", "Ferry");
  Fact b = claim("d", "Mercury", "operates_in", "Ferry", 1);
  Fact c = claim("d", "Mercury", "offers", "Ferry", 2);
  a.subject_type = b.subject_type = "Organization";
  c.subject_type = "Technology";
  const KnowledgeGraph graph = build_graph({a, b, c});
  REQUIRE(graph.nodes().size() == 3);
  CHECK(graph.edges().size() == 3);
  CHECK(graph.find("Mercury", "Technology") == NodeId{2});
  CHECK(graph.find("Mercury") == NodeId{1});
  CHECK(!graph.find("Mercury", "Person"));
  CHECK(!graph.find("Merc"));
  CHECK(project_named(graph).names ==
        std::vector<std::string>{"Ferry", "Mercury (Organization)", "Mercury (Technology)"});
}

TEST_CASE("a claim without a type means the only thing of that name", "[graph][knowledge]") {
  Fact a = claim("d", "Mercury", "offers", "Ferry");
  Fact b = claim("d", "Mercury", "offers", "Ferry", 1);
  a.subject_type = "Organization";
  CHECK(build_graph({a, b}).nodes().size() == 2);
  Fact c = claim("d", "Mercury", "offers", "Ferry", 2);
  c.subject_type = "Person";
  CHECK(build_graph({a, b, c}).nodes().size() == 4);
}

TEST_CASE("aliases come from alias facts and from words that name", "[graph][knowledge]") {
  Fact alias = claim("d", "NSF", "alias_of", "North Sea Ferries");
  Fact said_so = claim("d", "North Sea Ferries", "offers", "tickets", 1);
  said_so.subject_text = "The company";
  Fact pronoun = claim("d", "North Sea Ferries", "offers", "tickets", 2);
  pronoun.subject_text = "Sea Ferries";
  pronoun.subject_antecedent = Antecedent{"North Sea Ferries", 1};
  Fact named = claim("d", "North Sea Ferries", "offers", "tickets", 3);
  named.subject_text = "Ferries of the North";
  const KnowledgeGraph graph = build_graph({alias, said_so, pronoun, named});
  const Node& ferries = graph.nodes()[*graph.find("North Sea Ferries")];
  CHECK(ferries.aliases == std::vector<std::string>{"Ferries of the North", "NSF"});
  CHECK(ferries.mentions == 4);
  CHECK(graph.edges().size() == 2);  // the alias stays an edge too

  alias.polarity = Polarity::Negative;
  const KnowledgeGraph denied = build_graph({alias});
  CHECK(denied.nodes()[*denied.find("North Sea Ferries")].aliases.empty());
}

TEST_CASE("facts in any order, some of them twice, give one graph", "[graph][knowledge]") {
  Random random(5);
  std::vector<Fact> facts;
  for (std::uint32_t i = 0; i < 200; ++i) {
    const auto word = [&] { return std::string(1, static_cast<char>('A' + random.below(9))); };
    Fact fact = claim("doc" + word(), word(), word() == "A" ? "alias_of" : "r" + word(), word(), i);
    fact.polarity = random.below(4) == 0 ? Polarity::Negative : Polarity::Positive;
    fact.subject_type = random.below(2) == 0 ? "T" : "";
    fact.id = fact_id(fact, i);
    facts.push_back(fact);
    if (random.below(5) == 0) facts.push_back(fact);
    if (random.below(9) == 0) {  // the same id with another offset: which one stays is fixed
      fact.start += 1;
      facts.push_back(fact);
    }
  }
  const KnowledgeGraph built = build_graph(facts);
  CHECK(built.facts().size() == 200);
  const std::string expected = picture(built);
  for (int i = 0; i < 20; ++i) {
    shuffle(facts, random);
    REQUIRE(picture(build_graph(facts)) == expected);
  }
}

TEST_CASE("documents without facts are kept, facts without documents named", "[graph][knowledge]") {
  const KnowledgeGraph graph =
      build_graph({claim("b", "X", "r", "Y")}, {{"c", "Third", ""}, {"a", "First", "vid"}});
  REQUIRE(graph.documents().size() == 3);
  CHECK(graph.documents()[0].video_id == "vid");
  CHECK(graph.documents()[1].id == "b");
  CHECK(graph.documents()[1].title.empty());
  CHECK(build_graph({}).nodes().empty());
}

TEST_CASE("the measures see asserted edges, parallels as they are told", "[graph][knowledge]") {
  Fact a = claim("d", "X", "r", "Y"), b = claim("d", "X", "s", "Y", 1);
  Fact loop = claim("d", "X", "r", "X", 2), denied = claim("d", "Y", "r", "X", 3);
  a.confidence = 0.25;
  b.confidence = 0.5;
  denied.polarity = Polarity::Negative;
  const KnowledgeGraph graph = build_graph({a, b, loop, denied});
  CHECK(project(graph).edges() == 2);
  CHECK(!project(graph).weighted());
  ProjectionOptions options;
  options.loops = true;
  CHECK(project(graph, options).edges() == 3);
  options = {};
  options.asserted_only = false;
  CHECK(project(graph, options).edges() == 3);
  options = {};
  options.relations = {"s"};
  CHECK(project(graph, options).edges() == 1);
  options = {};
  options.parallel = ParallelEdges::Sum;
  CHECK(project(graph, options).out().weights == std::vector<double>{0.75});
  options.parallel = ParallelEdges::Max;
  CHECK(project(graph, options).out().weights == std::vector<double>{0.5});
  options.parallel = ParallelEdges::Count;
  options.directed = false;
  options.asserted_only = false;
  CHECK(project(graph, options).out().weights == std::vector<double>{3, 3});
}
