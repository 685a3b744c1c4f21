#pragma once

#include <string>
#include <utility>
#include <vector>

#include "extract/entity/phrase.h"
#include "extract/entity/tables.h"
#include "extract/entity/words.h"

namespace tercet {

/// Something said earlier that a pronoun may stand for.
struct Candidate {
  int entity = -1;
  int sentence = 0, block = 0;
  int token = 0;      ///< head of the mention
  char role = 'o';    ///< s subject, o object, n below a noun, p possessor, x anything else
  bool name = false;  ///< the entity has a proper name
  bool plural = false;
  bool person = false;  ///< a person, or a name that may be one's
  bool heading = false;
  bool topic = false;  ///< the name the document says most often
  bool title = false;  ///< named in the title
  bool opens = false;  ///< first mention of its sentence
  char gender = 0;     ///< m, f, or 0 where a name does not say
  std::string type;    ///< of our own table
  int count = 0;       ///< mentions of the entity so far
};

/// A pronoun or definite phrase that asks for its antecedent.
struct Anaphor {
  std::string kind;  ///< "it", "they", "he", "she", "this", "these", or "the <type>"
  int sentence = 0, block = 0, token = 0;
  char role = 'o';
  bool plural = false;
};

/// The role a token's mention plays in its sentence, see Candidate::role.
char role_of(const Words& words, int token);

/// "it" of "it is possible to", "it seems that": stands for nothing.
bool is_expletive(const Words& words, int token);

/// True if both are arguments of one verb, so that one cannot stand for the other ("Acme sued it");
/// not for possessives and reflexives.
bool are_coarguments(const Words& words, const Anaphor& anaphor, const Candidate& candidate);

/// False where grammar forbids the pair: number, gender, two arguments of one verb.
bool may_corefer(const Words& words, const Anaphor& anaphor, const Candidate& candidate);

/// The features of coreference.tsv that hold for the pair, with their values.
std::vector<std::pair<std::string, double>> coreference_features(const Words& words,
                                                                 const Anaphor& anaphor,
                                                                 const Candidate& candidate,
                                                                 int between);

/// Sum of weight * value.
double coreference_score(const EntityTables& tables,
                         const std::vector<std::pair<std::string, double>>& features);

}  // namespace tercet
