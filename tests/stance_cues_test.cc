#include <fstream>
#include <sstream>

#include "base/error.h"
#include "extract/clause/stance.h"
#include "tests/catch.h"
#include "tests/conllu_fixture.h"

using namespace tercet;

namespace {

Cues our_cues() {
  const std::string file = std::string(TERCET_SOURCE_DIR) + "/seeds/cues.tsv";
  std::ifstream in(file);
  REQUIRE(in);
  return read_cues(in, file);
}

/// Sign and modality of the statement of the word `predicate` about the word `about`:
/// "+asserted", "-intended".
std::string stance(const HandTrees& t, std::string_view predicate, std::string_view about = {},
                   int sentence = 0) {
  static const Cues cues = our_cues();
  const DocumentClauses clauses = find_document_clauses(cues, t.analysed());
  const int wanted = t.token(predicate, sentence);
  REQUIRE(wanted >= 0);
  const auto& found = clauses.clauses[static_cast<std::size_t>(sentence)];
  for (std::size_t c = 0; c < found.size(); ++c) {
    if (found[c].predicate != wanted) continue;
    const int word = about.empty() ? -1 : t.token(about, sentence);
    const Stance s = stance_of(t.analysed(), clauses, sentence, static_cast<int>(c), word);
    return (s.polarity == Polarity::Negative ? "-" : "+") + std::string(name_of(s.modality));
  }
  FAIL("no clause at " << predicate);
  return {};
}

}  // namespace

TEST_CASE("a plain statement is asserted") {
  const HandTrees t(R"(
Orla Orla PROPN NNP 2 nsubj
sells sell VERB VBZ 0 root
tea tea NOUN NN 2 obj
)");
  CHECK(stance(t, "sells", "tea") == "+asserted");
}

TEST_CASE("not, never, no longer and no deny") {
  const HandTrees does_not(R"(
Orla Orla PROPN NNP 4 nsubj
does do AUX VBZ 4 aux
n't not PART RB 4 advmod
sell sell VERB VB 0 root
tea tea NOUN NN 4 obj
)");
  CHECK(stance(does_not, "sell", "tea") == "-asserted");
  const HandTrees never(R"(
Orla Orla PROPN NNP 3 nsubj
never never ADV RB 3 advmod
sells sell VERB VBZ 0 root
tea tea NOUN NN 3 obj
)");
  CHECK(stance(never, "sells") == "-asserted");
  const HandTrees no_longer(R"(
Orla Orla PROPN NNP 4 nsubj
no no ADV RB 3 advmod
longer long ADV RBR 4 advmod
sells sell VERB VBZ 0 root
tea tea NOUN NN 4 obj
)");
  CHECK(stance(no_longer, "sells", "tea") == "-asserted");
  const HandTrees no_object(R"(
Orla Orla PROPN NNP 2 nsubj
has have VERB VBZ 0 root
no no DET DT 4 det
rivals rival NOUN NNS 2 obj
)");
  CHECK(stance(no_object, "has", "rivals") == "-asserted");
  const HandTrees no_subject(R"(
No no DET DT 2 det
shop shop NOUN NN 3 nsubj
sells sell VERB VBZ 0 root
tea tea NOUN NN 3 obj
)");
  CHECK(stance(no_subject, "sells", "tea") == "-asserted");
}

TEST_CASE("two denials affirm") {
  const HandTrees t(R"(
Orla Orla PROPN NNP 3 nsubj
never never ADV RB 3 advmod
fails fail VERB VBZ 0 root
to to PART TO 5 mark
sell sell VERB VB 3 xcomp
tea tea NOUN NN 5 obj
)");
  CHECK(stance(t, "sell", "tea") == "+asserted");
}

TEST_CASE("not only and not unique to deny nothing, never exceeding does") {
  const HandTrees not_only(R"(
Orla Orla PROPN NNP 4 nsubj
not not PART RB 3 advmod
only only ADV RB 4 advmod
sells sell VERB VBZ 0 root
tea tea NOUN NN 4 obj
but but CCONJ CC 9 cc
also also ADV RB 9 advmod
mugs mug NOUN NNS 5 conj
ships ship VERB VBZ 4 conj
)");
  CHECK(stance(not_only, "sells", "tea") == "+asserted");
  const HandTrees unique(R"(
Stock stock NOUN NN 4 nsubj
is be AUX VBZ 4 cop
not not PART RB 4 advmod
unique unique ADJ JJ 0 root
to to ADP IN 6 case
Orla Orla PROPN NNP 4 obl
)");
  CHECK(stance(unique, "unique", "Orla") == "+asserted");
  const HandTrees bound(R"(
Orla Orla PROPN NNP 2 nsubj
lends lend VERB VBZ 0 root
never never ADV RB 4 advmod
exceeding exceed VERB VBG 2 advcl
limits limit NOUN NNS 4 obj
)");
  CHECK(stance(bound, "exceeding", "limits") == "-asserted");
}

TEST_CASE("a denial until a date tells when it ended") {
  const HandTrees t(R"(
Orla Orla PROPN NNP 4 nsubj
did do AUX VBD 4 aux
not not PART RB 4 advmod
open open VERB VB 0 root
until until ADP IN 6 case
1999 1999 NUM CD 4 obl
)");
  CHECK(stance(t, "open") == "+asserted");
}

TEST_CASE("rather than, instead of and without deny what they lead in only") {
  const HandTrees t(R"(
Orla Orla PROPN NNP 2 nsubj
sells sell VERB VBZ 0 root
tea tea NOUN NN 2 obj
rather rather ADV RB 6 cc
than than ADP IN 4 fixed
mugs mug NOUN NNS 3 conj
without without SCONJ IN 8 mark
lending lend VERB VBG 2 advcl
money money NOUN NN 8 obj
)");
  CHECK(stance(t, "sells", "tea") == "+asserted");
  CHECK(stance(t, "sells", "mugs") == "-asserted");
  CHECK(stance(t, "lending", "money") == "-asserted");
}

TEST_CASE("verbs of refusing deny their infinitive, lacking denies its object") {
  const HandTrees declined(R"(
Orla Orla PROPN NNP 2 nsubj
declined decline VERB VBD 0 root
to to PART TO 4 mark
sell sell VERB VB 2 xcomp
)");
  CHECK(stance(declined, "sell") == "-asserted");
  CHECK(stance(declined, "declined") == "+asserted");
  const HandTrees lacks(R"(
Orla Orla PROPN NNP 2 nsubj
lacks lack VERB VBZ 0 root
staff staff NOUN NN 2 obj
)");
  CHECK(stance(lacks, "lacks", "staff") == "-asserted");
}

TEST_CASE("preventing is a fact, what it prevents is not") {
  const HandTrees t(R"(
Rain rain NOUN NN 2 nsubj
prevented prevent VERB VBD 0 root
Orla Orla PROPN NNP 2 obj
from from SCONJ IN 5 mark
selling sell VERB VBG 2 advcl
tea tea NOUN NN 5 obj
)");
  CHECK(stance(t, "prevented", "Orla") == "+asserted");
  CHECK(stance(t, "prevented", "selling") == "+asserted");
  CHECK(stance(t, "selling", "tea") == "-asserted");
  const auto clauses = find_clauses(t.text(), t.sentence());
  REQUIRE(clauses.size() == 2);
  REQUIRE_FALSE(clauses[1].arguments.empty());
  CHECK(clauses[1].arguments[0].head == t.token("Orla"));
}

TEST_CASE("joined verbs share a denial unless but or a subject comes between") {
  const HandTrees shared(R"(
Orla Orla PROPN NNP 4 nsubj
did do AUX VBD 4 aux
not not PART RB 4 advmod
buy buy VERB VB 0 root
or or CCONJ CC 6 cc
build build VERB VB 4 conj
shops shop NOUN NNS 4 obj
)");
  CHECK(stance(shared, "build") == "-asserted");
  const HandTrees but(R"(
Orla Orla PROPN NNP 2 nsubj
decided decide VERB VBD 0 root
not not PART RB 5 advmod
to to PART TO 5 mark
buy buy VERB VB 2 xcomp
but but CCONJ CC 8 cc
to to PART TO 8 mark
borrow borrow VERB VB 5 conj
)");
  CHECK(stance(but, "buy") == "-asserted");
  CHECK(stance(but, "borrow") == "+asserted");
  const HandTrees subject(R"(
Orla Orla PROPN NNP 4 nsubj
did do AUX VBD 4 aux
not not PART RB 4 advmod
buy buy VERB VB 0 root
and and CCONJ CC 7 cc
Finn Finn PROPN NNP 7 nsubj
sold sell VERB VBD 4 conj
)");
  CHECK(stance(subject, "sold") == "+asserted");
}

TEST_CASE("may, might and could make possible, could not is a fact") {
  const HandTrees may(R"(
Orla Orla PROPN NNP 3 nsubj
may may AUX MD 3 aux
sell sell VERB VB 0 root
shops shop NOUN NNS 3 obj
)");
  CHECK(stance(may, "sell", "shops") == "+possible");
  const HandTrees could_not(R"(
Orla Orla PROPN NNP 4 nsubj
could could AUX MD 4 aux
not not PART RB 4 advmod
compete compete VERB VB 0 root
)");
  CHECK(stance(could_not, "compete") == "-asserted");
  const HandTrees reportedly(R"(
Orla Orla PROPN NNP 3 nsubj
reportedly reportedly ADV RB 3 advmod
sold sell VERB VBD 0 root
shops shop NOUN NNS 3 obj
)");
  CHECK(stance(reportedly, "sold") == "+possible");
  const HandTrees seems(R"(
Orla Orla PROPN NNP 2 nsubj
seems seem VERB VBZ 0 root
to to PART TO 4 mark
own own VERB VB 2 xcomp
shops shop NOUN NNS 4 obj
)");
  CHECK(stance(seems, "own", "shops") == "+possible");
}

TEST_CASE("what almost happened is not asserted, what almost all did is") {
  const HandTrees happened(R"(
Orla Orla PROPN NNP 3 nsubj
almost almost ADV RB 3 advmod
sold sell VERB VBD 0 root
shops shop NOUN NNS 3 obj
)");
  CHECK(stance(happened, "sold", "shops") == "+possible");
  const HandTrees all(R"(
Orla Orla PROPN NNP 2 nsubj
sold sell VERB VBD 0 root
almost almost ADV RB 4 advmod
all all DET DT 5 det
shops shop NOUN NNS 2 obj
)");
  CHECK(stance(all, "sold", "shops") == "+asserted");
}

TEST_CASE("need not is a denied possibility") {
  const HandTrees t(R"(
Orla Orla PROPN NNP 5 nsubj
does do AUX VBZ 5 aux
not not PART RB 5 advmod
necessarily necessarily ADV RB 5 advmod
need need VERB VB 0 root
to to PART TO 7 mark
grow grow VERB VB 5 xcomp
)");
  CHECK(stance(t, "grow") == "-possible");
}

TEST_CASE("can is an ability that the relation may take for a fact") {
  const HandTrees t(R"(
Orla Orla PROPN NNP 3 nsubj
can can AUX MD 3 aux
bake bake VERB VB 0 root
bread bread NOUN NN 3 obj
)");
  const Cues cues = our_cues();
  const DocumentClauses clauses = find_document_clauses(cues, t.analysed());
  const Stance s = stance_of(t.analysed(), clauses, 0, 0);
  CHECK(s.ability);
  CHECK(s.modality == Modality::Possible);
  const HandTrees hurt(R"(
Rain rain NOUN NN 3 nsubj
can can AUX MD 3 aux
hurt hurt VERB VB 0 root
sales sale NOUN NNS 3 obj
)");
  const DocumentClauses other = find_document_clauses(cues, hurt.analysed());
  CHECK_FALSE(stance_of(hurt.analysed(), other, 0, 0).ability);
  CHECK(stance(hurt, "hurt", "sales") == "+possible");
}

TEST_CASE("names are no cues") {
  const HandTrees title(R"(
In in ADP IN 2 case
spring spring NOUN NN 6 obl
, , PUNCT , 6 punct
Not not PART RB 5 advmod
Sleepy sleepy ADJ JJ 6 nsubj
sold sell VERB VBD 0 root
tea tea NOUN NN 6 obj
)");
  CHECK(stance(title, "sold", "tea") == "+asserted");
  const HandTrees month(R"(
Orla Orla PROPN NNP 2 nsubj
opened open VERB VBD 0 root
May may AUX MD 2 aux
4 4 NUM CD 3 nummod
)");
  CHECK(stance(month, "opened") == "+asserted");
}

TEST_CASE("plans, aims, shoulds and the future are intended") {
  const HandTrees plans(R"(
Orla Orla PROPN NNP 2 nsubj
plans plan VERB VBZ 0 root
to to PART TO 4 mark
open open VERB VB 2 xcomp
shops shop NOUN NNS 4 obj
and and CCONJ CC 7 cc
sell sell VERB VB 4 conj
tea tea NOUN NN 7 obj
)");
  CHECK(stance(plans, "open", "shops") == "+intended");
  CHECK(stance(plans, "sell", "tea") == "+intended");
  CHECK(stance(plans, "plans") == "+asserted");
  const HandTrees goal(R"(
The the DET DT 2 det
goal goal NOUN NN 5 nsubj:outer
is be AUX VBZ 5 cop
to to PART TO 5 mark
grow grow VERB VB 0 root
)");
  CHECK(stance(goal, "grow") == "+intended");
  const HandTrees will(R"(
Orla Orla PROPN NNP 4 nsubj
wo will AUX MD 4 aux
n't not PART RB 4 advmod
sell sell VERB VB 0 root
)");
  CHECK(stance(will, "sell") == "-intended");
  const HandTrees afford(R"(
Orla Orla PROPN NNP 4 nsubj
can can AUX MD 4 aux
not not PART RB 4 advmod
afford afford VERB VB 0 root
to to PART TO 6 mark
rest rest VERB VB 4 xcomp
)");
  CHECK(stance(afford, "rest") == "-intended");
  const HandTrees order(R"(
Sell sell VERB VB 0 root
shops shop NOUN NNS 1 obj
)");
  CHECK(stance(order, "Sell", "shops") == "+intended");
}

TEST_CASE("a purpose is intended and says so, a result is a fact") {
  const HandTrees t(R"(
Orla Orla PROPN NNP 2 nsubj
rents rent VERB VBZ 0 root
vans van NOUN NNS 2 obj
to to PART TO 5 mark
move move VERB VB 2 advcl
tea tea NOUN NN 5 obj
)");
  const Cues cues = our_cues();
  const DocumentClauses clauses = find_document_clauses(cues, t.analysed());
  const Stance s = stance_of(t.analysed(), clauses, 0, 1);
  CHECK(s.modality == Modality::Intended);
  CHECK(s.cue == "purpose.to");
  const HandTrees forced(R"(
Rain rain NOUN NN 2 nsubj
forced force VERB VBD 0 root
shops shop NOUN NNS 2 obj
to to PART TO 5 mark
close close VERB VB 2 advcl
)");
  CHECK(stance(forced, "close") == "+asserted");
}

TEST_CASE("would tells a past fact beside later, else a supposition") {
  const HandTrees later(R"(
Orla Orla PROPN NNP 4 nsubj
would would AUX MD 4 aux
later later ADV RB 4 advmod
sell sell VERB VB 0 root
tea tea NOUN NN 4 obj
)");
  CHECK(stance(later, "sell", "tea") == "+asserted");
  const HandTrees alone(R"(
Orla Orla PROPN NNP 4 nsubj
would would AUX MD 4 aux
have have AUX VB 4 aux
sold sell VERB VBN 0 root
tea tea NOUN NN 4 obj
)");
  CHECK(stance(alone, "sold", "tea") == "+conditional");
}

TEST_CASE("what is asked is not said") {
  const HandTrees t(R"(
Does do AUX VBZ 3 aux
Orla Orla PROPN NNP 3 nsubj
sell sell VERB VB 0 root
tea tea NOUN NN 3 obj
? ? PUNCT . 3 punct
)");
  CHECK(stance(t, "sell", "tea") == "+hypothetical");
}

TEST_CASE("what somebody says is theirs, what is believed of somebody is possible") {
  const HandTrees says(R"(
Analysts analyst NOUN NNS 2 nsubj
say say VERB VBP 0 root
Orla Orla PROPN NNP 4 nsubj
sells sell VERB VBZ 2 ccomp
tea tea NOUN NN 4 obj
)");
  const Cues cues = our_cues();
  const DocumentClauses clauses = find_document_clauses(cues, says.analysed());
  const Stance s = stance_of(says.analysed(), clauses, 0, 1);
  CHECK(s.attributed_to == says.token("Analysts"));
  CHECK(s.modality == Modality::Asserted);
  const HandTrees believed(R"(
Orla Orla PROPN NNP 3 nsubj:pass
is be AUX VBZ 3 aux:pass
believed believe VERB VBN 0 root
to to PART TO 5 mark
own own VERB VB 3 xcomp
shops shop NOUN NNS 5 obj
)");
  CHECK(stance(believed, "own", "shops") == "+possible");
  const HandTrees denied(R"(
Orla Orla PROPN NNP 2 nsubj
denied deny VERB VBD 0 root
that that SCONJ IN 5 mark
Finn Finn PROPN NNP 5 nsubj
sells sell VERB VBZ 2 ccomp
tea tea NOUN NN 5 obj
)");
  CHECK(stance(denied, "sells", "tea") == "-asserted");
}

TEST_CASE("concessions and what a denied verb's reasons say stay facts") {
  const HandTrees t(R"(
Although although SCONJ IN 3 mark
Orla Orla PROPN NNP 3 nsubj
sells sell VERB VBZ 7 advcl
, , PUNCT , 7 punct
Finn Finn PROPN NNP 7 nsubj
does do AUX VBZ 7 aux
buy buy VERB VB 0 root
)");
  CHECK(stance(t, "sells") == "+asserted");
  CHECK(stance(t, "buy") == "+asserted");
  const HandTrees because(R"(
Finn Finn PROPN NNP 4 nsubj
may may AUX MD 4 aux
not not PART RB 4 advmod
buy buy VERB VB 0 root
because because SCONJ IN 7 mark
Orla Orla PROPN NNP 7 nsubj
sells sell VERB VBZ 4 advcl
)");
  CHECK(stance(because, "buy") == "-possible");
  CHECK(stance(because, "sells") == "+asserted");
}

TEST_CASE("a table of cues with an unknown scope is refused with its place") {
  std::istringstream in("cue\tpos\tscope\tpolarity\tmodality\tclass\nnot\t\tsideways\t\t\tneg\n");
  try {
    read_cues(in, "cues.tsv");
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.code() == Error::Code::Schema);
    CHECK(error.at().line == 2);
  }
  std::istringstream words(
      "cue\tpos\tscope\tpolarity\tmodality\tclass\nnot\tVERP\tself\t\t\tneg\n");
  CHECK_THROWS_AS(read_cues(words, "cues.tsv"), Error);
}

TEST_CASE("not by one but by the other affirms the other") {
  const HandTrees t(R"(
Mugs mug NOUN NNS 4 nsubj:pass
are be AUX VBP 4 aux:pass
not not PART RB 4 advmod
sold sell VERB VBN 0 root
by by ADP IN 6 case
Orla Orla PROPN NNP 4 obl:agent
but but CCONJ CC 9 cc
by by ADP IN 9 case
Finn Finn PROPN NNP 6 conj
)");
  CHECK(stance(t, "sold", "Orla") == "-asserted");
  CHECK(stance(t, "sold", "Finn") == "+asserted");
}

TEST_CASE("neither and nor deny both, once") {
  const HandTrees t(R"(
Neither neither CCONJ CC 2 cc:preconj
Orla Orla PROPN NNP 5 nsubj
nor nor CCONJ CC 4 cc
Finn Finn PROPN NNP 2 conj
sells sell VERB VBZ 0 root
tea tea NOUN NN 5 obj
)");
  CHECK(stance(t, "sells", "Orla") == "-asserted");
  CHECK(stance(t, "sells", "Finn") == "-asserted");
  CHECK(stance(t, "sells", "tea") == "-asserted");
}

TEST_CASE("no plan to do something denies the deed, and what is described by it is in doubt") {
  const HandTrees plan(R"(
Orla Orla PROPN NNP 2 nsubj
has have VERB VBZ 0 root
no no DET DT 4 det
plan plan NOUN NN 2 obj
to to PART TO 6 mark
sell sell VERB VB 4 acl
)");
  CHECK(stance(plan, "sell") == "-intended");
  const HandTrees made(R"(
Orla Orla PROPN NNP 4 nsubj
does do AUX VBZ 4 aux
not not PART RB 4 advmod
sell sell VERB VB 0 root
mugs mug NOUN NNS 4 obj
made make VERB VBN 5 acl
by by ADP IN 8 case
Finn Finn PROPN NNP 6 obl
)");
  CHECK(stance(made, "made", "Finn") == "+possible");
}

TEST_CASE("what a verb makes possible passes neither to reasons nor to what is known") {
  const HandTrees t(R"(
Orla Orla PROPN NNP 3 nsubj
may may AUX MD 3 aux
close close VERB VB 0 root
shops shop NOUN NNS 3 obj
that that PRON WDT 6 nsubj
sell sell VERB VBP 4 acl:relcl
tea tea NOUN NN 6 obj
, , PUNCT , 9 punct
hurting hurt VERB VBG 3 advcl
Finn Finn PROPN NNP 9 obj
)");
  CHECK(stance(t, "close") == "+possible");
  CHECK(stance(t, "sell") == "+asserted");
  CHECK(stance(t, "hurting") == "+possible");
}

TEST_CASE("few denies, fewer compares") {
  const HandTrees few(R"(
Few few ADJ JJ 2 amod
shops shop NOUN NNS 3 nsubj
sell sell VERB VBP 0 root
)");
  CHECK(stance(few, "sell") == "-asserted");
  const HandTrees fewer(R"(
Orla Orla PROPN NNP 2 nsubj
sells sell VERB VBZ 0 root
fewer few ADJ JJR 4 amod
mugs mug NOUN NNS 2 obj
)");
  CHECK(stance(fewer, "sells", "mugs") == "+asserted");
}

TEST_CASE("it is alleged that marks what is alleged, however the tree hangs it") {
  for (const char* arc : {"csubj:pass", "ccomp"}) {
    INFO(arc);
    const HandTrees t(std::string(R"(
It it PRON PRP 3 expl
is be AUX VBZ 3 aux:pass
alleged allege VERB VBN 0 root
that that SCONJ IN 6 mark
Orla Orla PROPN NNP 6 nsubj
bribed bribe VERB VBD 3 )") +
                      arc + "\n");
    CHECK(stance(t, "bribed") == "+possible");
  }
}

TEST_CASE("a denied refusal affirms what it governs, being kept from it stays open") {
  // "Orla never shies away from selling tea."
  const HandTrees shies(R"(
Orla Orla PROPN NNP 3 nsubj
never never ADV RB 3 advmod
shies shy VERB VBZ 0 root
away away ADV RB 3 advmod
from from SCONJ IN 6 mark
selling sell VERB VBG 3 advcl
tea tea NOUN NN 6 obj
)");
  CHECK(stance(shies, "selling", "tea") == "+asserted");
  const HandTrees kept(R"(
Orla Orla PROPN NNP 4 nsubj:pass
was be AUX VBD 4 aux:pass
not not PART RB 4 advmod
prevented prevent VERB VBN 0 root
from from SCONJ IN 6 mark
selling sell VERB VBG 4 advcl
tea tea NOUN NN 6 obj
)");
  CHECK(stance(kept, "selling", "tea") != "+asserted");
}

TEST_CASE("it is said that something is not so: the saying is not denied") {
  const HandTrees trees(R"(
It it PRON PRP 3 expl
is be AUX VBZ 3 aux:pass
implied imply VERB VBN 0 root
that that SCONJ IN 8 mark
tea tea NOUN NN 8 nsubj
is be AUX VBZ 8 cop
not not PART RB 8 advmod
cheap cheap ADJ JJ 3 csubj
)");
  CHECK(stance(trees, "implied", "implied") == "+asserted");
  CHECK(stance(trees, "cheap", "tea") == "-asserted");
}

TEST_CASE("joined verbs with a denial each are denied once") {
  const HandTrees trees(R"(
Orla Orla PROPN NNP 3 nsubj
never never ADV RB 3 advmod
sells sell VERB VBZ 0 root
tea tea NOUN NN 3 obj
and and CCONJ CC 7 cc
never never ADV RB 7 advmod
buys buy VERB VBZ 3 conj
mugs mug NOUN NNS 7 obj
)");
  CHECK(stance(trees, "sells", "tea") == "-asserted");
  CHECK(stance(trees, "buys", "mugs") == "-asserted");
}

TEST_CASE("a cue that hangs on what it governs denies it") {
  const HandTrees trees(R"(
Orla Orla PROPN NNP 5 nsubj
is be AUX VBZ 5 cop
yet yet ADV RB 5 advmod
to to PART TO 5 mark
sell sell VERB VB 0 root
tea tea NOUN NN 5 obj
)");
  CHECK(stance(trees, "sell", "tea") == "-asserted");
}
