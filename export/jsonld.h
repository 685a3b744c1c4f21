#pragma once

#include <iosfwd>

#include "export/rdf.h"

namespace tercet {

/// Write the graph as JSON-LD (https://www.w3.org/TR/json-ld11/) with an inline context, in the
/// streaming order (@type, @id, rest) and without any feature of 1.1, which readers of 1.0 refuse.
/// All triples stand in the default graph; no blank nodes. One node a line. Equal graphs give equal
/// bytes. Streamed: memory O(relations). Throws Error{Usage} for a bad base, Error{Io} if `out`
/// fails.
void write_jsonld(const KnowledgeGraph& graph, std::ostream& out, const RdfOptions& options = {});

}  // namespace tercet
