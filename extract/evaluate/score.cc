#include "extract/evaluate/score.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace tercet {
namespace {

constexpr std::array<std::string_view, 2> kTiers = {"all", "core"};
constexpr std::array<std::string_view, 6> kAttributes = {"polarity",  "modality", "hedge",
                                                         "timestamp", "evidence", "type"};

auto sort_key(const Fact& fact) {
  using Text = const std::string&;
  return std::tuple<Text, Text, Text, Text, Text, std::string_view, std::string_view, std::string,
                    Text>(fact.subject, fact.relation, fact.object, fact.subject_type,
                          fact.object_type, name_of(fact.polarity), name_of(fact.modality),
                          fact.timestamp.value_or(""), fact.evidence);
}

/// Counts under construction: `at("core", "soft", "matched")` is the key core.soft.matched.
class Counter {
 public:
  explicit Counter(std::map<std::string, std::int64_t>& counts) : counts_(counts) {}
  void set(const std::string& key, std::size_t value) {
    counts_[key] = static_cast<std::int64_t>(value);
  }
  void add(const std::string& key, bool value = true) { counts_[key] += value ? 1 : 0; }

 private:
  std::map<std::string, std::int64_t>& counts_;
};

void count_attributes(Counter& count, const Fact& gold, const Fact& predicted, bool quote_agrees,
                      bool turned) {
  const auto ask = [&](const std::string& attribute, bool right) {
    count.add(attribute + ".asked");
    count.add(attribute + ".right", right);
  };
  const bool same_sign = gold.polarity == predicted.polarity;
  ask("polarity", same_sign);
  ask("modality", gold.modality == predicted.modality);
  ask("hedge", (gold.modality == Modality::Asserted) == (predicted.modality == Modality::Asserted));
  ask("timestamp", gold.timestamp.value_or("") == predicted.timestamp.value_or(""));
  ask("evidence", quote_agrees);
  count.add("sign_errors", !same_sign);
  count.add("stated.asked", gold.asserted());
  count.add("stated.hedged", gold.asserted() && !predicted.asserted());
  count.add("negatives.found", gold.polarity == Polarity::Negative && same_sign);
  const std::string& first = turned ? predicted.object_type : predicted.subject_type;
  const std::string& second = turned ? predicted.subject_type : predicted.object_type;
  for (const auto& [wanted, given] :
       {std::pair(&gold.subject_type, &first), std::pair(&gold.object_type, &second)}) {
    if (!given->empty()) ask("type", *wanted == *given);
  }
}

/// Gold facts that are denied or not asserted and yet come out as asserted, unless the gold also
/// states them.
std::size_t count_leaks(const FactComparison& comparison, MatchLevel level,
                        const std::vector<GoldFact>& gold, const std::vector<Fact>& predicted) {
  std::vector<std::uint32_t> stated, other, said;
  for (std::uint32_t i = 0; i < gold.size(); ++i) {
    (gold[i].fact.asserted() ? stated : other).push_back(i);
  }
  const auto met_by = [&](std::uint32_t p) {
    return [&comparison, level, p](std::uint32_t g) { return comparison.matches(level, g, p); };
  };
  for (std::uint32_t p = 0; p < predicted.size(); ++p) {
    if (predicted[p].asserted() && std::ranges::none_of(stated, met_by(p))) said.push_back(p);
  }
  return static_cast<std::size_t>(std::ranges::count_if(other, [&](std::uint32_t g) {
    return std::ranges::any_of(said,
                               [&](std::uint32_t p) { return comparison.matches(level, g, p); });
  }));
}

}  // namespace

void FactScore::add(const FactScore& other) {
  for (const auto& [key, count] : other.counts) counts[key] += count;
}

std::vector<std::pair<std::string, double>> FactScore::metrics() const {
  const auto ratio = [&](const std::string& part, const std::string& whole, double empty = 0) {
    const auto of = [&](const std::string& key) {
      const auto found = counts.find(key);
      return found == counts.end() ? 0. : static_cast<double>(found->second);
    };
    return of(whole) == 0 ? empty : of(part) / of(whole);
  };
  std::vector<std::pair<std::string, double>> out;
  for (const std::string_view tier : kTiers) {
    for (const MatchLevel level : kMatchLevels) {
      const std::string key = std::string(tier) + '.' + std::string(name_of(level));
      const double recall = ratio(key + ".matched", std::string(tier) + ".gold", 1);
      out.emplace_back(key + ".recall", recall);
      for (const auto& [suffix, whole] : {std::pair("", ".inscope"), std::pair("_raw", ".pred")}) {
        const double precision = ratio(key + ".matched", key + whole);
        const double sum = precision + recall;
        out.emplace_back(key + ".precision" + suffix, precision);
        out.emplace_back(key + ".f1" + suffix, sum > 0 ? 2 * precision * recall / sum : 0);
      }
    }
  }
  for (const std::string_view name : kAttributes) {
    const std::string key(name);
    out.emplace_back(key + "_accuracy", ratio(key + ".right", key + ".asked"));
  }
  const auto count = [&](const char* key) {
    const auto found = counts.find(key);
    return found == counts.end() ? 0. : static_cast<double>(found->second);
  };
  out.emplace_back("negatives_found", ratio("negatives.found", "negatives.gold", 1));
  out.emplace_back("sign_errors", count("sign_errors"));
  out.emplace_back("leaks", count("leaks"));
  out.emplace_back("overhedged", ratio("stated.hedged", "stated.asked"));
  for (auto& [name, value] : out) value = std::nearbyint(value * 1e4) / 1e4;
  return out;
}

double FactScore::metric(std::string_view name) const {
  for (const auto& [one, value] : metrics()) {
    if (one == name) return value;
  }
  return 0;
}

FactScore score_facts(std::vector<GoldFact> gold, std::vector<Fact> predicted,
                      const Ontology& ontology, const ArgumentNames& names,
                      MatchLevel attributes_on) {
  std::ranges::stable_sort(gold, [](const GoldFact& a, const GoldFact& b) {
    if (const auto left = sort_key(a.fact), right = sort_key(b.fact); left != right) {
      return left < right;
    }
    return a.core != b.core ? a.core : a.also < b.also;
  });
  std::ranges::stable_sort(predicted,
                           [](const Fact& a, const Fact& b) { return sort_key(a) < sort_key(b); });
  const FactComparison comparison(gold, predicted, ontology, names);
  FactScore score;
  Counter count(score.counts);
  const std::vector<std::uint32_t> every_gold = indexes(gold.size());
  const std::vector<std::uint32_t> every_prediction = indexes(predicted.size());
  std::vector<std::uint32_t> core, hard;
  for (const std::uint32_t i : every_gold) (gold[i].core ? core : hard).push_back(i);
  count.set("all.gold", gold.size());
  count.set("core.gold", core.size());
  count.set("pred", predicted.size());

  for (const MatchLevel level : kMatchLevels) {
    const auto pairs = comparison.best_pairs(level, every_gold, every_prediction);
    const auto core_pairs = comparison.best_pairs(level, core, every_prediction);
    std::vector<char> matched(predicted.size(), 0), taken(predicted.size(), 0),
        ignored(predicted.size(), 0);
    for (const auto& [g, p] : pairs) matched[p] = 1;
    for (const auto& [g, p] : core_pairs) taken[p] = 1;
    std::vector<std::uint32_t> rest;
    std::ranges::copy_if(every_prediction, std::back_inserter(rest),
                         [&](std::uint32_t p) { return taken[p] == 0; });
    const auto hard_pairs = comparison.best_pairs(level, hard, rest);
    for (const auto& [g, p] : hard_pairs) ignored[p] = 1;
    std::size_t all_in_scope = 0, core_in_scope = 0;
    for (const std::uint32_t p : every_prediction) {
      const bool known = comparison.in_scope(p);
      all_in_scope += known || matched[p] != 0 ? 1 : 0;
      core_in_scope += (known || taken[p] != 0) && ignored[p] == 0 ? 1 : 0;
    }
    const std::string name(name_of(level));
    count.set("all." + name + ".matched", pairs.size());
    count.set("core." + name + ".matched", core_pairs.size());
    count.set("all." + name + ".pred", predicted.size());
    count.set("core." + name + ".pred", predicted.size() - hard_pairs.size());
    count.set("all." + name + ".inscope", all_in_scope);
    count.set("core." + name + ".inscope", core_in_scope);
    if (level != attributes_on) continue;
    std::vector<char> found(gold.size(), 0);
    for (const auto& [g, p] : pairs) {
      found[g] = 1;
      count_attributes(count, gold[g].fact, predicted[p], comparison.evidence_overlap(g, p) >= .5,
                       !comparison.same_order(g, p));
    }
    count.set("negatives.gold",
              static_cast<std::size_t>(std::ranges::count_if(gold, [](const GoldFact& one) {
                return one.fact.polarity == Polarity::Negative;
              })));
    count.set("leaks", count_leaks(comparison, level, gold, predicted));
    for (const std::uint32_t g : every_gold) {
      if (found[g] == 0) score.missed.push_back(gold[g]);
    }
  }
  return score;
}

}  // namespace tercet
