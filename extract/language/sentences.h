#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "extract/language/words.h"

namespace tercet {

/// Numbers of words after which a sentence ends, ascending; the last is words.size(), unless there
/// are no words. `words` are those of one paragraph. No sentence ends inside a range of `whole`
/// (bytes, ascending), but one has at most kMaxSentenceWords. O(words + whole).
std::vector<std::size_t> sentence_ends(std::string_view text, std::span<const Word> words,
                                       std::span<const Span> whole = {});

inline constexpr std::size_t kMaxSentenceWords = 1000;

}  // namespace tercet
