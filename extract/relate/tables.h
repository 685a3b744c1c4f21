#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/ontology.h"
#include "base/text_hash.h"
#include "extract/relate/properties.h"

namespace tercet {

/// What a role of a predicate must hold for a row to apply: "target=demand|need".
struct RoleTest {
  std::string role;
  bool negated = false;            ///< written "role!=..."
  std::vector<std::string> words;  ///< lemmas; one of them is a word of the argument's phrase
};

/// A way to say a relation (a line of seeds/lexicalisations.tsv, see docs/formats).
///
/// Roles: `doer` (subject of the active, "by" of the passive), `target` (object of the active,
/// subject of the passive), `recipient`, `action` (an infinitive or clause), a preposition ("in",
/// "because of"), and for nouns and adjectives `self` (what is said to be it) and `owner`
/// (possessive). A dot goes one step down: `target.for`, `action.target`.
struct RelationRow {
  enum class Kind : std::uint8_t { Verb, Noun, Adjective };
  Kind kind = Kind::Verb;
  std::string predicate;  ///< lemma, with particle ("set up")
  std::string from, to;   ///< roles of the relation's subject and object
  std::vector<RoleTest> tests;
  std::vector<std::string> from_types, to_types;  ///< empty: what the ontology accepts
  std::string relation;
  double confidence = 0.5;                     ///< 0..1: how often a careful reader agrees
  std::size_t from_number = 0, to_number = 0;  ///< of the roles, below RelationTables::role_count()
};

/// The lexical knowledge of the relation layer. A value; rows keep the order of the file.
class RelationTables {
 public:
  RelationTables() = default;
  RelationTables(std::vector<RelationRow> rows, std::map<std::string, std::set<std::string>> words,
                 std::map<std::string, int, std::less<>> weights = {}, PropertyTable table = {});

  const std::vector<RelationRow>& rows() const { return rows_; }
  /// How many different roles the rows name.
  std::size_t role_count() const { return role_count_; }
  /// Indexes of the rows of a predicate, in order; empty if there are none.
  const std::vector<int>& rows_of(RelationRow::Kind kind, std::string_view predicate) const;
  /// True if `word` is listed under `list` in seeds/relation_words.tsv.
  bool listed(std::string_view list, std::string_view word) const;
  /// The trained weight of a feature in 1/1000 logit (seeds/relation_weights.tsv), or nullptr.
  const int* weight(std::string_view feature) const;
  /// Of the ontology given to with(): its relations that the house has no rows for.
  const std::vector<ForeignProperty>& properties() const { return properties_; }
  const PropertyTable& property_table() const { return property_table_; }
  /// These tables with rows read off the ontology's own lexicalisations ("was acquired by (inv)",
  /// "headquartered in", "CEO of"), where no row says otherwise; rows for relations the ontology
  /// does not have are left out.
  RelationTables with(const Ontology& ontology) const;

 private:
  void index();

  // Asked dozens of times per claim, never walked through.
  template <class Value>
  using Dictionary = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;
  using WordSet = std::unordered_set<std::string, TextHash, std::equal_to<>>;

  std::vector<RelationRow> rows_;
  std::size_t role_count_ = 0;
  std::vector<ForeignProperty> properties_;
  PropertyTable property_table_;
  Dictionary<WordSet> words_;
  Dictionary<int> weights_;
  Dictionary<std::vector<int>> by_predicate_[3];
};

/// Read `lexicalisations.tsv`, `relation_words.tsv` and, where they are there,
/// `relation_weights.tsv`, `properties.tsv` with `demonyms.tsv` of a folder. Throws
/// Error{Io, Syntax, Schema} with file, line and column.
RelationTables read_relation_tables(const std::filesystem::path& folder);

/// The lemmas an inflected English word may have, most regular first, the word itself included:
/// "based" -> "based", "base", "bas". For words of tables only; text has the tagger's lemmas.
std::vector<std::string> possible_lemmas(std::string_view word);

}  // namespace tercet
