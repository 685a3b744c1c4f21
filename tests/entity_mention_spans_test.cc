#include <set>
#include <string>

#include "extract/entity/mention_spans.h"
#include "extract/entity/typed_mentions.h"
#include "tests/catch.h"
#include "tests/conllu_fixture.h"

using tercet::HandTrees;
using tercet::MentionSpan;

namespace {

std::set<std::string> texts(const HandTrees& trees, const tercet::DocumentEntities& entities = {}) {
  const auto& document = trees.analysed();
  const tercet::Words words(document.block_of(0).text, document.tree(0));
  std::set<std::string> out;
  for (const MentionSpan& one : tercet::mention_spans(words, document, entities, 0)) {
    out.emplace(words.text(one.first, one.last));
  }
  return out;
}

}  // namespace

TEST_CASE("a phrase is shown with what is behind it and without its owner", "[entity]") {
  const HandTrees trees(
      "Acme Acme PROPN NNP 3 nmod:poss\n's 's PART POS 1 case\nsale sale NOUN NN 6 nsubj\n"
      "of of ADP IN 5 case\nboats boat NOUN NNS 3 nmod\ngrows grow VERB VBZ 0 root\n"
      ". . PUNCT . 6 punct\n\n");
  const std::set<std::string> found = texts(trees);
  CHECK(found.contains("Acme's sale of boats"));
  CHECK(found.contains("sale of boats"));
  CHECK(found.contains("sale"));
  CHECK(found.contains("boats"));
  CHECK(found.contains("Acme"));
  CHECK_FALSE(found.contains("grows"));
}

TEST_CASE("a thing is shown without what stands furthest in front of it", "[entity]") {
  const HandTrees trees(
      "Its its PRON PRP$ 4 nmod:poss\nfirst first ADJ JJ 4 amod\nnuclear nuclear ADJ JJ 4 amod\n"
      "reactor reactor NOUN NN 5 nsubj\nruns run VERB VBZ 0 root\n. . PUNCT . 5 punct\n\n");
  const std::set<std::string> found = texts(trees);
  CHECK(found.contains("first nuclear reactor"));
  CHECK(found.contains("nuclear reactor"));
  CHECK(found.contains("reactor"));
}

TEST_CASE("coordinations and gerunds with their object are mentions", "[entity]") {
  const HandTrees trees(
      "Licensing license VERB VBG 5 csubj\nthe the DET DT 3 det\nengine engine NOUN NN 1 obj\n"
      "always always ADV RB 5 advmod\nhelps help VERB VBZ 0 root\nyards yard NOUN NNS 5 obj\n"
      "and and CCONJ CC 8 cc\nports port NOUN NNS 6 conj\n\n");
  const std::set<std::string> found = texts(trees);
  CHECK(found.contains("Licensing the engine"));
  CHECK(found.contains("engine"));
  CHECK(found.contains("yards and ports"));
  CHECK(found.contains("ports"));
}

TEST_CASE("of two stretches that cross only the entity stays", "[entity]") {
  const HandTrees trees(
      "The the DET DT 2 det\nyards yard NOUN NNS 6 nsubj\nand and CCONJ CC 4 cc\n"
      "ports port NOUN NNS 2 conj\nthere there ADV RB 4 advmod\nclose close VERB VBP 0 root\n\n");
  tercet::DocumentEntities entities;
  entities.entities = {{"ports there", "Place", {}, 1}};
  entities.mentions = {{tercet::Mention::Kind::Nominal, 0, 3, 5, 3, 0, {}}};
  const std::set<std::string> found = texts(trees, entities);
  CHECK(found.contains("ports there"));
  CHECK_FALSE(found.contains("yards and ports"));
  CHECK(found.contains("yards"));
}
