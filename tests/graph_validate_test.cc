#include <algorithm>
#include <sstream>

#include "graph/validate.h"
#include "tests/catch.h"

using namespace tercet;

namespace {

Ontology small_ontology() {
  std::istringstream relations(
      "relation\tdomain\trange\tprops\n"
      "buys\tFirm\tFirm|Thing\tasymmetric\n"
      "born\tPerson\tDate\tfunctional\n"
      "leads\tPerson\tFirm\tinverse_functional\n");
  std::istringstream types("type\tparent\nFirm\t\nStartup\tFirm\nThing\t\nPerson\t\nDate\t\n");
  std::vector<std::string> warnings;
  return read_ontology(relations, "r", types, "t", warnings);
}

Fact fact(const std::string& subject, const std::string& relation, const std::string& object,
          const std::string& subject_type = "Firm", const std::string& object_type = "Firm") {
  Fact out;
  out.subject = out.subject_text = subject, out.relation = relation;
  out.object = out.object_text = object, out.doc = "d";
  out.subject_type = subject_type, out.object_type = object_type;
  out.id = fact_id(out, 0);
  return out;
}

std::vector<ViolationKind> kinds(std::vector<Fact> facts) {
  std::vector<ViolationKind> out;
  for (const Violation& one : validate(build_graph(std::move(facts)), small_ontology())) {
    CHECK_FALSE(one.facts.empty());
    CHECK(std::ranges::is_sorted(one.facts));
    out.push_back(one.kind);
  }
  return out;
}

using enum ViolationKind;
using Kinds = std::vector<ViolationKind>;

}  // namespace

TEST_CASE("a graph that fits its ontology has no violations, subtypes and untyped ends included") {
  CHECK(kinds({fact("a", "buys", "b"), fact("c", "buys", "b", "Startup", "Thing"),
               fact("d", "buys", "e", "", "")})
            .empty());
}

TEST_CASE("unknown relations and types, and ends of the wrong type, are named") {
  CHECK(kinds({fact("a", "sells", "b")}) == Kinds{UnknownRelation});
  CHECK(kinds({fact("a", "buys", "b", "Ghost")}) == Kinds{UnknownType});
  CHECK(kinds({fact("a", "buys", "b", "Person")}) == Kinds{Domain});
  CHECK(kinds({fact("a", "buys", "b", "Firm", "Person")}) == Kinds{Range});
}

TEST_CASE("one end too many breaks a functional relation, but not when it is denied") {
  Fact other = fact("ann", "born", "1990", "Person", "Date");
  CHECK(kinds({fact("ann", "born", "1991", "Person", "Date"), other}) == Kinds{Functional});
  other.polarity = Polarity::Negative;
  CHECK(kinds({fact("ann", "born", "1991", "Person", "Date"), other}).empty());
  CHECK(kinds({fact("ann", "leads", "f", "Person"), fact("bob", "leads", "f", "Person")}) ==
        Kinds{InverseFunctional});
  CHECK(kinds({fact("ann", "leads", "f", "Person"), fact("ann", "leads", "g", "Person")}).empty());
}

TEST_CASE("what holds both ways breaks an asymmetric relation, once") {
  CHECK(kinds({fact("a", "buys", "b"), fact("b", "buys", "a")}) == Kinds{Asymmetric});
  CHECK(kinds({fact("a", "buys", "a")}) == Kinds{Asymmetric});
  Fact planned = fact("b", "buys", "a");
  planned.modality = Modality::Intended;
  CHECK(kinds({fact("a", "buys", "b"), planned}).empty());
}

TEST_CASE("asserted and denied is disputed") {
  Fact denied = fact("a", "buys", "b");
  denied.polarity = Polarity::Negative;
  denied.id = fact_id(denied, 1);
  const auto found = validate(build_graph({fact("a", "buys", "b"), denied}), small_ontology());
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == Disputed);
  CHECK(found[0].facts.size() == 2);
}
