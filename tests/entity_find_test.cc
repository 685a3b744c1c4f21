#include <fstream>

#include "extract/entity/find_entities.h"
#include "tests/catch.h"
#include "tests/conllu_fixture.h"

using namespace tercet;

namespace {

const EntityTables& tables() {
  static const EntityTables all = read_entity_tables(std::string(TERCET_SOURCE_DIR) + "/seeds");
  return all;
}

Ontology ontology_of(const std::vector<std::string>& types) {
  std::vector<EntityType> rows;
  for (const std::string& type : types) rows.push_back({type, "", "", {}, false});
  return {{}, rows};
}

const Ontology& ontology() {
  static const Ontology all =
      ontology_of({"Concept", "Organization", "Person", "Product", "Service", "Technology",
                   "MarketSegment", "Capability", "Strategy", "Resource", "Event", "Metric",
                   "Place", "Work", "Quantity", "Date"});
  return all;
}

DocumentEntities find(const HandTrees& trees, const AliasTable& user = {}) {
  return find_entities(tables(), ontology(), user, trees.analysed());
}

/// Name of the entity found at the first token written `form`, or what is wrong.
std::string name_at(const HandTrees& trees, const DocumentEntities& found, const char* form,
                    int sentence = 0) {
  const int at = found.mention_at(sentence, trees.token(form, sentence));
  if (at < 0) return "(no mention)";
  const int entity = found.mentions[static_cast<std::size_t>(at)].entity;
  return entity < 0 ? "(unresolved)" : found.entities[static_cast<std::size_t>(entity)].name;
}

std::string type_at(const HandTrees& trees, const DocumentEntities& found, const char* form,
                    int sentence = 0) {
  const int at = found.mention_at(sentence, trees.token(form, sentence));
  return found
      .entities[static_cast<std::size_t>(found.mentions[static_cast<std::size_t>(at)].entity)]
      .type;
}

const char* const kMotors = R"(
  Bluefin Bluefin PROPN NNP 2 compound
  Motors Motors PROPN NNPS 3 nsubj
  acquired acquire VERB VBD 0 root
  Zephyr Zephyr PROPN NNP 3 obj
  . . PUNCT . 3 punct

  The the DET DT 2 det
  company company NOUN NN 3 nsubj
  sells sell VERB VBZ 0 root
  its its PRON PRP$ 5 nmod:poss
  engines engine NOUN NNS 3 obj
  to to ADP IN 9 case
  12 12 NUM CD 8 compound
  million million NUM CD 9 nummod
  customers customer NOUN NNS 3 obl
  . . PUNCT . 3 punct
)";

}  // namespace

TEST_CASE("the company is the one that was spoken of, and its engines are that one's", "[entity]") {
  const HandTrees trees(kMotors);
  const DocumentEntities found = find(trees);
  CHECK(name_at(trees, found, "Motors") == "Bluefin Motors");
  CHECK(type_at(trees, found, "Motors") == "Organization");
  CHECK(name_at(trees, found, "company", 1) == "Bluefin Motors");
  CHECK(name_at(trees, found, "engines", 1) == "Bluefin Motors engines");
  const int company = found.mention_at(1, 1);
  REQUIRE(found.mentions[static_cast<std::size_t>(company)].antecedent.has_value());
  CHECK(found.mentions[static_cast<std::size_t>(company)].antecedent->text == "Bluefin Motors");
}

TEST_CASE("a counted noun is a thing and a number", "[entity]") {
  const HandTrees trees(kMotors);
  const DocumentEntities found = find(trees);
  CHECK(name_at(trees, found, "million", 1) == "12 million customers");
  CHECK(type_at(trees, found, "million", 1) == "Quantity");
  CHECK(type_at(trees, found, "customers", 1) == "MarketSegment");
}

TEST_CASE("an abbreviation in brackets is the name before it", "[entity]") {
  const HandTrees trees(R"(
    Bluefin Bluefin PROPN NNP 7 nsubj
    Hosted Hosted PROPN NNP 1 flat
    Queue Queue PROPN NNP 1 flat
    ( ( PUNCT -LRB- 5 punct
    BHQ BHQ PROPN NNP 1 appos
    ) ) PUNCT -RRB- 5 punct
    offers offer VERB VBZ 0 root
    a a DET DT 10 det
    comprehensive comprehensive ADJ JJ 10 amod
    suite suite NOUN NN 7 obj
    of of ADP IN 13 case
    managed manage VERB VBN 13 amod
    databases database NOUN NNS 10 nmod
    . . PUNCT . 7 punct

    They they PRON PRP 2 nsubj
    promote promote VERB VBP 0 root
    BHQ BHQ PROPN NNP 2 obj
    . . PUNCT . 2 punct
  )");
  const DocumentEntities found = find(trees);
  CHECK(name_at(trees, found, "BHQ", 1) == "Bluefin Hosted Queue");
  CHECK(name_at(trees, found, "BHQ") == "Bluefin Hosted Queue");
  SECTION("and the measured thing is what a suite is of") {
    CHECK(name_at(trees, found, "suite") == "managed databases");
    CHECK(name_at(trees, found, "databases") == "managed databases");
  }
  SECTION("and there is evidence for the alias") {
    REQUIRE(found.aliases.size() == 1);
    const AliasEvidence& one = found.aliases.front();
    CHECK(one.sentence == 0);
    CHECK(found.mentions[static_cast<std::size_t>(one.name_mention)].first == 0);
    CHECK(found.mentions[static_cast<std::size_t>(one.alias_mention)].head == 4);
  }
}

TEST_CASE("a person is not called after the company whose chief she is", "[entity]") {
  const HandTrees trees(R"(
    Zephyr Zephyr PROPN NNP 3 nmod:poss
    's 's PART POS 1 case
    CEO CEO NOUN NN 4 nmod:desc
    Jane Jane PROPN NNP 6 nsubj
    Roe Roe PROPN NNP 4 flat
    left leave VERB VBD 0 root
    . . PUNCT . 6 punct
  )");
  const DocumentEntities found = find(trees);
  CHECK(name_at(trees, found, "Jane") == "Jane Roe");
  CHECK(name_at(trees, found, "Zephyr") == "Zephyr");
}

TEST_CASE("an acronym inside a longer phrase has its words", "[entity]") {
  SECTION("that are a compound") {
    const HandTrees trees(R"(
      Makers maker NOUN NNS 9 nsubj
      of of ADP IN 8 case
      battery battery NOUN NN 5 compound
      electric electric ADJ JJ 5 amod
      truck truck NOUN NN 8 compound
      ( ( PUNCT -LRB- 7 punct
      BET BET PROPN NNP 5 appos
      parts part NOUN NNS 1 nmod
      grew grow VERB VBD 0 root
      . . PUNCT . 9 punct
    )");
    const DocumentEntities found = find(trees);
    CHECK(name_at(trees, found, "truck") == "(no mention)");
    SECTION("only in brackets that close") {
      const HandTrees closed(R"(
        Makers maker NOUN NNS 10 nsubj
        of of ADP IN 9 case
        battery battery NOUN NN 5 compound
        electric electric ADJ JJ 5 amod
        truck truck NOUN NN 9 compound
        ( ( PUNCT -LRB- 7 punct
        BET BET PROPN NNP 5 appos
        ) ) PUNCT -RRB- 7 punct
        parts part NOUN NNS 1 nmod
        grew grow VERB VBD 0 root
        . . PUNCT . 10 punct
      )");
      const DocumentEntities both = find(closed);
      CHECK(name_at(closed, both, "truck") == "battery electric truck");
      CHECK(name_at(closed, both, "BET") == "battery electric truck");
    }
  }
  SECTION("that are two things") {
    const HandTrees trees(R"(
      Zephyr Zephyr PROPN NNP 2 nsubj
      cut cut VERB VBD 0 root
      research research NOUN NN 2 obj
      and and CCONJ CC 5 cc
      development development NOUN NN 3 conj
      ( ( PUNCT -LRB- 7 punct
      R&D R&D PROPN NNP 3 appos
      ) ) PUNCT -RRB- 7 punct
      . . PUNCT . 2 punct
    )");
    const DocumentEntities found = find(trees);
    CHECK(name_at(trees, found, "R&D") == "research and development");
  }
  SECTION("unless its letters are not theirs") {
    const HandTrees trees(R"(
      Zephyr Zephyr PROPN NNP 2 nsubj
      cut cut VERB VBD 0 root
      research research NOUN NN 2 obj
      and and CCONJ CC 5 cc
      sales sale NOUN NNS 3 conj
      ( ( PUNCT -LRB- 7 punct
      USA USA PROPN NNP 3 appos
      ) ) PUNCT -RRB- 7 punct
      . . PUNCT . 2 punct
    )");
    const DocumentEntities found = find(trees);
    CHECK(name_at(trees, found, "research") == "research");
  }
}

TEST_CASE("she is the woman, and her firm is hers", "[entity]") {
  const HandTrees trees(R"(
    Jane Jane PROPN NNP 3 nsubj
    Roe Roe PROPN NNP 1 flat
    joined join VERB VBD 0 root
    Zephyr Zephyr PROPN NNP 3 obj
    . . PUNCT . 3 punct

    She she PRON PRP 2 nsubj
    admires admire VERB VBZ 0 root
    Roe Roe PROPN NNP 5 nmod:poss
    's 's PART POS 3 case
    record record NOUN NN 2 obj
    . . PUNCT . 2 punct
  )");
  const DocumentEntities found = find(trees);
  CHECK(type_at(trees, found, "Jane") == "Person");
  CHECK(name_at(trees, found, "She", 1) == "Jane Roe");
  CHECK(name_at(trees, found, "Roe", 1) == "Jane Roe");
}

TEST_CASE("a possessive alone stands for the same thing of somebody else", "[entity]") {
  const HandTrees trees(R"(
    Bluefin Bluefin PROPN NNP 4 nmod:poss
    's 's PART POS 1 case
    jet jet NOUN NN 4 compound
    engines engine NOUN NNS 5 nsubj
    surpass surpass VERB VBP 0 root
    Zephyr Zephyr PROPN NNP 5 obj
    's 's PART POS 6 case
    . . PUNCT . 5 punct
  )");
  const DocumentEntities found = find(trees);
  CHECK(name_at(trees, found, "engines") == "Bluefin's jet engines");
  CHECK(name_at(trees, found, "Zephyr") == "Zephyr jet engines");
  CHECK(name_at(trees, found, "Bluefin") == "Bluefin");
}

TEST_CASE("it that stands for nothing gets no entity", "[entity]") {
  const HandTrees trees(R"(
    Bluefin Bluefin PROPN NNP 2 nsubj
    grew grow VERB VBD 0 root
    . . PUNCT . 2 punct

    It it PRON PRP 3 nsubj
    is be AUX VBZ 3 cop
    possible possible ADJ JJ 0 root
    to to PART TO 5 mark
    copy copy VERB VB 3 csubj
    the the DET DT 7 det
    design design NOUN NN 5 obj
    . . PUNCT . 3 punct
  )");
  CHECK(name_at(trees, find(trees), "It", 1) == "(unresolved)");
}

TEST_CASE("two arguments of one verb are two things", "[entity]") {
  const HandTrees trees(R"(
    Bluefin Bluefin PROPN NNP 2 nsubj
    sued sue VERB VBD 0 root
    it it PRON PRP 2 obj
    . . PUNCT . 2 punct
  )");
  CHECK(name_at(trees, find(trees), "it") == "(unresolved)");
}

TEST_CASE("a user's alias is the user's name", "[entity]") {
  const HandTrees trees(kMotors);
  const DocumentEntities found = find(trees, {{"Windward plc", "Zephyr"}});
  CHECK(name_at(trees, found, "Zephyr") == "Windward plc");
}

TEST_CASE("types are those of the ontology in use", "[entity]") {
  const HandTrees trees(kMotors);
  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{"Company", "Thing"}, "Company"},
      {{"Vegetable", "Other"}, "Other"},
      {{"Vegetable"}, "Vegetable"},
      {{}, "Organization"},
  };
  for (const auto& [types, expected] : cases) {
    const DocumentEntities found =
        find_entities(tables(), ontology_of(types), {}, trees.analysed());
    CHECK(type_at(trees, found, "Motors") == expected);
    for (const Entity& entity : found.entities) CHECK_FALSE(entity.type.empty());
  }
}

TEST_CASE("names of a document keep the order of their first mention", "[entity]") {
  const HandTrees trees(kMotors);
  const DocumentEntities found = find(trees);
  int highest = -1;
  for (const Mention& mention : found.mentions) {
    CHECK(mention.entity <= highest + 1);
    highest = std::max(highest, mention.entity);
  }
  CHECK(highest + 1 == static_cast<int>(found.entities.size()));
}

TEST_CASE("any tree over any words gives mentions inside the sentence", "[entity]") {
  // Trees nobody would write: random words, tags, relations and heads (to the left, so no cycles).
  std::uint64_t state = 20240607;
  const auto random = [&](std::uint64_t below) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return (state >> 33) % below;
  };
  static constexpr std::string_view kWords[] = {
      "Bluefin", "the",    "its", "They",    "12",  "million",     "$",  "of",
      "(",       "BHQ",    ")",   "company", "May", "%",           "\"", "'s",
      "1999",    "\u2019", "-",   "CEO",     "it",  "\xef\xbf\xbd"};
  for (int round = 0; round < 300; ++round) {
    Document document;
    AnalysedDocument analysed;
    analysed.document = &document;
    for (int s = 0; s < 4; ++s) {
      Block block;
      AnalysedSentence one;
      const int n = 1 + static_cast<int>(random(25));
      for (int i = 0; i < n; ++i) {
        const std::string_view word = kWords[random(std::size(kWords))];
        Token token;
        token.span.begin = static_cast<std::uint32_t>(block.text.size());
        block.text += word;
        token.span.end = static_cast<std::uint32_t>(block.text.size());
        block.text += ' ';
        token.lemma = random(4) == 0 ? "" : std::string(word);
        token.upos = static_cast<Upos>(random(17));
        token.xpos = static_cast<Xpos>(random(35));
        token.deprel = static_cast<Deprel>(random(45));
        token.head = static_cast<std::int16_t>(
            i == 0 ? -1 : static_cast<int>(random(static_cast<std::uint64_t>(i))));
        one.sentence.tokens.push_back(std::move(token));
      }
      one.sentence.span = {0, static_cast<std::uint32_t>(block.text.size())};
      one.block = s;
      block.kind = random(4) == 0 ? Block::Kind::Heading : Block::Kind::Paragraph;
      document.blocks.push_back(std::move(block));
      analysed.sentences.push_back(std::move(one));
    }
    const DocumentEntities found = find_entities(tables(), ontology(), {}, analysed);
    for (const Mention& mention : found.mentions) {
      const int n = static_cast<int>(analysed.tree(mention.sentence).tokens.size());
      REQUIRE((0 <= mention.first && mention.first < mention.last && mention.last <= n));
      REQUIRE((0 <= mention.head && mention.head < n));
      REQUIRE(mention.entity < static_cast<int>(found.entities.size()));
      REQUIRE((mention.entity >= 0 || mention.kind == Mention::Kind::Pronoun));
    }
    for (const Entity& entity : found.entities) {
      REQUIRE_FALSE(entity.name.empty());
      REQUIRE(ontology().find_type(entity.type) != nullptr);
    }
    // The same words give the same entities again.
    const DocumentEntities again = find_entities(tables(), ontology(), {}, analysed);
    REQUIRE(again.entities.size() == found.entities.size());
    for (std::size_t i = 0; i < found.entities.size(); ++i) {
      REQUIRE(again.entities[i].name == found.entities[i].name);
      REQUIRE(again.entities[i].aliases == found.entities[i].aliases);
    }
  }
}

TEST_CASE("the words' types outvote a doubtful type, not a sure one") {
  constexpr const char* kTrees = R"(
  Zephyr Zephyr PROPN NNP 2 nsubj
  grew grow VERB VBD 0 root
  in in ADP IN 4 case
  France France PROPN NNP 2 obl
  . . PUNCT . 2 punct
)";
  HandTrees told(kTrees);
  const HandTrees plain(kTrees);
  const std::string own = type_at(plain, find(plain), "Zephyr");
  REQUIRE(own != "Technology");
  REQUIRE(type_at(plain, find(plain), "France") == "Place");
  told.take_for("Zephyr", "Technology", 0.95F);
  told.take_for("France", "Technology", 0.95F);
  CHECK(type_at(told, find(told), "Zephyr") == "Technology");
  CHECK(type_at(told, find(told), "France") == "Place");

  HandTrees foreign(kTrees);
  foreign.take_for("Zephyr", "Spaceship", 0.95F);  // no type of this ontology
  CHECK(type_at(foreign, find(foreign), "Zephyr") == own);
}
