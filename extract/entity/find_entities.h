#pragma once

#include "base/ontology.h"
#include "extract/analysed.h"
#include "extract/entity/entity.h"
#include "extract/entity/tables.h"

namespace tercet {

/// The things a document speaks of and every place where it does: names, nouns, pronouns and
/// literals, with one entity per thing. `user_aliases` say which names are one (the row's `name`
/// becomes the entity's name). Total and deterministic; needs nothing but its arguments.
/// O(words * log words) but for a bounded window of antecedents per pronoun.
DocumentEntities find_entities(const EntityTables& tables, const Ontology& ontology,
                               const AliasTable& user_aliases, const AnalysedDocument& document);

}  // namespace tercet
