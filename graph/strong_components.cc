#include <algorithm>

#include "graph/structure.h"

namespace tercet {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;

// What is reached along `rows` from a root among the nodes that `allowed` holds (empty: all). While
// many are found it is cheaper to ask every node that is left for one neighbour that was reached
// (Beamer, Asanovic & Patterson 2012, doi:10.1109/SC.2012.50); a few such sweeps at most: linear.
std::vector<std::uint8_t> reached_from(NodeId root, const ArcRows& rows, const ArcRows& back,
                                       const std::vector<std::uint8_t>& allowed,
                                       const RunControl& control) {
  const auto n = static_cast<NodeId>(rows.offsets.size() - 1);
  std::vector<std::uint8_t> reached(n, 0);
  std::vector<NodeId> left, found;
  left.reserve(n);
  found.reserve(n);
  const auto is_new = [&](NodeId v) {
    return reached[v] == 0 && (allowed.empty() || allowed[v] != 0);
  };
  reached[root] = 1;
  for (NodeId v = 0; v < n; ++v) {
    if (is_new(v)) left.push_back(v);
  }
  std::uint64_t arcs = 0;  // since the stop was last asked for
  const auto ask = [&](std::uint64_t more) {
    arcs += more;
    if (arcs < kArcsUnasked) return;
    arcs = 0;
    check_in(control, 0);
  };
  for (const NodeId w : rows.row(root)) {
    if (!is_new(w)) continue;
    reached[w] = 1;
    found.push_back(w);
  }
  constexpr int kSweeps = 4;
  for (int sweep = 0; sweep < kSweeps && found.size() > n / 64; ++sweep) {
    found.clear();
    std::size_t kept = 0;
    for (const NodeId v : left) {
      if (reached[v] != 0) continue;
      std::uint64_t i = back.offsets[v];
      const std::uint64_t end = back.offsets[v + 1];
      ask(end - i);
      while (i < end && reached[back.targets[i]] == 0) ++i;
      left[kept] = v;
      if (i == end) {
        ++kept;
        continue;
      }
      reached[v] = 1;
      found.push_back(v);
    }
    left.resize(kept);
  }
  // Nodes found before the last sweep have nothing new to tell: it asked all that were left.
  while (!found.empty()) {
    const NodeId v = found.back();
    found.pop_back();
    ask(rows.degree(v));
    for (const NodeId w : rows.row(v)) {
      if (!is_new(w)) continue;
      reached[w] = 1;
      found.push_back(w);
    }
  }
  return reached;
}

// The part of the node with most ways through it: of most graphs the giant one. What it reaches and
// what reaches it meet in its part (Fleischer, Hendrickson & Pinar 2000,
// doi:10.1007/3-540-45591-4_68), far cheaper than the search for all parts. Marks its nodes 1;
// empty where the search alone is as cheap.
std::vector<std::uint8_t> giant_part(const Csr& graph, const RunControl& control) {
  const ArcRows& out = graph.out();
  const ArcRows& in = graph.in();
  if (graph.edges() < 3 * std::uint64_t{graph.nodes()}) return {};
  NodeId hub = 0;
  std::uint64_t best = 0;
  for (NodeId v = 0; v < graph.nodes(); ++v) {
    const std::uint64_t ways = std::min(out.degree(v), in.degree(v));
    if (ways > best) {
      best = ways;
      hub = v;
    }
  }
  if (best == 0) return {};
  const std::vector<std::uint8_t> ahead = reached_from(hub, out, in, {}, control);
  return reached_from(hub, in, out, ahead, control);
}

}  // namespace

Partition strong_components(const Csr& graph, const RunControl& control) {
  const NodeId n = graph.nodes();
  const ArcRows& out = graph.out();
  Partition result;
  // One number per node says all: 0 = not found; up to n: the earliest place on the path that the
  // node is known to reach; above: its part is closed, counted down from the largest number, so
  // that the least of two numbers never is that of a closed part. Places are used again when a
  // part closes, so the two ranges cannot meet.
  result.part.assign(n, 0);
  std::uint32_t* const state = result.part.data();
  struct Step {
    std::uint64_t next;  // arc
    NodeId node;
    std::uint32_t place;
  };
  std::vector<Step> path;
  std::vector<NodeId> open;  // left behind, of a part that is not closed
  std::uint32_t places = 0, closed = 0;
  std::uint64_t arcs = 0;  // since the stop was last asked for
  check_in(control, 0);
  const std::vector<std::uint8_t> giant = giant_part(graph, control);
  for (NodeId v = 0; v < giant.size(); ++v) {
    if (giant[v] == 0) continue;
    closed = 1;
    state[v] = kNone;
  }
  for (NodeId root = 0; root < n; ++root) {
    if (state[root] != 0) continue;
    state[root] = ++places;
    path.push_back({out.offsets[root], root, places});
    while (!path.empty()) {
      const Step step = path.back();
      const NodeId v = step.node;
      const std::uint64_t end = out.offsets[v + 1];
      std::uint64_t i = step.next;
      std::uint32_t low = state[v];
      NodeId child = v;
      for (; i < end; ++i) {
        const std::uint32_t reached = state[out.targets[i]];
        if (reached == 0) {
          child = out.targets[i];
          break;
        }
        low = std::min(low, reached);
      }
      state[v] = low;
      arcs += i - step.next + 1;
      if (arcs >= kArcsUnasked) {
        arcs = 0;
        check_in(control, static_cast<double>(root) / static_cast<double>(n));
      }
      if (i < end) {
        path.back().next = i;  // looked at again on the way back: then it knows what it reaches
        state[child] = ++places;
        path.push_back({out.offsets[child], child, places});
        continue;
      }
      path.pop_back();
      if (low != step.place) {
        open.push_back(v);
        continue;
      }
      const std::uint32_t number = kNone - closed++;
      while (!open.empty() && state[open.back()] >= step.place) {
        state[open.back()] = number;
        open.pop_back();
        --places;
      }
      state[v] = number;
      --places;
    }
  }
  // Renumber by smallest node.
  std::vector<std::uint32_t> number(closed, kNone);
  for (NodeId v = 0; v < n; ++v) {
    std::uint32_t& mine = number[kNone - result.part[v]];
    if (mine == kNone) mine = result.parts++;
    result.part[v] = mine;
  }
  return result;
}

}  // namespace tercet
