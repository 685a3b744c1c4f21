#include "graph/snapshot_paths.h"

#include <algorithm>

namespace tercet {

Csr walkable(const Snapshot& snapshot, const EdgeFilter& filter, bool directed) {
  EdgeColumns columns;
  for (NodeId node = 0; node < snapshot.nodes(); ++node) {
    const std::size_t row = columns.targets.size();
    const Places places = snapshot.out(node);
    for (std::uint32_t edge = places.first; edge < places.last; ++edge) {
      if (passes(snapshot, edge, filter)) columns.targets.push_back(snapshot.target(edge));
    }
    const auto begin = columns.targets.begin() + static_cast<std::ptrdiff_t>(row);
    std::sort(begin, columns.targets.end());
    columns.targets.erase(std::unique(begin, columns.targets.end()), columns.targets.end());
    columns.sources.resize(columns.targets.size(), node);
  }
  return {snapshot.nodes(), columns, directed};
}

std::vector<std::uint32_t> edges_of_step(const Snapshot& snapshot, NodeId a, NodeId b,
                                         const EdgeFilter& filter, bool directed) {
  std::vector<std::uint32_t> edges;
  const auto collect = [&](NodeId from, NodeId to) {
    const Places places = snapshot.in(to, from);
    for (std::uint32_t i = places.first; i < places.last; ++i) {
      const std::uint32_t edge = snapshot.edge_at(from, snapshot.in_relation(i), to);
      if (passes(snapshot, edge, filter)) edges.push_back(edge);
    }
  };
  collect(a, b);
  if (!directed && a != b) collect(b, a);
  std::sort(edges.begin(), edges.end());
  return edges;
}

}  // namespace tercet
