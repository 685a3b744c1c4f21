#include <sstream>

#include "graph/review.h"
#include "tests/catch.h"

using namespace tercet;

namespace {

Fact fact(int number, double confidence, std::string relation = "offers",
          std::string by = "verb.doer.target:offer") {
  Fact out;
  out.id = std::string(15, 'a') + "0123456789"[number % 10];
  out.subject = "s", out.relation = std::move(relation), out.object = "o";
  out.confidence = confidence, out.by = std::move(by), out.doc = "d";
  out.start = static_cast<std::uint64_t>(number);
  return out;
}

Corrections read(const std::string& text) {
  std::istringstream in(text);
  return read_corrections(in, "c");
}

std::string reject(const Fact& fact) { return correction_row("reject", fact.id); }

}  // namespace

TEST_CASE("the least certain fact comes first, what is decided does not come") {
  const std::vector<Fact> facts = {fact(0, .9), fact(1, .2), fact(2, .5), fact(3, .2)};
  CHECK(review_order(facts, {}) == std::vector<std::uint32_t>{1, 3, 2, 0});
  CHECK(review_order(facts, read(reject(facts[1]))) == std::vector<std::uint32_t>{3, 2, 0});
  CHECK(review_order(facts, read("reject_rule\t*\tverb.doer.target:offer\n")).empty());
}

TEST_CASE("three rejections of one rule propose it, with the precision on what was reviewed") {
  const std::vector<Fact> facts = {
      fact(0, .1), fact(1, .1), fact(2, .1), fact(3, .1), fact(4, .1, "acquires"), fact(5, .1)};
  CHECK(propose_rules(facts, read(reject(facts[0]) + reject(facts[1]))).empty());
  const std::string three =
      reject(facts[0]) + reject(facts[1]) + correction_row("relation", facts[2].id, "uses");
  const auto proposed = propose_rules(facts, read(three));
  REQUIRE(proposed.size() == 1);
  CHECK(proposed[0].rule.relation == "offers");
  CHECK(proposed[0].rule.by == "verb.doer.target:offer");
  CHECK(proposed[0].precision() == 1);
  CHECK(proposed[0].waiting == 2);
  const std::string doubted = three + correction_row("accept", facts[3].id);
  CHECK(propose_rules(facts, read(doubted)).empty());
  CHECK(propose_rules(facts, read(doubted), 3, .75).size() == 1);
  CHECK(
      propose_rules(facts, read(three + "reject_rule\toffers\tverb.doer.target:offer\n")).empty());
}
