#pragma once

#include <vector>

#include "extract/relate/foreign_sentence.h"

namespace tercet {

/// What a description tells of a relation, and the noun that carries it.
struct Described {
  Thing thing;
  int noun = -1;
  const char* by = "";  ///< the rule
};

/// What "X is a 1999 Danish crime film" says for a property with a `described` cell: the year, the
/// country, the kind, the noun itself with what is compounded with it. X ends before token
/// `topic_end`. O(tokens * things).
std::vector<Described> described(const SentenceView& view, const ForeignSentence& sentence,
                                 const ForeignProperty& property, int topic_end,
                                 const PropertyTable& table);

}  // namespace tercet
