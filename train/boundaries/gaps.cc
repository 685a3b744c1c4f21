// gaps < PARAGRAPHS > GAPS
// What the splitter sees at every place where a sentence may end. A line is a paragraph, U+001E
// stands where a sentence ends in it. Out: per place the label (0, 1), the number of features and
// the features, all 32-bit. Built by the target tercet_gaps.

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <string>
#include <vector>

#include "extract/language/boundaries.h"

using namespace tercet;

namespace {

void put(std::uint32_t value) {
  std::cout.write(reinterpret_cast<const char*>(&value), sizeof value);
}

}  // namespace

int main() {
  std::string line;
  std::vector<Word> words;
  std::vector<std::uint32_t> features;
  while (std::getline(std::cin, line)) {
    std::string text;
    std::vector<std::uint32_t> ends;
    for (const char c : line) {
      if (c == '\x1E') {
        ends.push_back(static_cast<std::uint32_t>(text.size()));
      } else {
        text += c;
      }
    }
    words.clear();
    split_words(text, {0, static_cast<std::uint32_t>(text.size())}, words);
    const BoundaryFeatures boundaries(text, words);
    std::size_t begin = 0;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      const auto end = std::ranges::lower_bound(ends, words[i].span.end);
      const bool ends_here = end != ends.end() && *end <= words[i + 1].span.begin;
      if (boundaries.possible(i)) {
        boundaries.collect(begin, i, features);
        put(ends_here ? 1 : 0);
        put(static_cast<std::uint32_t>(features.size()));
        for (const std::uint32_t feature : features) put(feature);
      }
      if (ends_here) begin = i + 1;
    }
  }
}
