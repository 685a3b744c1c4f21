#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/language/sentence.h"

namespace tercet {

/// A sentence with its dependents by head: the questions clauses and stance ask of a tree.
/// Keeps references: text and sentence must outlive it. All calls take token indices.
class TreeIndex {
 public:
  TreeIndex(std::string_view text, const Sentence& sentence);

  int size() const { return static_cast<int>(sentence_->tokens.size()); }
  const Token& at(int token) const { return sentence_->tokens[static_cast<std::size_t>(token)]; }
  const std::string& lower(int token) const { return lower_[static_cast<std::size_t>(token)]; }
  /// Lemma in lower case; the form where the lemma is missing.
  const std::string& lemma(int token) const { return lemma_[static_cast<std::size_t>(token)]; }
  std::string_view form(int token) const { return view(text_, at(token).span); }
  int head(int token) const { return at(token).head; }
  /// Dependents in text order.
  const std::vector<int>& children(int token) const {
    return children_[static_cast<std::size_t>(token)];
  }
  /// The first dependent with this relation, or -1.
  int child(int token, Deprel deprel) const;
  bool has(int token, Deprel deprel) const { return child(token, deprel) >= 0; }
  /// Every token, heads before their dependents.
  const std::vector<int>& top_down() const { return top_down_; }
  /// First and last token of the subtree of `token`.
  int first_of(int token) const { return first_[static_cast<std::size_t>(token)]; }
  int last_of(int token) const { return last_[static_cast<std::size_t>(token)]; }
  /// The words of `token` and its `fixed` and `goeswith` dependents, lower case, joined by a space.
  std::string fixed_words(int token) const;
  /// The prepositions before `head`: "because of"; empty if none.
  std::string preposition_of(int head) const;
  /// The subordinator of a clause: "if", "even though", "to"; empty if none.
  std::string marker_of(int predicate) const;

 private:
  std::string_view text_;
  const Sentence* sentence_;
  std::vector<std::string> lower_, lemma_;
  std::vector<std::vector<int>> children_;
  std::vector<int> top_down_, first_, last_;
};

/// Lower case (ASCII) with a plain apostrophe: how cues are compared.
std::string cue_form(std::string_view text);

}  // namespace tercet
