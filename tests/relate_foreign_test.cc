#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "extract/relate/foreign.h"
#include "extract/relate/relate.h"
#include "tests/catch.h"
#include "tests/conllu_fixture.h"

using namespace tercet;

namespace {

const std::filesystem::path kSeeds = std::filesystem::path(TERCET_SOURCE_DIR) / "seeds";

Ontology ontology_of(std::istream& relations) {
  std::ifstream types(kSeeds / "types.tsv");
  std::vector<std::string> warnings;
  return read_ontology(relations, "relations.tsv", types, "types.tsv", warnings);
}

/// What is claimed of "Kettle" (the subject) and "Finch".
std::vector<Claim> claims_of(const HandTrees& trees, const Ontology& ontology,
                             const char* finch_type) {
  static const Cues kCues = read_cues(kSeeds);
  const RelationTables tables = read_relation_tables(kSeeds).with(ontology);
  DocumentEntities entities;
  for (const auto& [form, type] :
       {std::pair{"Kettle", "Product"}, std::pair{"Finch", finch_type}}) {
    Mention mention;
    mention.kind = Mention::Kind::Name;
    mention.head = trees.token(form);
    mention.first = mention.head;
    mention.last = mention.head + 1;
    mention.entity = static_cast<int>(entities.entities.size());
    entities.mentions.push_back(mention);
    entities.entities.push_back({form, type, {}, 0.9});
  }
  const DocumentClauses clauses = find_document_clauses(kCues, trees.analysed());
  std::vector<Claim> out;
  claims_of_foreign(SentenceView(trees.analysed(), clauses, entities, tables, 0), ontology, out);
  return out;
}

constexpr const char* kRelations =
    "relation\tgroup\tdomain\trange\tprops\tsign\tgloss\tlexicalisations\n"
    "developer\tg\tGadget\tHuman\t\t0\tdeveloper\tdeveloper\n";

HandTrees developed() {
  return HandTrees(R"(
Kettle Kettle PROPN NNP 3 nsubj:pass
was be AUX VBD 3 aux:pass
developed develop VERB VBN 0 root
by by ADP IN 5 case
Finch Finch PROPN NNP 3 obl
. . PUNCT . 3 punct
)");
}

}  // namespace

TEST_CASE("a label's noun is found in the verb it comes from") {
  std::istringstream relations(kRelations);
  const auto claims = claims_of(developed(), ontology_of(relations), "Person");
  REQUIRE(claims.size() == 1);
  CHECK(claims[0].relation == "developer");
  CHECK(claims[0].from.mention == 0);
  CHECK(claims[0].to.mention == 1);
}

TEST_CASE("a relation to people does not take a place") {
  std::istringstream relations(kRelations);
  CHECK(claims_of(developed(), ontology_of(relations), "Location").empty());
}

TEST_CASE("no relation of the house is foreign") {
  std::ifstream relations(kSeeds / "ontology.tsv");
  CHECK(claims_of(developed(), ontology_of(relations), "Person").empty());
}
