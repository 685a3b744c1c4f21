#include <fstream>
#include <string>

#include "extract/clause/stance.h"
#include "tests/catch.h"
#include "tests/conllu_fixture.h"

using namespace tercet;

namespace {

const Cues& our_cues() {
  static const Cues cues = [] {
    const std::string file = std::string(TERCET_SOURCE_DIR) + "/seeds/cues.tsv";
    std::ifstream in(file);
    REQUIRE(in);
    return read_cues(in, file);
  }();
  return cues;
}

Stance stance(const HandTrees& t, std::string_view predicate, int sentence = 0) {
  const DocumentClauses clauses = find_document_clauses(our_cues(), t.analysed());
  const auto& found = clauses.clauses[static_cast<std::size_t>(sentence)];
  const int wanted = t.token(predicate, sentence);
  for (std::size_t c = 0; c < found.size(); ++c) {
    if (found[c].predicate == wanted) {
      return stance_of(t.analysed(), clauses, sentence, static_cast<int>(c));
    }
  }
  FAIL("no clause at " << predicate);
  return {};
}

/// "If Orla sells tea , Finn buys mugs" with another subordinator, of one word.
std::string conditional(const std::string& subordinator, const std::string& upos) {
  return subordinator + " " + subordinator + " " + upos + " IN 3 mark\n" +
         R"(Orla Orla PROPN NNP 3 nsubj
sells sell VERB VBZ 7 advcl
tea tea NOUN NN 3 obj
, , PUNCT , 7 punct
Finn Finn PROPN NNP 7 nsubj
buys buy VERB VBZ 0 root
mugs mug NOUN NNS 7 obj
)";
}

}  // namespace

TEST_CASE("inside a condition is hypothetical, its consequence conditional") {
  for (const char* word : {"if", "unless", "once", "provided"}) {
    INFO(word);
    const HandTrees t(conditional(word, "SCONJ"));
    CHECK(stance(t, "sells").modality == Modality::Hypothetical);
    const Stance main = stance(t, "buys");
    CHECK(main.modality == Modality::Conditional);
    REQUIRE(main.conditions.size() == 1);
    CHECK(main.conditions[0] == ConditionRef{0, 0});
  }
}

TEST_CASE("while, because and although are no conditions") {
  for (const char* word : {"while", "because", "although", "since", "as"}) {
    INFO(word);
    const HandTrees t(conditional(word, "SCONJ"));
    CHECK(stance(t, "sells").modality == Modality::Asserted);
    CHECK(stance(t, "buys").modality == Modality::Asserted);
  }
}

TEST_CASE("when of the past is a date") {
  const HandTrees past(R"(
When when ADV WRB 3 advmod
Orla Orla PROPN NNP 3 nsubj
sold sell VERB VBD 6 advcl
, , PUNCT , 6 punct
Finn Finn PROPN NNP 6 nsubj
bought buy VERB VBD 0 root
)");
  CHECK(stance(past, "sold").modality == Modality::Asserted);
  CHECK(stance(past, "bought").modality == Modality::Asserted);
  const HandTrees future(R"(
When when ADV WRB 3 advmod
Orla Orla PROPN NNP 3 nsubj
sells sell VERB VBZ 7 advcl
, , PUNCT , 7 punct
Finn Finn PROPN NNP 7 nsubj
will will AUX MD 7 aux
buy buy VERB VB 0 root
)");
  CHECK(stance(future, "sells").modality == Modality::Hypothetical);
  CHECK(stance(future, "buy").modality == Modality::Conditional);
}

TEST_CASE("joined conditions and consequences share") {
  const HandTrees t(R"(
If if SCONJ IN 3 mark
Orla Orla PROPN NNP 3 nsubj
sells sell VERB VBZ 8 advcl
and and CCONJ CC 5 cc
ships ship VERB VBZ 3 conj
, , PUNCT , 8 punct
Finn Finn PROPN NNP 8 nsubj
buys buy VERB VBZ 0 root
and and CCONJ CC 10 cc
stores store VERB VBZ 8 conj
)");
  CHECK(stance(t, "ships").modality == Modality::Hypothetical);
  CHECK(stance(t, "stores").modality == Modality::Conditional);
}

TEST_CASE("a consequence told in the next sentence keeps its condition") {
  const HandTrees t(conditional("if", "SCONJ") + R"(
Instead instead ADV RB 5 advmod
, , PUNCT , 5 punct
they they PRON PRP 5 nsubj
will will AUX MD 5 aux
rest rest VERB VB 0 root

Orla Orla PROPN NNP 2 nsubj
sings sing VERB VBZ 0 root
)");
  const Stance s = stance(t, "rest", 1);
  CHECK(s.modality == Modality::Conditional);
  REQUIRE(s.conditions.size() == 1);
  CHECK(s.conditions[0] == ConditionRef{0, 0});
  CHECK(stance(t, "sings", 2).modality == Modality::Asserted);
}

TEST_CASE("the introduction of a list speaks for its items") {
  HandTrees t(R"(
Orla Orla PROPN NNP 2 nsubj
plans plan VERB VBZ 0 root
to to PART TO 2 mark
: : PUNCT : 2 punct

Open open VERB VB 0 root
shops shop NOUN NNS 1 obj

Finn Finn PROPN NNP 2 nsubj
sells sell VERB VBZ 0 root
)");
  t.document().blocks[1].kind = Block::Kind::Item;
  t.document().blocks[1].intro = 0;
  CHECK(stance(t, "Open", 1).modality == Modality::Intended);
  t.document().blocks[2].kind = Block::Kind::Item;
  t.document().blocks[2].intro = 0;
  CHECK(stance(t, "sells", 2).modality == Modality::Intended);
  t.document().blocks[2].intro = -1;
  CHECK(stance(t, "sells", 2).modality == Modality::Asserted);
}

TEST_CASE("wrapping a statement in an if never leaves it asserted, adding not turns its sign") {
  // Statements of several shapes; w is the place where "If" or "not" would go.
  struct Shape {
    std::string aux, verb, xpos;
  };
  for (const Shape& shape :
       {Shape{"does", "sell", "VB"}, Shape{"has", "sold", "VBN"}, Shape{"is", "selling", "VBG"},
        Shape{"may", "sell", "VB"}, Shape{"will", "sell", "VB"}}) {
    INFO(shape.aux);
    const std::string lemma = shape.aux == "does" ? "do" : shape.aux;
    const std::string tag = shape.aux == "may" || shape.aux == "will" ? "MD" : "VBZ";
    const auto plain = "Orla Orla PROPN NNP 3 nsubj\n" + shape.aux + " " + lemma + " AUX " + tag +
                       " 3 aux\n" + shape.verb + " sell VERB " + shape.xpos +
                       " 0 root\ntea tea NOUN NN 3 obj\n";
    const auto negated = "Orla Orla PROPN NNP 4 nsubj\n" + shape.aux + " " + lemma + " AUX " + tag +
                         " 4 aux\nnot not PART RB 4 advmod\n" + shape.verb + " sell VERB " +
                         shape.xpos + " 0 root\ntea tea NOUN NN 4 obj\n";
    const auto wrapped = "If if SCONJ IN 4 mark\nOrla Orla PROPN NNP 4 nsubj\n" + shape.aux + " " +
                         lemma + " AUX " + tag + " 4 aux\n" + shape.verb + " sell VERB " +
                         shape.xpos + " 8 advcl\ntea tea NOUN NN 4 obj\n, , PUNCT , 8 punct\n" +
                         "Finn Finn PROPN NNP 8 nsubj\nsings sing VERB VBZ 0 root\n";
    const Stance before = stance(HandTrees(plain), shape.verb);
    const Stance after = stance(HandTrees(negated), shape.verb);
    CHECK(before.polarity == Polarity::Positive);
    CHECK(after.polarity == Polarity::Negative);
    CHECK(after.modality == before.modality);
    const HandTrees in_condition(wrapped);
    CHECK(stance(in_condition, shape.verb).modality != Modality::Asserted);
    CHECK(stance(in_condition, "sings").modality == Modality::Conditional);
  }
}

TEST_CASE("deep and long trees are answered for every word without recursion") {
  HandTrees t("if if SCONJ IN 0 root");
  const Token one = t.sentence().tokens[0];
  Sentence deep;
  for (int i = 0; i < 1000; ++i) {
    Token next = one;
    next.head = static_cast<std::int16_t>(i - 1);
    next.deprel = i % 3 == 0 ? Deprel::Advcl : i % 3 == 1 ? Deprel::Mark : Deprel::Conj;
    next.upos = i % 2 == 0 ? Upos::Verb : Upos::Sconj;
    if (i == 0) next.deprel = Deprel::Root;
    deep.tokens.push_back(next);
  }
  deep.span = t.sentence().span;
  AnalysedDocument document;
  document.document = t.analysed().document;
  document.sentences.push_back({0, deep});
  const DocumentClauses clauses = find_document_clauses(our_cues(), document);
  for (int word = 0; word < 1000; ++word) {
    stance_of_word(document, clauses, 0, word);
  }
  for (std::size_t c = 0; c < clauses.clauses[0].size(); ++c) {
    CHECK_NOTHROW(stance_of(document, clauses, 0, static_cast<int>(c), 999));
  }
}

TEST_CASE("a sentence of nothing but denials, conditions and joined verbs stays cheap") {
  HandTrees t("x x VERB VBP 0 root");
  const Token verb = t.sentence().tokens[0];
  Sentence wide;
  wide.span = t.sentence().span;
  wide.tokens.push_back(verb);
  for (int i = 1; i < 999; ++i) {
    Token next = verb;
    next.head = 0;
    next.deprel = i % 3 == 0 ? Deprel::Conj : i % 3 == 1 ? Deprel::Advmod : Deprel::Obj;
    next.lemma = i % 3 == 1 ? "not" : "x";
    next.upos = i % 3 == 0 ? Upos::Verb : i % 3 == 1 ? Upos::Part : Upos::Noun;
    wide.tokens.push_back(next);
  }
  AnalysedDocument document;
  document.document = t.analysed().document;
  document.sentences.push_back({0, wide});
  const DocumentClauses clauses = find_document_clauses(our_cues(), document);
  REQUIRE(clauses.clauses[0].size() > 300);
  for (std::size_t c = 0; c < clauses.clauses[0].size(); ++c) {
    CHECK(clauses.clauses[0][c].arguments.size() <= 64);
    for (const Argument& a : clauses.clauses[0][c].arguments) {
      stance_of(document, clauses, 0, static_cast<int>(c), a.head);
    }
  }
}

TEST_CASE("should, had and were before their subject mean if") {
  const HandTrees t(R"(
Should should AUX MD 3 aux
Orla Orla PROPN NNP 3 nsubj
refuse refuse VERB VB 7 advcl
, , PUNCT , 7 punct
Finn Finn PROPN NNP 7 nsubj
will will AUX MD 7 aux
wait wait VERB VB 0 root
)");
  CHECK(stance(t, "refuse").modality == Modality::Hypothetical);
  const Stance s = stance(t, "wait");
  CHECK(s.modality == Modality::Conditional);
  CHECK(s.conditions == std::vector<ConditionRef>{{0, 0}});
}

TEST_CASE("when of the present is a rule if it speaks of anyone") {
  const auto lines = [](const std::string& determiner) {
    return "When when ADV WRB 4 advmod\n" + determiner + " " + determiner +
           " DET DT 3 det\nshop shop NOUN NN 4 nsubj\ncloses close VERB VBZ 6 advcl\n"
           "staff staff NOUN NN 6 nsubj\nleave leave VERB VBP 0 root\n";
  };
  CHECK(stance(HandTrees(lines("a")), "leave").modality == Modality::Conditional);
  CHECK(stance(HandTrees(lines("a")), "closes").modality == Modality::Hypothetical);
  CHECK(stance(HandTrees(lines("the")), "leave").modality == Modality::Asserted);
}
