#pragma once

#include <vector>

#include "base/fact.h"
#include "base/span.h"
#include "extract/clause/stance.h"

namespace tercet {

/// A fact before the document as a whole has had its say: `id`, `condition_facts`, `doc`, `start`,
/// `end`, `line`, `timestamp` and `url` of `fact` are still empty.
struct DraftFact {
  Fact fact;
  int sentence = -1;                     ///< index into AnalysedDocument::sentences
  Span evidence;                         ///< bytes of the sentence's block text
  std::vector<ConditionRef> conditions;  ///< the clauses the fact is the consequence of
  ConditionRef own;  ///< the clause that states the fact; clause -1 if a noun phrase states it
};

}  // namespace tercet
