#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/language/word_features.h"

namespace tercet {

/// Pieces a word may have; the rest of a longer one says little about its syntax.
inline constexpr std::size_t kMostPieces = 8;

/// Cuts words into the pieces an encoder was trained on: lower case without accents, marks apart,
/// then the longest pieces from the left. Source: BERT's uncased WordPiece, Wu et al. 2016,
/// arXiv:1609.08144.
class WordPieces {
 public:
  WordPieces() = default;
  /// `pieces` by row; those that continue a word begin with "##". Keeps views.
  explicit WordPieces(std::vector<std::string_view> pieces);

  /// Row of the piece, or -1.
  std::int32_t find(std::string_view piece) const { return table_.find(piece); }
  std::size_t size() const { return table_.size(); }

  /// Append the rows of `word`'s pieces, at least one and at most kMostPieces; `unknown` stands for
  /// a part without pieces. O(length * longest piece).
  void append(std::string_view word, std::uint32_t unknown, std::vector<std::uint32_t>& rows) const;

 private:
  WordTable table_;
  std::size_t longest_ = 0;  // bytes of a piece
};

/// How a word is written, which lower case hides: 1 small letters, 2 capitals, 3 one capital,
/// 4 title case, 5 with a digit, 6 other letters, 7 none.
std::uint8_t shape_class(std::string_view word);
inline constexpr std::size_t kShapeClasses = 8;  ///< 0 is for what stands around the sentence

}  // namespace tercet
