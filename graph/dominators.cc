#include "graph/dominators.h"

#include <algorithm>

namespace tercet {
namespace {

constexpr NodeId kNone = Dominators::kNone;

}  // namespace

Dominators dominators(const Csr& graph, NodeId root, const RunControl& control) {
  const NodeId n = graph.nodes();
  const ArcRows& out = graph.out();
  const ArcRows& in = graph.in();
  Dominators result;
  result.immediate.assign(n, kNone);
  result.dominated.assign(n, 0);

  // Everything below is in numbers of depth-first order: number[node], node[number].
  std::vector<NodeId> number(n, kNone), node, parent;
  {
    std::vector<std::uint64_t> next(out.offsets.begin(), out.offsets.end() - 1);
    std::vector<NodeId> path;  // numbers
    number[root] = 0;
    node.push_back(root);
    parent.push_back(0);
    path.push_back(0);
    for (std::size_t steps = 1; !path.empty(); ++steps) {
      if (steps % 4096 == 0) check_in(control, 0);
      const NodeId v = node[path.back()];
      NodeId child = kNone;
      while (child == kNone && next[v] < out.offsets[v + 1]) {
        const NodeId w = out.targets[next[v]++];
        if (number[w] == kNone) child = w;
      }
      if (child == kNone) {
        path.pop_back();
        continue;
      }
      number[child] = static_cast<NodeId>(node.size());
      parent.push_back(path.back());
      path.push_back(number[child]);
      node.push_back(child);
    }
  }

  const auto count = static_cast<NodeId>(node.size());
  // ancestor: path-compressed parents; best: the node of smallest semidominator on the compressed
  // path. Nodes with a number of at least `linked` are in the forest.
  std::vector<NodeId> semi(count), best(count), ancestor(parent), dominator(parent), chain;
  for (NodeId v = 0; v < count; ++v) semi[v] = best[v] = v;
  const auto evaluate = [&](NodeId v, NodeId linked) {
    if (v < linked) return v;
    chain.clear();
    for (NodeId at = v; ancestor[at] >= linked; at = ancestor[at]) chain.push_back(at);
    while (!chain.empty()) {  // from the top down
      const NodeId at = chain.back();
      chain.pop_back();
      const NodeId above = ancestor[at];
      if (semi[best[above]] < semi[best[at]]) best[at] = best[above];
      ancestor[at] = ancestor[above];
    }
    return best[v];
  };
  for (NodeId v = count; v-- > 1;) {
    if (v % 4096 == 0) check_in(control, 1 - static_cast<double>(v) / static_cast<double>(count));
    for (const NodeId source : in.row(node[v])) {
      if (number[source] == kNone) continue;
      semi[v] = std::min(semi[v], semi[evaluate(number[source], v + 1)]);
    }
  }
  for (NodeId v = 1; v < count; ++v) {
    // The nearest ancestor that is no deeper than the semidominator.
    NodeId above = parent[v];
    while (above > semi[v]) above = dominator[above];
    dominator[v] = above;
    result.immediate[node[v]] = node[above];
  }
  for (NodeId v = 0; v < count; ++v) result.dominated[node[v]] = 1;
  for (NodeId v = count; v-- > 1;) {
    result.dominated[node[dominator[v]]] += result.dominated[node[v]];
  }
  return result;
}

}  // namespace tercet
