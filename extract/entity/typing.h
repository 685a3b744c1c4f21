#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/ontology.h"
#include "extract/entity/phrase.h"
#include "extract/entity/tables.h"
#include "extract/entity/words.h"

namespace tercet {

/// What one mention of a name says about its type, as the features of typing.tsv: shape and end of
/// the name, what it is called in apposition ("a retailer"), its verb, preposition and neighbours.
std::vector<std::string> type_features(const EntityTables& tables, const Words& words,
                                       const Phrase& phrase);

struct TypeGuess {
  std::string type;         ///< of our own types table
  double confidence = 0.5;  ///< 0..1
};

/// The type with the largest sum of weights over `features`. A feature that holds for k of n
/// mentions counts min(1, k / sqrt(n)). Ties go to the type that comes first in the alphabet.
TypeGuess guess_type(const EntityTables& tables, const std::vector<std::string>& features);

/// The type of a common noun by its head: "cloud services" -> Service. Concept if unknown.
TypeGuess type_of_nominal(const EntityTables& tables, const Words& words, const Phrase& phrase);

/// The type of a common noun phrase given as text.
TypeGuess type_of_noun(const EntityTables& tables, std::string_view phrase);

/// Translates our types to those of the ontology in use: the type itself, one with a synonymous
/// name, an ancestor, or the most general type there is.
class TypeMap {
 public:
  TypeMap(const EntityTables& tables, const Ontology& ontology);
  const std::string& of(const std::string& type) const;
  /// The type of a thing called `name` that our tables take for `own`. A user's types win by the
  /// last word of the name, if it is a type's own name or one of its examples ("Tate Museum" in an
  /// ontology with Museum); a type that the ontology has no word for is a guess of little weight.
  TypeGuess of(const std::string& name, const TypeGuess& own) const;

 private:
  std::map<std::string, std::string, std::less<>> map_;
  std::map<std::string, std::string, std::less<>> by_word_;  // of types that are not ours
  std::set<std::string, std::less<>> unmapped_;              // ours that have no word there
  std::string fallback_;
};

}  // namespace tercet
