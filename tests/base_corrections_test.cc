#include <sstream>

#include "base/corrections.h"
#include "base/error.h"
#include "tests/catch.h"

using namespace tercet;

namespace {

Fact fact(std::string id, std::string subject, std::string relation, std::string object,
          std::string by = "verb.doer.target:buy") {
  Fact out;
  out.id = std::move(id), out.subject = std::move(subject), out.relation = std::move(relation);
  out.object = std::move(object), out.by = std::move(by), out.confidence = .5;
  return out;
}

Corrections read(const std::string& text) {
  std::istringstream in(text);
  return read_corrections(in, "c.tsv");
}

const std::string kOne = "0123456789abcdef", kTwo = "fedcba9876543210";

}  // namespace

TEST_CASE("a rejected fact goes, an accepted one is sure, the others stay as they were") {
  std::vector<Fact> facts = {fact(kOne, "Riverbank", "acquires", "Tideline"),
                             fact(kTwo, "Riverbank", "offers", "Harbour"),
                             fact("aaaaaaaaaaaaaaaa", "x", "offers", "y")};
  const Fact untouched = facts[2];
  const auto counts = apply_corrections(
      read("# mine\n\nreject\t" + kOne + "\naccept\t" + kTwo + "\t\tas seen\n"), facts);
  REQUIRE(facts.size() == 2);
  CHECK(counts.rejected == 1);
  CHECK(facts[0].confidence == 1);
  CHECK(facts[0].by == "verb.doer.target:buy+accepted");
  CHECK(facts[1] == untouched);
}

TEST_CASE("a fact can be retyped, turned and renamed, and keeps its id") {
  std::vector<Fact> facts = {fact(kOne, "Riverbank", "acquires", "Tideline")};
  const Corrections corrections =
      read("relation\t" + kOne + "\tpartners_with\nobject_type\t" + kOne + "\tProduct\npolarity\t" +
           kOne + "\tnegative\nmodality\t" + kOne + "\tintended\nsubject\t" + kOne + "\tRBK\n");
  CHECK(apply_corrections(corrections, facts).changed == 1);
  CHECK(facts[0].relation == "partners_with");
  CHECK(facts[0].object_type == "Product");
  CHECK(facts[0].subject == "RBK");
  CHECK_FALSE(facts[0].asserted());
  CHECK(facts[0].id == kOne);
  const std::vector<Fact> once = facts;
  apply_corrections(corrections, facts);
  CHECK(facts == once);
}

TEST_CASE("a rejected rule takes its facts, but for those decided one by one") {
  std::vector<Fact> facts = {fact(kOne, "a", "acquires", "b", "verb.doer.target:buy+coref.it"),
                             fact(kTwo, "a", "acquires", "c"),
                             fact("aaaaaaaaaaaaaaaa", "a", "offers", "d")};
  apply_corrections(read("reject_rule\tacquires\tverb.doer.target:buy\naccept\t" + kTwo + "\n"),
                    facts);
  REQUIRE(facts.size() == 2);
  CHECK(facts[0].object == "c");
  CHECK(facts[1].relation == "offers");
}

TEST_CASE("names that are the same become one") {
  std::vector<Fact> facts = {fact(kOne, "RBK", "acquires", "RBK Labs")};
  apply_corrections(read("same\tRiverbank\tRBK\n"), facts);
  CHECK(facts[0].subject == "Riverbank");
  CHECK(facts[0].object == "RBK Labs");
}

TEST_CASE("of two rows on one thing the later holds") {
  std::vector<Fact> facts = {fact(kOne, "a", "acquires", "b")};
  apply_corrections(read("reject\t" + kOne + "\r\naccept\t" + kOne + "\r\n"), facts);
  CHECK(facts.size() == 1);
}

TEST_CASE("a bad row names file and line and is not skipped") {
  const std::vector<std::string> rows = {"rejekt\t" + kOne,
                                         "reject\tnot-an-id",
                                         "reject",
                                         "relation\t" + kOne,
                                         "polarity\t" + kOne + "\tmaybe",
                                         "same\tonly one",
                                         std::string("\xff\tx"),
                                         std::string("\t\t\t")};
  for (const std::string& bad : rows) {
    CAPTURE(bad);
    try {
      read("accept\t" + kTwo + '\n' + bad + '\n');
      // A row of nothing but TABs is an empty line.
      CHECK(bad == "\t\t\t");
    } catch (const Error& error) {
      CHECK(std::string(error.what()).starts_with("c.tsv:2:1: "));
      CHECK_FALSE(error.hint().empty());
    }
  }
}

TEST_CASE("what is written as a row is read as one") {
  const Corrections back =
      read(correction_row("relation", kOne, "partners_with", "two\tcells\nand a line") +
           correction_row("reject", kTwo));
  CHECK(back.facts.at(kOne).relation == "partners_with");
  CHECK(back.facts.at(kTwo).accepted == false);
  CHECK(correction_row("reject", kTwo) == "reject\t" + kTwo + "\n");
}
