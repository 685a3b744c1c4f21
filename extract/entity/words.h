#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/language/sentence.h"

namespace tercet {

/// A sentence with what the entity rules ask of it again and again. Keeps a view of the text and of
/// the sentence: both must outlive it. All sentences of a document are held at once, so what a
/// token says itself is not written again. A sentence has at most 30,000 words (Token::head).
class Words {
 public:
  Words(std::string_view text, const Sentence& sentence);
  Words(Words&&) = default;
  Words& operator=(Words&&) = default;

  int size() const { return static_cast<int>(tokens_.size()); }
  const Token& operator[](int i) const { return tokens_[static_cast<std::size_t>(i)]; }
  std::string_view form(int i) const { return view(text_, (*this)[i].span); }
  /// Case-folded form, with a plain apostrophe.
  const std::string& lower(int i) const { return spelling(Row::Lower, i); }
  /// Case-folded lemma; the folded form where there is none.
  const std::string& lemma(int i) const { return spelling(Row::Lemma, i); }
  std::span<const std::uint16_t> children(int i) const;  ///< in text order
  int first_below(int i) const { return cell(Row::FirstBelow, i); }
  int last_below(int i) const { return cell(Row::LastBelow, i); }  ///< inclusive
  /// First child of `i` with this relation, or -1.
  int child(int i, Deprel deprel) const;
  bool is_below(int i, int ancestor) const;  ///< or the ancestor itself; O(depth)
  /// The text from token `first` up to token `last`, exclusive.
  std::string_view text(int first, int last) const;
  /// The document as a whole may know better than the tagger what a capital means.
  void set_upos(int i, Upos upos);

 private:
  // Of cells_, a row after the other: a place in folded_ or kOwnLemma twice, where the token's
  // children begin in the row of children, these, the span below it.
  enum class Row : std::uint8_t { Lower, Lemma, ChildrenBegin, Children, FirstBelow, LastBelow };
  static constexpr std::size_t kRows = 6;
  static constexpr std::uint16_t kOwnLemma = 0xFFFF;  ///< it is what Token::lemma says

  std::size_t place(Row row, int i) const {
    return static_cast<std::size_t>(row) * (tokens_.size() + 1) + static_cast<std::size_t>(i);
  }
  int cell(Row row, int i) const { return cells_[place(row, i)]; }
  void set(Row row, int i, int value) { cells_[place(row, i)] = static_cast<std::uint16_t>(value); }
  const std::string& spelling(Row row, int i) const {
    const std::uint16_t at = cells_[place(row, i)];
    return at == kOwnLemma ? (*this)[i].lemma : folded_[at];
  }
  void fold();
  void find_extents();

  std::string_view text_;
  std::span<const Token> tokens_;  // of the sentence, or changed_
  std::vector<Token> changed_;     // empty until a tag is set
  std::vector<std::string> folded_;
  std::vector<std::uint16_t> cells_;
};

/// Case folded, curly apostrophes made plain. Cheap for ASCII.
std::string lower_case(std::string_view text);
/// A letter of the word is upper case (any alphabet). O(bytes).
bool has_upper(std::string_view word);
bool starts_upper(std::string_view word);
/// At least two letters, all of them upper case, digits and "&" allowed: "AWS", "R&D", "H100".
bool is_acronym(std::string_view word);

}  // namespace tercet
