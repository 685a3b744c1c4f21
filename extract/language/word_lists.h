#pragma once

#include <string_view>

namespace tercet {

// Closed lists of English that the tokenizer needs. Words are given in lower-case ASCII.

/// Abbreviations written with a final point, without the point: "inc", "sept".
bool is_abbreviation(std::string_view word);
/// Abbreviations that stand before a name or number, so never end a sentence: "mr", "fig".
bool is_title(std::string_view word);
/// First parts that keep their hyphen ("co-founder"); other compounds are split.
bool is_hyphen_prefix(std::string_view word);
/// Last parts of host and file names: "com", "pdf".
bool is_name_ending(std::string_view word);
/// Units written right behind a number: "kg", "pm", "bn".
bool is_unit(std::string_view word);
/// Where a word that is written as one is cut: "cannot" -> 3. 0 for all other words.
std::size_t contraction_cut(std::string_view word);
/// Short forms that begin with an apostrophe, without it: "em", "til".
bool is_clipped_word(std::string_view word);
/// Words that, capitalised behind an abbreviation, nearly always begin a sentence.
bool is_sentence_opener(std::string_view word);

}  // namespace tercet
