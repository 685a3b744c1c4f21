#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "extract/analysed.h"
#include "extract/entity/entity.h"
#include "extract/entity/tables.h"
#include "extract/language/reference_model.h"

namespace tercet {

/// What a pronoun, relative word or phrase with "the", "this", "these", "such" may stand for.
struct Referent {
  int entity = -1;   ///< index into DocumentEntities::entities, or -1: words of the text
  std::string name;  ///< of the entity; the words of a statement; the phrase's own words
  int sentence = -1, token = -1;  ///< where it stands: head of the mention, verb of the statement
  std::vector<std::pair<std::string, int>> features;  ///< of references.tsv, with their values
};

/// The best guess at what a word stands for. Wider and bolder than Mention::antecedent: a phrase
/// may stand for a statement of the sentence before, and something is always chosen, so facts
/// do not rest on it.
struct Reference {
  int sentence = 0;
  int token = 0;      ///< the pronoun, or the head of the phrase
  Referent referent;  ///< features are left out
};

/// Training watches every choice: sentence, token, kind ("it", "this X") and what was on offer.
using ReferenceWatch = std::function<void(int sentence, int token, const std::string& kind,
                                          const std::vector<Referent>&)>;

/// A ranking by the vectors of words, if there is one.
struct ReferenceVectors {
  const ReferenceModel* model = nullptr;  ///< or null: rank by features alone
  const WordVectors* words = nullptr;     ///< rows of the model's width
  std::size_t first = 0;                  ///< the row of the document's first token
};

/// Every referring word of the document with the referent that ranks highest (first offered on a
/// tie; offered are recent mentions before older ones). By a log-linear ranking of mention pairs
/// (Denis and Baldridge 2007) with the weights of `tables.references`, or by `vectors`. Looks at
/// most 48 mentions back: O(words).
std::vector<Reference> find_references(const EntityTables& tables, const AnalysedDocument& document,
                                       const DocumentEntities& entities,
                                       const ReferenceWatch& watch = {},
                                       const ReferenceVectors& vectors = {});

}  // namespace tercet
