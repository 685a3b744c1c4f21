#pragma once

#include <string>
#include <vector>

#include "extract/relate/properties.h"
#include "extract/relate/view.h"

namespace tercet {

/// A group of words that may stand in a relation of a user's own ontology.
struct Thing {
  int first = 0, last = 0;  ///< tokens [first, last)
  int head = 0;
  int mention = -1;    ///< index into DocumentEntities::mentions, or -1
  unsigned kinds = 0;  ///< ThingKind bits
  std::string name;    ///< to be called so; empty: what its mention's entity is called
};

/// Names, dates, peoples, languages, sports of a sentence, in text order, not overlapping.
/// O(tokens * mentions of the sentence).
std::vector<Thing> find_things(const SentenceView& view, const PropertyTable& table);

/// Sports and classes of competition ("women's volleyball"), inside names too, each once.
std::vector<Thing> find_sports(const SentenceView& view, const PropertyTable& table);

}  // namespace tercet
