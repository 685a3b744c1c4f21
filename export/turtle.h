#pragma once

#include <iosfwd>

#include "export/rdf.h"

namespace tercet {

/// Write the graph as Turtle (https://www.w3.org/TR/turtle/): exactly the triples of
/// write_nquads(), no blank nodes. The text is TriG (https://www.w3.org/TR/trig/) too, everything
/// in its default graph. Equal graphs give equal bytes. Streamed: memory O(relations). Throws
/// Error{Usage} for a bad base, Error{Io} if `out` fails.
void write_turtle(const KnowledgeGraph& graph, std::ostream& out, const RdfOptions& options = {});

}  // namespace tercet
