#pragma once

#include <iosfwd>

#include "export/property_graph.h"

namespace tercet {

/// Write the graph as a Cypher script (openCypher 9, Neo4j 4.4 and later) that loads it, twice
/// without harm: a constraint, things in batches under their IRI, relations under source, label and
/// target. Every value is a string literal or a number; names of labels and relationship types keep
/// letters, digits and spaces, every other character of theirs is '_' (the exact relation is a
/// property). Equal graphs give equal bytes. Memory O(relations), at most some MB. Throws
/// Error{Usage} for a bad base, Error{Io} if `out` fails.
void write_cypher(const KnowledgeGraph& graph, std::ostream& out,
                  const PropertyGraphOptions& options = {});

}  // namespace tercet
