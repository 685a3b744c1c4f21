#pragma once

#include <cstdint>
#include <string>

#include "extract/relate/claim.h"
#include "extract/relate/feature_list.h"

namespace tercet {

/// What speaks for or against a claim, as names of features ("offers|verb.doer.target"). The
/// trained weights add up over them; train/relate learns them from annotated notes.
FeatureList features_of(const SentenceView& view, const Claim& claim, const DraftFact& draft);

/// The claim's probability under the tables' weights in 1/10000, or -1 if they do not know its
/// relation (a foreign ontology): then the row's own confidence stands.
int judged(const RelationTables& tables, const std::string& relation, const FeatureList& features);

/// What a kept fact of that probability says of itself, in 1/10000: the judge learnt from readers
/// who do not tell all they could, so a pair both of whose ends a reader names is right more often
/// than that. Fitted to the training notes, each judged by weights of the others; never falls with
/// the probability.
int stated_confidence(int probability);

}  // namespace tercet
