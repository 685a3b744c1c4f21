#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "extract/language/sentence.h"

namespace tercet {

/// How to make a lemma of a form: "case|cut|add" in the model file. `case` is k (keep the form's
/// letters), l (lower case), t (lower case, then the first letter upper) or u (upper case); then
/// `cut` code points are taken from the end and `add` is put there.
struct LemmaScript {
  char letters = 'k';
  std::uint32_t cut = 0;
  std::string add;
};

/// Nothing if `text` is not of the form above.
std::optional<LemmaScript> parse_lemma_script(std::string_view text);

/// The form itself where the script would cut more than there is. Never empty for a form that is
/// not. O(length of the form).
std::string apply_lemma_script(const LemmaScript& script, std::string_view form);

/// `lemma` of `form`, unless it is no word and another base of the form is: the network picks
/// scripts by what words look like, and makes "stor" of "storing" or "soug" of "sought". `is_word`
/// knows the model's word list. Touches lower-case verb and plural forms only. O(length).
std::string mend_lemma(std::string lemma, std::string_view form, Xpos xpos,
                       const std::function<bool(std::string_view)>& is_word);

}  // namespace tercet
