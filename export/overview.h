#pragma once

#include <iosfwd>
#include <string>

#include "export/drawing.h"
#include "graph/knowledge_graph.h"

namespace tercet {

struct OverviewOptions {
  Show show = Show::WithIntended;
  std::size_t most = 60;      ///< things named in the boxes, or statements on the line of time
  std::string title, source;  ///< see DotOptions
};

/// Write in the DOT language what groups the graph has (find_clusters()): a box for each, largest
/// first, with its name and busiest things, and one line for all links of one status from group to
/// group, with the relations it stands for and how many. What is left out is said. O(m log m).
void write_clusters_dot(const KnowledgeGraph& graph, std::ostream& out,
                        const OverviewOptions& options = {});

/// Write in the DOT language the dated statements from left to right, a column per year or span of
/// years; where no statement has a date, by the minute of the video it was said in, the first
/// document with times alone. Those said surely are kept, what is left out is said. O(n log n).
void write_timeline_dot(const KnowledgeGraph& graph, std::ostream& out,
                        const OverviewOptions& options = {});

}  // namespace tercet
