#pragma once

#include <string>
#include <vector>

#include "extract/analysed.h"
#include "extract/entity/entity.h"

namespace tercet {

/// A noun phrase with everything that belongs to it, and the chain of phrases that mean the same.
struct ChainMention {
  int sentence = 0;
  int first = 0, last = 0;  ///< tokens [first, last): with determiners, phrases and clauses behind
  int head = 0;
  int chain = 0;     ///< from 0, in order of first mention
  std::string type;  ///< of the entity, or empty
};

/// Every noun phrase and pronoun of the document by (sentence, first, longer first). Phrases of one
/// entity are one chain; so are "I" and "you" of a document, which are no entities. O(words).
std::vector<ChainMention> coreference_chains(const AnalysedDocument& document,
                                             const DocumentEntities& entities);

/// The MISC values "Entity=(1-Person-1" of the words of each sentence in the manner of CorefUD
/// (ufal.mff.cuni.cz/corefud): opening and closing brackets of the mentions, with chain, type and
/// number of the head word; empty where no mention begins or ends.
std::vector<std::vector<std::string>> entity_columns(const AnalysedDocument& document,
                                                     const std::vector<ChainMention>& mentions);

}  // namespace tercet
