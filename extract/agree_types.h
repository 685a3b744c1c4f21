#pragma once

#include <vector>

#include "base/fact.h"
#include "base/ontology.h"
#include "extract/entity/entity.h"

namespace tercet {

/// One type for one thing: relations may have bent the type of an uncertain thing to what they
/// accept, each in its own way. A name that only one entity has gets the type that all its facts
/// accept, if there is one: the entity's own, else the one with most confidence behind it. Where
/// none is accepted by all, facts keep theirs, so that domain and range always hold.
/// O(facts * types of a name).
void agree_types(const Ontology& ontology, const std::vector<Entity>& entities,
                 std::vector<Fact>& facts);

}  // namespace tercet
