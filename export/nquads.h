#pragma once

#include <iosfwd>

#include "export/rdf.h"

namespace tercet {

/// Write the graph as RDF 1.1 N-Quads (https://www.w3.org/TR/n-quads/), all in the default graph,
/// no blank nodes: exactly the triples of write_jsonld(). Equal graphs give equal bytes. Streamed:
/// memory O(relations). Throws Error{Usage} for a bad base, Error{Io} if `out` fails.
void write_nquads(const KnowledgeGraph& graph, std::ostream& out, const RdfOptions& options = {});

}  // namespace tercet
