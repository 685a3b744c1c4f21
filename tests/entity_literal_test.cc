#include "extract/entity/literal.h"
#include "tests/catch.h"
#include "tests/conllu_fixture.h"

using namespace tercet;

namespace {

std::vector<std::string> literals(const char* lines, Literal::Kind kind) {
  const HandTrees trees(lines);
  const Words words(trees.text(), trees.sentence());
  std::vector<std::string> out;
  for (const Literal& one : find_literals(words)) {
    CHECK((one.first <= one.head && one.head < one.last && one.last <= words.size()));
    if (one.kind == kind) out.emplace_back(words.text(one.first, one.last));
  }
  return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("money, counts and dates are literals", "[entity]") {
  const char* lines = R"(
    They they PRON PRP 2 nsubj
    paid pay VERB VBD 0 root
    about about ADV RB 5 advmod
    $ $ SYM _ 2 obj
    32 32 NUM CD 6 compound
    million million NUM CD 4 nummod
    for for ADP IN 9 case
    300 300 NUM CD 9 nummod
    stores store NOUN NNS 2 obl
    in in ADP IN 11 case
    December December PROPN NNP 2 obl
    1999 1999 NUM CD 11 nmod:unmarked
    . . PUNCT . 2 punct
  )";
  CHECK(literals(lines, Literal::Kind::Quantity) == Texts{"about $ 32 million", "300 stores"});
  CHECK(literals(lines, Literal::Kind::Date) == Texts{"December 1999"});
}

TEST_CASE("a number of things is no year, and may is no month", "[entity]") {
  const char* lines = R"(
    It it PRON PRP 3 nsubj
    may may AUX MD 3 aux
    hire hire VERB VB 0 root
    2000 2000 NUM CD 5 nummod
    pilots pilot NOUN NNS 3 obj
    . . PUNCT . 3 punct
  )";
  CHECK(literals(lines, Literal::Kind::Date).empty());
  CHECK(literals(lines, Literal::Kind::Quantity) == Texts{"2000 pilots"});
}

TEST_CASE("dates are written year first where the year is known", "[entity]") {
  const std::pair<const char*, const char*> pairs[] = {{"December 1999", "1999-12"},
                                                       {"August 19th, 2004", "2004-08-19"},
                                                       {"19 August 2004", "2004-08-19"},
                                                       {"2004", "2004"},
                                                       {"Sept. 2011", "2011-09"},
                                                       {"the 1970s", "the 1970s"},
                                                       {"early 2003", "early 2003"},
                                                       {"Q3 2021", "Q3 2021"},
                                                       {"August", "August"},
                                                       {"", ""},
                                                       {"12 2004", "12 2004"}};
  for (const auto& [written, normal] : pairs) CHECK(normalise_date(written) == normal);
}

TEST_CASE("a normal date stays as it is", "[entity]") {
  for (const char* date : {"1999-12", "2004-08-19", "2004"}) CHECK(normalise_date(date) == date);
}
