#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "graph/knowledge_graph.h"

namespace tercet {

enum class ReportFormat : std::uint8_t { Html, Markdown };

struct ReportOptions {
  std::string title;              ///< or empty: of the focus, else a plain one
  std::vector<NodeId> focus;      ///< only what is said of these; empty: everything
  std::string picture;            ///< SVG for an HTML page, or empty
  std::size_t top = 15;           ///< things and groups listed
  std::size_t most_claims = 200;  ///< of each section; what is left out is said
};

/// Write a page for reading: what matters most with its measures, groups, what is stated with its
/// quotes, what is denied, planned, hedged or conditional with its conditions, what is disputed, a
/// timeline, the sources. Statements come by the rank of their things. One file without scripts or
/// network; names and quotes are text whatever they hold. Equal graphs give equal bytes. O(n log n)
/// and a PageRank. Throws Error{Io} if `out` fails.
void write_report(const KnowledgeGraph& graph, std::ostream& out, ReportFormat format,
                  const ReportOptions& options = {});

}  // namespace tercet
