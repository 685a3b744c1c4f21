#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

#include "graph/knowledge_graph.h"

namespace tercet {

struct WardleyOptions {
  std::string title;
  std::size_t max_links = 60;  ///< of the busiest part; 0: all
};

/// Write the busiest part of the asserted graph as text for OnlineWardleyMaps
/// (https://onlinewardleymaps.com): components, links, title. Height is the length of the longest
/// chain of links that leads to a thing, its place from left to right is a first guess by its type:
/// a start for people who then move things, not a finding. Characters the language gives a meaning
/// are replaced by their full-width forms; names that become equal get numbers. Equal graphs give
/// equal bytes. O(n log n). Throws Error{Io} if `out` fails.
void write_wardley(const KnowledgeGraph& graph, std::ostream& out,
                   const WardleyOptions& options = {});

}  // namespace tercet
