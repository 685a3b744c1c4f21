#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/evaluate/treebank.h"

namespace tercet {

/// How much of a gold annotation a system found.
struct Score {
  std::string name;
  std::size_t gold = 0, system = 0, correct = 0;
  std::optional<std::size_t>
      aligned;  ///< words that have a partner; none where words are not asked

  double precision() const;  ///< 0..1, 0 where nothing was found
  double recall() const;     ///< 0..1, 0 where nothing was there
  double f1() const;
  double aligned_accuracy() const;  ///< of the aligned words, 0..1
};

/// Pairs (gold word, system word) that stand for the same piece of text, ascending: words that are
/// tokens by place, words inside tokens of several by the longest common subsequence of their
/// forms. Throws Error{Schema} if the two hold different characters, Error{Resource} where tokens
/// of several words overlap without end. O(words) outside such tokens.
std::vector<std::pair<std::size_t, std::size_t>> align_words(const Treebank& gold,
                                                             const std::string& gold_file,
                                                             const Treebank& system,
                                                             const std::string& system_file);

/// Tokens, Sentences, Words, UPOS, XPOS, UFeats, AllTags, Lemmas, UAS, LAS, CLAS, MLAS, BLEX as the
/// CoNLL 2018 shared task counts them (Zeman et al. 2018, doi:10.18653/v1/K18-2001, section 5):
/// over aligned words, with universal features only and labels without their subtype. Throws as
/// align_words does.
std::vector<Score> score_treebank(const Treebank& gold, const std::string& gold_file,
                                  const Treebank& system, const std::string& system_file);

}  // namespace tercet
