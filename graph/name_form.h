#pragma once

#include <string>
#include <string_view>

namespace tercet {

/// True if the words name a thing: they carry a capital, a digit or letters of a script without
/// case once articles, possessives and pronouns in front are set aside. "The company" does not,
/// "The Hague" does.
bool is_name(std::string_view words);

/// The form under which two names are the same: case folded, without articles in front, possessive
/// 's, punctuation and repeated spaces; a name (see is_name) also loses a legal form at its end
/// (Inc, Corp, Ltd …), anything else the plural s of its last word. Never empty unless `words` is.
std::string folded_name(std::string_view words);

}  // namespace tercet
