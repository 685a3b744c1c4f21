#pragma once

#include <vector>

#include "extract/relate/things.h"

namespace tercet {

/// What the sentence is about: the subject of its main clause, or whose "mission" that is; a title
/// with all its words ("Night Train: The Return"). `first` is -1 if nothing is named there; the
/// mention may be -1 where the words name something the mentions do not know. O(tokens).
Thing find_topic(const SentenceView& view, const std::vector<Thing>& things);

}  // namespace tercet
