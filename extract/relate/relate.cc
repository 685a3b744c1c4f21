#include "extract/relate/relate.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "extract/relate/foreign.h"
#include "extract/relate/judge.h"
#include "extract/relate/rules.h"

namespace tercet {
namespace {

// Words. What is longer is a list, a table or noise that no stop ends: its tree means nothing, and
// the roles of its words take the square of them.
constexpr std::size_t kLongest = 300;

/// Below these a claim is more likely noise than a fact; chosen on the training notes. What is
/// denied or only thought of makes no link, so a weaker one does less harm than its loss.
constexpr double kLeastAsserted = 0.22, kLeastHedged = 0.12, kLeastDenied = 0.12;
constexpr double kLeastSecond = 0.25;
/// Claims without a row, of the model alone: they have to be surer.
constexpr double kLeastAlone = 0.5, kLeastAloneHedged = 0.25;

double least_confidence(const Fact& fact) {
  if (fact.by.starts_with("pair")) {
    const bool hedged = fact.polarity == Polarity::Positive && fact.modality != Modality::Asserted;
    return hedged ? kLeastAloneHedged : kLeastAlone;
  }
  if (fact.polarity == Polarity::Negative) return kLeastDenied;
  return fact.modality == Modality::Asserted ? kLeastAsserted : kLeastHedged;
}

/// Of two statements of one triple in one sentence keep the better founded; where they differ in
/// stance, the one that says less: a doubt must not be lost.
bool replaces(const DraftFact& candidate, const DraftFact& kept) {
  const bool a = candidate.fact.asserted(), b = kept.fact.asserted();
  if (a != b) return b;
  return candidate.fact.confidence > kept.fact.confidence;
}

using Triple = std::tuple<std::string, std::string, std::string>;

/// Relation and both ends; those of a symmetric relation in one order.
Triple triple_of(const Ontology& ontology, const Fact& fact) {
  const RelationType* relation = ontology.find_relation(fact.relation);
  const bool swap = relation != nullptr && relation->symmetric && fact.object < fact.subject;
  return swap ? Triple(fact.relation, fact.object, fact.subject)
              : Triple(fact.relation, fact.subject, fact.object);
}

void keep_best(const Ontology& ontology, std::vector<DraftFact>& drafts) {
  std::map<Triple, std::size_t> seen;
  std::vector<DraftFact> out;
  for (DraftFact& draft : drafts) {
    const auto [at, added] = seen.try_emplace(triple_of(ontology, draft.fact), out.size());
    if (added)
      out.push_back(std::move(draft));
    else if (replaces(draft, out[at->second]))
      out[at->second] = std::move(draft);
  }
  drafts = std::move(out);
}

/// One pair in one sentence seldom stands in more than one relation, hardly ever in three: keep
/// the likeliest, and a second if it stands well by itself.
void keep_likeliest(std::vector<DraftFact>& drafts) {
  std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> pairs;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    pairs[{drafts[i].fact.subject, drafts[i].fact.object}].push_back(i);
  }
  std::vector<bool> kept(drafts.size(), false);
  for (auto& [pair, indexes] : pairs) {
    std::ranges::stable_sort(indexes, [&](std::size_t a, std::size_t b) {
      return drafts[a].fact.confidence > drafts[b].fact.confidence;
    });
    for (std::size_t k = 0; k < indexes.size() && k < 2; ++k) {
      kept[indexes[k]] = k == 0 || drafts[indexes[k]].fact.confidence >= kLeastSecond;
    }
  }
  std::vector<DraftFact> out;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (kept[i]) out.push_back(std::move(drafts[i]));
  }
  drafts = std::move(out);
}

}  // namespace

std::vector<CandidateFact> find_candidates(const RelationTables& tables, const Ontology& ontology,
                                           const AnalysedDocument& document,
                                           const DocumentClauses& clauses,
                                           const DocumentEntities& entities, int sentence) {
  std::vector<CandidateFact> out;
  if (document.block_of(sentence).kind == Block::Kind::Heading) return out;
  if (document.tree(sentence).tokens.size() > kLongest) return out;
  const SentenceView view(document, clauses, entities, tables, sentence);
  std::vector<Claim> claims;
  claims_of_predicates(view, claims);
  claims_of_kinds(view, claims);
  claims_of_lists(view, claims);
  claims_of_quantities(view, claims);
  claims_of_foreign(view, claims);
  claims_of_pairs(view, claims);
  // What a row states already carries the model's opinion as a feature: to ask twice would be to
  // believe the likelier of two guesses. Pairs come last.
  std::set<Triple> stated;
  for (const Claim& claim : claims) {
    auto draft = draft_fact(view, ontology, claim);
    if (!draft) continue;
    auto triple = triple_of(ontology, draft->fact);
    if (claim.by == "pair" && stated.contains(triple)) continue;
    stated.insert(std::move(triple));
    FeatureList features = features_of(view, claim, *draft);
    out.push_back({std::move(*draft), std::move(features)});
  }
  return out;
}

std::vector<DraftFact> find_facts(const RelationTables& tables, const Ontology& ontology,
                                  const AnalysedDocument& document, const DocumentClauses& clauses,
                                  const DocumentEntities& entities) {
  std::vector<DraftFact> out;
  for (int s = 0; s < static_cast<int>(document.sentences.size()); ++s) {
    std::vector<DraftFact> drafts;
    for (CandidateFact& one : find_candidates(tables, ontology, document, clauses, entities, s)) {
      const int probability = judged(tables, one.draft.fact.relation, one.features);
      if (probability >= 0) one.draft.fact.confidence = probability / 10000.0;
      if (one.draft.fact.confidence >= least_confidence(one.draft.fact))
        drafts.push_back(std::move(one.draft));
    }
    keep_best(ontology, drafts);
    keep_likeliest(drafts);
    std::ranges::stable_sort(drafts, [](const DraftFact& a, const DraftFact& b) {
      return std::tuple(a.evidence.begin, a.evidence.end) <
             std::tuple(b.evidence.begin, b.evidence.end);
    });
    for (DraftFact& draft : drafts) {
      double& confidence = draft.fact.confidence;
      if (tables.weight("rel=" + draft.fact.relation) != nullptr) {
        confidence = stated_confidence(static_cast<int>(std::lround(confidence * 10000))) / 10000.0;
      }
      out.push_back(std::move(draft));
    }
  }
  return out;
}

}  // namespace tercet
