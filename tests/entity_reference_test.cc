#include <map>
#include <string>

#include "extract/entity/reference.h"
#include "tests/catch.h"
#include "tests/conllu_fixture.h"

namespace {

using tercet::DocumentEntities;
using Kind = tercet::Mention::Kind;

const char* const kText =
    "Acme Acme PROPN NNP 2 nsubj\nbuys buy VERB VBZ 0 root\nboats boat NOUN NNS 2 obj\n"
    "that that PRON WDT 5 nsubj\nsink sink VERB VBP 3 acl:relcl\n. . PUNCT . 2 punct\n\n"
    "This this PRON DT 2 nsubj\nsurprised surprise VERB VBD 0 root\nits its PRON PRP$ 4 nmod:poss\n"
    "rival rival NOUN NN 2 obj\n. . PUNCT . 2 punct\n\n";

DocumentEntities entities_of_text() {
  DocumentEntities out;
  out.entities = {{"Acme", "Organization", {}, 1}, {"boats", "Product", {}, 1}};
  out.mentions = {{Kind::Name, 0, 0, 1, 0, 0, {}}, {Kind::Nominal, 0, 2, 3, 2, 1, {}}};
  return out;
}

/// "sentence:token" -> name of what it stands for.
std::map<std::string, std::string> answers(const std::map<std::string, int>& weights) {
  const tercet::HandTrees trees(kText);
  tercet::EntityTables tables;
  tables.references.insert(weights.begin(), weights.end());
  std::map<std::string, std::string> out;
  for (const tercet::Reference& one :
       find_references(tables, trees.analysed(), entities_of_text())) {
    out[std::to_string(one.sentence) + ':' + std::to_string(one.token)] = one.referent.name;
  }
  return out;
}

}  // namespace

TEST_CASE("pronouns, relative words and bare this ask what they stand for", "[entity]") {
  const auto found = answers({});
  REQUIRE(found.size() == 3);
  CHECK(found.contains("0:3"));  // that
  CHECK(found.contains("1:0"));  // This
  CHECK(found.contains("1:2"));  // its
}

TEST_CASE("the weights decide what a word stands for", "[entity]") {
  auto found = answers({{"that modified", 50}, {"this statement root", 50}, {"it named", 50}});
  CHECK(found["0:3"] == "boats");
  CHECK(found["1:0"] == "buys boats that sink");
  CHECK(found["1:2"] == "Acme");
  found = answers({{"that role=s0", 50}, {"this mention", 50}, {"it plural", 50}});
  CHECK(found["0:3"] == "Acme");
  CHECK(found["1:0"] == "boats");  // the nearest
  CHECK(found["1:2"] == "boats");
}

TEST_CASE("without anything said before, nothing is answered", "[entity]") {
  const tercet::HandTrees trees("It it PRON PRP 2 nsubj\nsank sink VERB VBD 0 root\n\n");
  CHECK(find_references({}, trees.analysed(), {}).empty());
}
