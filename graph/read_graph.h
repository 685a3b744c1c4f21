#pragma once

#include <string>
#include <string_view>

#include "graph/csr.h"

namespace tercet {

/// Read an edge list: a line is `u v` or `u v w`, fields separated by blanks or tabs; ids are any
/// other bytes of UTF-8 and become node names in order of first use; w is a finite number >= 0
/// (1 where a line has none). Empty lines and lines that open with `#` are skipped; a byte order
/// mark and CR before the line end are allowed. Throws Error{Syntax} with line and column,
/// Error{Resource} above 2^32 - 2 nodes. O(bytes), each byte is visited O(1) times.
LabelledGraph read_edge_list(std::string_view text, const std::string& file, bool directed = true);

/// Read GraphML (http://graphml.graphdrawing.org/specification.html): node ids become names in
/// document order; `edgedefault` and an edge's own `directed` are honoured (in a file with both
/// kinds the graph is directed and an undirected edge becomes two arcs); the edge key whose
/// attr.name is "weight" gives weights. Nested graphs are read into the one graph; hyperedges are
/// Error{Schema}, as are an edge to a node that does not exist and a node declared twice.
/// A document without any <graph> is Error{Schema}. Entity declarations, nesting deeper than 256
/// and anything not well-formed are Error{Syntax} with line and column; nothing outside the text is
/// ever opened. `undirected` forgets directions.
LabelledGraph read_graphml(std::string_view text, const std::string& file, bool undirected = false);

/// Either of the two: GraphML if the first byte that is no blank is `<` or `file` ends in .graphml.
LabelledGraph read_graph(std::string_view text, const std::string& file, bool undirected = false);

}  // namespace tercet
