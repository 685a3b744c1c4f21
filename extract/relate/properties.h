#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/ontology.h"

namespace tercet {

/// What a group of words may be for a relation of somebody else's ontology; bits of a set.
enum ThingKind : unsigned {
  kPersonThing = 1U,
  kGroupThing = 2U,
  kPlaceThing = 4U,
  kCountryThing = 8U,
  kLanguageThing = 16U,
  kPeopleThing = 32U,
  kDateThing = 64U,
  kWorkThing = 128U,
  kAwardThing = 256U,
  kSportThing = 512U,
  kCodeThing = 1024U,    ///< a name with a number in it: "STS-123", "Expedition 31"
  kLeagueThing = 2048U,  ///< a league or series
  kClassThing = 4096U,   ///< "women's volleyball"
  kEventThing = 8192U,   ///< a war, a battle, games
  kNumberThing = 16384U,
  kNounThing = 32768U,  ///< common nouns
  kNameThing = 65536U,  ///< any name
  kCupThing = 131072U,  ///< a cup or championship, unlike a league
};

/// Words in order that tell of a relation: "directed by". A word with "~" stands for its family.
using PropertyCue = std::vector<std::string>;

/// How English speaks of one relation of a user's ontology.
struct ForeignProperty {
  std::string relation;    ///< the ontology's id
  unsigned kinds = 0;      ///< ThingKind bits of its objects
  unsigned domain = 0;     ///< of its subjects; 0: not known
  std::string range_noun;  ///< last word of the range's name: "observatory"; or empty
  std::vector<PropertyCue> after, before, inverse;
  std::string words;      ///< a list of relation_words.tsv that the object has a word of; or empty
  std::string described;  ///< what "X is a 1999 Danish film" gives: "year", "head", ...
  bool anywhere = false;
  bool any_subject = false;
  bool known = false;  ///< a row of the table, not read off the label alone
};

/// A row of seeds/properties.tsv.
struct PropertyRow {
  std::string kinds, described, words;
  std::vector<PropertyCue> after, before, inverse;
  bool anywhere = false, any_subject = false;
};

/// What the world's ontologies mean by their relations, and the names of countries, peoples and
/// languages. A value.
struct PropertyTable {
  std::map<std::string, PropertyRow, std::less<>> rows;        ///< by label and synonyms
  std::map<std::string, std::string, std::less<>> country_of;  ///< "Danish" -> "Denmark"
  std::set<std::string, std::less<>> countries, peoples, languages;
};

/// Read properties.tsv and demonyms.tsv of a folder. Throws Error{Io, Syntax, Schema}.
PropertyTable read_properties(const std::filesystem::path& folder);

/// The properties of the ontology's relations that the house has no rows for: those whose domain
/// or range names a type `ontology` has no row for, in the ontology's order.
std::vector<ForeignProperty> properties_of(const PropertyTable& table, const Ontology& ontology);

/// "developer", "developed" and "development" share a stem.
std::string word_family(std::string_view word);

}  // namespace tercet
