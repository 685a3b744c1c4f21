#include <sstream>
#include <string>

#include "base/error.h"
#include "base/fact_json.h"
#include "base/ontology.h"
#include "tests/catch.h"

using namespace tercet;

namespace {

Fact full_fact() {
  Fact f;
  f.subject = "Riverbank";
  f.object = "Tideline";
  f.subject_type = "Organization";
  f.object_type = "Service";
  f.relation = "offers";
  f.polarity = Polarity::Negative;
  f.modality = Modality::Conditional;
  f.condition = "a customer moves its data";
  f.condition_facts = {"0123456789abcdef"};
  f.qualifiers.quantity = "12 million";
  f.confidence = 0.8123;
  f.sentence = "Once a customer moves its data, the firm will not offer \"Tideline\".";
  f.evidence = "will not offer \"Tideline\"";
  f.subject_text = "the firm";
  f.object_text = "Tideline";
  f.subject_antecedent = Antecedent{"Riverbank", 7};
  f.object_antecedent = Antecedent{"the tool", 3};
  f.doc = "notes/a.md";
  f.start = 10;
  f.end = 35;
  f.line = 9;
  f.timestamp = "00:01:12";
  f.url = "https://youtu.be/abcdefghijk?t=72";
  f.by = "verb.obj:offer+coref.firm";
  f.id = fact_id(f, 0);
  return f;
}

}  // namespace

TEST_CASE("a fact survives its JSON", "[base]") {
  const Fact fact = full_fact();
  CHECK(fact_from_json(to_json(fact)) == fact);
  Fact plain;
  plain.subject = "a";
  plain.relation = "uses";
  plain.object = "b";
  plain.subject_text = "a";
  plain.object_text = "b";
  CHECK(fact_from_json(to_json(plain)) == plain);
}

TEST_CASE("keys stand in the contract's order", "[base]") {
  const std::string json = to_json(full_fact());
  std::size_t at = 0;
  for (const char* key :
       {"id",       "subject",  "object",       "subject_type",    "object_type", "relation",
        "polarity", "modality", "condition",    "condition_facts", "qualifiers",  "confidence",
        "sentence", "evidence", "subject_text", "object_text",     "antecedent",  "doc",
        "start",    "end",      "line",         "timestamp",       "url",         "by"}) {
    CAPTURE(key);
    const std::size_t found = json.find('"' + std::string(key) + "\":", at);
    REQUIRE(found != std::string::npos);
    at = found;
  }
}

TEST_CASE("bytes that are not UTF-8 never reach the JSON", "[base]") {
  Fact fact = full_fact();
  fact.subject = "a\xff";
  fact.condition_facts = {"\xfe"};
  fact.condition = "\xc3";
  const Fact back = fact_from_json(to_json(fact));
  CHECK(back.subject == "a\xEF\xBF\xBD");
  CHECK(back.condition_facts[0] == "\xEF\xBF\xBD");
}

TEST_CASE("a bad line is refused with its place", "[base]") {
  CHECK_THROWS_WITH(fact_from_json("[]"), "not a JSON object");
  CHECK_THROWS_WITH(fact_from_json(R"({"subject":"a","relation":"r"})"),
                    "\"object\" must be a string, and be there");
  CHECK_THROWS_WITH(fact_from_json(R"({"subject":1,"relation":"r","object":"b"})"),
                    "\"subject\" must be a string");
  CHECK_THROWS_AS(fact_from_json(R"({"subject":"a",)"), Error);
  CHECK_THROWS_WITH(fact_from_json(std::string(200, '[')), "nested deeper than 128");
  CHECK_THROWS_AS(fact_from_json(R"({"subject":"a","relation":"r","object":"b","confidence":2})"),
                  Error);
  CHECK_THROWS_AS(fact_from_json(R"({"subject":"a","relation":"r","object":"b","line":-1})"),
                  Error);
  CHECK_THROWS_AS(
      fact_from_json(R"({"subject":"a","relation":"r","object":"b","polarity":"maybe"})"), Error);
}

TEST_CASE("the id hangs on what is said, not on where or on names learnt later", "[base]") {
  const Fact fact = full_fact();
  Fact moved = fact;
  moved.subject = "Riverbank Inc";
  moved.start += 100;
  moved.line += 4;
  CHECK(fact_id(moved, 0) == fact.id);
  CHECK(fact_id(fact, 1) != fact.id);
  Fact asserted = fact;
  asserted.polarity = Polarity::Positive;
  CHECK(fact_id(asserted, 0) != fact.id);
  Fact shifted = fact;  // the same letters, cut elsewhere
  shifted.subject_text = fact.subject_text + fact.relation.substr(0, 1);
  shifted.relation = fact.relation.substr(1);
  CHECK(fact_id(shifted, 0) != fact.id);
}

namespace {

Ontology ontology_of(const std::string& relations, const std::string& types,
                     std::vector<std::string>& warnings) {
  std::istringstream r(relations), t(types);
  return read_ontology(r, "r.tsv", t, "t.tsv", warnings);
}

}  // namespace

TEST_CASE("domain and range follow the type tree, and an unknown type is anything", "[base]") {
  std::vector<std::string> warnings;
  const Ontology o = ontology_of(
      "relation\tdomain\trange\tprops\tlexicalisations\n"
      "offers\tOrganization\tService|Gadget\tinverse:offered_by\toffers; was sold to(inv)\n"
      "likes\tANY\tANY\tsymmetric; transitive\t\n",
      "type\tparent\tgloss\texamples\n"
      "Organization\t\t\t\nBank\tOrganization\t\t\nService\t\t\t\nQuantity\t\t\t\n",
      warnings);
  const RelationType& offers = *o.find_relation("offers");
  CHECK(o.accepts_subject(offers, "Bank"));
  CHECK_FALSE(o.accepts_subject(offers, "Service"));
  CHECK(o.accepts_subject(offers, "Martian"));
  CHECK(o.accepts_object(offers, "Quantity"));  // Gadget is unknown, so the range is open
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].find("Gadget") != std::string::npos);
  CHECK(offers.inverse == "offered_by");
  CHECK(offers.lexicalisations[1].inverse);
  CHECK(offers.lexicalisations[1].text == "was sold to");
  CHECK(o.find_relation("likes")->symmetric);
  CHECK(o.find_type("Quantity")->literal);
}

TEST_CASE("a cycle of parents in a user's types ends", "[base]") {
  std::vector<std::string> warnings;
  const Ontology o = ontology_of("relation\nr\n", "type\tparent\nA\tB\nB\tA\n", warnings);
  CHECK_FALSE(o.is_a("A", "C"));
  CHECK(o.is_a("A", "B"));
}

TEST_CASE("two rows of one relation are united", "[base]") {
  std::vector<std::string> warnings;
  const Ontology o = ontology_of(
      "relation\tdomain\trange\tlexicalisations\n"
      "league\tPlayer\tLeague\tplays in\nleague\tTeam\tANY\tplays in; season\n",
      "type\nPlayer\nTeam\nLeague\n", warnings);
  REQUIRE(o.relations().size() == 1);
  const RelationType& league = o.relations().front();
  CHECK(league.domain == std::vector<std::string>{"Player", "Team"});
  CHECK(league.range.empty());  // one row takes any type
  CHECK(league.lexicalisations.size() == 2);
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].find("r.tsv:3: relation \"league\" is there twice") != std::string::npos);
}

TEST_CASE("an ontology error says where", "[base]") {
  std::vector<std::string> warnings;
  CHECK_THROWS_WITH(ontology_of("relation\tsign\nr\t?\n", "type\nA\n", warnings),
                    "r.tsv:2:3: sign must be +, - or 0");
  CHECK_THROWS_WITH(ontology_of("relation\nr/s\n", "type\nA\n", warnings),
                    "r.tsv:2:1: relation may hold letters, digits, '_', '-' and '.' only");
}
