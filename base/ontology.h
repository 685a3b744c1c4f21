#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

/// A way to say a relation; `inverse` when the grammatical subject is the relation's object
/// ("was acquired by").
struct Lexicalisation {
  std::string text;
  bool inverse = false;
};

struct RelationType {
  std::string id;
  std::string group;
  std::vector<std::string> domain, range;  ///< type names; empty = any type
  bool symmetric = false;
  bool transitive = false;
  bool functional = false;          ///< a subject has one object at most
  bool inverse_functional = false;  ///< an object has one subject at most
  bool asymmetric = false;          ///< never holds both ways
  std::string inverse;              ///< id of the inverse relation, or empty
  char sign = '0';                  ///< default sign in signed analyses: '+', '-' or '0'
  std::string gloss;
  std::vector<Lexicalisation> lexicalisations;
};

struct EntityType {
  std::string name;
  std::string parent;  ///< name of the more general type, or empty
  std::string gloss;
  std::vector<std::string> examples;
  bool literal = false;  ///< Quantity, Date: a value, not a thing
};

/// The relations and types facts are grounded to. A value; order is that of the files.
class Ontology {
 public:
  Ontology() = default;
  Ontology(std::vector<RelationType> relations, std::vector<EntityType> types);

  const std::vector<RelationType>& relations() const { return relations_; }
  const std::vector<EntityType>& types() const { return types_; }
  const RelationType* find_relation(std::string_view id) const;  ///< nullptr if absent
  const EntityType* find_type(std::string_view name) const;      ///< nullptr if absent

  /// True if `type` is `ancestor` or one of its descendants.
  bool is_a(std::string_view type, std::string_view ancestor) const;
  /// True if a subject/object of `type` may stand there. A type the ontology does not know, and
  /// the empty type, may stand anywhere ("unknown type = anything").
  bool accepts_subject(const RelationType& relation, std::string_view type) const;
  bool accepts_object(const RelationType& relation, std::string_view type) const;

 private:
  bool accepts(const std::vector<std::string>& allowed, std::string_view type) const;

  std::vector<RelationType> relations_;
  std::vector<EntityType> types_;
};

/// Read the two tables (docs/formats/tables.md). Types named in a domain or range but not in the
/// types table are reported in `warnings`, one line each, and count as any type. Throws
/// Error{Syntax, Schema} with file, line and column.
Ontology read_ontology(std::istream& relations, const std::string& relations_file,
                       std::istream& types, const std::string& types_file,
                       std::vector<std::string>& warnings);

}  // namespace tercet
