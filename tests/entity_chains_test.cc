#include <string>

#include "extract/entity/chains.h"
#include "tests/catch.h"
#include "tests/conllu_fixture.h"

using tercet::ChainMention;
using tercet::coreference_chains;

namespace {

const char* const kYard =
    "The the DET DT 3 det\nold old ADJ JJ 3 amod\nyard yard NOUN NN 4 nsubj\n"
    "feeds feed VERB VBZ 0 root\nme I PRON PRP 4 obj\n. . PUNCT . 4 punct\n\n"
    "I I PRON PRP 2 nsubj\nknow know VERB VBP 0 root\nthe the DET DT 4 det\n"
    "yard yard NOUN NN 2 obj\nof of ADP IN 6 case\nAcme Acme PROPN NNP 4 nmod\n"
    ". . PUNCT . 2 punct\n\n"
    "The the DET DT 2 det\nyard yard NOUN NN 3 nsubj\ncloses close VERB VBZ 0 root\n"
    ". . PUNCT . 3 punct\n\n";

std::vector<ChainMention> chains(const tercet::HandTrees& trees,
                                 const tercet::DocumentEntities& entities = {}) {
  return coreference_chains(trees.analysed(), entities);
}

}  // namespace

TEST_CASE("a phrase is meant again by its noun if nothing new is said of it", "[entity]") {
  const tercet::HandTrees trees(kYard);
  const std::vector<ChainMention> found = chains(trees);
  REQUIRE(found.size() == 6);
  CHECK(found[0].first == 0);
  CHECK(found[0].last == 3);
  CHECK(found[1].chain == found[2].chain);  // me, I
  CHECK(found[3].last == 6);                // with "of Acme"
  CHECK(found[3].chain != found[0].chain);  // another yard
  CHECK(found[4].chain != found[3].chain);  // Acme
  CHECK(found[5].chain == found[3].chain);  // the yard again
}

TEST_CASE("phrases of one entity are one chain, common nouns only where resolved", "[entity]") {
  const tercet::HandTrees trees(
      "Acme Acme PROPN NNP 2 nsubj\nsells sell VERB VBZ 0 root\nboats boat NOUN NNS 2 obj\n\n"
      "It it PRON PRP 2 nsubj\nsells sell VERB VBZ 0 root\nmany many ADJ JJ 4 amod\n"
      "boats boat NOUN NNS 2 obj\n\n");
  tercet::DocumentEntities entities;
  entities.entities = {{"Acme", "Organization", {}, 1}, {"boats", "Product", {}, 1}};
  using Kind = tercet::Mention::Kind;
  entities.mentions = {{Kind::Name, 0, 0, 1, 0, 0, {}},
                       {Kind::Nominal, 0, 2, 3, 2, 1, {}},
                       {Kind::Pronoun, 1, 0, 1, 0, 0, {}},
                       {Kind::Nominal, 1, 2, 4, 3, 1, {}}};
  std::vector<ChainMention> found = chains(trees, entities);
  REQUIRE(found.size() == 4);
  CHECK(found[0].chain == found[2].chain);
  CHECK(found[0].type == "Organization");
  CHECK(found[1].chain != found[3].chain);
  entities.mentions[3].antecedent = tercet::Antecedent{"boats", 1};
  found = chains(trees, entities);
  CHECK(found[1].chain == found[3].chain);
}

TEST_CASE("what opens in the Entity column closes there", "[entity]") {
  const tercet::HandTrees trees(kYard);
  const std::vector<ChainMention> found = chains(trees);
  const auto columns = tercet::entity_columns(trees.analysed(), found);
  REQUIRE(columns.size() == 3);
  CHECK(columns[0][0] == "Entity=(1-Other-3");
  CHECK(columns[0][2] == "Entity=1)");
  CHECK(columns[0][3].empty());
  CHECK(columns[1][5] == "Entity=(4-Other-1)3)");
  int depth = 0;
  for (const auto& sentence : columns) {
    for (const std::string& column : sentence) {
      for (const char c : column) depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    CHECK(depth == 0);
  }
}
