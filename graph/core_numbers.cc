#include <algorithm>
#include <numeric>
#include <span>

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
  // All without a branch on what is there, which nothing could foresee: what is found is written
  // behind the last one kept, hence one place more than there are nodes.
  std::vector<NodeId> rest(n), taken(std::size_t{n} + 1);
  std::iota(rest.begin(), rest.end(), NodeId{0});
  std::uint32_t k = 0xFFFFFFFF;
  for (const std::uint32_t degree : left) k = std::min(k, degree);
  std::size_t there = n;
  std::uint64_t arcs = 0;  // since the stop was last asked for
  while (there > 0) {
    check_in(control, 1 - static_cast<double>(there) / static_cast<double>(n));
    std::size_t count = 0;
    for (std::size_t i = 0; i < there; ++i) {
      taken[count] = rest[i];
      count += static_cast<std::size_t>(left[rest[i]] == k);
    }
    const auto take = [&](std::span<const NodeId> row) {
      std::uint32_t* const edges = left.data();
      NodeId* const found = taken.data();
      std::size_t end = count;
      for (const NodeId w : row) {
        const std::uint32_t before = edges[w];
        edges[w] = before - static_cast<std::uint32_t>(before > k);
        found[end] = w;
        end += static_cast<std::size_t>(before == k + 1);
      }
      count = end;
      arcs += row.size();
    };
    for (std::size_t at = 0; at < count; ++at) {
      if (arcs >= kArcsUnasked) {
        arcs = 0;
        if (control.stop.stop_requested()) throw Stopped();
      }
      take(graph.out().row(taken[at]));
      if (graph.directed()) take(graph.in().row(taken[at]));
    }
    std::size_t kept = 0;
    std::uint32_t least = 0xFFFFFFFF;
    for (std::size_t i = 0; i < there; ++i) {
      const NodeId v = rest[i];
      const std::uint32_t edges = left[v];
      rest[kept] = v;
      kept += static_cast<std::size_t>(edges > k);
      least = std::min(least, edges > k ? edges : 0xFFFFFFFF);
    }
    there = kept;
    k = least;
  }
  return left;
}

}  // namespace tercet
