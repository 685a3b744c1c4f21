#include <sstream>

#include "extract/agree_types.h"
#include "tests/catch.h"

using namespace tercet;

namespace {

Ontology shop() {
  std::istringstream relations(
      "relation\tdomain\trange\nmakes\tFirm\tTool|Idea\nhelps\tANY\tANY\nkind_of\tANY\tIdea\n");
  std::istringstream types("type\nFirm\nTool\nIdea\n");
  std::vector<std::string> warnings;
  return read_ontology(relations, "r", types, "t", warnings);
}

Fact fact(const char* subject, const char* subject_type, const char* relation, const char* object,
          const char* object_type) {
  Fact out;
  out.subject = subject;
  out.subject_type = subject_type;
  out.relation = relation;
  out.object = object;
  out.object_type = object_type;
  out.confidence = 0.5;
  return out;
}

}  // namespace

TEST_CASE("a thing that relations bent each their own way gets one type", "[extract]") {
  std::vector<Fact> facts = {fact("Acme", "Firm", "makes", "Spanner", "Tool"),
                             fact("Spanner", "Firm", "helps", "Acme", "Firm")};
  agree_types(shop(), {{"Spanner", "Firm", {}, 0.3}, {"Acme", "Firm", {}, 0.9}}, facts);
  CHECK(facts[0].object_type == "Tool");  // Firm, its own, is nothing that is made
  CHECK(facts[1].subject_type == "Tool");
}

TEST_CASE("its own type wins where every relation takes it", "[extract]") {
  std::vector<Fact> facts = {fact("Spanner", "Idea", "helps", "Acme", "Firm"),
                             fact("Spanner", "Tool", "helps", "Brio", "Firm")};
  agree_types(shop(), {{"Spanner", "Tool", {}, 0.3}}, facts);
  CHECK(facts[0].subject_type == "Tool");
}

TEST_CASE("without a type for all, domain and range hold", "[extract]") {
  std::vector<Fact> facts = {fact("Acme", "Firm", "makes", "Spanner", "Tool"),
                             fact("Spanner", "Firm", "makes", "Bolt", "Tool")};
  const std::vector<Fact> before = facts;
  agree_types(shop(), {{"Spanner", "Tool", {}, 0.3}}, facts);
  CHECK(facts == before);
}

TEST_CASE("homonyms stay apart", "[extract]") {
  std::vector<Fact> facts = {fact("Reed", "Firm", "helps", "Acme", "Firm"),
                             fact("Reed", "Tool", "helps", "Acme", "Firm")};
  const std::vector<Fact> before = facts;
  agree_types(shop(), {{"Reed", "Tool", {}, 0.9}, {"Reed", "Firm", {}, 0.9}}, facts);
  CHECK(facts == before);
}
