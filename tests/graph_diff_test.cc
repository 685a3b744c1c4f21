#include "graph/diff.h"
#include "tests/catch.h"
#include "tests/store_fixture.h"

using namespace tercet;
using namespace tercet::test;

namespace {

std::vector<std::string> kinds(std::vector<Fact> before, std::vector<Fact> after) {
  const KnowledgeGraph a = build_graph(std::move(before)), b = build_graph(std::move(after));
  std::vector<std::string> out;
  for (const Change& change : diff(a, b)) out.emplace_back(name_of(change.kind));
  return out;
}

}  // namespace

TEST_CASE("equal graphs differ in nothing, whatever the order of their facts", "[graph][diff]") {
  const Fact a = claim("d", "X", "r", "Y"), b = claim("d", "Y", "s", "Z", 3);
  CHECK(kinds({a, b}, {b, a}).empty());
  CHECK(kinds({}, {}).empty());
}

TEST_CASE("each kind of change has its name", "[graph][diff]") {
  const Fact yes = claim("d", "X", "r", "Y");
  Fact no = yes, maybe = yes, dated = yes, again = claim("e", "X", "r", "Y");
  no.polarity = Polarity::Negative;
  maybe.modality = Modality::Possible;
  dated.qualifiers.date = "2021";
  using Kinds = std::vector<std::string>;
  CHECK(kinds({}, {yes}) == Kinds{"added"});
  CHECK(kinds({yes}, {}) == Kinds{"gone"});
  CHECK(kinds({yes}, {no}) == Kinds{"flipped-sign"});
  CHECK(kinds({no}, {yes}) == Kinds{"flipped-sign"});
  CHECK(kinds({yes}, {maybe}) == Kinds{"flipped-state"});
  CHECK(kinds({yes}, {dated}) == Kinds{"requantified"});
  CHECK(kinds({yes}, {yes, again}) == Kinds{"reworded"});
  CHECK(kinds({yes, claim("d", "A", "r", "B", 7)}, {claim("d", "C", "r", "D", 9), no}) ==
        Kinds{"gone", "added", "flipped-sign"});
}

TEST_CASE("a requantified edge says what it lost and won", "[graph][diff]") {
  Fact before = claim("d", "X", "r", "Y"), after = before;
  before.qualifiers.quantity = "5 percent";
  after.qualifiers.quantity = "7 percent";
  before.qualifiers.role = after.qualifiers.role = "supplier";
  const KnowledgeGraph a = build_graph({before}), b = build_graph({after});
  const std::vector<Change> changes = diff(a, b);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].lost == std::vector<std::string>{"quantity=5 percent"});
  CHECK(changes[0].won == std::vector<std::string>{"quantity=7 percent"});
}
