#pragma once

#include "base/ontology.h"
#include "extract/analysed.h"
#include "extract/entity/entity.h"

namespace tercet {

/// What the model takes the head words of a thing's mentions for (Sentence::kinds) outvotes its
/// type: each mention in words of its own is a vote, the type the tables and the name's form gave
/// counts as a few. Numbers and dates, and kinds that `ontology` lacks, are left alone. Nothing
/// happens if the model has no kinds. O(mentions + entities).
void vote_on_types(const Ontology& ontology, const AnalysedDocument& document,
                   DocumentEntities& entities);

}  // namespace tercet
