#pragma once

#include <string>
#include <vector>

#include "base/ontology.h"
#include "extract/analysed.h"
#include "extract/clause/stance.h"
#include "extract/entity/entity.h"
#include "extract/relate/draft.h"
#include "extract/relate/feature_list.h"
#include "extract/relate/tables.h"

namespace tercet {

/// The facts a document states: which mentions its clauses and noun phrases relate, grounded in
/// `ontology`, in text order. `tables` are those of the seeds joined with the ontology's own words
/// (RelationTables::with). Every fact carries the stance of the words that state it.
/// A sentence of more than 300 words states nothing. Total; about O(tokens * rows of a predicate).
std::vector<DraftFact> find_facts(const RelationTables& tables, const Ontology& ontology,
                                  const AnalysedDocument& document, const DocumentClauses& clauses,
                                  const DocumentEntities& entities);

/// A claim that the ontology lets pass, before the tables' weights decide about it.
struct CandidateFact {
  DraftFact draft;
  FeatureList features;  ///< see judge.h
};

/// All candidates of one sentence, for training.
std::vector<CandidateFact> find_candidates(const RelationTables& tables, const Ontology& ontology,
                                           const AnalysedDocument& document,
                                           const DocumentClauses& clauses,
                                           const DocumentEntities& entities, int sentence);

}  // namespace tercet
