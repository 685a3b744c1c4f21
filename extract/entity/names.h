#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/entity/tables.h"

namespace tercet {

/// What two spellings of a name share: case folded, without leading determiner, possessive 's,
/// quotes and punctuation, words joined by one space. "The Acme-Group's" -> "acme group".
std::string fold_name(std::string_view name);

/// Words of a folded name.
std::vector<std::string> name_words(std::string_view folded);

/// The first word of a noun's plural as a singular: "companies" -> "company". English only; an
/// unknown ending is kept.
std::string singular(std::string_view word);

/// "AWS" for {"amazon", "web", "services"}; small words may be left out or count ("R&D", "DoJ").
/// `acronym` in any case, without points. O(words).
bool is_initials(std::string_view acronym, const std::vector<std::string>& words);

/// True if `part` is `whole` without words at the end that a short form may leave out ("Acme
/// Holdings", "Acme Inc."). Both folded and different.
bool is_short_form(const EntityTables& tables, const std::vector<std::string>& part,
                   const std::vector<std::string>& whole);

/// Folded words that look like a person: a given name, then a family name.
bool is_person_name(const EntityTables& tables, const std::vector<std::string>& words);

}  // namespace tercet
