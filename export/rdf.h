#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "graph/knowledge_graph.h"

namespace tercet {

struct RdfOptions {
  /// Things are <base>entity/..., claims <base>claim/..., relations <base>relation/..., documents
  /// <base>document/...; see checked_base().
  std::string base = "https://example.org/kg/";
};

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
};
struct NamespaceEntry {
  std::string_view prefix;
  std::string_view iri;  ///< relative to the base for the first ones
  bool under_base;
};
std::span<const NamespaceEntry> namespaces();  ///< indexed by Namespace
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
std::span<const Property> properties();

/// Takes the triples of a graph, grouped by subject. Calls: open ( property value+ )* close, where
/// a value of kind Node is itself open ... close.
class TripleSink {
 public:
  virtual ~TripleSink() = default;
  virtual void open(std::span<const Iri> types, Iri subject) = 0;
  virtual void close() = 0;
  virtual void property(const Property& property) = 0;
  virtual void relation(Iri predicate) = 0;  ///< a property of the graph's own; values are links
  virtual void link(Iri target) = 0;
  virtual void text(std::string_view value) = 0;  ///< already clean_text()
  virtual void number(double value) = 0;          ///< finite, at most 4 decimals
  virtual void count(std::uint64_t value) = 0;
};

/// Every triple of the graph, once, in one order for all formats: the vocabulary, documents, the
/// run, relations, things with their plain triples, claims with their evidence. A plain triple is
/// written for asserted edges only; every claim is a node. O(size); memory O(relations) and what
/// EntitySlugs needs. docs/formats/exports.md has the vocabulary.
void walk_triples(const KnowledgeGraph& graph, TripleSink& sink);

}  // namespace tercet
