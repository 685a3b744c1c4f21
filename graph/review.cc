#include "graph/review.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace tercet {
namespace {

bool taken_out(const Fact& fact, const Corrections& corrections) {
  return std::ranges::any_of(corrections.rules,
                             [&](const RejectedRule& rule) { return rule.covers(fact); });
}

}  // namespace

std::vector<std::uint32_t> review_order(std::span<const Fact> facts,
                                        const Corrections& corrections) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < facts.size(); ++i) {
    if (!corrections.facts.contains(facts[i].id) && !taken_out(facts[i], corrections)) {
      out.push_back(i);
    }
  }
  std::ranges::sort(out, [&](std::uint32_t a, std::uint32_t b) {
    const Fact &x = facts[a], &y = facts[b];
    return std::tie(x.confidence, x.doc, x.start, x.id, a) <
           std::tie(y.confidence, y.doc, y.start, y.id, b);
  });
  return out;
}

std::vector<RuleProposal> propose_rules(std::span<const Fact> facts, const Corrections& corrections,
                                        std::size_t least, double precision) {
  std::map<std::pair<std::string_view, std::string_view>, RuleProposal> rules;
  for (const Fact& fact : facts) {
    if (taken_out(fact, corrections)) continue;
    RuleProposal& one = rules[{fact.relation, rule_of(fact.by)}];
    const auto decided = corrections.facts.find(fact.id);
    if (decided == corrections.facts.end()) {
      ++one.waiting;
    } else if (!decided->second.accepted.value_or(true) || decided->second.relation) {
      ++one.rejected;
    } else {
      ++one.accepted;
    }
  }
  std::vector<RuleProposal> out;
  for (auto& [key, one] : rules) {
    if (one.rejected < least || one.precision() < precision || key.second.empty()) continue;
    one.rule = {std::string(key.first), std::string(key.second)};
    out.push_back(std::move(one));
  }
  std::ranges::stable_sort(
      out, [](const RuleProposal& a, const RuleProposal& b) { return a.rejected > b.rejected; });
  return out;
}

}  // namespace tercet
