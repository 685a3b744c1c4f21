#include "graph/biconnected.h"

#include <algorithm>
#include <optional>

namespace tercet {
namespace {

// Depth first from every node not yet found. low = earliest node reached from the subtree by one
// edge that is not the one by which its root was found.
void search(const ArcRows& rows, NodeId n, Blocks& result, const RunControl& control) {
  struct State {
    std::uint32_t low = 0;
    NodeId parent = Blocks::kNone;
    std::uint64_t next = 0;
  };
  std::vector<State> state(n);
  std::vector<std::uint32_t>& found = result.found;
  std::vector<NodeId> order;  // as found
  order.reserve(n);
  std::size_t steps = 0;
  for (NodeId root = 0; root < n; ++root) {
    if (found[root] != Blocks::kNone) continue;
    NodeId v = root;
    const auto enter = [&](NodeId w, NodeId parent) {
      found[w] = state[w].low = static_cast<std::uint32_t>(order.size());
      state[w].parent = parent;
      state[w].next = rows.offsets[w];
      order.push_back(w);
    };
    enter(root, Blocks::kNone);
    bool parent_seen = false;  // of v: its first edge to the parent is the one it was found by
    while (true) {
      if (++steps % 4096 == 0 && control.stop.stop_requested()) throw Stopped();
      State& mine = state[v];
      std::uint32_t low = mine.low;
      std::uint64_t i = mine.next;
      const std::uint64_t end = rows.offsets[v + 1];
      // Rows are ascending, so parallels of the edge to the parent follow each other.
      parent_seen =
          i > rows.offsets[v] && mine.parent != Blocks::kNone && rows.targets[i - 1] >= mine.parent;
      NodeId child = Blocks::kNone;
      for (; i < end; ++i) {
        const NodeId w = rows.targets[i];
        if (found[w] == Blocks::kNone) {
          child = w;
          ++i;
          break;
        }
        if (w == mine.parent && !parent_seen) {
          parent_seen = true;
          continue;
        }
        low = std::min(low, found[w]);
      }
      mine.low = low;
      mine.next = i;
      if (child != Blocks::kNone) {
        enter(child, v);
        v = child;
        continue;
      }
      if (mine.parent == Blocks::kNone) break;
      state[mine.parent].low = std::min(state[mine.parent].low, low);
      v = mine.parent;
    }
  }
  for (const NodeId v : order) {
    const NodeId parent = state[v].parent;
    if (parent == Blocks::kNone) continue;
    if (state[v].low >= found[parent]) {
      result.block_above[v] = result.blocks++;
      ++result.blocks_at[v];
      ++result.blocks_at[parent];
      if (state[v].low > found[parent]) {
        result.bridges.emplace_back(std::min(v, parent), std::max(v, parent));
      }
    } else {
      result.block_above[v] = result.block_above[parent];
      ++result.blocks_at[v];
    }
  }
  std::sort(result.bridges.begin(), result.bridges.end());
}

}  // namespace

Blocks biconnected(const Csr& graph, const RunControl& control) {
  const NodeId n = graph.nodes();
  Blocks result;
  result.blocks_at.assign(n, 0);
  result.found.assign(n, Blocks::kNone);
  result.block_above.assign(n, Blocks::kNone);
  if (graph.directed()) {
    search(undirected(graph, control.stop).out(), n, result, control);
  } else {
    search(graph.out(), n, result, control);
  }
  return result;
}

}  // namespace tercet
