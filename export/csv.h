#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "export/property_graph.h"

namespace tercet {

struct CsvOptions : PropertyGraphOptions {
  /// A cell that a spreadsheet would run as a formula (it begins with = + - @ TAB or CR, or with
  /// quotes and one of these) gets a "'" before it. False: cells stand as they are.
  bool guard = true;
};

/// Write things, and relations, as RFC 4180 CSV with the header words of neo4j-admin import:
/// nodes.csv and relationships.csv, attributes of write_graphml(). LF ends a row. Equal graphs give
/// equal bytes. Streamed, memory O(1). Throws Error{Usage} for a bad base, Error{Io} if `out`
/// fails.
void write_csv_nodes(const KnowledgeGraph& graph, std::ostream& out,
                     const CsvOptions& options = {});
void write_csv_relationships(const KnowledgeGraph& graph, std::ostream& out,
                             const CsvOptions& options = {});

/// One cell, quoted if need be.
void append_csv(std::string& out, std::string_view text, bool guard);

/// True if a spreadsheet might take the text for a formula, or it is one that was guarded.
bool is_formula(std::string_view text);

}  // namespace tercet
