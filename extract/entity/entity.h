#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fact.h"
#include "base/ontology.h"
#include "extract/analysed.h"

namespace tercet {

/// A noun phrase (or literal) that can be an argument of a fact. A phrase may have several: inside
/// "Amazon's strategy" stands "Amazon"; "12 million users" is a literal found at "million" and a
/// nominal found at "users"; "suite" of "a suite of services" leads to the services.
struct Mention {
  enum class Kind : std::uint8_t { Name, Nominal, Pronoun, Literal };

  Kind kind = Kind::Nominal;
  int sentence = 0;         ///< index into AnalysedDocument::sentences
  int first = 0, last = 0;  ///< tokens [first, last): the phrase without determiner, relative
                            ///< clause, apposition, trailing PPs that are not part of the name
  int head = 0;             ///< token index of the head
  int entity = -1;          ///< index into DocumentEntities::entities; -1 only for a pronoun
                            ///< that could not be resolved (Kind::Pronoun): it names nothing
  std::optional<Antecedent> antecedent;  ///< pronoun or definite phrase: what it was resolved to
};

/// A thing of the document: one canonical name, one type, all its names.
struct Entity {
  std::string name;  ///< fullest name in the document; common nouns in the note's own words
  std::string type;  ///< of the ontology; never empty
  std::vector<std::string> aliases;  ///< other surface names, sorted, without `name`
  double type_confidence = 0.5;      ///< 0..1
};

/// "Amazon Container Service (ECS)": evidence that two names are one thing.
struct AliasEvidence {
  int sentence = 0;
  int name_mention = 0, alias_mention = 0;  ///< indexes into mentions
};

struct DocumentEntities {
  std::vector<Mention> mentions;  ///< sorted by (sentence, first, last)
  std::vector<Entity> entities;   ///< in order of first mention
  std::vector<AliasEvidence> aliases;

  /// The index of the mention whose head is token `head` of `sentence` (the longest), or -1.
  int mention_at(int sentence, int head) const;
};

}  // namespace tercet
