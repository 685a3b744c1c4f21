#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fact.h"
#include "graph/knowledge_graph.h"

namespace tercet {

/// What a file of facts holds. A fact whose document the file does not name has an empty `doc`, one
/// without an identifier an empty `id`.
struct FactFile {
  std::vector<Fact> facts;
  std::vector<DocumentInfo> documents;  ///< with a title or a video
};

/// Told of what is left out of a file that is otherwise read: 1-based line, column (0: not known).
using OnSkipped =
    std::function<void(std::uint32_t line, std::uint32_t column, const std::string& what)>;

enum class RdfSyntax : std::uint8_t { NQuads, NTriples, Turtle, TriG };

/// Read RDF: the claims of docs/formats/exports.md in any order, and plain triples between IRIs
/// that no claim stands for as asserted facts. A plain triple in a named graph is left out: a
/// graph's name does not say that it is asserted. Never fetches; a relative IRI, nesting deeper
/// than 128 and bytes that are not UTF-8 are errors. Export, import, export gives the same bytes.
/// Throws Error{Syntax|Schema} with file, line and column. O(n log n).
FactFile read_rdf_facts(std::string_view bytes, RdfSyntax syntax, const std::string& file,
                        const OnSkipped& skipped);

/// Read JSON-LD of the shape write_jsonld() gives: one object with an inline @context of prefixes
/// and terms (or ours by its IRI) and a @graph of nodes whose @id comes before their properties.
/// Anything else, also any other remote context, is Error{Syntax|Schema} with file, line and
/// column and the advice to convert. Nothing is fetched. O(n log n).
FactFile read_jsonld_facts(std::string_view bytes, const std::string& file,
                           const OnSkipped& skipped);

/// Read GraphML: of an edge with `facts` these, of another one fact out of its attributes (those of
/// docs/formats/exports.md; the relation is `relation`, else `label`) and its nodes' `label` and
/// `type`. No DTD, no entities, depth at most 64. Throws Error{Syntax|Schema} with file and line.
FactFile read_graphml_facts(std::string_view bytes, const std::string& file,
                            const OnSkipped& skipped);

/// Read a table of facts with cells between `separator`. TAB: \t \n \r \0 and \\ are escapes, as
/// PostgreSQL's COPY writes them; ',': RFC 4180, and a "'" that guards a formula is taken off. A
/// first line that names subject, relation and object may name any key of facts.md beside; without
/// it the first three columns are these. With columns `:START_ID` and `:END_ID` it is a
/// relationships.csv; then `nodes` is the nodes.csv beside it, or empty if there is a column
/// `facts`. Rows that cannot be read are told to `skipped`.
FactFile read_table_facts(std::string_view bytes, char separator, const std::string& file,
                          std::string_view nodes, const OnSkipped& skipped);

/// Append the facts of a JSON array as an export's `facts` attribute has them. Throws
/// Error{Syntax|Schema}.
void read_fact_array(std::string_view json, std::vector<Fact>& out);

}  // namespace tercet
