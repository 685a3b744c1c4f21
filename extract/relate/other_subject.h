#pragma once

#include "extract/relate/view.h"

namespace tercet {

/// Who is meant by a pronoun that was taken for something it cannot be.
struct OtherSubject {
  int token = -1;        ///< or -1: it may mean what it was taken for
  double weight = 1;     ///< how far to believe it
  const char* via = "";  ///< what a fact's `by` says of it
};

/// The subject of a clause in front of the pronoun's own, or behind it, that the pronoun follows
/// instead of what it was resolved to. Also for words that are no pronouns (then none). O(clauses *
/// arguments + mentions of the sentence * depth of the tree).
OtherSubject other_subject(const SentenceView& view, int pronoun);

}  // namespace tercet
