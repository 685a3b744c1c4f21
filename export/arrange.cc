#include "export/arrange.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>

namespace tercet {
namespace {

constexpr std::size_t kSmallPart = 8;
constexpr std::int32_t kTower = 12;   // leaves more on one side than on the other
constexpr std::size_t kWiderRow = 2;  // layers more than asked, if one part alone needs them
constexpr double kWideEnough = 1.25;
constexpr std::size_t kManyLeaves = 4, kVeryManyLeaves = 9;

// Index of each drawn node, and the drawing in terms of it.
struct Local {
  std::vector<std::uint32_t> source, target;  // per link
  std::vector<std::uint32_t> out, in;         // per node: links
};

Local localise(const Drawing& drawing, const std::vector<bool>& loose) {
  const auto index = [&](NodeId id) {
    return static_cast<std::uint32_t>(
        std::lower_bound(drawing.nodes.begin(), drawing.nodes.end(), id) - drawing.nodes.begin());
  };
  Local local;
  local.out.resize(drawing.nodes.size());
  local.in.resize(drawing.nodes.size());
  for (std::size_t i = 0; i < drawing.links.size(); ++i) {
    const DrawnLink& link = drawing.links[i];
    // A loop keeps the numbers of the links and has no say.
    if (loose[i]) {
      local.source.push_back(index(link.source));
      local.target.push_back(local.source.back());
      continue;
    }
    local.source.push_back(index(link.source));
    local.target.push_back(index(link.target));
    ++local.out[local.source.back()];
    ++local.in[local.target.back()];
  }
  return local;
}

// Things on one hub only, all on one side of it, make a tower: every other one goes to the other
// side.
std::vector<bool> flip(Local& local) {
  const std::size_t links = local.source.size();
  std::vector<bool> flipped(links);
  std::vector<std::int32_t> lean(local.out.size());  // leaves behind a hub minus those before it
  const auto leaf = [&](std::uint32_t node) { return local.in[node] + local.out[node] == 1; };
  for (std::size_t i = 0; i < links; ++i) {
    const std::uint32_t s = local.source[i], t = local.target[i];
    if (s == t) continue;
    if (leaf(t)) ++lean[s];
    if (leaf(s)) --lean[t];
  }
  std::vector<std::int32_t> quota;  // that still go over, of either kind
  for (const std::int32_t one : lean) quota.push_back(std::abs(one) >= kTower ? one / 2 : 0);
  std::vector<bool> stays(local.out.size());
  for (std::size_t i = 0; i < links; ++i) {
    const std::uint32_t s = local.source[i], t = local.target[i];
    if (s == t || leaf(s) == leaf(t)) continue;
    const std::uint32_t hub = leaf(t) ? s : t;
    std::int32_t& rest = quota[hub];
    if (rest == 0 || (rest > 0) != leaf(t)) continue;
    stays[hub] = !stays[hub];  // every other one
    if (stays[hub]) continue;
    rest += rest > 0 ? -1 : 1;
    std::swap(local.source[i], local.target[i]);
    --local.out[s], --local.in[t], ++local.out[t], ++local.in[s];
    flipped[i] = true;
  }
  return flipped;
}

// Links of one hub to things that nothing else leads to get 1 .. most_turns in turn; so do those
// from things that lead nowhere else. `part_size` is that of the node's part.
std::vector<std::uint8_t> stagger(const Local& local, const std::vector<std::uint32_t>& part_size,
                                  std::uint32_t most_turns) {
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
    if (hangs_below(i))
      ++below[local.source[i]];
    else if (hangs_above(i))
      ++above[local.target[i]];
  }
  const auto turns = [&](std::uint32_t leaves) {
    return std::min(most_turns, leaves >= kVeryManyLeaves ? 3U : leaves >= kManyLeaves ? 2U : 1U);
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

// The links without those that close a circle, as a depth-first walk finds them (dot turns such a
// link round), and the nodes in an order in which every link that is left goes forward.
struct Acyclic {
  std::vector<std::size_t> links;  // by the place of their source in the order
};

Acyclic without_circles(const Local& local) {
  const std::size_t nodes = local.out.size();
  std::vector<std::size_t> first(nodes + 1), by_source(local.source.size());
  for (const std::uint32_t s : local.source) ++first[s + 1];
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<std::size_t> next(first.begin(), first.end() - 1);
  for (std::size_t i = 0; i < local.source.size(); ++i) by_source[next[local.source[i]]++] = i;

  enum class Mark : std::uint8_t { New, Open, Done };
  std::vector<Mark> mark(nodes, Mark::New);
  std::vector<bool> closes(local.source.size());
  std::vector<std::uint32_t> stack, done;
  next.assign(first.begin(), first.end() - 1);
  // From nodes that nothing leads to first: as few links as possible are turned round.
  for (const bool sources : {true, false}) {
    for (std::uint32_t start = 0; start < nodes; ++start) {
      if (mark[start] != Mark::New || (sources && local.in[start] > 0)) continue;
      stack.push_back(start);
      mark[start] = Mark::Open;
      while (!stack.empty()) {
        const std::uint32_t node = stack.back();
        if (next[node] == first[node + 1]) {
          mark[node] = Mark::Done;
          done.push_back(node);
          stack.pop_back();
          continue;
        }
        const std::size_t link = by_source[next[node]++];
        const std::uint32_t target = local.target[link];
        if (mark[target] == Mark::Open) {
          closes[link] = true;
        } else if (mark[target] == Mark::New) {
          mark[target] = Mark::Open;
          stack.push_back(target);
        }
      }
    }
  }
  Acyclic out;
  for (auto node = done.rbegin(); node != done.rend(); ++node) {
    for (std::size_t i = first[*node]; i < first[*node + 1]; ++i) {
      if (!closes[by_source[i]]) out.links.push_back(by_source[i]);
    }
  }
  return out;
}

// Width by height of the drawing, roughly: layers against the fullest layer. A link that passes a
// layer takes a third of the room of a node.
double proportion(const Local& local, const Acyclic& acyclic,
                  const std::vector<std::uint8_t>& minlen) {
  constexpr double kLayerWidth = 215, kNodeHeight = 52, kPassing = 17;  // points, as measured
  std::vector<std::uint32_t> layer(local.out.size());
  for (const std::size_t i : acyclic.links) {
    std::uint32_t& to = layer[local.target[i]];
    to = std::max(to, layer[local.source[i]] + minlen[i]);
  }
  // Things that nothing leads to stand just before what they lead to.
  std::vector<std::uint32_t> before(local.out.size(), ~0U);
  for (const std::size_t i : acyclic.links) {
    std::uint32_t& nearest = before[local.source[i]];
    nearest = std::min(nearest, layer[local.target[i]] - minlen[i]);
  }
  for (std::size_t node = 0; node < layer.size(); ++node) {
    if (local.in[node] == 0 && before[node] != ~0U) layer[node] = before[node];
  }
  const std::uint32_t layers =
      layer.empty() ? 1 : *std::max_element(layer.begin(), layer.end()) + 1;
  std::vector<double> height(layers + 1);
  for (const std::uint32_t at : layer) height[at] += kNodeHeight;
  std::vector<double> passing(layers + 1);
  for (std::size_t i = 0; i < local.source.size(); ++i) {
    const auto [low, high] = std::minmax(layer[local.source[i]], layer[local.target[i]]);
    if (low + 1 < high) passing[low + 1] += kPassing, passing[high] -= kPassing;
  }
  double tallest = 1, now = 0;
  for (std::uint32_t at = 0; at < layers; ++at) {
    now += passing[at];
    tallest = std::max(tallest, height[at] + now);
  }
  return layers * kLayerWidth / tallest;
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

Arrangement arrange(const Drawing& drawing, const std::vector<int>& clusters,
                    const PageShape& shape) {
  Arrangement out;
  const bool panels = shape.panels && !clusters.empty();
  for (const DrawnLink& link : drawing.links) {
    out.loose.push_back(panels && clusters[link.source] != clusters[link.target]);
  }
  Local local = localise(drawing, out.loose);
  out.flipped = flip(local);
  const std::size_t small_part = panels ? drawing.nodes.size() : kSmallPart;
  const std::vector<std::uint32_t> root = part_of_nodes(local);
  std::vector<std::uint32_t> size(root.size());
  for (const std::uint32_t part : root) ++size[part];
  std::vector<std::uint32_t> part_size;
  for (const std::uint32_t part : root) part_size.push_back(size[part]);
  for (const std::uint32_t count : part_size) out.small.push_back(count <= small_part);
  const Acyclic acyclic = without_circles(local);
  for (std::uint32_t turns = 1; turns <= shape.turns; ++turns) {
    out.minlen = stagger(local, part_size, turns);
    if (proportion(local, acyclic, out.minlen) >= kWideEnough) break;
  }
  std::map<std::uint32_t, Part> parts;
  for (std::uint32_t node = 0; node < root.size(); ++node) parts[root[node]].nodes.push_back(node);
  for (const std::size_t i : acyclic.links) parts[root[local.source[i]]].links.push_back(i);
  std::vector<std::uint32_t> layer(root.size());
  std::vector<const Part*> small;
  std::size_t row = shape.row;
  for (auto& [id, part] : parts) {
    measure(part, local, layer, out.minlen);
    if (part.nodes.size() <= small_part)
      small.push_back(&part);
    else
      row = std::clamp(part.width, row, shape.row + kWiderRow);
  }
  // Parts of one height in one row.
  std::stable_sort(small.begin(), small.end(),
                   [](const Part* a, const Part* b) { return a->nodes.size() > b->nodes.size(); });
  if (small.size() == parts.size()) {  // nothing but small parts: about as many rows as columns
    while (row * row < 3 * small.size()) ++row;
  }
  // Each part goes to the first row that has room.
  struct Row {
    const Part* last;
    std::size_t used;
  };
  std::vector<Row> rows;
  for (const Part* part : small) {
    const auto fits = std::find_if(rows.begin(), rows.end(),
                                   [&](const Row& one) { return one.used + part->width <= row; });
    if (fits == rows.end()) {
      rows.push_back({part, part->width});
      continue;
    }
    out.chains.emplace_back(drawing.nodes[fits->last->last], drawing.nodes[part->first]);
    *fits = {part, fits->used + part->width};
  }
  return out;
}

}  // namespace tercet
