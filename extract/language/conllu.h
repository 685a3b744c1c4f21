#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "extract/language/sentence.h"

namespace tercet {

// CoNLL-U, universaldependencies.org/format.html

/// Append `sentences` of `text`: "# sent_id" where `ids` has one (in order), "# text", range lines
/// for words that are written as one, SpaceAfter=No; further values of column 10 where `misc` (by
/// sentence, then word) is not empty. White space inside a form becomes one space,
/// so every input gives well-formed lines. O(size).
void write_conllu(std::string& out, std::string_view text, const std::vector<Sentence>& sentences,
                  const std::vector<std::string>& ids = {},
                  const std::vector<std::vector<std::string>>& misc = {});

/// Sentences whose words are given, and what must be written back around them.
struct GivenSentences {
  /// A comment, range line ("1-2") or empty node ("1.1"), without its line end.
  struct Line {
    std::size_t before = 0;  ///< stands before this word, counted from 0
    std::string text;
  };
  struct Frame {
    std::vector<Line> lines;
    std::vector<std::string> misc;  ///< column 10 of every word
  };

  std::string text;                 ///< the forms, with spaces as SpaceAfter says
  std::vector<Sentence> sentences;  ///< only the words' places are set; see Language::annotate
  std::vector<Frame> frames;        ///< one per sentence
};

/// Read words and sentences; of a word's columns only ID, FORM and MISC are looked at. Throws
/// Error{Syntax} with file and line for a line that is neither comment, word nor empty, for ids out
/// of order, and for a sentence of more than 30,000 words. O(size).
GivenSentences read_conllu(std::string_view conllu, const std::string& file = {});

/// Append the sentences as they were read, with lemma, tags, head and relation from
/// given.sentences; features and enhanced relations become "_". O(size).
void write_conllu(std::string& out, const GivenSentences& given);

}  // namespace tercet
