#pragma once

#include <string>
#include <vector>

#include "base/ontology.h"
#include "extract/analysed.h"
#include "extract/entity/chains.h"
#include "extract/entity/mention_spans.h"
#include "extract/entity/tables.h"
#include "extract/language/type_model.h"

namespace tercet {

/// What speaks for the type of a span, as the features of mention_types.tsv: its head noun and
/// modifiers (common nouns only), what the entity stage and the model's spans call it, its place in
/// the sentence. Those of the model's kinds of words begin with "kind=".
std::vector<std::string> mention_features(const EntityTables& tables, const Words& words,
                                          const AnalysedDocument& document,
                                          const DocumentEntities& entities,
                                          const MentionSpan& span);

/// A model of types, and the vectors of the document's words in the order of its tokens.
struct TypeVectors {
  const TypeModel* model = nullptr;    ///< or null: the tables decide
  const WordVectors* words = nullptr;  ///< rows of the model's width
  std::size_t first_row = 0;           ///< of the document's first token
};

/// Every stretch of the document's words that names something, with its type of `ontology`: what
/// mention_spans() finds. All places with the same words decide together on one type, by the model
/// of types or else by the tables, beside which the kinds of words of the language model count. One
/// entity is one chain, and so are equal words. By (sentence, first, longer first). O(words * words
/// of a phrase).
std::vector<ChainMention> typed_mentions(const EntityTables& tables, const Ontology& ontology,
                                         const AnalysedDocument& document,
                                         const DocumentEntities& entities,
                                         const TypeVectors& vectors = {});

}  // namespace tercet
