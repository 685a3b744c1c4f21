#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

#include "graph/knowledge_graph.h"

namespace tercet {

struct HtmlOptions {
  std::string title;   ///< empty: see page_title()
  std::string source;  ///< said in the subtitle: where the text is from; empty: how many documents
  /// Begin with every statement shown, not with asserted ones and plans only. The page holds all of
  /// them either way, and switches them.
  bool all = false;
  /// Up to so many things and lines cytoscape.js draws, with shapes and line styles; above, sigma.
  std::size_t most_for_cytoscape = 2'000;
};

/// Write one HTML page that shows the graph and lets its reader search, filter and follow it to the
/// quotes. The page needs nothing but itself: positions are computed here, the libraries and all
/// data are inside, and its content security policy allows only the scripts whose hashes it names.
/// Names and quotes are data in a JSON block with `<`, `>` and `&` escaped. Links are those of
/// video_link() only. Equal graphs give equal bytes. O(n log n) for fixed rounds of layout.
/// Throws Error{Io} if `out` fails.
void write_html(const KnowledgeGraph& graph, std::ostream& out, const HtmlOptions& options = {});

}  // namespace tercet
