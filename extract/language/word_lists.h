#pragma once

#include <string_view>

namespace tercet {

// Closed lists of English that the tokenizer needs. Words are given in lower-case ASCII.

/// When a point behind a word is the word's own.
enum class PointRule {
  Never,
  Always,       ///< "inc", "sept"
  Title,        ///< "mr": if written with a capital, and no sentence ends here
  Link,         ///< "vs": always, and no sentence ends here
  BeforeDigit,  ///< "no", "fig": if a number follows, and no sentence ends here
  Capitalised,  ///< "sun", "mar": if written with a capital, inside a paragraph
  Inside,       ///< "etc": if the sentence goes on
};
PointRule point_rule(std::string_view word);

/// First parts that keep their hyphen ("co-founder"); other compounds are split.
bool is_hyphen_prefix(std::string_view word);
/// Last parts of host and file names: "com", "pdf".
bool is_name_ending(std::string_view word);
/// Units written right behind a number: "kg", "pm", "bn".
bool is_unit(std::string_view word);
/// Where a word that is written as one is cut: "cannot" -> 3. 0 for all other words.
std::size_t contraction_cut(std::string_view word);
/// Words that cannot follow a possessive: behind them "its" is "it's".
bool is_never_owned(std::string_view word);
/// Short forms that begin with an apostrophe, without it: "em", "til".
bool is_clipped_word(std::string_view word);
/// Words that, capitalised behind an abbreviation, nearly always begin a sentence.
bool is_sentence_opener(std::string_view word);

}  // namespace tercet
