#include "extract/finish.h"
#include "tests/catch.h"

using namespace tercet;

namespace {

/// A document of one block and given sentences, with anchors.
struct Fixture {
  Document document;
  AnalysedDocument analysed;

  Fixture(const std::string& text, const std::vector<Span>& sentences,
          const std::vector<TimeAnchor>& anchors) {
    document.id = "notes/a.md";
    document.text = text;
    document.video_id = "abcdefghijk";
    Block block;
    block.text = text;
    block.origin.add(0, 0);
    block.anchors = anchors;
    document.blocks.push_back(block);
    analysed.document = &document;
    for (const Span span : sentences) {
      AnalysedSentence one;
      one.sentence.span = span;
      one.sentence.tokens.push_back({});
      analysed.sentences.push_back(one);
    }
  }

  DraftFact draft(int sentence, Span evidence, const std::string& object = "b") const {
    DraftFact out;
    out.fact.subject = out.fact.subject_text = "a";
    out.fact.relation = "uses";
    out.fact.object = out.fact.object_text = object;
    out.sentence = sentence;
    out.evidence = evidence;
    return out;
  }
};

}  // namespace

TEST_CASE("a fact takes the first anchor at or after its evidence, else the last", "[finish]") {
  const std::string text = "A uses b and c today. D.";
  const Fixture f(text, {{0, 21}, {22, 24}}, {{8, 10}, {14, 20}, {21, 30}});
  const auto time = [&](int sentence, Span evidence) {
    return finish_facts(f.analysed, {f.draft(sentence, evidence)})[0].timestamp;
  };
  CHECK(time(0, {0, 8}) == "00:00:10");
  CHECK(time(0, {2, 14}) == "00:00:20");
  CHECK(time(0, {15, 20}) == "00:00:30");
  CHECK(time(1, {22, 23}) == std::nullopt);  // nothing is inherited from a neighbour
}

TEST_CASE("offsets count code points of the original and lines count from 1", "[finish]") {
  const std::string text = "Caf\xc3\xa9 one.\nA uses b.";
  const Fixture f(text, {{0, 10}, {11, 20}}, {});
  const Fact fact = finish_facts(f.analysed, {f.draft(1, {11, 19})})[0];
  CHECK(fact.start == 10);
  CHECK(fact.end == 18);
  CHECK(fact.line == 2);
  CHECK(fact.evidence == "A uses b");
  CHECK(fact.url == std::nullopt);
}

TEST_CASE("equal sentences give facts with different ids, equal drafts one fact", "[finish]") {
  const std::string text = "A uses b. A uses b.";
  const Fixture f(text, {{0, 9}, {10, 19}}, {});
  const auto facts =
      finish_facts(f.analysed, {f.draft(1, {10, 18}), f.draft(0, {0, 8}), f.draft(0, {0, 8})});
  REQUIRE(facts.size() == 2);
  CHECK(facts[0].start == 0);
  CHECK(facts[0].id != facts[1].id);
}

TEST_CASE("a consequence names the facts of its condition", "[finish]") {
  const std::string text = "If a uses b, c wins.";
  const Fixture f(text, {{0, 20}}, {});
  DraftFact condition = f.draft(0, {3, 11});
  condition.own = {0, 0};
  DraftFact consequence = f.draft(0, {13, 19}, "c");
  consequence.own = {0, 1};
  consequence.conditions = {{0, 0}};
  const auto facts = finish_facts(f.analysed, {consequence, condition});
  REQUIRE(facts.size() == 2);
  CHECK(facts[0].condition_facts.empty());
  CHECK(facts[1].condition_facts == std::vector<std::string>{facts[0].id});
}

TEST_CASE("a time is written with two digits each", "[finish]") {
  CHECK(timecode(0) == "00:00:00");
  CHECK(timecode(3725) == "01:02:05");
  CHECK(timecode(360000) == "100:00:00");
}
