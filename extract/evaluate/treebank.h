#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace tercet {

/// A treebank as the scorers see it: the characters of all tokens without white space, and where
/// in them tokens, words and sentences lie. universaldependencies.org/format.html
struct Treebank {
  struct Word {
    Span span;              ///< bytes of `characters`; that of the whole token where `in_range`
    bool in_range = false;  ///< one of several words written as one token ("do|n't")
    int head = -1;          ///< index into words, -1 for a root
    std::uint32_t line = 0;
    std::string_view form, lemma, upos, xpos, feats, deprel, misc;  ///< as written
  };
  /// A sentence's comment lines ("# ..."), before its first word.
  struct Comment {
    std::size_t word = 0;  ///< number of words before it
    std::string_view text;
  };

  std::string bytes;  ///< the file; the views below look into it
  std::string characters;
  std::vector<Span> tokens, sentences;      ///< of `characters`, ascending
  std::vector<std::uint32_t> token_lines;   ///< line of each token
  std::vector<std::size_t> sentence_words;  ///< number of the first word of each sentence
  std::vector<Word> words;
  std::vector<Comment> comments;

  Treebank() = default;
  Treebank(const Treebank&) = delete;  // the views would look into the other's bytes
  Treebank& operator=(const Treebank&) = delete;
};

/// Read CoNLL-U into `out`; empty nodes are left out. Throws Error{Syntax} with file and line for
/// lines of other than ten columns, ids out of order, heads that point nowhere or in a circle, and
/// sentences with several roots. O(size).
void read_treebank(std::string bytes, const std::string& file, Treebank& out);

}  // namespace tercet
