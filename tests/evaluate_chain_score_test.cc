#include "base/error.h"
#include "extract/evaluate/chain_score.h"
#include "tests/catch.h"

namespace {

/// A word a line, each with its Entity value ("" for none).
std::string conllu(const std::vector<std::string>& entities) {
  std::string out = "# newdoc id = x\n";
  for (std::size_t i = 0; i < entities.size(); ++i) {
    out += std::to_string(i + 1) + "\tw" + std::to_string(i + 1) + "\t_\t_\t_\t_\t0\troot\t_\t" +
           (entities[i].empty() ? "_" : "Entity=" + entities[i]) + "\n";
  }
  return out + "\n";
}

// Chains a b c | d e and a b | c d | f g h, the textbook pair.
const std::string kGold = conllu({"(1-person-1)", "(1)", "(1)", "(2-Place-1)", "(2)", "", "", ""});
const std::string kFound = conllu({"(7-Person-1)", "(7)", "(8)", "(8)", "", "(9)", "(9)", "(9)"});

}  // namespace

TEST_CASE("chains are scored as by hand", "[evaluate]") {
  const auto scores = tercet::score_chains(kGold, "a", kFound, "b");
  REQUIRE(scores.size() == 8);
  CHECK(scores[1].name == "MUC");
  CHECK(scores[1].recall == Approx(1.0 / 3));
  CHECK(scores[1].precision == Approx(1.0 / 4));
  CHECK(scores[2].recall == Approx((4.0 / 3 + 1.0 / 3 + 1.0 / 2) / 5));
  CHECK(scores[2].precision == Approx((2.0 + 0.5 + 0.5) / 7));
  CHECK(scores[3].recall == Approx((0.8 + 0.5) / 2));
  CHECK(scores[3].precision == Approx((0.8 + 0.5) / 3));
  CHECK(scores[0].f1 == Approx((scores[1].f1 + scores[2].f1 + scores[3].f1) / 3));
}

TEST_CASE("chains against themselves are perfect, and of one mention count in the second half",
          "[evaluate]") {
  for (const auto& score : tercet::score_chains(kGold, "a", kGold, "b")) CHECK(score.f1 == 1);
  const std::string one = conllu({"(1)", ""});
  const auto scores = tercet::score_chains(one, "a", one, "b");
  CHECK(scores[0].f1 == 0);
  CHECK(scores[6].f1 == 1);
  CHECK(scores[7].f1 == 1);
}

TEST_CASE("mentions match by words, then by type too", "[evaluate]") {
  const auto scores =
      tercet::score_mentions(conllu({"(1-person-1(2-Place-1)", "1)", "(3-a-1)"}), "a",
                             conllu({"(5-Person-2(6-event-1)", "5)", ""}), "b");
  CHECK(scores[0].recall == Approx(2.0 / 3));
  CHECK(scores[0].precision == 1);
  CHECK(scores[1].recall == Approx(1.0 / 3));
  CHECK(scores[1].precision == 0.5);
}

TEST_CASE("brackets that do not match and other words are errors", "[evaluate]") {
  for (const char* broken : {"1)", "(1-x", "1", "()("}) {
    CHECK_THROWS_AS(tercet::score_chains(conllu({broken}), "a", conllu({""}), "b"), tercet::Error);
  }
  CHECK_THROWS_AS(tercet::score_chains(conllu({"", ""}), "a", conllu({""}), "b"), tercet::Error);
  CHECK_THROWS_AS(tercet::score_mentions("nothing", "a", "nothing", "b"), tercet::Error);
}
