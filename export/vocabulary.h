#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/fact.h"

namespace tercet {

/// The namespaces of an export. The first ones lie under the base, the others are fixed.
enum class Namespace : std::uint8_t {
  Entity,
  Relation,
  Claim,
  Document,
  Run,
  Type,
  Kg,
  Rdf,
  Rdfs,
  Skos,
  Schema,
  Prov,
  Oa,
  Xsd,
  Absolute,  ///< none of these: the local part is a whole IRI
};
struct NamespaceEntry {
  std::string_view prefix;
  std::string_view iri;  ///< relative to the base for the first ones
  bool under_base;
};
std::span<const NamespaceEntry> namespaces();  ///< indexed by Namespace, without Absolute
std::string namespace_iri(Namespace name, std::string_view base);

/// An IRI as namespace and local part; the local part needs no further escaping.
struct Iri {
  Namespace space;
  std::string_view local;
};

enum class ValueKind : std::uint8_t { Link, Node, Text, Uri, Double, Count };

/// A property: its IRI, how its values are written, its key in JSON-LD.
struct Property {
  std::string_view key;
  Iri iri;
  ValueKind kind;
  bool set = false;  ///< several values may stand: an array in JSON-LD
};

enum class Term : std::uint8_t {
  Label,
  RawName,  ///< the exact name where Label or the IRI cannot hold it, see raw_text()
  Alias,
  EntityType,
  RawType,
  Mentions,
  SubClassOf,
  Subject,
  Predicate,
  Object,
  Polarity,
  Modality,
  Condition,
  ConditionText,
  Date,
  Quantity,
  Metric,
  Dimension,
  Role,
  Stake,
  AttributedTo,
  Confidence,
  Method,
  Sentence,
  SubjectText,
  RawSubjectText,
  ObjectText,
  RawObjectText,
  SubjectStandsFor,
  SubjectStandsForLine,
  ObjectStandsFor,
  ObjectStandsForLine,
  Evidence,
  GeneratedBy,
  Used,
  AssociatedWith,
  Source,
  Selector,
  Start,
  End,
  Exact,
  Line,
  Timestamp,
  Media,
  Url,
};
std::span<const Property> properties();  ///< indexed by Term
const Property& property(Term term);

/// The property of each qualifier of a fact.
struct QualifierTerm {
  Term term;
  std::string Qualifiers::*member;
};
std::span<const QualifierTerm> qualifier_terms();

}  // namespace tercet
