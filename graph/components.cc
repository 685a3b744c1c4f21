#include <algorithm>
#include <array>

#include "graph/structure.h"

namespace tercet {
namespace {

// Parent pointers to smaller nodes: the root of a component is its smallest node.
class Forest {
 public:
  explicit Forest(NodeId n) : parent_(n) {
    for (NodeId v = 0; v < n; ++v) parent_[v] = v;
  }
  void link(NodeId a, NodeId b) {
    NodeId p = parent_[a], q = parent_[b];
    while (p != q) {
      const NodeId high = std::max(p, q), low = std::min(p, q);
      const NodeId above = parent_[high];
      if (above == low) return;
      if (above == high) {
        parent_[high] = low;
        return;
      }
      p = parent_[parent_[high]];
      q = parent_[low];
    }
  }
  void flatten() {
    for (NodeId v = 0; v < parent_.size(); ++v) {
      while (parent_[v] != parent_[parent_[v]]) parent_[v] = parent_[parent_[v]];
    }
  }
  NodeId root(NodeId v) const { return parent_[v]; }  // after flatten()

 private:
  std::vector<NodeId> parent_;
};

// The root most often met in a fixed sample of nodes: in most graphs that of a giant component.
NodeId common_root(const Forest& forest, NodeId n) {
  constexpr std::size_t kSample = 1024;
  std::array<NodeId, kSample> roots{};
  for (std::size_t i = 0; i < kSample; ++i) {
    roots[i] = forest.root(static_cast<NodeId>((i * 0x9E3779B1u) % n));
  }
  std::sort(roots.begin(), roots.end());
  NodeId best = roots[0];
  std::size_t best_count = 0;
  for (std::size_t i = 0, j = 0; i < kSample; i = j) {
    while (j < kSample && roots[j] == roots[i]) ++j;
    if (j - i > best_count) {
      best_count = j - i;
      best = roots[i];
    }
  }
  return best;
}

}  // namespace

Partition components(const Csr& graph, const RunControl& control) {
  const NodeId n = graph.nodes();
  Partition result;
  if (n == 0) return result;
  Forest forest(n);
  // Two arcs of every node join most of a giant component; its nodes need not look at the rest,
  // as an arc that leaves it is seen from its other end. That end must know of the arc: so a
  // directed graph is read in both directions.
  const ArcRows& out = graph.out();
  const ArcRows& in = graph.in();
  for (std::uint64_t round = 0; round < 2; ++round) {
    for (NodeId v = 0; v < n; ++v) {
      if (out.degree(v) > round) forest.link(v, out.targets[out.offsets[v] + round]);
    }
    forest.flatten();
    check_in(control, 0);
  }
  const NodeId giant = common_root(forest, n);
  std::uint64_t arcs = 0;  // since the stop was last asked for
  for (NodeId v = 0; v < n; ++v) {
    if (arcs >= kArcsUnasked) {
      arcs = 0;
      check_in(control, 0.5);
    }
    if (forest.root(v) == giant) continue;
    arcs += out.degree(v) + (graph.directed() ? in.degree(v) : 0);
    for (const NodeId w : out.row(v)) forest.link(v, w);
    if (!graph.directed()) continue;
    for (const NodeId w : in.row(v)) forest.link(v, w);
  }
  forest.flatten();

  result.part.resize(n);
  for (NodeId v = 0; v < n; ++v) {
    const NodeId root = forest.root(v);
    result.part[v] = root == v ? result.parts++ : result.part[root];
  }
  return result;
}

}  // namespace tercet
