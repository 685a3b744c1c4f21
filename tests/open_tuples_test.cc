#include <algorithm>
#include <filesystem>

#include "extract/clause/cues.h"
#include "extract/clause/stance.h"
#include "extract/open/minimise.h"
#include "extract/open/tuples.h"
#include "tests/catch.h"
#include "tests/conllu_fixture.h"

using namespace tercet;

namespace {

/// "subject | relation | arg | arg" of every tuple, without cues: tuples keep the text's words.
std::vector<std::string> tuples(const char* tree) {
  const HandTrees trees(tree);
  std::vector<std::string> out;
  for (const OpenTuple& tuple :
       find_tuples(trees.analysed(), find_document_clauses(Cues{}, trees.analysed()))) {
    std::string line = tuple.subject + " | " + tuple.relation;
    for (const std::string& arg : tuple.args) line += " | " + arg;
    out.push_back(line);
    CHECK(tuple.evidence.begin < tuple.evidence.end);
    CHECK(tuple.confidence > 0);
  }
  return out;
}

/// The minimised view of every tuple: "subject | relation | arg", behind it what is not plain.
std::vector<std::string> minimal(const char* tree, const OpenWeights& weights = {}) {
  static const Cues kCues = read_cues(std::filesystem::path(TERCET_SOURCE_DIR) / "seeds");
  const HandTrees trees(tree);
  const DocumentClauses clauses = find_document_clauses(kCues, trees.analysed());
  std::vector<std::string> out;
  for (const OpenTuple& tuple : find_tuples(trees.analysed(), clauses, weights)) {
    const MinimalTuple one = minimise(trees.analysed(), clauses, tuple);
    CHECK(one.args.size() == tuple.args.size());
    std::string line = one.subject + " | " + one.relation;
    for (const std::string& arg : one.args) line += " | " + arg;
    if (one.polarity == Polarity::Negative) line += " ; negative";
    if (one.modality != Modality::Asserted) line += " ; " + std::string(name_of(one.modality));
    if (!one.condition.empty()) line += " ; if " + one.condition;
    if (!one.attributed_to.empty()) line += " ; says " + one.attributed_to;
    for (const std::string& quantity : one.quantities) line += " ; " + quantity;
    out.push_back(line);
  }
  return out;
}

}  // namespace

TEST_CASE("a further phrase stays an argument with its preposition", "[open]") {
  CHECK(tuples(R"(Riverbank Riverbank PROPN NNP 2 nsubj
bought buy VERB VBD 0 root
Tideline Tideline PROPN NNP 2 obj
in in ADP IN 5 case
May May PROPN NNP 2 obl
. . PUNCT . 2 punct)") == std::vector<std::string>{"Riverbank | bought | Tideline | in May"});
}

TEST_CASE("without an object the first preposition belongs to the relation", "[open]") {
  CHECK(tuples(R"(In in ADP IN 2 case
May May PROPN NNP 4 obl
Riverbank Riverbank PROPN NNP 4 nsubj
moved move VERB VBD 0 root
to to ADP IN 6 case
Ohio Ohio PROPN NNP 4 obl
. . PUNCT . 4 punct)") == std::vector<std::string>{"Riverbank | moved to | Ohio | In May"});
}

TEST_CASE("conjoined objects are tuples of their own", "[open]") {
  CHECK(tuples(R"(Riverbank Riverbank PROPN NNP 2 nsubj
sells sell VERB VBZ 0 root
maps map NOUN NNS 2 obj
and and CCONJ CC 5 cc
boats boat NOUN NNS 3 conj
. . PUNCT . 2 punct)") ==
        std::vector<std::string>{"Riverbank | sells | maps", "Riverbank | sells | boats"});
}

TEST_CASE("a negation stays in the relation's words", "[open]") {
  CHECK(tuples(R"(Riverbank Riverbank PROPN NNP 4 nsubj
does do AUX VBZ 4 aux
not not PART RB 4 advmod
sell sell VERB VB 0 root
maps map NOUN NNS 4 obj
. . PUNCT . 4 punct)") == std::vector<std::string>{"Riverbank | does not sell | maps"});
}

TEST_CASE("an infinitive is written with the verb it hangs on", "[open]") {
  CHECK(tuples(R"(Riverbank Riverbank PROPN NNP 2 nsubj
wants want VERB VBZ 0 root
to to PART TO 4 mark
buy buy VERB VB 2 xcomp
Tideline Tideline PROPN NNP 4 obj
. . PUNCT . 2 punct)") == std::vector<std::string>{"Riverbank | wants to buy | Tideline"});
}

TEST_CASE("a copula takes its predicate as the argument", "[open]") {
  CHECK(tuples(R"(Riverbank Riverbank PROPN NNP 4 nsubj
is be AUX VBZ 4 cop
a a DET DT 4 det
firm firm NOUN NN 0 root
in in ADP IN 6 case
Ohio Ohio PROPN NNP 4 nmod
. . PUNCT . 4 punct)") == std::vector<std::string>{"Riverbank | is | a firm in Ohio"});
}

TEST_CASE("an apposition is stated with is", "[open]") {
  const auto found = tuples(R"(Ada Ada PROPN NNP 6 nsubj
, , PUNCT , 4 punct
its its PRON PRP$ 4 nmod:poss
founder founder NOUN NN 1 appos
, , PUNCT , 4 punct
left leave VERB VBD 0 root
Riverbank Riverbank PROPN NNP 6 obj
. . PUNCT . 6 punct)");
  CHECK(found == std::vector<std::string>{"Ada | left | Riverbank", "Ada | is | its founder"});
}

TEST_CASE("a heading states nothing", "[open]") {
  HandTrees trees(R"(Riverbank Riverbank PROPN NNP 2 nsubj
sells sell VERB VBZ 0 root
maps map NOUN NNS 2 obj)");
  trees.document().blocks[0].kind = Block::Kind::Heading;
  CHECK(find_tuples(trees.analysed(), find_document_clauses(Cues{}, trees.analysed())).empty());
}

namespace {

const char* const kOwnedFleet = R"(Riverbank Riverbank PROPN NNP 2 nsubj
bought buy VERB VBD 0 root
Tideline Tideline PROPN NNP 5 nmod:poss
's 's PART POS 3 case
fleet fleet NOUN NN 2 obj
. . PUNCT . 2 punct)";

const char* const kNoOffice = R"(Riverbank Riverbank PROPN NNP 2 nsubj
has have VERB VBZ 0 root
no no DET DT 4 det
office office NOUN NN 2 obj
in in ADP IN 6 case
Ohio Ohio PROPN NNP 4 nmod
. . PUNCT . 2 punct)";

/// The relation words that `weights` let through.
std::vector<std::string> relations(const char* tree, const OpenWeights& weights) {
  const HandTrees trees(tree);
  std::vector<std::string> out;
  for (const OpenTuple& tuple :
       find_tuples(trees.analysed(), find_document_clauses(Cues{}, trees.analysed()), weights)) {
    out.push_back(tuple.relation);
  }
  return out;
}

}  // namespace

TEST_CASE("the weights decide whether an owner is stated, and when", "[open]") {
  CHECK(relations(kOwnedFleet, {}) == std::vector<std::string>{"bought"});
  CHECK(relations(kOwnedFleet, {{{"rule=poss", -9000}}}) == std::vector<std::string>{"bought"});
  CHECK(relations(kOwnedFleet, {{{"bias", 100}}}) ==
        std::vector<std::string>{"bought", "has", "had"});
  CHECK(relations(kOwnedFleet, {{{"bias", 100}, {"tense=had|past", 50}}}) ==
        std::vector<std::string>{"bought", "had", "has"});
}

TEST_CASE("a phrase that denies states nothing without a verb", "[open]") {
  CHECK(relations(kNoOffice, {{{"bias", 100}}}) ==
        std::vector<std::string>{"has", "has no office in"});
}

TEST_CASE("of two readings the less likely one is told with half its likelihood", "[open]") {
  const HandTrees trees(kNoOffice);
  const auto clauses = find_document_clauses(Cues{}, trees.analysed());
  CHECK(relations(kNoOffice, {}) == std::vector<std::string>{"has"});
  const auto likelier = find_tuples(trees.analysed(), clauses, {{{"rule=verb.obj", 2000}}});
  REQUIRE(likelier.size() == 2);
  CHECK(likelier[0].confidence == Approx(0.8808));
  CHECK(likelier[1].confidence == Approx(0.25));
  CHECK(!likelier[0].reread);
  CHECK(likelier[1].reread);
  const auto other = find_tuples(trees.analysed(), clauses, {{{"rule=noun.of", 2000}}});
  REQUIRE(other.size() == 2);
  CHECK(other[0].confidence == Approx(0.25));
  CHECK(other[1].relation == "has no office in");
}

TEST_CASE("a denial inside a longer relation becomes the sign of the minimised tuple", "[open]") {
  CHECK(minimal(kNoOffice, {{{"bias", 100}}}) ==
        std::vector<std::string>{"Riverbank | have | office in Ohio ; negative",
                                 "Riverbank | have office in | Ohio ; negative"});
}

TEST_CASE("what is told to somebody stands behind whom", "[open]") {
  const auto all = tuples(R"(Ada Ada PROPN NNP 2 nsubj
told tell VERB VBD 0 root
clients client NOUN NNS 2 obj
that that SCONJ IN 6 mark
maps map NOUN NNS 6 nsubj
sell sell VERB VBP 2 ccomp
. . PUNCT . 2 punct)");
  CHECK(std::ranges::find(all, "Ada | told | clients | that maps sell") != all.end());
}

TEST_CASE("whom a thing is given to stands behind the thing", "[open]") {
  CHECK(tuples(R"(Ada Ada PROPN NNP 2 nsubj
gave give VERB VBD 0 root
clients client NOUN NNS 2 iobj
maps map NOUN NNS 2 obj
. . PUNCT . 2 punct)") == std::vector<std::string>{"Ada | gave | maps | clients"});
}

TEST_CASE("a passive without more tells what was done", "[open]") {
  CHECK(tuples(R"(Maps map NOUN NNS 4 nsubj:pass
were be AUX VBD 4 aux:pass
never never ADV RB 4 advmod
sold sell VERB VBN 0 root
. . PUNCT . 4 punct)") == std::vector<std::string>{"Maps | were never | sold"});
}

TEST_CASE("what something becomes is told, each of conjoined ones", "[open]") {
  const char* const tree = R"(Maps map NOUN NNS 3 nsubj
never never ADV RB 3 advmod
became become VERB VBD 0 root
cheap cheap ADJ JJ 3 xcomp
or or CCONJ CC 6 cc
popular popular ADJ JJ 4 conj
with with ADP IN 8 case
clients client NOUN NNS 6 obl
. . PUNCT . 3 punct)";
  CHECK(tuples(tree) == std::vector<std::string>{"Maps | never became | cheap",
                                                 "Maps | never became | popular with clients"});
  CHECK(minimal(tree, {{{"bias", 100}}}).back() ==
        "Maps | become popular with | clients ; negative");
}

TEST_CASE("what somebody is made stands behind whom", "[open]") {
  CHECK(tuples(R"(Ada Ada PROPN NNP 2 nsubj
made make VERB VBD 0 root
Riverbank Riverbank PROPN NNP 2 obj
a a DET DT 5 det
success success NOUN NN 2 xcomp
. . PUNCT . 2 punct)") == std::vector<std::string>{"Ada | made | Riverbank | a success"});
}

TEST_CASE("infinitives that lead to one another are one relation", "[open]") {
  CHECK(tuples(R"(Ada Ada PROPN NNP 2 nsubj
began begin VERB VBD 0 root
to to PART TO 4 mark
try try VERB VB 2 xcomp
to to PART TO 6 mark
become become VERB VB 4 xcomp
rich rich ADJ JJ 6 xcomp
. . PUNCT . 2 punct)")
            .front() == "Ada | began to try to become | rich");
}

TEST_CASE("one out of many stands behind a comma as a name does", "[open]") {
  const auto all = tuples(R"(Ada Ada PROPN NNP 7 nsubj
, , PUNCT , 3 punct
one one NUM CD 1 appos
of of ADP IN 5 case
founders founder NOUN NNS 3 nmod
, , PUNCT , 3 punct
left leave VERB VBD 0 root
Ohio Ohio PROPN NNP 7 obj
. . PUNCT . 7 punct)");
  CHECK(std::ranges::find(all, "Ada | is | one of founders") != all.end());
}

TEST_CASE("a place that the tree hangs on the verb may be told of the thing before it", "[open]") {
  const char* const tree = R"(Riverbank Riverbank PROPN NNP 2 nsubj
opened open VERB VBD 0 root
stores store NOUN NNS 2 obj
in in ADP IN 5 case
Ohio Ohio PROPN NNP 2 obl
. . PUNCT . 2 punct)";
  CHECK(relations(tree, {}) == std::vector<std::string>{"opened"});
  const auto all = relations(tree, {{{"rule=prep.near", 500}, {"tense=were|past", 100}}});
  CHECK(std::ranges::find(all, "were in") != all.end());
}

TEST_CASE("where the tense of an inserted verb is in doubt, the other is another reading",
          "[open]") {
  const HandTrees trees(kOwnedFleet);
  const auto clauses = find_document_clauses(Cues{}, trees.analysed());
  const auto doubt = find_tuples(trees.analysed(), clauses, {{{"tense=had|past", 100}}});
  REQUIRE(doubt.size() == 3);
  CHECK(doubt[1].relation == "had");
  CHECK(!doubt[1].reread);
  CHECK(doubt[2].relation == "has");
  CHECK(doubt[2].reread);
  CHECK(find_tuples(trees.analysed(), clauses, {{{"tense=has|past", -3000}}}).size() == 2);
  const auto equal = find_tuples(trees.analysed(), clauses, {{{"bias", 100}}});
  CHECK(std::ranges::count_if(equal, [](const OpenTuple& one) { return one.reread; }) == 1);
}

TEST_CASE("what is hard is told of it", "[open]") {
  CHECK(minimal(R"(It it PRON PRP 4 expl
is be AUX VBZ 4 cop
not not PART RB 4 advmod
easy easy ADJ JJ 0 root
to to PART TO 6 mark
sell sell VERB VB 4 csubj
maps map NOUN NNS 6 obj
. . PUNCT . 4 punct)")
            .front() == "It | be easy to sell | maps ; negative");
}

TEST_CASE("a clause behind a comma is no part of the phrase it is said of", "[open]") {
  const auto all = tuples(R"(Ada Ada PROPN NNP 2 nsubj
sells sell VERB VBZ 0 root
maps map NOUN NNS 2 obj
of of ADP IN 5 case
Ohio Ohio PROPN NNP 3 nmod
, , PUNCT , 8 punct
which which PRON WDT 8 nsubj
grows grow VERB VBZ 5 acl:relcl
. . PUNCT . 2 punct)");
  CHECK(std::ranges::find(all, "Ada | sells | maps of Ohio") != all.end());
}

TEST_CASE("a named apposition is told of the name", "[open]") {
  const auto found = tuples(R"(The the DET DT 2 det
founder founder NOUN NN 6 nsubj
, , PUNCT , 4 punct
Ada Ada PROPN NNP 2 appos
, , PUNCT , 4 punct
left leave VERB VBD 0 root
Riverbank Riverbank PROPN NNP 6 obj
. . PUNCT . 6 punct)");
  REQUIRE(found.size() == 2);
  CHECK(found[1] == "Ada | is | The founder");
}

TEST_CASE("according to names the source of the whole clause", "[open]") {
  const auto found = tuples(R"(According accord VERB VBG 3 case
to to ADP IN 1 fixed
Ada Ada PROPN NNP 6 obl
, , PUNCT , 3 punct
Riverbank Riverbank PROPN NNP 6 nsubj
sells sell VERB VBZ 0 root
maps map NOUN NNS 6 obj
. . PUNCT . 6 punct)");
  CHECK(std::ranges::find(found, "Riverbank sells maps | According to | Ada") != found.end());
}

TEST_CASE("a denial goes from the relation's words to the sign of the minimised tuple", "[open]") {
  CHECK(minimal(R"(Riverbank Riverbank PROPN NNP 5 nsubj
did do AUX VBD 5 aux
not not PART RB 5 advmod
really really ADV RB 5 advmod
sell sell VERB VB 0 root
the the DET DT 7 det
maps map NOUN NNS 5 obj
. . PUNCT . 5 punct)") == std::vector<std::string>{"Riverbank | sell | maps ; negative"});
}

TEST_CASE("who says it and a plan are told beside a minimised tuple", "[open]") {
  const auto all = minimal(R"(Analysts analyst NOUN NNS 2 nsubj
say say VERB VBP 0 root
Riverbank Riverbank PROPN NNP 5 nsubj
will will AUX MD 5 aux
buy buy VERB VB 2 ccomp
Tideline Tideline PROPN NNP 5 obj
. . PUNCT . 2 punct)");
  REQUIRE(all.size() == 2);
  CHECK(all[0] == "Analysts | say | Riverbank will buy Tideline");
  CHECK(all[1] == "Riverbank | buy | Tideline ; intended ; says Analysts");
}

TEST_CASE("a hedge makes the minimised tuple possible", "[open]") {
  CHECK(minimal(R"(Riverbank Riverbank PROPN NNP 4 nsubj
may may AUX MD 4 aux
have have AUX VB 4 aux
sold sell VERB VBN 0 root
maps map NOUN NNS 4 obj
. . PUNCT . 4 punct)") == std::vector<std::string>{"Riverbank | sell | maps ; possible"});
}

TEST_CASE("a consequence carries its condition into the minimised tuple", "[open]") {
  const auto all = minimal(R"(If if SCONJ IN 3 mark
Tideline Tideline PROPN NNP 3 nsubj
fails fail VERB VBZ 6 advcl
, , PUNCT , 6 punct
Riverbank Riverbank PROPN NNP 6 nsubj
sells sell VERB VBZ 0 root
maps map NOUN NNS 6 obj
. . PUNCT . 6 punct)");
  REQUIRE(!all.empty());
  CHECK(all.back() == "Riverbank | sell | maps ; conditional ; if Tideline fails");
}

TEST_CASE("a verb that governs another becomes the sign or modality of it", "[open]") {
  CHECK(minimal(R"(Riverbank Riverbank PROPN NNP 2 nsubj
failed fail VERB VBD 0 root
to to PART TO 4 mark
sell sell VERB VB 2 xcomp
maps map NOUN NNS 4 obj
. . PUNCT . 2 punct)") == std::vector<std::string>{"Riverbank | sell | maps ; negative"});
  CHECK(minimal(R"(Riverbank Riverbank PROPN NNP 2 nsubj
helps help VERB VBZ 0 root
to to PART TO 4 mark
sell sell VERB VB 2 xcomp
maps map NOUN NNS 4 obj
. . PUNCT . 2 punct)") == std::vector<std::string>{"Riverbank | help to sell | maps"});
}

TEST_CASE("what somebody is banned from is denied without the preposition", "[open]") {
  const auto all = minimal(R"(Ada Ada PROPN NNP 3 nsubj:pass
was be AUX VBD 3 aux:pass
banned ban VERB VBN 0 root
from from SCONJ IN 5 mark
selling sell VERB VBG 3 advcl
maps map NOUN NNS 5 obj
. . PUNCT . 3 punct)",
                           {{{"bias", 100}}});
  CHECK(std::ranges::find(all, "Ada | sell | maps ; negative") != all.end());
  CHECK(std::ranges::none_of(all,
                             [](const std::string& one) { return one.starts_with("Ada | from"); }));
}

TEST_CASE("numbers of a minimised tuple stand beside it", "[open]") {
  CHECK(minimal(R"(Riverbank Riverbank PROPN NNP 2 nsubj
sold sell VERB VBD 0 root
about about ADV RB 5 advmod
12 12 NUM CD 5 compound
million million NUM CD 6 nummod
maps map NOUN NNS 2 obj
. . PUNCT . 2 punct)") ==
        std::vector<std::string>{"Riverbank | sell | Q1 maps ; about 12 million"});
}

TEST_CASE("a denied subject makes the tuple negative, and its passive keeps its verb", "[open]") {
  CHECK(minimal(R"(No no DET DT 2 det
map map NOUN NN 4 nsubj:pass
was be AUX VBD 4 aux:pass
sold sell VERB VBN 0 root
by by ADP IN 6 case
Riverbank Riverbank PROPN NNP 4 obl:agent
. . PUNCT . 4 punct)") == std::vector<std::string>{"map | be sold by | Riverbank ; negative"});
}

TEST_CASE("a tuple's JSON holds both views", "[open]") {
  OpenTuple tuple;
  tuple.sentence = "Riverbank did not sell 3 maps .";
  tuple.subject = "Riverbank";
  tuple.relation = "did not sell";
  tuple.args = {"3 maps"};
  tuple.confidence = 0.5;
  MinimalTuple view{"Riverbank",        "sell", {"Q1 maps"}, {"3"}, Polarity::Negative,
                    Modality::Asserted, "",     "\"Ada\""};
  CHECK(to_json(tuple, view) ==
        R"({"sentence":"Riverbank did not sell 3 maps .","subject":"Riverbank",)"
        R"("relation":"did not sell","args":["3 maps"],"confidence":0.5,"minimal":)"
        R"({"subject":"Riverbank","relation":"sell","args":["Q1 maps"],"polarity":"negative",)"
        R"("modality":"asserted","attributed_to":"\"Ada\"","quantities":["3"]}})");
}

TEST_CASE("a copula joins its subject to a whole clause", "[open]") {
  const auto all = tuples(R"(Plan plan NOUN NN 7 nsubj:outer
is be AUX VBZ 7 cop
that that SCONJ IN 7 mark
Riverbank Riverbank PROPN NNP 7 nsubj
will will AUX MD 7 aux
quickly quickly ADV RB 7 advmod
sell sell VERB VB 0 root
maps map NOUN NNS 7 obj
. . PUNCT . 7 punct)");
  CHECK(std::ranges::find(all, "Plan | is | that Riverbank will quickly sell maps") != all.end());
}

TEST_CASE("an inserted be agrees with its noun and the sentence's tense", "[open]") {
  CHECK(tuples(R"(Ada Ada PROPN NNP 2 nsubj
sells sell VERB VBZ 0 root
maps map NOUN NNS 2 obj
made make VERB VBN 3 acl
by by ADP IN 6 case
Riverbank Riverbank PROPN NNP 4 obl
. . PUNCT . 2 punct)") == std::vector<std::string>{"Ada | sells | maps made by Riverbank",
                                                   "maps | are made by | Riverbank"});
}
