#include <algorithm>

#include "graph/structure.h"
#include "graph/work_crew.h"

namespace tercet {
namespace {

// Every edge once, from the end of smaller degree to the other; nodes renumbered by that order, so
// that rows stay short even at hubs.
struct Oriented {
  std::vector<NodeId> node;  // rank -> node
  std::vector<std::uint64_t> offsets;
  std::vector<NodeId> targets;  // ranks
};

Oriented orient(const Csr& simple, const RunControl& control) {
  const NodeId n = simple.nodes();
  const ArcRows& out = simple.out();
  Oriented result;
  std::uint64_t largest = 0;
  for (NodeId v = 0; v < n; ++v) largest = std::max(largest, out.degree(v));
  std::vector<NodeId> start(largest + 2, 0), rank(n);
  for (NodeId v = 0; v < n; ++v) ++start[out.degree(v) + 1];
  for (std::size_t d = 1; d < start.size(); ++d) start[d] += start[d - 1];
  result.node.resize(n);
  for (NodeId v = 0; v < n; ++v) {
    rank[v] = start[out.degree(v)]++;
    result.node[rank[v]] = v;
  }
  result.offsets.push_back(0);
  result.targets.reserve(simple.edges());
  StopCheck check(control.stop);
  for (NodeId r = 0; r < n; ++r) {
    check.after(out.degree(result.node[r]));
    for (const NodeId w : out.row(result.node[r])) {
      if (rank[w] > r) result.targets.push_back(rank[w]);
    }
    result.offsets.push_back(result.targets.size());
  }
  return result;
}

constexpr std::size_t kBlock = 1024;  // ranks

Triangles count(const Csr& simple, const RunControl& control) {
  const NodeId n = simple.nodes();
  const Oriented graph = orient(simple, control);
  const std::size_t blocks = (std::size_t{n} + kBlock - 1) / kBlock;
  WorkCrew crew(std::min<unsigned>(control.threads, static_cast<unsigned>(blocks)));
  // Whole numbers: their sum does not depend on which worker counted.
  std::vector<std::vector<std::uint64_t>> counts(crew.size(), std::vector<std::uint64_t>(n));
  std::vector<std::vector<std::uint8_t>> marks(crew.size(), std::vector<std::uint8_t>(n));
  crew.run(blocks, [&](std::size_t block, unsigned worker) {
    if (control.stop.stop_requested()) throw Stopped();
    StopCheck check(control.stop);
    std::vector<std::uint64_t>& mine = counts[worker];
    std::uint8_t* const mark = marks[worker].data();
    const NodeId* const targets = graph.targets.data();
    const std::size_t end = std::min<std::size_t>(n, (block + 1) * kBlock);
    for (std::size_t a = block * kBlock; a < end; ++a) {
      const std::uint64_t first = graph.offsets[a], last = graph.offsets[a + 1];
      if (last - first < 2) continue;
      for (std::uint64_t i = first; i < last; ++i) mark[targets[i]] = 1;
      std::uint64_t at_a = 0;
      for (std::uint64_t i = first; i < last; ++i) {
        const NodeId b = targets[i];
        check.after(graph.offsets[b + 1] - graph.offsets[b]);
        std::uint64_t at_b = 0;
        for (std::uint64_t j = graph.offsets[b]; j < graph.offsets[b + 1]; ++j) {
          const NodeId c = targets[j];
          if (mark[c] == 0) continue;
          ++at_b;
          ++mine[c];
        }
        mine[b] += at_b;
        at_a += at_b;
      }
      mine[a] += at_a;
      for (std::uint64_t i = first; i < last; ++i) mark[targets[i]] = 0;
    }
  });
  Triangles result;
  result.at.assign(n, 0);
  result.clustering.assign(n, 0.0);
  for (const auto& mine : counts) {
    for (NodeId r = 0; r < n; ++r) result.at[graph.node[r]] += mine[r];
  }
  double sum = 0, pairs = 0;
  for (NodeId v = 0; v < n; ++v) {
    result.total += result.at[v];
    const double degree = static_cast<double>(simple.out().degree(v));
    if (degree > 1) {
      result.clustering[v] = 2.0 * static_cast<double>(result.at[v]) / (degree * (degree - 1));
      sum += result.clustering[v];
      pairs += degree * (degree - 1) / 2;
    }
  }
  if (n > 0) result.average = sum / static_cast<double>(n);
  if (pairs > 0) result.transitivity = static_cast<double>(result.total) / pairs;
  result.total /= 3;
  check_in(control, 1);
  return result;
}

}  // namespace

Triangles triangles(const Csr& graph, const RunControl& control) {
  return is_simple(graph, control.stop) ? count(graph, control)
                                        : count(simple_undirected(graph, control.stop), control);
}

}  // namespace tercet
