#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/language/sentence.h"

namespace tercet {

/// What an argument is to its predicate. Grammatical, before any change of voice.
enum class Role : std::uint8_t {
  Subject,         ///< nsubj, csubj; of a passive clause the patient
  Object,          ///< obj; attribute of a copular clause is its predicate, not an argument
  IndirectObject,  ///< iobj
  Oblique,         ///< obl, nmod of a nominal predicate; `preposition` says which
  Agent,           ///< obl:agent of a passive
  Complement,      ///< ccomp, xcomp: the head of another clause
  Adverbial,       ///< advcl: the head of another clause; `preposition` is its marker
};

struct Argument {
  Role role = Role::Subject;
  int head = -1;            ///< token index of the argument's head word
  std::string preposition;  ///< lower-case, multiword joined by a space ("because of"); or empty
  bool inherited = false;   ///< not written in this clause: through conj, xcomp, advcl, relative
};

/// One predicate and its arguments. Conjoined arguments are arguments of their own.
struct Clause {
  enum class Kind : std::uint8_t {
    Verbal,   ///< finite or infinite verb
    Copular,  ///< "X is a Y", "X is crucial for Y": predicate is the noun or adjective
  };
  Kind kind = Kind::Verbal;
  int predicate = -1;  ///< token index
  bool passive = false;
  bool finite = false;
  Deprel link = Deprel::Root;  ///< how it hangs on its parent: conj, advcl, acl:relcl, ccomp...
  int parent = -1;             ///< index of the clause it hangs on, or -1
  std::string marker;      ///< lower-case subordinator: "if", "once", "even though", "to"; or empty
  std::vector<int> words;  ///< tokens of the relation phrase: aux, neg, adverb, verb, particle
  std::vector<Argument> arguments;  ///< by role, then in text order of discovery; at most 64
};

/// The clauses of a sentence in order of their predicates. O(tokens^2) worst, linear in practice;
/// sentences are at most 1,000 words long.
std::vector<Clause> find_clauses(std::string_view text, const Sentence& sentence);

}  // namespace tercet
