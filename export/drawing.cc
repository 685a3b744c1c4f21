#include "export/drawing.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string_view>
#include <tuple>
#include <utility>

namespace tercet {
namespace {

int rank_of(const Status& status) {
  return status.disputed ? 10
                         : static_cast<int>(status.modality) * 2 +
                               (status.polarity == Polarity::Negative ? 1 : 0);
}

std::vector<DrawnLink> collect(const KnowledgeGraph& graph, Show show) {
  std::vector<DrawnLink> links;
  Strands strands;
  for (EdgeId id = 0; id < graph.edges().size(); ++id) {
    const Edge& edge = graph.edges()[id];
    for (const Strand& strand : strands.of(graph, id, show)) {
      const auto evidence = static_cast<std::uint32_t>(strand.claims.size());
      links.push_back({edge.source,
                       edge.target,
                       strand.status,
                       {{id, strand.best, evidence, strand.confidence, 0}}});
    }
  }
  return links;
}

// "if (1)" and "then (1)": a conditional claim names the claims of its condition.
void number_conditions(const KnowledgeGraph& graph, std::vector<DrawnLink>& links) {
  std::map<std::string_view, std::uint32_t> numbers;  // claim id -> number
  std::uint32_t last = 0;
  for (DrawnLink& link : links) {
    if (link.status.modality != Modality::Conditional) continue;
    DrawnLine& line = link.lines.front();
    const auto& conditions = graph.facts()[line.best].condition_facts;
    if (conditions.empty()) continue;
    const auto known = numbers.find(conditions.front());
    line.number = known != numbers.end() ? known->second : ++last;
    for (const std::string& id : conditions) numbers.emplace(id, line.number);
  }
  for (DrawnLink& link : links) {
    if (link.status.modality != Modality::Hypothetical) continue;
    DrawnLine& line = link.lines.front();
    const auto known = numbers.find(graph.facts()[line.best].id);
    if (known != numbers.end()) line.number = known->second;
  }
}

void bundle_links(std::vector<DrawnLink>& links) {
  const auto key = [](const DrawnLink& link) {
    return std::tuple(link.source, link.target, rank_of(link.status));
  };
  std::stable_sort(links.begin(), links.end(),
                   [&](const DrawnLink& a, const DrawnLink& b) { return key(a) < key(b); });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (kept > 0 && key(links[kept - 1]) == key(links[i])) {
      links[kept - 1].lines.push_back(links[i].lines.front());
    } else {
      if (kept != i) links[kept] = std::move(links[i]);
      ++kept;
    }
  }
  links.resize(kept);
}

// Keeps the links among the first n nodes by degree, n as large as `max_links` allows.
std::size_t keep_busiest(std::size_t nodes, std::vector<DrawnLink>& links, std::size_t max_links) {
  std::vector<std::uint32_t> degree(nodes), order(nodes), rank(nodes);
  for (const DrawnLink& link : links) ++degree[link.source], ++degree[link.target];
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return degree[a] > degree[b]; });
  for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  const auto last_of = [&](const DrawnLink& link) {
    return std::max(rank[link.source], rank[link.target]);
  };
  std::vector<std::size_t> ending(nodes);  // links whose later node has this rank
  for (const DrawnLink& link : links) ++ending[last_of(link)];
  std::size_t n = 0, inside = 0;
  while (n < nodes && inside + ending[n] <= max_links) inside += ending[n++];
  const std::size_t before = links.size();
  std::erase_if(links, [&](const DrawnLink& link) { return last_of(link) >= n; });
  return before - links.size();
}

std::vector<NodeId> ends_of(std::size_t nodes, const std::vector<DrawnLink>& links) {
  std::vector<bool> used(nodes);
  for (const DrawnLink& link : links) used[link.source] = used[link.target] = true;
  std::vector<NodeId> out;
  for (NodeId id = 0; id < nodes; ++id) {
    if (used[id]) out.push_back(id);
  }
  return out;
}

}  // namespace

Drawing select_drawing(const KnowledgeGraph& graph, Show show, bool bundle, std::size_t max_links) {
  Drawing drawing;
  drawing.links = collect(graph, show);
  if (show == Show::All) number_conditions(graph, drawing.links);
  if (bundle) bundle_links(drawing.links);
  drawing.nodes = ends_of(graph.nodes().size(), drawing.links);
  if (max_links > 0 && drawing.links.size() > max_links) {
    const std::size_t before = drawing.nodes.size();
    drawing.links_left_out = keep_busiest(graph.nodes().size(), drawing.links, max_links);
    drawing.nodes = ends_of(graph.nodes().size(), drawing.links);
    drawing.nodes_left_out = before - drawing.nodes.size();
  }
  return drawing;
}

}  // namespace tercet
