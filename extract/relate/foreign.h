#pragma once

#include <vector>

#include "extract/relate/claim.h"

namespace tercet {

/// Claims of the relations of a user's own ontology that the house has no rows for
/// (RelationTables::properties): what the sentence is about, and the things of the right kind
/// beside words that tell of the relation (seeds/properties.tsv, else its label), in the
/// description "is a 1999 Danish film", or, where only one relation takes such things, anywhere.
/// O(relations * cues * tokens).
void claims_of_foreign(const SentenceView& view, std::vector<Claim>& out);

}  // namespace tercet
