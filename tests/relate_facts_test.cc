#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "extract/relate/claim.h"
#include "extract/relate/judge.h"
#include "extract/relate/relate.h"
#include "tests/catch.h"
#include "tests/conllu_fixture.h"

using namespace tercet;

namespace {

const std::filesystem::path kSeeds = std::filesystem::path(TERCET_SOURCE_DIR) / "seeds";

const Ontology& ontology() {
  static const Ontology kOntology = [] {
    std::ifstream relations(kSeeds / "ontology.tsv"), types(kSeeds / "types.tsv");
    std::vector<std::string> warnings;
    return read_ontology(relations, "ontology.tsv", types, "types.tsv", warnings);
  }();
  return kOntology;
}

const RelationTables& tables() {
  static const RelationTables kTables = read_relation_tables(kSeeds).with(ontology());
  return kTables;
}

/// Mentions put by hand: form, type, kind; the name is the form unless given.
struct Put {
  const char* form;
  const char* type;
  Mention::Kind kind = Mention::Kind::Name;
  double certain = 0.9;
};

DocumentEntities entities_of(const HandTrees& trees, const std::vector<Put>& puts) {
  DocumentEntities out;
  for (const Put& put : puts) {
    Mention mention;
    mention.kind = put.kind;
    mention.head = trees.token(put.form);
    REQUIRE(mention.head >= 0);
    mention.first = mention.head;
    mention.last = mention.head + 1;
    mention.entity = static_cast<int>(out.entities.size());
    out.mentions.push_back(mention);
    out.entities.push_back({put.form, put.type, {}, put.certain});
  }
  std::ranges::sort(out.mentions, {}, &Mention::first);
  return out;
}

std::vector<DraftFact> facts_of(const HandTrees& trees, const std::vector<Put>& puts) {
  static const Cues kCues = read_cues(kSeeds);
  const DocumentClauses clauses = find_document_clauses(kCues, trees.analysed());
  return find_facts(tables(), ontology(), trees.analysed(), clauses, entities_of(trees, puts));
}

const Fact* fact(const std::vector<DraftFact>& drafts, std::string_view subject,
                 std::string_view relation, std::string_view object) {
  for (const DraftFact& one : drafts) {
    if (one.fact.subject == subject && one.fact.relation == relation && one.fact.object == object) {
      return &one.fact;
    }
  }
  return nullptr;
}

constexpr auto kNominal = Mention::Kind::Nominal;

}  // namespace

TEST_CASE("active and passive give the same fact the same way round") {
  const HandTrees active(R"(
Orla Orla PROPN NNP 2 nsubj
acquired acquire VERB VBD 0 root
Teapot Teapot PROPN NNP 2 obj
. . PUNCT . 2 punct
)");
  const HandTrees passive(R"(
Teapot Teapot PROPN NNP 3 nsubj:pass
was be AUX VBD 3 aux:pass
acquired acquire VERB VBN 0 root
by by ADP IN 5 case
Orla Orla PROPN NNP 3 obl:agent
. . PUNCT . 3 punct
)");
  for (const HandTrees* trees : {&active, &passive}) {
    const auto drafts = facts_of(*trees, {{"Orla", "Organization"}, {"Teapot", "Organization"}});
    const Fact* found = fact(drafts, "Orla", "acquires", "Teapot");
    REQUIRE(found != nullptr);
    CHECK(found->asserted());
    CHECK(fact(drafts, "Teapot", "acquires", "Orla") == nullptr);
  }
}

TEST_CASE("a denial stays with the fact") {
  const HandTrees trees(R"(
Orla Orla PROPN NNP 4 nsubj
did do AUX VBD 4 aux
not not PART RB 4 advmod
acquire acquire VERB VB 0 root
Teapot Teapot PROPN NNP 4 obj
. . PUNCT . 4 punct
)");
  const auto drafts = facts_of(trees, {{"Orla", "Organization"}, {"Teapot", "Organization"}});
  const Fact* found = fact(drafts, "Orla", "acquires", "Teapot");
  REQUIRE(found != nullptr);
  CHECK(found->polarity == Polarity::Negative);
}

TEST_CASE("a nominal predicate inside a hedged clause is hedged") {
  const HandTrees trees(R"(
Orla Orla PROPN NNP 5 nmod:poss
's 's PART POS 1 case
stake stake NOUN NN 7 nsubj
in in ADP IN 5 case
Teapot Teapot PROPN NNP 3 nmod
may may AUX MD 7 aux
grow grow VERB VB 0 root
. . PUNCT . 7 punct
)");
  // Heads as a parser would set them: Orla belongs to stake.
  HandTrees right(R"(
Orla Orla PROPN NNP 3 nmod:poss
's 's PART POS 1 case
stake stake NOUN NN 7 nsubj
in in ADP IN 5 case
Teapot Teapot PROPN NNP 3 nmod
may may AUX MD 7 aux
grow grow VERB VB 0 root
. . PUNCT . 7 punct
)");
  const auto drafts = facts_of(right, {{"Orla", "Organization"}, {"Teapot", "Organization"}});
  CHECK(fact(drafts, "Orla", "owns", "Teapot") != nullptr);
  // A tree that attaches badly gives other facts or none, never a crash.
  facts_of(trees, {{"Orla", "Organization"}, {"Teapot", "Organization"}});
}

TEST_CASE("who is encouraged to use a thing uses it, and its use is driven") {
  const HandTrees trees(R"(
Orla Orla PROPN NNP 2 nsubj
encourages encourage VERB VBZ 0 root
shops shop NOUN NNS 2 obj
to to PART TO 5 mark
adopt adopt VERB VB 2 xcomp
Teapot Teapot PROPN NNP 5 obj
. . PUNCT . 2 punct
)");
  const auto drafts = facts_of(
      trees,
      {{"Orla", "Organization"}, {"shops", "MarketSegment", kNominal}, {"Teapot", "Product"}});
  CHECK(fact(drafts, "Orla", "drives_adoption_of", "Teapot") != nullptr);
  CHECK(fact(drafts, "shops", "uses", "Teapot") != nullptr);
  CHECK(fact(drafts, "Orla", "uses", "Teapot") == nullptr);
}

TEST_CASE("a kind and its examples") {
  const HandTrees trees(R"(
Orla Orla PROPN NNP 2 nsubj
sells sell VERB VBZ 0 root
drinks drink NOUN NNS 2 obj
like like ADP IN 5 case
Oolong Oolong PROPN NNP 3 nmod
. . PUNCT . 2 punct
)");
  const auto drafts = facts_of(
      trees, {{"Orla", "Organization"}, {"drinks", "Product", kNominal}, {"Oolong", "Product"}});
  CHECK(fact(drafts, "Oolong", "instance_of", "drinks") != nullptr);
  CHECK(fact(drafts, "Orla", "offers", "drinks") != nullptr);
  CHECK(fact(drafts, "Orla", "offers", "Oolong") != nullptr);
}

TEST_CASE("a company that is said to be of a country is there, as surely as it is said") {
  const char* const kSentence = R"(
Orla Orla PROPN NNP 5 nsubj
%s be AUX VBZ 5 cop
a a DET DT 5 det
Danish Danish ADJ JJ 5 amod
brewery brewery NOUN NN 0 root
. . PUNCT . 5 punct
)";
  const std::vector<Put> puts{{"Orla", "Organization"}, {"brewery", "Concept", kNominal}};
  const auto said = [&](std::string sentence, const std::vector<Put>& of) {
    return facts_of(HandTrees(sentence.replace(sentence.find("%s"), 2, "is")), of);
  };
  const auto found = said(kSentence, puts);
  const Fact* place = fact(found, "Orla", "located_in", "Denmark");
  REQUIRE(place != nullptr);
  CHECK(place->object_type == "Place");
  CHECK(place->polarity == Polarity::Positive);
  SECTION("which is not told of people") {
    CHECK(fact(said(kSentence, {{"Orla", "Person"}, {"brewery", "Concept", kNominal}}), "Orla",
               "located_in", "Denmark") == nullptr);
  }
  SECTION("and denied where that is denied") {
    const auto denied = facts_of(HandTrees(R"(
Orla Orla PROPN NNP 6 nsubj
is be AUX VBZ 6 cop
not not PART RB 6 advmod
a a DET DT 6 det
Danish Danish ADJ JJ 6 amod
brewery brewery NOUN NN 0 root
. . PUNCT . 6 punct
)"),
                                 puts);
    const Fact* other = fact(denied, "Orla", "located_in", "Denmark");
    REQUIRE(other != nullptr);
    CHECK(other->polarity == Polarity::Negative);
  }
}

TEST_CASE("types outside domain or range give no fact, uncertain ones are bent") {
  const HandTrees trees(R"(
Orla Orla PROPN NNP 2 nsubj
acquired acquire VERB VBD 0 root
Teapot Teapot PROPN NNP 2 obj
. . PUNCT . 2 punct
)");
  CHECK(fact(facts_of(trees, {{"Orla", "Place"}, {"Teapot", "Organization"}}), "Orla", "acquires",
             "Teapot") == nullptr);
  const auto bent =
      facts_of(trees, {{"Orla", "Place", Mention::Kind::Name, 0.3}, {"Teapot", "Organization"}});
  const Fact* found = fact(bent, "Orla", "acquires", "Teapot");
  REQUIRE(found != nullptr);
  CHECK(found->subject_type == "Organization");
}

TEST_CASE("the evidence is a run of the sentence's own words") {
  const HandTrees trees(R"(
Yesterday yesterday NOUN NN 3 obl:unmarked
Orla Orla PROPN NNP 3 nsubj
acquired acquire VERB VBD 0 root
Teapot Teapot PROPN NNP 3 obj
quietly quietly ADV RB 3 advmod
. . PUNCT . 3 punct
)");
  const auto drafts = facts_of(trees, {{"Orla", "Organization"}, {"Teapot", "Organization"}});
  const Fact* found = fact(drafts, "Orla", "acquires", "Teapot");
  REQUIRE(found != nullptr);
  CHECK(found->evidence == "Orla acquired Teapot");
  CHECK(found->sentence == "Yesterday Orla acquired Teapot quietly.");
}

TEST_CASE("a gerund is spelt as English spells it") {
  CHECK(gerund("make") == "making");
  CHECK(gerund("run") == "running");
  CHECK(gerund("see") == "seeing");
  CHECK(gerund("lie") == "lying");
  CHECK(gerund("offer") == "offering");
  CHECK(gerund("begin") == "beginning");
  CHECK(gerund("buy") == "buying");
}

TEST_CASE("a long chain of conjuncts neither hangs nor crashes") {
  std::string rows = "Orla Orla PROPN NNP 2 nsubj\nacquired acquire VERB VBD 0 root\n";
  for (int i = 0; i < 900; ++i) {
    rows += "Teapot Teapot PROPN NNP " + std::to_string(i + 2) + (i == 0 ? " obj\n" : " conj\n");
  }
  const HandTrees trees(rows);
  facts_of(trees, {{"Orla", "Organization"}, {"Teapot", "Organization"}});
}

TEST_CASE("a denied noun that left its verb out is denied, the object before it is not") {
  const HandTrees trees(R"(
Orla Orla PROPN NNP 2 nsubj
sells sell VERB VBZ 0 root
tea tea NOUN NN 2 obj
, , PUNCT , 7 punct
though though SCONJ IN 7 mark
not not PART RB 7 advmod
coffee coffee NOUN NN 2 advcl
. . PUNCT . 2 punct
)");
  const auto drafts = facts_of(
      trees,
      {{"Orla", "Organization"}, {"tea", "Product", kNominal}, {"coffee", "Product", kNominal}});
  const Fact* sold = fact(drafts, "Orla", "offers", "tea");
  const Fact* denied = fact(drafts, "Orla", "offers", "coffee");
  REQUIRE(sold != nullptr);
  REQUIRE(denied != nullptr);
  CHECK(sold->asserted());
  CHECK(denied->polarity == Polarity::Negative);
}

TEST_CASE("a fact says when it happened") {
  const HandTrees trees(R"(
Orla Orla PROPN NNP 2 nsubj
acquired acquire VERB VBD 0 root
Teapot Teapot PROPN NNP 2 obj
in in ADP IN 5 case
2012 2012 NUM CD 2 obl
. . PUNCT . 2 punct
)");
  const auto drafts = facts_of(trees, {{"Orla", "Organization"},
                                       {"Teapot", "Organization"},
                                       {"2012", "Date", Mention::Kind::Literal}});
  const Fact* found = fact(drafts, "Orla", "acquires", "Teapot");
  REQUIRE(found != nullptr);
  CHECK(found->qualifiers.date == "2012");
  CHECK(found->qualifiers.quantity.empty());
}

TEST_CASE("what is kept from growing is hindered, whatever is denied inside") {
  const HandTrees trees(R"(
Orla Orla PROPN NNP 2 nsubj
prevented prevent VERB VBD 0 root
Teapot Teapot PROPN NNP 2 obj
from from SCONJ IN 5 mark
acquiring acquire VERB VBG 2 advcl
kettles kettle NOUN NNS 5 obj
. . PUNCT . 2 punct
)");
  for (const DraftFact& one : facts_of(trees, {{"Orla", "Organization"},
                                               {"Teapot", "Organization"},
                                               {"kettles", "Product", kNominal}})) {
    INFO(one.fact.subject << ' ' << one.fact.relation << ' ' << one.fact.object);
    if (one.fact.relation == "hinders") CHECK(one.fact.polarity == Polarity::Positive);
    if (one.fact.relation == "acquires") CHECK(one.fact.polarity == Polarity::Negative);
  }
}

TEST_CASE("a pair of the model is a fact that no row words, meant as the words between its ends") {
  const std::vector<Put> ends{{"Orla", "Organization"}, {"Teapot", "Organization"}};
  HandTrees plain(R"(
Orla Orla PROPN NNP 2 nsubj
whisked whisk VERB VBD 0 root
off off ADP RP 2 compound:prt
Teapot Teapot PROPN NNP 2 obj
. . PUNCT . 2 punct
)");
  CHECK(fact(facts_of(plain, ends), "Orla", "acquires", "Teapot") == nullptr);
  plain.relate("Orla", "acquires", "Teapot", 0.98F);
  const auto found = facts_of(plain, ends);
  const Fact* bought = fact(found, "Orla", "acquires", "Teapot");
  REQUIRE(bought != nullptr);
  CHECK(bought->asserted());
  CHECK(bought->by == "pair");
  CHECK(bought->evidence == "Orla whisked off Teapot");

  HandTrees planned(R"(
Orla Orla PROPN NNP 2 nsubj
plans plan VERB VBZ 0 root
to to PART TO 4 mark
whisk whisk VERB VB 2 xcomp
off off ADP RP 4 compound:prt
Teapot Teapot PROPN NNP 4 obj
. . PUNCT . 2 punct
)");
  planned.relate("Orla", "acquires", "Teapot", 0.98F);
  const auto plans = facts_of(planned, ends);
  const Fact* wish = fact(plans, "Orla", "acquires", "Teapot");
  REQUIRE(wish != nullptr);
  CHECK(wish->modality == Modality::Intended);

  HandTrees denied(R"(
Orla Orla PROPN NNP 4 nsubj
did do AUX VBD 4 aux
not not PART RB 4 advmod
whisk whisk VERB VB 0 root
off off ADP RP 4 compound:prt
Teapot Teapot PROPN NNP 4 obj
. . PUNCT . 4 punct
)");
  denied.relate("Orla", "acquires", "Teapot", 0.98F);
  const auto denials = facts_of(denied, ends);
  // The judge may find it too unlikely to tell; it never comes out as stated.
  for (const DraftFact& one : denials) CHECK(one.fact.polarity == Polarity::Negative);
}

TEST_CASE("a pair with what is done rather than something else is meant as that word is") {
  HandTrees trees(R"(
Rather rather ADV RB 3 cc
than than ADP IN 1 fixed
raising raise VERB VBG 7 advcl
prices price NOUN NNS 3 obj
, , PUNCT , 3 punct
Orla Orla PROPN NNP 7 nsubj
leaves leave VERB VBZ 0 root
margins margin NOUN NNS 7 obj
. . PUNCT . 7 punct
)");
  trees.relate("Orla", "uses", "raising", 0.98F);
  const auto drafts = facts_of(trees, {{"Orla", "Organization"}});
  for (const DraftFact& one : drafts) CHECK_FALSE(one.fact.asserted());
}

TEST_CASE("a pair the model doubts is no fact, and domain and range hold for pairs") {
  const std::vector<Put> ends{{"Orla", "Organization"}, {"Oslo", "Place"}};
  HandTrees trees(R"(
Orla Orla PROPN NNP 2 nsubj
danced dance VERB VBD 0 root
around around ADP IN 4 case
Oslo Oslo PROPN NNP 2 obl
. . PUNCT . 2 punct
)");
  trees.relate("Orla", "operates_in", "Oslo", 0.06F);
  trees.relate("Orla", "acquires", "Oslo", 0.98F);
  CHECK(facts_of(trees, ends).empty());
}

TEST_CASE("what a fact says of itself grows with its probability") {
  int before = -1;
  for (int p = 0; p <= 10000; ++p) {
    const int stated = stated_confidence(p);
    REQUIRE(stated >= before);
    REQUIRE(stated <= 10000);
    before = stated;
  }
  // 0.75 * 0 + 0.6 and 0.75 * ln(.2 / .8) + 0.6, by hand.
  CHECK(std::abs(stated_confidence(5000) - 6457) <= 10);
  CHECK(std::abs(stated_confidence(2000) - 3919) <= 10);
}
