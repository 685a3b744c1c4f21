#pragma once

#include <string>
#include <vector>

#include "extract/clause/clause.h"
#include "extract/clause/tree_index.h"

namespace tercet {

/// A tuple before it is judged, as tokens of its sentence.
struct TupleParts {
  const std::string& rule;
  const std::vector<int>& subject;
  const std::string& relation;
  const std::vector<std::vector<int>>& args;  ///< not empty
  const std::vector<int>& relation_words;     ///< may be empty
  const Clause* clause = nullptr;             ///< null: a noun phrase states it
  std::string adverbial;  ///< what opens the adverbial clause among the arguments, or empty
};

/// What speaks for or against a tuple, for `probability_of`. No names: grammar, function words and
/// lengths. Linear in the tuple's words and the clause's arguments.
std::vector<std::string> tuple_features(const TreeIndex& tree, const TupleParts& parts);

/// "past" or "present" of the first finite verb, which an inserted verb tends to follow; or "none".
std::string tense_of(const TreeIndex& tree);

}  // namespace tercet
