#include "extract/relate/relate.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "extract/relate/rules.h"

namespace tercet {
namespace {

/// Of two statements of one triple in one sentence keep the better founded; where they differ in
/// stance, the one that says less: a doubt must not be lost.
bool replaces(const DraftFact& candidate, const DraftFact& kept) {
  const bool a = candidate.fact.asserted(), b = kept.fact.asserted();
  if (a != b) return b;
  return candidate.fact.confidence > kept.fact.confidence;
}

void keep_best(const Ontology& ontology, std::vector<DraftFact>& drafts) {
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> seen;
  std::vector<DraftFact> out;
  for (DraftFact& draft : drafts) {
    const RelationType* relation = ontology.find_relation(draft.fact.relation);
    std::string a = draft.fact.subject, b = draft.fact.object;
    if (relation != nullptr && relation->symmetric && b < a) std::swap(a, b);
    const auto [at, added] = seen.try_emplace({draft.fact.relation, a, b}, out.size());
    if (added) out.push_back(std::move(draft));
    else if (replaces(draft, out[at->second])) out[at->second] = std::move(draft);
  }
  drafts = std::move(out);
}

}  // namespace

std::vector<DraftFact> find_facts(const RelationTables& tables, const Ontology& ontology,
                                  const AnalysedDocument& document, const DocumentClauses& clauses,
                                  const DocumentEntities& entities) {
  std::vector<DraftFact> out;
  for (int s = 0; s < static_cast<int>(document.sentences.size()); ++s) {
    if (document.block_of(s).kind == Block::Kind::Heading) continue;
    const SentenceView view(document, clauses, entities, tables, s);
    std::vector<Claim> claims;
    claims_of_predicates(view, claims);
    claims_of_kinds(view, claims);
    claims_of_quantities(view, claims);
    std::vector<DraftFact> drafts;
    for (const Claim& claim : claims) {
      if (auto draft = draft_fact(view, ontology, claim)) drafts.push_back(std::move(*draft));
    }
    keep_best(ontology, drafts);
    std::ranges::stable_sort(drafts, [](const DraftFact& a, const DraftFact& b) {
      return std::tuple(a.evidence.begin, a.evidence.end) < std::tuple(b.evidence.begin, b.evidence.end);
    });
    for (DraftFact& draft : drafts) out.push_back(std::move(draft));
  }
  return out;
}

}  // namespace tercet
