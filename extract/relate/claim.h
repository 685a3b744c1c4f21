#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ontology.h"
#include "extract/relate/draft.h"
#include "extract/relate/view.h"

namespace tercet {

/// A relation between two fillers, before the ontology and the stance have judged it.
struct Claim {
  std::string relation;
  Filler from, to;
  int predicate = -1;     ///< token whose word carries the relation
  int clause = -1;        ///< clause that states it, or -1: a noun phrase does
  bool inner = false;     ///< `to` stands in a clause below `clause`; its stance counts as well
  bool to_doer = false;   ///< `to` is the grammatical subject
  bool as_it_is = false;  ///< the ontology's types are not ours: let them pass
  double confidence = 0.5;
  std::string by;
  Qualifiers qualifiers;
};

/// The fact a claim makes: names, types within the relation's domain and range, stance, evidence,
/// confidence. Nothing if an argument has no name, both are the same thing, or a type is out of
/// bounds. An uncertain type is bent to what the relation requires.
std::optional<DraftFact> draft_fact(const SentenceView& view, const Ontology& ontology,
                                    const Claim& claim);

/// The fillers a role's filler really speaks of: a name for its apposition, the subject of
/// "is a framework that ...", and the examples of "frameworks such as X" beside the frameworks.
std::vector<Filler> referents(const SentenceView& view, const Filler& filler);

/// The name in "a venture called Teapot" for the token "venture", or -1.
int called(const SentenceView& view, int noun);

/// Words of a clause as the name of what it describes: "reach customers directly" ->
/// "reaching customers directly". At most 12 words, without subject, modifiers in front and clauses
/// behind.
std::string name_of_clause(const SentenceView& view, int clause);

/// "make" -> "making", "run" -> "running".
std::string gerund(std::string_view lemma);

}  // namespace tercet
