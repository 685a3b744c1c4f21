#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "extract/evaluate/calibration.h"
#include "extract/evaluate/score.h"
#include "tests/catch.h"

using namespace tercet;

namespace {

Ontology shipped_ontology() {
  const std::string folder = std::string(TERCET_SOURCE_DIR) + "/seeds/";
  std::ifstream relations(folder + "ontology.tsv"), types(folder + "types.tsv");
  std::vector<std::string> warnings;
  return read_ontology(relations, "ontology.tsv", types, "types.tsv", warnings);
}

Fact fact(const std::string& subject, const std::string& relation, const std::string& object) {
  Fact out;
  out.subject = subject, out.relation = relation, out.object = object;
  out.subject_type = "Organization", out.object_type = "Organization";
  out.evidence = subject + ' ' + relation + ' ' + object;
  return out;
}

GoldFact gold(Fact of) { return {std::move(of), true, {}}; }

FactScore score(std::vector<GoldFact> wanted, std::vector<Fact> given,
                const std::vector<AcceptedNames>& rows = {}) {
  static const Ontology ontology = shipped_ontology();
  return score_facts(std::move(wanted), std::move(given), ontology, ArgumentNames(rows, "note"));
}

/// The size of a maximum matching by trying every assignment.
std::size_t largest_matching(const std::vector<std::vector<bool>>& edge, std::size_t row,
                             std::uint32_t used) {
  if (row == edge.size()) return 0;
  std::size_t best = largest_matching(edge, row + 1, used);
  for (std::size_t column = 0; column < edge[row].size(); ++column) {
    if (!edge[row][column] || (used >> column & 1) != 0) continue;
    best = std::max(best, 1 + largest_matching(edge, row + 1, used | 1u << column));
  }
  return best;
}

}  // namespace

TEST_CASE("an argument is compared without its determiner, ending and punctuation") {
  CHECK(normal_argument("The Riverbank's  data-lake") == "riverbank data lake");
  CHECK(normal_argument("their AI (beta).") == "ai beta");
  CHECK(normal_argument("Ångström’s law") == "ångström law");
  CHECK(normal_argument("an") == "an");
  CHECK(normal_argument(" ... ") == "");
  CHECK(normal_argument("$3.5 bn") == "$3.5 bn");
}

TEST_CASE("a quantity may be worded longer or shorter, but not cut inside a number") {
  const auto same = [](const char* a, const char* b) {
    return same_literal(literal_tokens(a), literal_tokens(b));
  };
  CHECK(same("$32 billion", "about $32 billion in cash"));
  CHECK(same("3,000 people", "3000 people"));
  CHECK(same("25%", "25 %"));
  CHECK_FALSE(same("5%", "25%"));
  CHECK_FALSE(same("", "25%"));
  CHECK_FALSE(same("some", "25%"));
}

TEST_CASE("a fact that says the same is found, whatever its order, aliases or inverse") {
  const std::vector<AcceptedNames> rows = {{"Tideline", {"Tideline Inc"}, {"note"}},
                                           {"Riverbank", {"RBK"}, {"another"}}};
  const FactScore one = score({gold(fact("Riverbank", "acquires", "Tideline"))},
                              {fact("the Riverbank", "acquires", "Tideline Inc")}, rows);
  CHECK(one.metric("core.strict.f1") == 1);
  const FactScore other_note = score({gold(fact("Riverbank", "acquires", "Tideline"))},
                                     {fact("RBK", "acquires", "Tideline")}, rows);
  CHECK(other_note.metric("core.strict.recall") == 0);
  const FactScore symmetric = score({gold(fact("Riverbank", "competes_with", "Tideline"))},
                                    {fact("Tideline", "competes_with", "Riverbank")});
  CHECK(symmetric.metric("core.strict.recall") == 1);
  const FactScore turned = score({gold(fact("Riverbank", "acquires", "Tideline"))},
                                 {fact("Tideline", "acquires", "Riverbank")});
  CHECK(turned.metric("core.strict.recall") == 0);
  CHECK(turned.metric("core.relaxed.recall") == 1);
}

TEST_CASE("only arguments of open classes may differ in wording") {
  Fact concept_fact = fact("Riverbank", "offers", "managed container services");
  concept_fact.object_type = "Service";
  const FactScore open =
      score({gold(concept_fact)}, {fact("Riverbank", "offers", "container services")});
  CHECK(open.metric("core.strict.recall") == 0);
  CHECK(open.metric("core.soft.recall") == 1);
  const FactScore name = score({gold(fact("Riverbank", "acquires", "Tideline Data Works"))},
                               {fact("Riverbank", "acquires", "Tideline Data")});
  CHECK(name.metric("core.soft.recall") == 0);
}

TEST_CASE("a denied fact that comes out asserted is a leak and a sign error") {
  Fact denied = fact("Riverbank", "acquires", "Tideline");
  denied.polarity = Polarity::Negative;
  const Fact plain = fact("Riverbank", "acquires", "Tideline");
  const FactScore bad = score({gold(denied)}, {plain});
  CHECK(bad.metric("leaks") == 1);
  CHECK(bad.metric("sign_errors") == 1);
  CHECK(bad.metric("negatives_found") == 0);
  const FactScore good = score({gold(denied)}, {denied});
  CHECK(good.metric("leaks") == 0);
  CHECK(good.metric("negatives_found") == 1);
  const FactScore both = score({gold(denied), gold(plain)}, {plain});
  CHECK(both.metric("leaks") == 0);
  Fact hedged = plain;
  hedged.modality = Modality::Possible;
  CHECK(score({gold(plain)}, {hedged}).metric("overhedged") == 1);
}

TEST_CASE("hard facts count in all, not in core") {
  GoldFact hard = gold(fact("Riverbank", "acquires", "Tideline"));
  hard.core = false;
  const FactScore one = score({hard, gold(fact("Riverbank", "partners_with", "Tideline"))},
                              {fact("Riverbank", "acquires", "Tideline")});
  CHECK(one.metric("all.strict.recall") == .5);
  CHECK(one.metric("core.strict.recall") == 0);
  CHECK(one.counts.at("core.strict.pred") == 0);
  REQUIRE(one.missed.size() == 1);
  CHECK(one.missed[0].fact.relation == "partners_with");
}

TEST_CASE("the matching is as large as any, and the order of the lists does not matter") {
  const Ontology ontology = shipped_ontology();
  const std::vector<std::string> names = {"a b", "b c", "a b c", "c d", "a d", "d"};
  std::uint32_t state = 7;
  const auto next = [&](std::uint32_t below) {
    state = state * 1664525u + 1013904223u;
    return (state >> 16) % below;
  };
  for (int round = 0; round < 200; ++round) {
    std::vector<GoldFact> wanted;
    std::vector<Fact> given;
    for (std::uint32_t i = 0, n = next(7); i < n; ++i) {
      wanted.push_back(gold(fact(names[next(6)], "offers", names[next(6)])));
      wanted.back().fact.subject_type = wanted.back().fact.object_type = "Concept";
    }
    for (std::uint32_t i = 0, n = next(7); i < n; ++i) {
      given.push_back(fact(names[next(6)], "offers", names[next(6)]));
    }
    const ArgumentNames no_names;
    const FactComparison comparison(wanted, given, ontology, no_names);
    std::vector<std::vector<bool>> edge(wanted.size(), std::vector<bool>(given.size()));
    std::vector<std::uint32_t> left(wanted.size()), right(given.size());
    for (std::uint32_t g = 0; g < wanted.size(); ++g) {
      left[g] = g;
      for (std::uint32_t p = 0; p < given.size(); ++p) {
        right[p] = p;
        edge[g][p] = comparison.matches(MatchLevel::Soft, g, p);
      }
    }
    const auto pairs = comparison.best_pairs(MatchLevel::Soft, left, right);
    CHECK(pairs.size() == largest_matching(edge, 0, 0));
    for (const auto& [g, p] : pairs) CHECK(edge[g][p]);
    const auto before = score_facts(wanted, given, ontology, no_names).counts;
    std::ranges::reverse(wanted);
    std::ranges::reverse(given);
    CHECK(score_facts(wanted, given, ontology, no_names).counts == before);
  }
}

TEST_CASE("no gold and no predictions give numbers, not errors") {
  const FactScore nothing = score({}, {});
  CHECK(nothing.metric("core.soft.recall") == 1);
  CHECK(nothing.metric("core.soft.precision") == 0);
  for (const auto& [name, value] : nothing.metrics()) CHECK(std::isfinite(value));
}

TEST_CASE("gold lines name file and line when they are bad") {
  std::istringstream rows(
      "{\"subject\":\"a\",\"relation\":\"offers\",\"object\":\"b\",\"tier\":\"hard\",\"also\":["
      "\"x\",\"b\"]}\n"
      "\n{\"subject\":1}\n");
  try {
    read_gold(rows, "gold.jsonl");
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(std::string(error.what()).starts_with("gold.jsonl:3:"));
  }
  std::istringstream good(
      "{\"subject\":\"a\",\"relation\":\"offers\",\"object\":\"b\",\"tier\":\"hard\","
      "\"also\":[\"x\",\"b\"]}\n");
  const auto read = read_gold(good, "gold.jsonl");
  REQUIRE(read.size() == 1);
  CHECK_FALSE(read[0].core);
  CHECK(read[0].also == std::vector<std::string>{"b", "x"});
}

TEST_CASE("calibration by hand: two bins, one too sure") {
  const Calibration out = calibrate({{.9, true}, {.9, false}, {.1, false}, {.1, false}}, 2);
  REQUIRE(out.bins.size() == 2);
  CHECK(out.bins[0].right == 0);
  CHECK(out.bins[1].right == .5);
  CHECK(out.error == Approx(.5 * .1 + .5 * .4));
  CHECK(out.brier == Approx((.01 + .81 + .01 + .01) / 4));
  CHECK(out.base_brier == Approx(.25 * .75));
  CHECK(calibrate({}).count == 0);
}

TEST_CASE("bins hold equal mass and every prediction") {
  std::vector<Judged> judged;
  for (int i = 0; i < 97; ++i) judged.push_back({i / 97.0, i % 3 == 0});
  const Calibration out = calibrate(judged, 10);
  std::size_t sum = 0;
  for (const CalibrationBin& bin : out.bins) {
    CHECK(bin.count >= 9);
    CHECK(bin.count <= 10);
    CHECK(bin.lowest <= bin.confidence);
    CHECK(bin.confidence <= bin.highest);
    sum += bin.count;
  }
  CHECK(sum == 97);
}
