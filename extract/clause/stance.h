#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/fact.h"
#include "extract/analysed.h"
#include "extract/clause/clause.h"

namespace tercet {

/// Where a condition's words stand.
struct ConditionRef {
  int sentence = -1;  ///< index into AnalysedDocument::sentences; may be an earlier sentence
  int clause = -1;    ///< index into that sentence's clauses
  friend bool operator==(const ConditionRef&, const ConditionRef&) = default;
};

/// How a statement is meant: sign, modality, what it hangs on and who says it.
struct Stance {
  Polarity polarity = Polarity::Positive;
  Modality modality = Modality::Asserted;
  std::vector<ConditionRef> conditions;  ///< the if/once/unless clauses it is the consequence of
  int attributed_to = -1;                ///< token that heads "analysts" in "analysts say"; or -1
  std::string cue;                       ///< the words that decided, greppable: "neg.unlikely"
};

/// All clauses of a document, with what each sentence hands on to the next.
struct DocumentClauses {
  std::vector<std::vector<Clause>> clauses;  ///< per sentence of the AnalysedDocument
};

DocumentClauses find_document_clauses(const AnalysedDocument& document);

/// The stance of the statement that `clause` of `sentence` makes about the argument or modifier
/// headed by token `about` (-1: the clause as a whole). "X rather than Y" denies Y only: so the
/// answer depends on the argument. Total; O(tokens).
Stance stance_of(const AnalysedDocument& document, const DocumentClauses& clauses, int sentence,
                 int clause, int about = -1);

/// The stance of a nominal statement (apposition, possessive, "such as") headed by token `head`:
/// what governs that word from above.
Stance stance_of_word(const AnalysedDocument& document, const DocumentClauses& clauses,
                      int sentence, int head);

}  // namespace tercet
