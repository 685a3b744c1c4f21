#include "graph/dynamic_components.h"

#include <algorithm>
#include <utility>

namespace tercet {

struct DynamicComponents::Side {
  std::uint32_t mark;
  std::vector<NodeId> met;
  std::size_t next = 0;
};

DynamicComponents::DynamicComponents(NodeId nodes) {
  for (NodeId v = 0; v < nodes; ++v) add_node();
}

DynamicComponents::DynamicComponents(const Csr& graph) {
  const NodeId n = graph.nodes();
  Partition known = components(graph);
  near_.resize(n);
  for (NodeId v = 0; v < n; ++v) {
    const auto out = graph.out().row(v);
    near_[v].assign(out.begin(), out.end());
    if (!graph.directed()) continue;
    const auto in = graph.in().row(v);
    near_[v].insert(near_[v].end(), in.begin(), in.end());
  }
  part_ = std::move(known.part);
  parts_ = known.parts;
  members_.resize(parts_);
  place_.resize(n);
  mark_.assign(n, 0);
  for (NodeId v = 0; v < n; ++v) {
    place_[v] = static_cast<std::uint32_t>(members_[part_[v]].size());
    members_[part_[v]].push_back(v);
  }
}

NodeId DynamicComponents::add_node() {
  const NodeId v = nodes();
  near_.emplace_back();
  mark_.push_back(0);
  place_.push_back(0);
  if (free_.empty()) {
    part_.push_back(static_cast<std::uint32_t>(members_.size()));
    members_.push_back({v});
  } else {
    part_.push_back(free_.back());
    free_.pop_back();
    members_[part_[v]].assign(1, v);
  }
  ++parts_;
  return v;
}

void DynamicComponents::move_members(const std::vector<NodeId>& nodes, std::uint32_t to) {
  for (const NodeId v : nodes) {
    std::vector<NodeId>& from = members_[part_[v]];
    const NodeId last = from.back();
    from[place_[v]] = last;
    place_[last] = place_[v];
    from.pop_back();
    part_[v] = to;
    place_[v] = static_cast<std::uint32_t>(members_[to].size());
    members_[to].push_back(v);
  }
}

void DynamicComponents::insert(NodeId a, NodeId b) {
  near_[a].push_back(b);
  near_[b].push_back(a);  // a loop lies twice in its list
  std::uint32_t large = part_[a], small = part_[b];
  if (large == small) return;
  if (members_[large].size() < members_[small].size()) std::swap(large, small);
  const std::vector<NodeId> moving = members_[small];
  move_members(moving, large);
  free_.push_back(small);
  --parts_;
}

// Looks at the neighbours of one more node; true if the other side was met.
bool DynamicComponents::expand(Side& mine, std::uint32_t other_mark) {
  const NodeId v = mine.met[mine.next++];
  for (const NodeId w : near_[v]) {
    if (mark_[w] == other_mark) return true;
    if (mark_[w] == mine.mark) continue;
    mark_[w] = mine.mark;
    mine.met.push_back(w);
  }
  return false;
}

bool DynamicComponents::erase(NodeId a, NodeId b) {
  // Look in the shorter list first: most edges that are not there end here.
  if (near_[a].size() > near_[b].size()) std::swap(a, b);
  const auto at = std::find(near_[a].begin(), near_[a].end(), b);
  if (at == near_[a].end()) return false;
  *at = near_[a].back();
  near_[a].pop_back();
  const auto back = std::find(near_[b].begin(), near_[b].end(), a);
  *back = near_[b].back();
  near_[b].pop_back();
  if (a == b) return true;

  if (searches_ > 0xFFFFFFF0) {
    std::fill(mark_.begin(), mark_.end(), 0);
    searches_ = 0;
  }
  Side one{++searches_, {a}}, other{++searches_, {b}};
  mark_[a] = one.mark;
  mark_[b] = other.mark;
  while (true) {
    if (expand(one, other.mark) || expand(other, one.mark)) return true;
    if (one.next < one.met.size() && other.next < other.met.size()) continue;
    const Side& whole = one.next == one.met.size() ? one : other;
    std::uint32_t part = 0;
    if (free_.empty()) {
      part = static_cast<std::uint32_t>(members_.size());
      members_.emplace_back();
    } else {
      part = free_.back();
      free_.pop_back();
    }
    move_members(whole.met, part);
    ++parts_;
    return true;
  }
}

Partition DynamicComponents::partition() const {
  constexpr std::uint32_t kNone = 0xFFFFFFFF;
  Partition result;
  std::vector<std::uint32_t> number(members_.size(), kNone);
  result.part.resize(part_.size());
  for (std::size_t v = 0; v < part_.size(); ++v) {
    std::uint32_t& mine = number[part_[v]];
    if (mine == kNone) mine = result.parts++;
    result.part[v] = mine;
  }
  return result;
}

}  // namespace tercet
