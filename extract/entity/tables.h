#pragma once

#include <filesystem>
#include <iosfwd>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

/// What is known of a common noun: what kind of thing it names.
struct HeadNoun {
  std::string type;     ///< of our own types table
  bool refers = false;  ///< "the company", "this platform" may stand for a named thing
};

/// What the end of a name tells: "Motors", "Inc", "University of".
struct NameWord {
  std::string type;
  bool legal = false;    ///< "Inc", "GmbH": no part of the name's identity
  bool generic = false;  ///< "Motors", "Holdings": a short form may leave it out
};

/// A name and another way to write it.
struct AliasRow {
  std::string name, alias;
  bool full = true;  ///< the thing goes by `name` even where only `alias` is written
};
using AliasTable = std::vector<AliasRow>;

/// General knowledge of English that the entity stage works with: editable tables, no names of
/// anybody's documents. All keys are lower case unless said otherwise.
struct EntityTables {
  std::map<std::string, HeadNoun, std::less<>> heads;        ///< heads.tsv, by lemma
  std::vector<std::pair<std::string, std::string>> endings;  ///< "-ware" -> type, longest first
  std::map<std::string, NameWord, std::less<>> name_words;   ///< suffixes.tsv
  std::map<std::string, std::string, std::less<>> places;    ///< places.tsv: name -> kind
  std::map<std::string, char, std::less<>> given_names;      ///< given_names.tsv: m, f, or x
  std::set<std::string, std::less<>> transparent;  ///< measures.tsv: "suite", "range", "number"
  std::set<std::string, std::less<>> complements;  ///< complements.tsv: "for Concept"
  AliasTable aliases;                              ///< aliases.tsv, world-famous short forms
  std::map<std::string, std::vector<std::string>, std::less<>> type_synonyms;  ///< type -> names
  std::map<std::string, double, std::less<>> coreference;  ///< coreference.tsv: feature -> weight
  /// references.tsv: feature -> weight in hundredths
  std::map<std::string, int, std::less<>> references;
  std::map<std::string, double, std::less<>> typing;  ///< typing.tsv: "feature type" -> weight
  /// mention_types.tsv: "feature type" -> weight
  std::map<std::string, double, std::less<>> mention_types;
};

/// Read heads.tsv, suffixes.tsv, places.tsv, given_names.tsv, measures.tsv,
/// complements.tsv, aliases.tsv,
/// type_synonyms.tsv, coreference.tsv, references.tsv, typing.tsv and mention_types.tsv of
/// `folder`. Throws Error{Io} for a file that is not there, Error{Syntax, Schema} with its place
/// for a row that is not understood.
EntityTables read_entity_tables(const std::filesystem::path& folder);

/// A table of a user's names: columns `name` and `alias`; the header line may be missing. Throws
/// Error{Io, Syntax, Schema}.
AliasTable read_alias_table(const std::filesystem::path& file);

}  // namespace tercet
