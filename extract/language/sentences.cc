#include "extract/language/sentences.h"

#include <cstdint>

#include "extract/language/boundaries.h"

namespace tercet {
namespace {

/// A number that one space parts from the next word is no sentence by itself: "2456 Ceres was
/// found" begins with a name.
bool bare_number(std::string_view text, const Word& word, const Word& next) {
  if (next.span.begin != word.span.end + 1 || text[word.span.end] != ' ') return false;
  for (const char c : view(text, word.span)) {
    if (c < '0' || c > '9') return false;
  }
  return true;
}

}  // namespace

std::vector<std::size_t> sentence_ends(std::string_view text, std::span<const Word> words,
                                       std::span<const Span> whole) {
  std::vector<std::size_t> out;
  const BoundaryFeatures boundaries(text, words);
  std::vector<std::uint32_t> features;
  std::size_t begin = 0;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    bool ends = i + 1 - begin >= kMaxSentenceWords;
    while (!whole.empty() && whole.front().end <= words[i].span.end) whole = whole.subspan(1);
    const bool inside = !whole.empty() && whole.front().begin < words[i].span.end;
    if (!ends && !inside && boundaries.possible(i) &&
        !(i == begin && bare_number(text, words[i], words[i + 1]))) {
      boundaries.collect(begin, i, features);
      ends = boundaries.certain(i) || boundary_score(features) > 0;
    }
    if (ends) {
      out.push_back(i + 1);
      begin = i + 1;
    }
  }
  if (begin < words.size()) out.push_back(words.size());
  return out;
}

}  // namespace tercet
