#pragma once

#include <iosfwd>
#include <string>

#include "export/rdf.h"

namespace tercet {

struct JsonldOptions : RdfOptions {
  /// False: "@context" is the IRI context_iri(base), under which the user publishes what
  /// write_context() writes. Most readers refuse or try to fetch it: for those who map it.
  bool inline_context = true;
};

/// Write the graph as JSON-LD (https://www.w3.org/TR/json-ld11/) with an inline context, in the
/// streaming order (@type, @id, rest) and without any feature of 1.1, which readers of 1.0 refuse.
/// All triples stand in the default graph; no blank nodes. One node a line. Equal graphs give equal
/// bytes. Streamed: memory O(relations). Throws Error{Usage} for a bad base, Error{Io} if `out`
/// fails.
void write_jsonld(const KnowledgeGraph& graph, std::ostream& out,
                  const JsonldOptions& options = {});

/// The context alone, as a document of its own.
void write_context(std::ostream& out, const std::string& base);
std::string context_iri(const std::string& base);

}  // namespace tercet
