#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/language/sentence.h"

namespace tercet {

/// A sentence with what the entity rules ask of it again and again. Keeps a view of the text.
class Words {
 public:
  Words(std::string_view text, const Sentence& sentence);

  int size() const { return static_cast<int>(tokens_.size()); }
  const Token& operator[](int i) const { return tokens_[static_cast<std::size_t>(i)]; }
  std::string_view form(int i) const { return view(text_, (*this)[i].span); }
  /// Case-folded form, with a plain apostrophe.
  const std::string& lower(int i) const { return lower_[static_cast<std::size_t>(i)]; }
  /// Case-folded lemma; the folded form where there is none.
  const std::string& lemma(int i) const { return lemma_[static_cast<std::size_t>(i)]; }
  std::span<const int> children(int i) const;  ///< in text order
  int first_below(int i) const { return below_[static_cast<std::size_t>(i)].first; }
  int last_below(int i) const { return below_[static_cast<std::size_t>(i)].second; }  ///< inclusive
  /// First child of `i` with this relation, or -1.
  int child(int i, Deprel deprel) const;
  bool is_below(int i, int ancestor) const;  ///< or the ancestor itself; O(depth)
  /// The text from token `first` up to token `last`, exclusive.
  std::string_view text(int first, int last) const;
  /// The document as a whole may know better than the tagger what a capital means.
  void set_upos(int i, Upos upos) { tokens_[static_cast<std::size_t>(i)].upos = upos; }

 private:
  std::string_view text_;
  std::vector<Token> tokens_;
  std::vector<std::string> lower_, lemma_;
  std::vector<int> child_begin_, child_list_;
  std::vector<std::pair<int, int>> below_;
};

/// Case folded, curly apostrophes made plain. Cheap for ASCII.
std::string lower_case(std::string_view text);
/// A letter of the word is upper case (any alphabet). O(bytes).
bool has_upper(std::string_view word);
bool starts_upper(std::string_view word);
/// At least two letters, all of them upper case, digits and "&" allowed: "AWS", "R&D", "H100".
bool is_acronym(std::string_view word);

}  // namespace tercet
