#include <algorithm>
#include <numeric>

#include "graph/structure.h"

namespace tercet {

std::vector<std::uint32_t> core_numbers(const Csr& graph, const RunControl& control) {
  const NodeId n = graph.nodes();
  std::vector<std::uint32_t> left(n);  // edges to nodes not yet taken; of one that is, its core
  for (NodeId v = 0; v < n; ++v) {
    const std::uint64_t degree =
        graph.out().degree(v) + (graph.directed() ? graph.in().degree(v) : 0);
    left[v] = static_cast<std::uint32_t>(std::min<std::uint64_t>(degree, 0xFFFFFFFE));
  }
  // Level by level: take what has no more than k edges left, and what that brings down to k. The
  // nodes still there are looked over once a level; as a node is there for as many levels as its
  // core, these looks are no more than the edges, and unlike buckets they need no second array.
  std::vector<NodeId> rest(n), taken;
  std::iota(rest.begin(), rest.end(), NodeId{0});
  while (!rest.empty()) {
    check_in(control, 1 - static_cast<double>(rest.size()) / static_cast<double>(n));
    std::uint32_t k = left[rest.front()];
    for (const NodeId v : rest) k = std::min(k, left[v]);
    taken.clear();
    for (const NodeId v : rest) {
      if (left[v] == k) taken.push_back(v);
    }
    const auto take = [&](NodeId w) {
      // Without a branch on what is there, which nothing could foresee.
      const std::uint32_t before = left[w];
      left[w] = before - static_cast<std::uint32_t>(before > k);
      if (before == k + 1) taken.push_back(w);
    };
    for (std::size_t at = 0; at < taken.size(); ++at) {
      if (at % 65536 == 65535 && control.stop.stop_requested()) throw Stopped();
      const NodeId v = taken[at];
      for (const NodeId w : graph.out().row(v)) take(w);
      if (!graph.directed()) continue;
      for (const NodeId w : graph.in().row(v)) take(w);
    }
    std::erase_if(rest, [&](NodeId v) { return left[v] <= k; });
  }
  return left;
}

}  // namespace tercet
