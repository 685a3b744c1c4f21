#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/analysed.h"
#include "extract/clause/stance.h"
#include "extract/open/weights.h"

namespace tercet {

/// What a sentence states, in its own words: no ontology, no names resolved (contract, "Open
/// tuple"). `sentence` is the text exactly as given, the parts are made of its own tokens.
struct OpenTuple {
  std::string sentence;
  std::string subject, relation;
  std::vector<std::string> args;  ///< never empty, without the subject
  double confidence = 0;          ///< 0..1, 4 decimals
  std::string by;                 ///< the rule
  int sentence_index = 0;         ///< into AnalysedDocument::sentences
  Span evidence;                  ///< bytes of the block's text from the first to the last word
  bool reread = false;            ///< a likelier tuple tells the same words another way
  int clause = -1;                ///< of the sentence, that states it; -1: a noun phrase does
  int about = -1;                 ///< token that heads the first argument
  int inner = -1;                 ///< "wants to buy": the clause of the infinitive, or -1
  std::vector<int> subject_words, relation_words;  ///< tokens; those of the relation may be fewer
  std::vector<std::vector<int>> arg_words;         ///< tokens of each argument
  std::vector<std::string> features;               ///< what the weights judged it by
};

/// The tuples of all sentences but headings, in text order, spans after the conventions of CaRB
/// (Bhardwaj et al. 2019, doi:10.18653/v1/D19-1651). Linear in the document. `keep_all` writes
/// unlikely ones too, for training.
std::vector<OpenTuple> find_tuples(const AnalysedDocument& document, const DocumentClauses& clauses,
                                   const OpenWeights& weights = {}, bool keep_all = false);

}  // namespace tercet
