#include "export/view.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "base/utf8.h"
#include "export/dot_style.h"

namespace tercet {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"full", "ecosystem", "ego", "clusters",
                                                    "timeline"};
constexpr std::size_t kLinksPerFourThings = 5;
constexpr std::size_t kLongName = 32;  // code points; longer ones are phrases, not names

// The weight of a link: its surest line, and a little for each other.
double weight_of(const KnowledgeGraph& graph, const DrawnLink& link) {
  double weight = 0;
  for (const DrawnLine& line : link.lines) {
    const double one = (is_structure(graph.edges()[line.edge].relation) ? 0.4 : 1.0) *
                       (0.2 + line.confidence) * (line.evidence > 1 ? 1.3 : 1.0);
    weight = std::max(weight, one) + 0.2 * std::min(weight, one);
  }
  return weight;
}

double weight_of(const Node& node) {
  const std::string_view kind = node_style(node.type).legend;
  double weight = kind == "figure, date" ? 0.3 : kind == "concept" ? 0.6 : 1;
  if (count_code_points(node.name) > kLongName) weight *= 0.5;
  return weight;
}

// The drawing with the marked nodes only, those without a link left away.
Drawing part_of(const Drawing& all, const std::vector<bool>& chosen) {
  Drawing out;
  std::vector<bool> linked(chosen.size());
  for (const DrawnLink& link : all.links) {
    if (!chosen[link.source] || !chosen[link.target]) continue;
    out.links.push_back(link);
    linked[link.source] = linked[link.target] = true;
  }
  for (const NodeId id : all.nodes) {
    if (linked[id]) out.nodes.push_back(id);
  }
  out.nodes_left_out = all.nodes_left_out + all.nodes.size() - out.nodes.size();
  out.links_left_out = all.links_left_out + all.links.size() - out.links.size();
  return out;
}

// So many links that each can be followed: those that hold the things together, then the
// weightiest. A thing's link to itself says nothing in a picture.
Drawing thin(const KnowledgeGraph& graph, Drawing drawing) {
  const std::size_t before = drawing.links.size();
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < before; ++i) {
    if (drawing.links[i].source == drawing.links[i].target) continue;
    order.emplace_back(-weight_of(graph, drawing.links[i]), i);
  }
  std::sort(order.begin(), order.end());
  std::vector<NodeId> parent(graph.nodes().size());
  std::iota(parent.begin(), parent.end(), 0U);
  const auto root = [&](NodeId id) {
    while (parent[id] != id) id = parent[id] = parent[parent[id]];
    return id;
  };
  std::vector<bool> kept(before);
  std::size_t count = 0;
  for (const auto& [weight, i] : order) {
    const NodeId a = root(drawing.links[i].source), b = root(drawing.links[i].target);
    if (a != b) parent[a] = b, kept[i] = true, ++count;
  }
  const std::size_t most = drawing.nodes.size() * kLinksPerFourThings / 4;
  for (const auto& [weight, i] : order) {
    if (!kept[i] && count < most) kept[i] = true, ++count;
  }
  std::vector<DrawnLink> links;
  for (std::size_t i = 0; i < before; ++i) {
    if (kept[i]) links.push_back(std::move(drawing.links[i]));
  }
  drawing.links = std::move(links);
  drawing.links_left_out += before - drawing.links.size();
  return drawing;
}

struct Neighbour {
  NodeId node;
  double weight;
};

std::vector<std::vector<Neighbour>> neighbours(const KnowledgeGraph& graph,
                                               const Drawing& drawing) {
  std::vector<std::vector<Neighbour>> out(graph.nodes().size());
  for (const DrawnLink& link : drawing.links) {
    if (link.source == link.target) continue;
    const double weight = weight_of(graph, link);
    out[link.source].push_back({link.target, weight});
    out[link.target].push_back({link.source, weight});
  }
  return out;
}

}  // namespace

std::string_view name_of(View view) { return kNames[static_cast<std::size_t>(view)]; }

std::optional<View> view_named(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<View>(i);
  }
  return std::nullopt;
}

std::vector<NodeId> find_things(const KnowledgeGraph& graph, std::string_view name) {
  const std::string folded = fold_case(name);
  std::vector<NodeId> exact, alike;
  for (NodeId id = 0; id < graph.nodes().size(); ++id) {
    const Node& node = graph.nodes()[id];
    const auto same = [&](const std::string& one) { return fold_case(one) == folded; };
    if (node.name == name) {
      exact.push_back(id);
    } else if (same(node.name) || std::any_of(node.aliases.begin(), node.aliases.end(), same)) {
      alike.push_back(id);
    }
  }
  return exact.empty() ? alike : exact;
}

std::vector<double> importance(const KnowledgeGraph& graph, const Drawing& drawing) {
  std::vector<double> out(graph.nodes().size());
  for (const DrawnLink& link : drawing.links) {
    const double weight = weight_of(graph, link);
    out[link.source] += weight;
    out[link.target] += weight;
  }
  for (const NodeId id : drawing.nodes) out[id] *= weight_of(graph.nodes()[id]);
  return out;
}

Drawing choose_ecosystem(const KnowledgeGraph& graph, const Drawing& all, std::size_t most) {
  if (all.nodes.size() <= most) return all.links.size() <= most * 2 ? all : thin(graph, all);
  const std::vector<double> value = importance(graph, all);
  const auto around = neighbours(graph, all);
  std::vector<NodeId> order = all.nodes;
  std::stable_sort(order.begin(), order.end(),
                   [&](NodeId a, NodeId b) { return value[a] > value[b]; });
  std::vector<bool> chosen(graph.nodes().size());
  std::vector<double> leaves(graph.nodes().size());  // chosen things that hang on this one
  std::size_t count = 0;
  const auto choose = [&](NodeId id) {
    chosen[id] = true;
    ++count;
    for (const Neighbour& n : around[id]) {
      if (chosen[n.node]) leaves[n.node] += 1, leaves[id] += 1;
    }
  };
  for (std::size_t i = 0; i < std::max<std::size_t>(most / 8, 1) && i < order.size(); ++i) {
    choose(order[i]);
  }
  while (count < most) {
    double best = 0;
    NodeId next = 0;
    for (const NodeId id : order) {
      if (chosen[id]) continue;
      double gain = 0;
      for (const Neighbour& n : around[id]) {
        if (chosen[n.node]) gain += n.weight / (1 + 0.15 * leaves[n.node]);
      }
      gain *= weight_of(graph.nodes()[id]) * (1 + std::min(value[id], 5.0) / 10);
      if (gain > best) best = gain, next = id;
    }
    if (best == 0) break;  // nothing else is linked to what is there
    choose(next);
  }
  return thin(graph, part_of(all, chosen));
}

Drawing choose_ego(const KnowledgeGraph& graph, const Drawing& all,
                   const std::vector<NodeId>& focus, unsigned depth, std::size_t most) {
  const std::vector<double> value = importance(graph, all);
  const auto around = neighbours(graph, all);
  std::vector<bool> chosen(graph.nodes().size()), seen(graph.nodes().size());
  std::vector<NodeId> ring;
  for (const NodeId id : focus) {
    if (!seen[id]) seen[id] = true, ring.push_back(id);
  }
  std::size_t count = 0;
  for (unsigned step = 0; step <= depth && count < most && !ring.empty(); ++step) {
    std::stable_sort(ring.begin(), ring.end(),
                     [&](NodeId a, NodeId b) { return value[a] > value[b]; });
    ring.resize(std::min(ring.size(), most - count));
    count += ring.size();
    std::vector<NodeId> next;
    for (const NodeId id : ring) {
      chosen[id] = true;
      for (const Neighbour& n : around[id]) {
        if (!seen[n.node]) seen[n.node] = true, next.push_back(n.node);
      }
    }
    std::sort(next.begin(), next.end());
    ring = std::move(next);
  }
  return part_of(all, chosen);
}

}  // namespace tercet
