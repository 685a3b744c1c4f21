#pragma once

#include <array>
#include <string>
#include <vector>

#include "extract/clause/tree_index.h"

namespace tercet {

/// What a noun phrase may state without a verb. Most readers state only some of these: the learned
/// weights decide.
struct NominalCandidate {
  using Tenses = std::array<std::string, 2>;
  std::string rule;  ///< "appos", "appos.name", "appos.in", "title", "poss", "prep", "prep.near"
  std::vector<int> subject, object;
  Tenses relation;  ///< with the inserted verb, present and past: "is in", "was in"
  int about = -1;   ///< token that carries the statement's sign: head of the object
};

/// All candidates of a sentence in order of their words. Linear in the sum of phrase
/// lengths and, for each oblique, of the dependents beside it.
std::vector<NominalCandidate> nominal_candidates(const TreeIndex& tree);

}  // namespace tercet
