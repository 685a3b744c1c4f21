#pragma once

#include <vector>

#include "extract/analysed.h"
#include "extract/entity/entity.h"
#include "extract/entity/words.h"

namespace tercet {

/// Words of a sentence that may name something, and what found them.
struct MentionSpan {
  int sentence = 0;
  int first = 0, last = 0;  ///< tokens [first, last), no determiner in front
  int head = 0;
  int mention = -1;           ///< DocumentEntities::mentions with just these words, or -1
  int near = -1;              ///< likewise, the longest with the same head, or -1
  int span = -1;              ///< Sentence::mentions with just these words, or -1
  bool coordination = false;  ///< "search and maps"
  bool gerund = false;        ///< "licensing its technology"

  int size() const { return last - first; }
};

/// The mentions of `entities`, the model's own spans, and the longer and shorter phrases around
/// their heads: with the phrases behind ("the rise of native makers", no relative clause), without
/// an owner in front, the bare noun, a whole coordination, a gerund with its objects. By (first,
/// longer first), each stretch of words once, nested or apart;
/// pronouns are none, nor is what has more than 24 words. O(tokens * words of a phrase).
std::vector<MentionSpan> mention_spans(const Words& words, const AnalysedDocument& document,
                                       const DocumentEntities& entities, int sentence);

}  // namespace tercet
