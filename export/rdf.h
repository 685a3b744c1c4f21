#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "export/vocabulary.h"
#include "graph/knowledge_graph.h"

namespace tercet {

/// How much a claim says of where it is from.
enum class Provenance : std::uint8_t {
  Full,   ///< evidence as Web Annotation selectors, documents, the run (PROV-O)
  Light,  ///< quote, offsets and seconds on the claim itself: about half the triples
  None,   ///< claims only: no sentence, no document
};

struct RdfOptions {
  /// Things are <base>entity/..., claims <base>claim/..., relations <base>relation/..., documents
  /// <base>document/...; see checked_base().
  std::string base = "https://example.org/kg/";
  Provenance provenance = Provenance::Full;
  /// What others call our types: type -> absolute IRI. A type that is not here is <base>type/X.
  std::map<std::string, std::string, std::less<>> type_iris;
};

/// Read a table of type_iris (docs/formats/tables.md): columns `type` and `iri`, which is an
/// absolute IRI or PREFIX:NAME with a prefix of namespaces() that is not under the base. Throws
/// Error{Schema|Syntax} with file, line and column.
std::map<std::string, std::string, std::less<>> read_type_iris(std::istream& in,
                                                               const std::string& file);

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
void walk_triples(const KnowledgeGraph& graph, TripleSink& sink, const RdfOptions& options = {});

}  // namespace tercet
