#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "extract/relate/foreign.h"
#include "extract/relate/properties.h"
#include "extract/relate/relate.h"
#include "extract/relate/written_date.h"
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

struct Named {
  const char *first, *last, *type;  ///< forms of the first and the last token of the name
};

struct Read {
  DocumentClauses clauses;
  DocumentEntities entities;
  RelationTables tables;
};

Read read(const HandTrees& trees, const Ontology& ontology, std::vector<Named> names) {
  static const Cues kCues = read_cues(kSeeds);
  Read out;
  out.tables = read_relation_tables(kSeeds).with(ontology);
  out.clauses = find_document_clauses(kCues, trees.analysed());
  for (const Named& one : names) {
    Mention mention;
    mention.kind = Mention::Kind::Name;
    mention.first = trees.token(one.first);
    mention.head = trees.token(one.first);
    mention.last = trees.token(one.last) + 1;
    mention.entity = static_cast<int>(out.entities.entities.size());
    out.entities.mentions.push_back(mention);
    const std::string name =
        one.first == std::string(one.last) ? one.first : std::string(one.first) + " " + one.last;
    out.entities.entities.push_back({name, one.type, {}, 0.9});
  }
  return out;
}

std::vector<Claim> claims_of(const HandTrees& trees, const Ontology& ontology,
                             std::vector<Named> names) {
  const Read all = read(trees, ontology, std::move(names));
  std::vector<Claim> out;
  claims_of_foreign(SentenceView(trees.analysed(), all.clauses, all.entities, all.tables, 0), out);
  return out;
}

/// What is claimed of "Kettle" (the subject) and "Finch".
std::vector<Claim> claims_of(const HandTrees& trees, const Ontology& ontology,
                             const char* finch_type) {
  return claims_of(trees, ontology,
                   {{"Kettle", "Kettle", "Product"}, {"Finch", "Finch", finch_type}});
}

std::vector<std::string> facts_of(const HandTrees& trees, const char* relations,
                                  std::vector<Named> names) {
  std::istringstream in(std::string("relation\tgroup\tdomain\trange\tprops\tsign\tgloss\t"
                                    "lexicalisations\n") +
                        relations);
  const Ontology ontology = ontology_of(in);
  const Read all = read(trees, ontology, std::move(names));
  std::vector<std::string> out;
  for (const DraftFact& one :
       find_facts(all.tables, ontology, trees.analysed(), all.clauses, all.entities)) {
    const Fact& fact = one.fact;
    out.push_back(std::string(fact.polarity == Polarity::Negative ? "not " : "") +
                  (fact.modality == Modality::Asserted ? "" : "perhaps ") + fact.subject + " " +
                  fact.relation + " " + fact.object);
  }
  std::ranges::sort(out);
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

TEST_CASE("an enumeration is distributed over a property that the label names") {
  const HandTrees trees(R"(
Kettle Kettle PROPN NNP 4 nsubj
is be AUX VBZ 4 cop
a a DET DT 4 det
film film NOUN NN 0 root
starring star VERB VBG 4 acl
Ada Ada PROPN NNP 5 obj
Finch Finch PROPN NNP 6 flat
, , PUNCT , 10 punct
Bo Bo PROPN NNP 6 conj
Heron Heron PROPN NNP 9 flat
and and CCONJ CC 12 cc
Cy Cy PROPN NNP 6 conj
Swift Swift PROPN NNP 12 flat
. . PUNCT . 4 punct
)");
  CHECK(facts_of(trees, "cast_member\tg\tFilm\tHuman\t\t0\tcast member\tcast member\n",
                 {{"Kettle", "Kettle", "Work"},
                  {"Ada", "Finch", "Person"},
                  {"Bo", "Heron", "Person"},
                  {"Cy", "Swift", "Person"}}) ==
        std::vector<std::string>{"Kettle cast_member Ada Finch", "Kettle cast_member Bo Heron",
                                 "Kettle cast_member Cy Swift"});
}

TEST_CASE("a description tells year, country and kind") {
  const HandTrees trees(R"(
Kettle Kettle PROPN NNP 7 nsubj
is be AUX VBZ 7 cop
a a DET DT 7 det
1987 1987 NUM CD 7 nummod
Danish Danish ADJ JJ 7 amod
crime crime NOUN NN 7 compound
film film NOUN NN 0 root
. . PUNCT . 7 punct
)");
  const char* relations =
      "publication_date\tg\tFilm\tANY\t\t0\tpublication date\t\n"
      "country_of_origin\tg\tFilm\tCountry\t\t0\tcountry of origin\t\n"
      "genre\tg\tFilm\tFilmGenre\t\t0\tgenre\t\n";
  CHECK(facts_of(trees, relations, {{"Kettle", "Kettle", "Work"}}) ==
        std::vector<std::string>{"Kettle country_of_origin Denmark", "Kettle genre crime film",
                                 "Kettle publication_date 01 January 1987"});
}

TEST_CASE("what a sentence is about may be the object of the relation") {
  const HandTrees trees(R"(
Varga Varga PROPN NNP 4 nsubj
is be AUX VBZ 4 cop
a a DET DT 4 det
tributary tributary NOUN NN 0 root
of of ADP IN 6 case
Torne Torne PROPN NNP 4 nmod
River River PROPN NNP 6 flat
. . PUNCT . 4 punct
)");
  CHECK(facts_of(trees,
                 "tributary\tg\tWatercourse\tWatercourse\t\t0\ttributary\t\n"
                 "mouth_of_the_watercourse\tg\tWatercourse\tWater\t\t0\tmouth\t\n",
                 {{"Varga", "Varga", "Place"}, {"Torne", "River", "Place"}}) ==
        std::vector<std::string>{"Torne River tributary Varga",
                                 "Varga mouth_of_the_watercourse Torne River"});
}

TEST_CASE("a denied or doubtful statement of a foreign relation does not come out as plain") {
  const char* relations = "developer\tg\tGadget\tHuman\t\t0\tdeveloper\tdeveloper\n";
  const std::vector<Named> names{{"Kettle", "Kettle", "Product"}, {"Finch", "Finch", "Person"}};
  CHECK(facts_of(HandTrees(R"(
Kettle Kettle PROPN NNP 4 nsubj:pass
was be AUX VBD 4 aux:pass
not not PART RB 4 advmod
developed develop VERB VBN 0 root
by by ADP IN 6 case
Finch Finch PROPN NNP 4 obl:agent
. . PUNCT . 4 punct
)"),
                 relations, names) == std::vector<std::string>{"not Kettle developer Finch"});
  CHECK(facts_of(HandTrees(R"(
Kettle Kettle PROPN NNP 5 nsubj:pass
may may AUX MD 5 aux
have have AUX VB 5 aux
been be AUX VBN 5 aux:pass
developed develop VERB VBN 0 root
by by ADP IN 7 case
Finch Finch PROPN NNP 5 obl:agent
. . PUNCT . 5 punct
)"),
                 relations, names) == std::vector<std::string>{"perhaps Kettle developer Finch"});
}

TEST_CASE("a label nobody listed is read by its words and its range") {
  std::istringstream in(
      "relation\tdomain\trange\n"
      "site_of_first_sale\tGadget\tMarketTown\nlong_obsolete\tThing\tANY\n");
  const Ontology ontology = ontology_of(in);
  const std::vector<ForeignProperty> all = properties_of(read_properties(kSeeds), ontology);
  REQUIRE(all.size() == 2);
  CHECK_FALSE(all[0].known);
  CHECK(all[0].kinds == kPlaceThing);
  CHECK(all[0].range_noun == "town");
  CHECK(std::ranges::find(all[0].after, PropertyCue{"~sale"}) != all[0].after.end());
  CHECK(all[1].kinds == kNameThing);
}

TEST_CASE("a date is written out, with its first day where only the year is known") {
  const HandTrees trees(R"(
May May PROPN NNP 0 root
8 8 NUM CD 1 nummod
, , PUNCT , 4 punct
1923 1923 NUM CD 1 nummod
or or CCONJ CC 6 cc
8 8 NUM CD 1 conj
May May PROPN NNP 6 flat
1924 1924 NUM CD 6 nummod
or or CCONJ CC 10 cc
1925 1925 NUM CD 1 conj
May May PROPN NNP 1 dep
)");
  const Read all = [&] {
    std::istringstream in("relation\nr\n");
    return read(trees, ontology_of(in), {});
  }();
  const SentenceView view(trees.analysed(), all.clauses, all.entities, all.tables, 0);
  int last = 0;
  CHECK(written_date(view, 0, last) == "08 May 1923");
  CHECK(last == 4);
  CHECK(written_date(view, 5, last) == "08 May 1924");
  CHECK(written_date(view, 9, last) == "01 January 1925");
  CHECK(written_date(view, 10, last).empty());
}

TEST_CASE("what somebody denies is said of its own subject") {
  const HandTrees trees(R"(
Heron Heron PROPN NNP 2 nsubj
denied deny VERB VBD 0 root
that that SCONJ IN 6 mark
Kettle Kettle PROPN NNP 6 nsubj:pass
was be AUX VBD 6 aux:pass
developed develop VERB VBN 2 ccomp
by by ADP IN 8 case
Finch Finch PROPN NNP 6 obl:agent
. . PUNCT . 2 punct
)");
  const auto facts = facts_of(trees, "developer\tg\tGadget\tHuman\t\t0\tdeveloper\tdeveloper\n",
                              {{"Heron", "Heron", "Organization"},
                               {"Kettle", "Kettle", "Product"},
                               {"Finch", "Finch", "Person"}});
  CHECK(facts == std::vector<std::string>{"not Kettle developer Finch"});
}

TEST_CASE("a club named like a town is one right behind the words for it") {
  const HandTrees trees(R"(
Kettle Kettle PROPN NNP 2 nsubj
played play VERB VBD 0 root
for for ADP IN 4 case
Northwick Northwick PROPN NNP 2 obl
. . PUNCT . 2 punct
)");
  CHECK(facts_of(trees,
                 "member_of_sports_team\tg\tHuman\tSportsClub\t\t0\tmember of sports team\t\n",
                 {{"Kettle", "Kettle", "Person"}, {"Northwick", "Northwick", "Place"}}) ==
        std::vector<std::string>{"Kettle member_of_sports_team Northwick"});
}
