#include "export/cluster.h"

#include <algorithm>
#include <map>
#include <set>

#include "export/dot_style.h"
#include "export/dot_text.h"
#include "graph/community.h"
#include "graph/csr.h"
#include "graph/projection.h"

namespace tercet {
namespace {

constexpr std::size_t kNameMost = 26, kRelationMost = 22;  // code points
constexpr double kTellingShare = 0.25;  // of the lines inside that say a relation worth naming

struct Inside {
  std::vector<NodeId> members;
  std::map<std::string_view, std::size_t> relations;
  std::size_t lines = 0;
};

// The names of kinds, parts and aliases say how the graph is built, not what it is about.
std::string name_of(const KnowledgeGraph& graph, const Inside& inside,
                    const std::vector<std::size_t>& degree, std::size_t things) {
  std::vector<NodeId> best = inside.members;
  const auto figure = [&](NodeId id) {
    return node_style(graph.nodes()[id].type).legend == "figure, date";
  };
  std::stable_sort(best.begin(), best.end(), [&](NodeId a, NodeId b) {
    return std::pair(!figure(a), degree[a]) > std::pair(!figure(b), degree[b]);
  });
  std::string out;
  for (std::size_t i = 0; i < std::min(things, best.size()); ++i) {
    out += (i == 0 ? "" : ", ") + shortened(graph.nodes()[best[i]].name, kNameMost);
  }
  std::string_view relation;
  std::size_t most = 0;
  for (const auto& [name, count] : inside.relations) {
    if (count > most && !is_structure(name)) relation = name, most = count;
  }
  if (static_cast<double>(most) >= kTellingShare * static_cast<double>(inside.lines) && most > 1) {
    out += " · " + shortened(spoken(relation), kRelationMost);
  }
  return out;
}

}  // namespace

std::vector<std::string> name_clusters(const KnowledgeGraph& graph, const Drawing& drawing,
                                       const std::vector<int>& of) {
  const auto cluster = [&](NodeId id) { return id < of.size() ? of[id] : -1; };
  std::vector<std::size_t> degree(graph.nodes().size());
  std::map<int, Inside> clusters;
  for (const NodeId id : drawing.nodes) {
    if (cluster(id) >= 0) clusters[cluster(id)].members.push_back(id);
  }
  for (const DrawnLink& link : drawing.links) {
    degree[link.source] += link.lines.size();
    degree[link.target] += link.lines.size();
    if (cluster(link.source) < 0 || cluster(link.source) != cluster(link.target)) continue;
    Inside& inside = clusters[cluster(link.source)];
    inside.lines += link.lines.size();
    for (const DrawnLine& line : link.lines) ++inside.relations[graph.edges()[line.edge].relation];
  }
  std::vector<std::string> names(
      clusters.empty() ? 0 : static_cast<std::size_t>(clusters.rbegin()->first) + 1);
  std::set<std::string> taken;
  for (const auto& [number, inside] : clusters) {
    std::string name = name_of(graph, inside, degree, 2);
    if (taken.contains(name)) name = name_of(graph, inside, degree, 4);
    if (taken.contains(name)) name += " (" + std::to_string(number + 1) + ")";
    taken.insert(name);
    names[static_cast<std::size_t>(number)] = std::move(name);
  }
  return names;
}

Clusters find_clusters(const KnowledgeGraph& graph, const Drawing& drawing) {
  Clusters out;
  const Communities found = leiden(undirected(project(graph)));
  for (const std::uint32_t part : found.partition.part) out.of.push_back(static_cast<int>(part));
  out.names = name_clusters(graph, drawing, out.of);
  return out;
}

Clusters group_drawing(const KnowledgeGraph& graph, const Drawing& drawing, std::size_t least) {
  const auto index = [&](NodeId id) {
    return static_cast<NodeId>(std::lower_bound(drawing.nodes.begin(), drawing.nodes.end(), id) -
                               drawing.nodes.begin());
  };
  EdgeColumns edges;
  for (const DrawnLink& link : drawing.links) {
    edges.sources.push_back(index(link.source));
    edges.targets.push_back(index(link.target));
  }
  const auto nodes = static_cast<NodeId>(drawing.nodes.size());
  std::vector<std::uint32_t> part = leiden(Csr(nodes, edges, false)).partition.part;
  std::map<std::uint32_t, std::size_t> sizes;
  for (const std::uint32_t p : part) ++sizes[p];
  for (auto& [small, size] : sizes) {  // by number: the same in every run
    if (size == 0 || size >= least) continue;
    std::map<std::uint32_t, std::size_t> links;
    for (std::size_t i = 0; i < edges.sources.size(); ++i) {
      const std::uint32_t a = part[edges.sources[i]], b = part[edges.targets[i]];
      if (a == small && b != small) ++links[b];
      if (b == small && a != small) ++links[a];
    }
    if (links.empty()) continue;
    const auto most =
        std::max_element(links.begin(), links.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    for (std::uint32_t& p : part) {
      if (p == small) p = most->first;
    }
    sizes[most->first] += size;
    size = 0;
  }
  Clusters out;
  out.of.assign(graph.nodes().size(), -1);
  for (std::size_t i = 0; i < part.size(); ++i) {
    out.of[drawing.nodes[i]] = static_cast<int>(part[i]);
  }
  out.names = name_clusters(graph, drawing, out.of);
  return out;
}

}  // namespace tercet
