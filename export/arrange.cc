#include "export/arrange.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace tercet {
namespace {

constexpr std::size_t kSmallPart = 8;
constexpr std::size_t kLeastRow = 6;    // layers
constexpr std::size_t kManyLeaves = 4, kVeryManyLeaves = 9;

// Index of each drawn node, and the drawing in terms of it.
struct Local {
  std::vector<std::uint32_t> source, target;  // per link
  std::vector<std::uint32_t> out, in;         // per node: links
};

Local localise(const Drawing& drawing) {
  const auto index = [&](NodeId id) {
    return static_cast<std::uint32_t>(
        std::lower_bound(drawing.nodes.begin(), drawing.nodes.end(), id) - drawing.nodes.begin());
  };
  Local local;
  local.out.resize(drawing.nodes.size());
  local.in.resize(drawing.nodes.size());
  for (const DrawnLink& link : drawing.links) {
    local.source.push_back(index(link.source));
    local.target.push_back(index(link.target));
    ++local.out[local.source.back()];
    ++local.in[local.target.back()];
  }
  return local;
}

// Links of one hub to things that nothing else leads to get 1, 2, (3) in turn; so do those from
// things that lead nowhere else. `part_size` is that of the node's part.
std::vector<std::uint8_t> stagger(const Local& local, const std::vector<std::uint32_t>& part_size) {
  const std::size_t links = local.source.size();
  const auto hangs_below = [&](std::size_t i) {
    return local.in[local.target[i]] == 1 && part_size[local.target[i]] > kSmallPart;
  };
  const auto hangs_above = [&](std::size_t i) {
    return local.out[local.source[i]] == 1 && local.in[local.source[i]] == 0 &&
           part_size[local.source[i]] > kSmallPart;
  };
  std::vector<std::uint32_t> below(local.out.size()), above(local.out.size());
  for (std::size_t i = 0; i < links; ++i) {
    if (hangs_below(i)) ++below[local.source[i]];
    else if (hangs_above(i)) ++above[local.target[i]];
  }
  const auto turns = [](std::uint32_t leaves) -> std::uint32_t {
    return leaves >= kVeryManyLeaves ? 3 : leaves >= kManyLeaves ? 2 : 1;
  };
  std::vector<std::uint8_t> minlen(links, 1);
  std::vector<std::uint32_t> below_seen(local.out.size()), above_seen(local.out.size());
  for (std::size_t i = 0; i < links; ++i) {
    const std::uint32_t s = local.source[i], t = local.target[i];
    if (hangs_below(i)) {
      minlen[i] = static_cast<std::uint8_t>(1 + below_seen[s]++ % turns(below[s]));
    } else if (hangs_above(i)) {
      minlen[i] = static_cast<std::uint8_t>(1 + above_seen[t]++ % turns(above[t]));
    }
  }
  return minlen;
}

std::vector<std::uint32_t> part_of_nodes(const Local& local) {
  std::vector<std::uint32_t> parent(local.out.size());
  std::iota(parent.begin(), parent.end(), 0U);
  const auto root = [&](std::uint32_t node) {
    while (parent[node] != node) node = parent[node] = parent[parent[node]];
    return node;
  };
  for (std::size_t i = 0; i < local.source.size(); ++i) {
    const std::uint32_t a = root(local.source[i]), b = root(local.target[i]);
    parent[std::max(a, b)] = std::min(a, b);
  }
  for (std::uint32_t node = 0; node < parent.size(); ++node) parent[node] = root(node);
  return parent;
}

struct Part {
  std::vector<std::uint32_t> nodes;
  std::vector<std::size_t> links;
  std::uint32_t first = 0, last = 0;  // nodes in the first and last layer
  std::size_t width = 1;              // layers
};

// Longest path layering; a circle stops growing after as many rounds as there are nodes.
void measure(Part& part, const Local& local, std::vector<std::uint32_t>& layer,
             const std::vector<std::uint8_t>& minlen) {
  const auto most = static_cast<std::uint32_t>(std::min(part.nodes.size(), kSmallPart));
  bool changed = true;
  for (std::size_t round = 0; changed && round < most; ++round) {
    changed = false;
    for (const std::size_t link : part.links) {
      const std::uint32_t from = layer[local.source[link]] + minlen[link];
      std::uint32_t& to = layer[local.target[link]];
      if (local.source[link] != local.target[link] && to < from && from <= 2 * most) {
        to = from;
        changed = true;
      }
    }
  }
  const auto by_layer = [&](std::uint32_t a, std::uint32_t b) { return layer[a] < layer[b]; };
  part.first = *std::min_element(part.nodes.begin(), part.nodes.end(), by_layer);
  part.last = *std::max_element(part.nodes.begin(), part.nodes.end(), by_layer);
  part.width = layer[part.last] - layer[part.first] + 1;
}

}  // namespace

Arrangement arrange(const Drawing& drawing) {
  const Local local = localise(drawing);
  Arrangement out;
  const std::vector<std::uint32_t> root = part_of_nodes(local);
  std::vector<std::uint32_t> size(root.size());
  for (const std::uint32_t part : root) ++size[part];
  std::vector<std::uint32_t> part_size;
  for (const std::uint32_t part : root) part_size.push_back(size[part]);
  out.minlen = stagger(local, part_size);
  std::map<std::uint32_t, Part> parts;
  for (std::uint32_t node = 0; node < root.size(); ++node) parts[root[node]].nodes.push_back(node);
  for (std::size_t i = 0; i < local.source.size(); ++i) {
    parts[root[local.source[i]]].links.push_back(i);
  }
  std::vector<std::uint32_t> layer(root.size());
  std::vector<const Part*> small;
  std::size_t row = kLeastRow;
  for (auto& [id, part] : parts) {
    measure(part, local, layer, out.minlen);
    if (part.nodes.size() <= kSmallPart) small.push_back(&part);
    else row = std::max(row, part.width);
  }
  // Parts of one height in one row.
  std::stable_sort(small.begin(), small.end(), [](const Part* a, const Part* b) {
    return a->nodes.size() > b->nodes.size();
  });
  if (small.size() == parts.size()) {  // nothing but small parts: about as many rows as columns
    while (row * row < 3 * small.size()) ++row;
  }
  const Part* before = nullptr;
  std::size_t used = 0;
  for (const Part* part : small) {
    if (before != nullptr && used + part->width <= row) {
      out.chains.emplace_back(drawing.nodes[before->last], drawing.nodes[part->first]);
      used += part->width;
    } else {
      used = part->width;
    }
    before = part;
  }
  return out;
}

}  // namespace tercet
