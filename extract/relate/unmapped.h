#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "extract/clause/stance.h"
#include "extract/entity/entity.h"
#include "extract/relate/draft.h"

namespace tercet {

/// A clause that relates two things in words the ontology has no relation for.
struct UnmappedPredicate {
  std::string words;  ///< lemma, particle and preposition: "spin off", "compete in"
  std::string subject, subject_type, object, object_type;
  std::string sentence;
  std::uint32_t start = 0;  ///< byte of the document where the sentence begins
};

/// The clauses of a document none of `drafts` comes from, whose subject and object are things; a
/// passive clause with an agent is turned. Forms of be, have and do are left out. In text order;
/// O(arguments).
std::vector<UnmappedPredicate> find_unmapped(const AnalysedDocument& document,
                                             const DocumentClauses& clauses,
                                             const DocumentEntities& entities,
                                             const std::vector<DraftFact>& drafts);

}  // namespace tercet
