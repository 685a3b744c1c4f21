#include <algorithm>
#include <array>

#include "extract/relate/rules.h"

namespace tercet {
namespace {

/// Below this a pair is noise whatever else speaks for it.
constexpr float kLeastScore = 0.05F;

Filler filler_at(const SentenceView& v, int token) {
  Filler out;
  out.head = token;
  out.mention = v.mention_at(token);
  if (out.mention < 0) out.clause = v.clause_at(token);
  return out;
}

}  // namespace

int meeting_word(const SentenceView& v, int a, int b) {
  // Both ways up are at most as long as the sentence; mark the first, walk the second.
  std::vector<bool> above(static_cast<std::size_t>(v.size()), false);
  for (int at = a; at >= 0; at = v.token(at).head) above[static_cast<std::size_t>(at)] = true;
  int at = b;
  while (at >= 0 && !above[static_cast<std::size_t>(at)]) at = v.token(at).head;
  return at;
}

void claims_of_pairs(const SentenceView& v, std::vector<Claim>& out) {
  for (const WordRelation& pair : v.tree.relations) {
    if (pair.score < kLeastScore) continue;
    Claim claim;
    claim.from = filler_at(v, pair.from);
    claim.to = filler_at(v, pair.to);
    const auto named = [](const Filler& one) { return one.mention >= 0 || one.clause >= 0; };
    if (!named(claim.from) || !named(claim.to)) continue;
    claim.relation = v.document.relations[pair.relation];
    claim.predicate = meeting_word(v, pair.from, pair.to);
    if (claim.predicate >= 0) {
      claim.clause = v.clause_at(claim.predicate);
      if (claim.clause < 0) claim.clause = v.clause_of(claim.predicate);
    }
    claim.confidence = static_cast<double>(pair.score);
    claim.by = "pair";
    out.push_back(std::move(claim));
  }
}

}  // namespace tercet
