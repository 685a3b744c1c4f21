#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "extract/language/words.h"

namespace tercet {

/// What speaks for and against the end of a sentence between two words of a paragraph: kinds and
/// forms of the words around, how far the sentence has come, how far the next mark is. Learned
/// weights (boundary_weights.cc, made by train/boundaries) sum these up.
class BoundaryFeatures {
 public:
  /// O(words).
  BoundaryFeatures(std::string_view text, std::span<const Word> words);

  /// Hashes of the features that hold between words `last` and `last + 1`, in a sentence that began
  /// at word `begin`. O(1).
  void collect(std::size_t begin, std::size_t last, std::vector<std::uint32_t>& out) const;

  /// May a sentence end there at all? Words that are written together are parted only behind a
  /// closing mark and before a capital.
  bool possible(std::size_t last) const;
  /// "... the U.S. He ...": behind an abbreviation a capital on a word that is no name.
  bool certain(std::size_t last) const;

 private:
  enum class Kind : std::uint8_t;
  static Kind kind_of(std::string_view form, const Word& word, bool space_before);
  Kind kind(std::size_t i, int offset) const;
  std::uint32_t form(std::size_t i, int offset) const;

  std::vector<Kind> kinds_;
  std::vector<std::uint32_t> forms_;  ///< hashes of the folded words
  std::vector<std::uint32_t> ends_;   ///< hashes of their last three letters
  std::vector<bool> opens_;           ///< "He": nearly always begins a sentence
  std::vector<std::uint8_t> gaps_;    ///< what stands between a word and the next
  std::vector<std::uint8_t> ahead_;   ///< words up to the next mark that may end a sentence, bucket
  std::vector<std::uint8_t> depth_;   ///< open brackets and quotation marks behind a word
  bool marked_ = false;               ///< the paragraph ends in such a mark
};

/// Sum of the weights of `features`, in sixteenths; above 0 a sentence ends. O(features).
int boundary_score(std::span<const std::uint32_t> features);

}  // namespace tercet
