#include <algorithm>

#include "extract/clause/clause.h"
#include "tests/catch.h"
#include "tests/conllu_fixture.h"

using namespace tercet;

namespace {

const Clause* clause_of(const std::vector<Clause>& clauses, int predicate) {
  for (const Clause& c : clauses) {
    if (c.predicate == predicate) return &c;
  }
  return nullptr;
}

std::vector<int> heads(const Clause& clause, Role role) {
  std::vector<int> out;
  for (const Argument& a : clause.arguments) {
    if (a.role == role) out.push_back(a.head);
  }
  return out;
}

}  // namespace

TEST_CASE("a plain clause has its subject, objects and prepositions") {
  const HandTrees t(R"(
Orla Orla PROPN NNP 2 nsubj
sells sell VERB VBZ 0 root
tea tea NOUN NN 2 obj
and and CCONJ CC 5 cc
mugs mug NOUN NNS 3 conj
because because ADP IN 8 case
of of ADP IN 6 fixed
demand demand NOUN NN 2 obl
. . PUNCT . 2 punct
)");
  const auto clauses = find_clauses(t.text(), t.sentence());
  REQUIRE(clauses.size() == 1);
  CHECK(clauses[0].finite);
  CHECK_FALSE(clauses[0].passive);
  CHECK(heads(clauses[0], Role::Subject) == std::vector<int>{0});
  CHECK(heads(clauses[0], Role::Object) == std::vector<int>{2, 4});
  REQUIRE(heads(clauses[0], Role::Oblique) == std::vector<int>{7});
  CHECK(clauses[0].arguments.back().preposition == "because of");
}

TEST_CASE("the object of encouraging does what the infinitive says") {
  const HandTrees t(R"(
Orla Orla PROPN NNP 2 nsubj
encourages encourage VERB VBZ 0 root
shops shop NOUN NNS 2 obj
to to PART TO 5 mark
stock stock VERB VB 2 xcomp
tea tea NOUN NN 5 obj
)");
  const auto clauses = find_clauses(t.text(), t.sentence());
  REQUIRE(clauses.size() == 2);
  CHECK(heads(clauses[1], Role::Subject) == std::vector<int>{2});
  CHECK(clauses[1].arguments[0].inherited);
  CHECK(clauses[1].marker == "to");
  CHECK(clauses[1].parent == 0);
}

TEST_CASE("a relative pronoun stands for its noun and a reduced relative is passive") {
  const HandTrees t(R"(
Kettles kettle NOUN NNS 6 nsubj:pass
that that PRON WDT 3 nsubj
whistle whistle VERB VBP 1 acl:relcl
are be AUX VBP 6 aux:pass
often often ADV RB 6 advmod
bought buy VERB VBN 0 root
by by ADP IN 8 case
farms farm NOUN NNS 6 obl:agent
run run VERB VBN 8 acl
by by ADP IN 11 case
families family NOUN NNS 9 obl
)");
  const auto clauses = find_clauses(t.text(), t.sentence());
  REQUIRE(clauses.size() == 3);
  const Clause* whistle = clause_of(clauses, 2);
  REQUIRE(whistle != nullptr);
  CHECK(heads(*whistle, Role::Subject) == std::vector<int>{0});
  const Clause* bought = clause_of(clauses, 5);
  REQUIRE(bought != nullptr);
  CHECK(bought->passive);
  CHECK(heads(*bought, Role::Agent) == std::vector<int>{7});
  CHECK(bought->words == std::vector<int>{3, 4, 5});
  const Clause* run = clause_of(clauses, 8);
  REQUIRE(run != nullptr);
  CHECK(run->passive);
  CHECK(heads(*run, Role::Subject) == std::vector<int>{7});
  CHECK(heads(*run, Role::Agent) == std::vector<int>{10});
}

TEST_CASE("joined verbs share subject and the object behind them") {
  const HandTrees t(R"(
Orla Orla PROPN NNP 2 nsubj
blends blend VERB VBZ 0 root
and and CCONJ CC 4 cc
sells sell VERB VBZ 2 conj
tea tea NOUN NN 2 obj
)");
  const auto clauses = find_clauses(t.text(), t.sentence());
  REQUIRE(clauses.size() == 2);
  CHECK(heads(clauses[1], Role::Subject) == std::vector<int>{0});
  CHECK(heads(clauses[1], Role::Object) == std::vector<int>{4});
}

TEST_CASE("a copula makes its noun the predicate and joined nouns predicates of their own") {
  const HandTrees t(R"(
Orla Orla PROPN NNP 4 nsubj
is be AUX VBZ 4 cop
a a DET DT 4 det
blender blender NOUN NN 0 root
and and CCONJ CC 6 cc
trader trader NOUN NN 4 conj
)");
  const auto clauses = find_clauses(t.text(), t.sentence());
  REQUIRE(clauses.size() == 2);
  CHECK(clauses[0].kind == Clause::Kind::Copular);
  CHECK(clauses[0].predicate == 3);
  CHECK(clauses[1].predicate == 5);
  CHECK(heads(clauses[1], Role::Subject) == std::vector<int>{0});
}

TEST_CASE("a chain of a thousand clauses is read without recursion") {
  HandTrees t("x x VERB VBP 0 root");
  Sentence deep = t.sentence();
  const Token one = deep.tokens[0];
  for (int i = 1; i < 1000; ++i) {
    Token next = one;
    next.head = static_cast<std::int16_t>(i - 1);
    next.deprel = i % 2 == 0 ? Deprel::Conj : Deprel::Xcomp;
    deep.tokens.push_back(next);
  }
  CHECK(find_clauses(t.text(), deep).size() == 1000);
}
