#include <algorithm>

#include "graph/structure.h"

namespace tercet {

std::vector<std::uint32_t> core_numbers(const Csr& graph, const RunControl& control) {
  const NodeId n = graph.nodes();
  std::vector<std::uint32_t> core(n);
  std::uint32_t largest = 0;
  for (NodeId v = 0; v < n; ++v) {
    const std::uint64_t degree =
        graph.out().degree(v) + (graph.directed() ? graph.in().degree(v) : 0);
    core[v] = static_cast<std::uint32_t>(std::min<std::uint64_t>(degree, 0xFFFFFFFE));
    largest = std::max(largest, core[v]);
  }
  // Nodes sorted by degree; start[d] = place of the first node of degree d. Taking a node lowers
  // its neighbours by one: each swaps places with the first of its degree, whose range then
  // shrinks.
  std::vector<std::uint32_t> start(std::size_t{largest} + 2, 0), place(n), sorted(n);
  for (NodeId v = 0; v < n; ++v) ++start[core[v] + 1];
  for (std::size_t d = 1; d < start.size(); ++d) start[d] += start[d - 1];
  {
    std::vector<std::uint32_t> next(start);
    for (NodeId v = 0; v < n; ++v) {
      place[v] = next[core[v]]++;
      sorted[place[v]] = v;
    }
  }
  const auto lower = [&](NodeId w) {
    const std::uint32_t first = start[core[w]];
    const NodeId other = sorted[first];
    if (other != w) {
      std::swap(sorted[first], sorted[place[w]]);
      std::swap(place[other], place[w]);
    }
    ++start[core[w]];
    --core[w];
  };
  for (NodeId i = 0; i < n; ++i) {
    if (i % 65536 == 0) check_in(control, static_cast<double>(i) / static_cast<double>(n));
    const NodeId v = sorted[i];
    for (const NodeId w : graph.out().row(v)) {
      if (core[w] > core[v]) lower(w);
    }
    if (!graph.directed()) continue;
    for (const NodeId w : graph.in().row(v)) {
      if (core[w] > core[v]) lower(w);
    }
  }
  return core;
}

}  // namespace tercet
