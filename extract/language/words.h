#pragma once

#include <string_view>
#include <vector>

#include "base/span.h"

namespace tercet {

/// A word before it has an analysis.
struct Word {
  Span span;
  bool joined = false;  ///< second part of a contraction: "do|n't"
  /// An abbreviation with its point ("Inc.", "U.S.", "J."): the point may end the sentence too.
  bool abbreviation = false;
};

/// Append the words of `range` of `text`, in text order, without spaces between them. The rules are
/// those of UD_English-EWT. Total and linear: every character that is no space is in one word.
void split_words(std::string_view text, Span range, std::vector<Word>& out);

}  // namespace tercet
