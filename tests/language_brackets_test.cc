#include <string>
#include <vector>

#include "extract/language/brackets.h"
#include "tests/catch.h"
#include "tests/conllu_fixture.h"

namespace {

/// Heads from 1 as HandTrees takes them, 0 the root.
std::vector<int> lifted(const std::string& lines) {
  const tercet::HandTrees trees(lines);
  tercet::Sentence sentence = trees.analysed().sentences.front().sentence;
  tercet::lift_conjuncts(trees.analysed().block_of(0).text, sentence);
  std::vector<int> heads;
  for (const tercet::Token& token : sentence.tokens) heads.push_back(token.head + 1);
  return heads;
}

}  // namespace

TEST_CASE("what follows a bracket is joined to what stands before it", "[language]") {
  CHECK(lifted("Lamps lamp NOUN NNS 0 root\n( ( PUNCT -LRB- 3 punct\nHL HL PROPN NNP 1 appos\n"
               "and and CCONJ CC 5 cc\nHM HM PROPN NNP 3 conj\n) ) PUNCT -RRB- 3 punct\n"
               "and and CCONJ CC 8 cc\nbuoys buoy NOUN NNS 3 conj\n\n") ==
        std::vector<int>{0, 3, 1, 5, 3, 3, 8, 1});
}

TEST_CASE("inside a bracket, an inner one or one that never closes conjuncts stay", "[language]") {
  // A ( B [ C ] and D ) : D joins B; ( E and F without an end: F joins E.
  const std::vector<int> nested = lifted(
      "A a NOUN NN 0 root\n( ( PUNCT -LRB- 3 punct\nB b NOUN NN 1 appos\n"
      "[ [ PUNCT -LRB- 5 punct\nC c NOUN NN 3 appos\nand and CCONJ CC 7 cc\n"
      "D d NOUN NN 5 conj\n] ] PUNCT -RRB- 5 punct\nE e NOUN NN 3 conj\n"
      ") ) PUNCT -RRB- 3 punct\n\n");
  CHECK(nested == std::vector<int>{0, 3, 1, 5, 3, 7, 5, 5, 3, 3});
  CHECK(lifted("A a NOUN NN 0 root\n( ( PUNCT -LRB- 3 punct\nE e NOUN NN 1 appos\n"
               "and and CCONJ CC 5 cc\nF f NOUN NN 3 conj\n\n") == std::vector<int>{0, 3, 1, 5, 3});
  // Out of the inner one only: E joins B, which is still in the outer bracket.
  CHECK(lifted("A a NOUN NN 0 root\n( ( PUNCT -LRB- 3 punct\nB b NOUN NN 1 appos\n"
               "[ [ PUNCT -LRB- 5 punct\nC c NOUN NN 3 appos\n] ] PUNCT -RRB- 5 punct\n"
               "E e NOUN NN 5 conj\n) ) PUNCT -RRB- 3 punct\n\n") ==
        std::vector<int>{0, 3, 1, 5, 3, 5, 3, 3});
}
