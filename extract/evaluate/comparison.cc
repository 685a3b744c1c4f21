#include <algorithm>
#include <limits>
#include <numeric>

#include "extract/evaluate/score.h"

namespace tercet {
namespace {

// Types whose things are described rather than named.
constexpr std::array<std::string_view, 9> kOpenClasses = {"Capability",    "Concept", "Event",
                                                          "MarketSegment", "Metric",  "Product",
                                                          "Resource",      "Service", "Strategy"};
constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

bool is_literal(std::string_view type) { return type == "Quantity" || type == "Date"; }

/// Of a bipartite graph the matching `owner` (right -> left), made larger by one from `start` along
/// an augmenting path if there is one. Depth-first without recursion.
bool augment(std::uint32_t start, const std::vector<std::vector<std::uint32_t>>& edges,
             std::vector<std::uint32_t>& owner) {
  struct Step {
    std::uint32_t left;
    std::size_t next = 0;
  };
  std::vector<char> seen(owner.size(), 0);
  std::vector<Step> path{{start}};
  while (!path.empty()) {
    Step& step = path.back();
    if (step.next == edges[step.left].size()) {
      path.pop_back();
      continue;
    }
    const std::uint32_t right = edges[step.left][step.next++];
    if (seen[right] != 0) continue;
    seen[right] = 1;
    if (owner[right] != kNone) {
      path.push_back({owner[right]});
      continue;
    }
    for (const Step& one : path) owner[edges[one.left][one.next - 1]] = one.left;
    return true;
  }
  return false;
}

}  // namespace

std::string_view name_of(MatchLevel level) {
  constexpr std::array<std::string_view, 3> kNames = {"strict", "soft", "relaxed"};
  return kNames[static_cast<std::size_t>(level)];
}

FactComparison::FactComparison(const std::vector<GoldFact>& gold,
                               const std::vector<Fact>& predicted, const Ontology& ontology,
                               const ArgumentNames& names)
    : gold_(gold), predicted_(predicted), ontology_(ontology), names_(names) {
  gold_arguments_ = arguments_of(true, gold_ends_);
  predicted_arguments_ = arguments_of(false, predicted_ends_);
  columns_ = predicted_arguments_.size();
  known_.assign(columns_, 0);
  table_.reserve(gold_arguments_.size() * columns_);
  for (const Argument& row : gold_arguments_) {
    for (std::size_t column = 0; column < columns_; ++column) {
      table_.push_back(compare(row, predicted_arguments_[column]));
      if (table_.back() == kSame) known_[column] = 1;
    }
  }
  for (const GoldFact& one : gold_) gold_words_.push_back(distinct_words(one.fact.evidence));
  for (const Fact& one : predicted_) predicted_words_.push_back(distinct_words(one.evidence));
}

std::vector<FactComparison::Argument> FactComparison::arguments_of(bool gold,
                                                                   std::vector<Ends>& ends) const {
  std::vector<Argument> out;
  std::map<std::pair<std::string, std::string>, std::uint32_t> ids;
  const auto id_of = [&](const std::string& text, const std::string& type) {
    const auto [at, is_new] = ids.try_emplace({text, type}, static_cast<std::uint32_t>(out.size()));
    if (is_new) {
      std::string normal = normal_argument(text);
      std::vector<std::string> runs = distinct_runs(normal);
      out.push_back({text, type, std::move(normal), literal_tokens(text), std::move(runs)});
    }
    return at->second;
  };
  const std::size_t count = gold ? gold_.size() : predicted_.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Fact& fact = gold ? gold_[i].fact : predicted_[i];
    ends.push_back({id_of(fact.subject, gold ? fact.subject_type : ""),
                    id_of(fact.object, gold ? fact.object_type : "")});
  }
  return out;
}

FactComparison::Sameness FactComparison::compare(const Argument& gold,
                                                 const Argument& predicted) const {
  if (is_literal(gold.type)) {
    return same_literal(gold.literal, predicted.literal) ? kSame : kDifferent;
  }
  if (gold.normal == predicted.normal || names_.names(predicted.normal, gold.normal)) return kSame;
  if (std::ranges::find(kOpenClasses, gold.type) == kOpenClasses.end()) return kDifferent;
  for (const std::string& form : names_.forms(gold.normal)) {
    if (jaccard(distinct_runs(form), predicted.runs) >= .5) return kSoft;
  }
  return kDifferent;
}

bool FactComparison::arguments_match(std::uint32_t gold, std::uint32_t predicted, bool soft,
                                     bool turned) const {
  const Ends& g = gold_ends_[gold];
  const Ends& p = predicted_ends_[predicted];
  const Sameness least = soft ? kSoft : kSame;
  return sameness(g.subject, turned ? p.object : p.subject) >= least &&
         sameness(g.object, turned ? p.subject : p.object) >= least;
}

bool FactComparison::accepts(std::uint32_t gold, std::string_view relation) const {
  const GoldFact& one = gold_[gold];
  return one.fact.relation == relation || std::ranges::binary_search(one.also, relation);
}

bool FactComparison::same_group(std::uint32_t gold, std::string_view relation) const {
  const RelationType* type = ontology_.find_relation(relation);
  if (type == nullptr) return false;
  const auto in_group = [&](const std::string& id) {
    const RelationType* other = ontology_.find_relation(id);
    return other != nullptr && other->group == type->group;
  };
  return in_group(gold_[gold].fact.relation) || std::ranges::any_of(gold_[gold].also, in_group);
}

bool FactComparison::matches(MatchLevel level, std::uint32_t gold, std::uint32_t predicted) const {
  const std::string& relation = predicted_[predicted].relation;
  const bool soft = level != MatchLevel::Strict;
  if (level == MatchLevel::Relaxed) {
    return same_group(gold, relation) && (arguments_match(gold, predicted, soft, false) ||
                                          arguments_match(gold, predicted, soft, true));
  }
  const bool accepted = accepts(gold, relation);
  if (accepted && arguments_match(gold, predicted, soft, false)) return true;
  const RelationType* type = ontology_.find_relation(relation);
  if (type == nullptr) return false;
  const bool turned =
      (accepted && type->symmetric) ||
      (!type->inverse.empty() && ontology_.find_relation(type->inverse) != nullptr &&
       accepts(gold, type->inverse));
  return turned && arguments_match(gold, predicted, soft, true);
}

bool FactComparison::in_scope(std::uint32_t predicted) const {
  const Ends& ends = predicted_ends_[predicted];
  return known_[ends.subject] != 0 && known_[ends.object] != 0;
}

bool FactComparison::same_order(std::uint32_t gold, std::uint32_t predicted) const {
  return arguments_match(gold, predicted, true, false);
}

double FactComparison::evidence_overlap(std::uint32_t gold, std::uint32_t predicted) const {
  return jaccard(gold_words_[gold], predicted_words_[predicted]);
}

std::array<double, 4> FactComparison::agreement(std::uint32_t gold, std::uint32_t predicted) const {
  const Fact& g = gold_[gold].fact;
  const Fact& p = predicted_[predicted];
  const Ends& ge = gold_ends_[gold];
  const Ends& pe = predicted_ends_[predicted];
  const int spelt =
      (gold_arguments_[ge.subject].normal == predicted_arguments_[pe.subject].normal ? 1 : 0) +
      (gold_arguments_[ge.object].normal == predicted_arguments_[pe.object].normal ? 1 : 0);
  const int meant = (g.polarity == p.polarity ? 1 : 0) + (g.modality == p.modality ? 1 : 0) +
                    (g.timestamp.value_or("") == p.timestamp.value_or("") ? 1 : 0);
  return {g.relation == p.relation ? 1. : 0., static_cast<double>(spelt),
          static_cast<double>(meant), evidence_overlap(gold, predicted)};
}

std::vector<std::uint32_t> indexes(std::size_t count) {
  std::vector<std::uint32_t> out(count);
  std::iota(out.begin(), out.end(), 0u);
  return out;
}

std::vector<MatchedPair> FactComparison::best_pairs(
    MatchLevel level, const std::vector<std::uint32_t>& gold,
    const std::vector<std::uint32_t>& predicted) const {
  struct Candidate {
    std::array<double, 4> agreement;
    std::uint32_t left, right;
  };
  std::vector<Candidate> ranked;
  for (std::uint32_t left = 0; left < gold.size(); ++left) {
    for (std::uint32_t right = 0; right < predicted.size(); ++right) {
      if (matches(level, gold[left], predicted[right])) {
        ranked.push_back({agreement(gold[left], predicted[right]), left, right});
      }
    }
  }
  // Pairs are made in the order left, right: stable sorting keeps it among equals.
  std::ranges::stable_sort(
      ranked, [](const Candidate& a, const Candidate& b) { return a.agreement > b.agreement; });
  std::vector<std::vector<std::uint32_t>> edges(gold.size());
  std::vector<std::uint32_t> owner(predicted.size(), kNone);
  std::vector<char> placed(gold.size(), 0);
  for (const Candidate& one : ranked) {
    edges[one.left].push_back(one.right);
    if (owner[one.right] == kNone && placed[one.left] == 0) {
      owner[one.right] = one.left;
      placed[one.left] = 1;
    }
  }
  for (std::uint32_t left = 0; left < gold.size(); ++left) {
    if (placed[left] == 0) augment(left, edges, owner);
  }
  std::vector<MatchedPair> out;
  for (std::uint32_t right = 0; right < owner.size(); ++right) {
    if (owner[right] != kNone) out.emplace_back(gold[owner[right]], predicted[right]);
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace tercet
