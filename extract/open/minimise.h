#pragma once

#include <string>
#include <vector>

#include "extract/analysed.h"
#include "extract/clause/stance.h"
#include "extract/open/tuples.h"

namespace tercet {

/// A tuple cut down to what it joins; what was cut is told beside it (after Gashteovski et al.
/// 2017, MinIE, doi:10.18653/v1/D17-1278): sign and modality instead of "not", "may" and "plans
/// to", "Q1" for the first quantity.
struct MinimalTuple {
  std::string subject, relation;        ///< relation: lemmas, "be" kept of a passive and a copula
  std::vector<std::string> args;        ///< as many as the tuple's
  std::vector<std::string> quantities;  ///< the words that Q1, Q2, ... stand for
  Polarity polarity = Polarity::Positive;
  Modality modality = Modality::Asserted;
  std::string condition;      ///< words of what it hangs on, or empty
  std::string attributed_to;  ///< words of who says it, or empty
};

/// How the tuple is meant: what its clause and the heads of its subject and first argument carry.
/// What somebody says is stated; that he says it is.
Stance stance_of_tuple(const AnalysedDocument& document, const DocumentClauses& clauses,
                       const OpenTuple& tuple);

/// The minimised view of a tuple of `document`. Articles, adverbs, auxiliaries and denials go;
/// a clause as argument stays as it is. O(tokens of the sentence).
MinimalTuple minimise(const AnalysedDocument& document, const DocumentClauses& clauses,
                      const OpenTuple& tuple);

/// `tuple` as one line of JSON: sentence, subject, relation, args, confidence, and under
/// "minimal" the minimised view (docs/formats/facts.md).
std::string to_json(const OpenTuple& tuple, const MinimalTuple& minimal);

}  // namespace tercet
