#pragma once

#include <vector>

#include "base/ontology.h"
#include "extract/relate/claim.h"

namespace tercet {

/// Claims of relations whose domain or range names a type that the types table lacks: what the
/// sentence is about, and the names beside a word of the relation's label ("developer" is also
/// "developed by") or one listed for it ("says:ID" in relation_words.tsv). O(relations * tokens).
void claims_of_foreign(const SentenceView& view, const Ontology& ontology, std::vector<Claim>& out);

}  // namespace tercet
