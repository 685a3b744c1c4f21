#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fact.h"
#include "extract/analysed.h"
#include "extract/clause/clause.h"
#include "extract/clause/cues.h"

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
  /// Possible by nothing but "can" or "lets it": a fact where an ability is stated ("can run
  /// offline"), a possibility where a deed or an effect is ("can use X", "can slow growth"). The
  /// relation decides.
  bool ability = false;
  std::string cue;  ///< the words that decided, greppable: "neg.unlikely"
};

/// What a cue does to the statements around the word it acts on.
struct StanceMark {
  /// Statement: written inside the statement (auxiliary, adverb); conjuncts share it only where
  /// grammar says so. Governed: laid on it from outside ("plans to"); conjuncts share it.
  enum class Reach : std::uint8_t { Statement, Governed };

  int token = -1;  ///< the word whose statement is changed
  Reach reach = Reach::Statement;
  bool negative = false;                   ///< turns the sign round
  Modality modality = Modality::Asserted;  ///< Asserted: unchanged
  ConditionRef condition;                  ///< with Conditional: on what, if it is a clause
  int attributed_to = -1;                  ///< who says it
  int source = -1;          ///< the cue's token: what one cue denies twice is denied once
  bool ability = false;     ///< "can", "lets": see Stance::ability; does not pass down the tree
  bool inner_only = false;  ///< not for what the governing clause says about this word:
                            ///< "prevents it from growing" does hinder growth
  std::string cue;
};

/// The marks of a sentence, and which of them pass down each arc of its tree.
struct SentenceStance {
  std::vector<StanceMark> marks;     ///< in order of `token`
  std::vector<std::uint8_t> nearby;  ///< per token: what passes to it of its head's own marks
  std::vector<std::uint8_t> beyond;  ///< per token: what passes to it of marks above its head
};

/// All clauses of a document, with what each sentence hands on to the next.
struct DocumentClauses {
  std::vector<std::vector<Clause>> clauses;  ///< per sentence of the AnalysedDocument
  std::vector<SentenceStance> stances;       ///< per sentence, for stance_of
};

/// Clauses and marks of all sentences. Linear in the sentences.
DocumentClauses find_document_clauses(const Cues& cues, const AnalysedDocument& document);

/// The stance of the statement that `clause` of `sentence` makes about the argument or modifier
/// headed by token `about` (-1: the clause as a whole). "X rather than Y" denies Y only: so the
/// answer depends on the argument. A purpose ("to meet demand") is Intended with cue "purpose.to":
/// whoever knows that the purpose is fulfilled may read it as asserted. Total; O(tokens).
Stance stance_of(const AnalysedDocument& document, const DocumentClauses& clauses, int sentence,
                 int clause, int about = -1);

/// The same about several words at once: subject and object of a fact may each carry a denial
/// ("engineers rather than lawyers work for Acme").
Stance stance_of(const AnalysedDocument& document, const DocumentClauses& clauses, int sentence,
                 int clause, std::span<const int> about);

/// The stance of a nominal statement (apposition, possessive, "such as") headed by token `head`:
/// what governs that word from above.
Stance stance_of_word(const AnalysedDocument& document, const DocumentClauses& clauses,
                      int sentence, int head);

}  // namespace tercet
