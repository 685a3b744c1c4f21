#include "graph/community.h"

#include <algorithm>
#include <numeric>

#include "graph/community_level.h"

namespace tercet {
namespace {

std::vector<NodeId> visiting_order(NodeId nodes, Random& random) {
  std::vector<NodeId> order(nodes);
  std::iota(order.begin(), order.end(), NodeId{0});
  shuffle(order, random);
  return order;
}

// Pieces of a part that hang together only through other parts become parts of their own, which
// never lowers modularity. Breadth first, so that no depth of the graph is a depth of the stack.
void split_disconnected(const CommunityLevel& level, std::vector<std::uint32_t>& part) {
  std::vector<std::uint32_t> split(level.nodes, 0xFFFFFFFF);
  std::vector<NodeId> queue;
  std::uint32_t parts = 0;
  for (NodeId root = 0; root < level.nodes; ++root) {
    if (split[root] != 0xFFFFFFFF) continue;
    split[root] = parts;
    queue.assign(1, root);
    for (std::size_t at = 0; at < queue.size(); ++at) {
      const NodeId v = queue[at];
      for (std::uint64_t i = level.offsets[v]; i < level.offsets[v + 1]; ++i) {
        const NodeId w = level.targets[i];
        const bool tied = level.weights == nullptr || level.weights[i] > 0;
        if (tied && split[w] == 0xFFFFFFFF && part[w] == part[root]) {
          split[w] = parts;
          queue.push_back(w);
        }
      }
    }
    ++parts;
  }
  part.swap(split);
}

Communities finished(const Csr& graph, std::vector<std::uint32_t> part, double resolution) {
  Communities result;
  result.partition.part = std::move(part);
  result.partition.parts = renumber(result.partition.part);
  result.modularity = modularity(graph, result.partition.part, resolution);
  return result;
}

std::vector<std::uint32_t> singletons(NodeId nodes) {
  std::vector<std::uint32_t> part(nodes);
  std::iota(part.begin(), part.end(), 0U);
  return part;
}

// One run of Leiden from the ground up; returns whether anything moved.
bool leiden_pass(const CommunityLevel& ground, std::vector<std::uint32_t>& part, double resolution,
                 Random& random, const RunControl& control) {
  std::vector<std::uint32_t> node(ground.nodes);  // ground node -> node of the present level
  std::iota(node.begin(), node.end(), 0U);
  // The paper's theta, for edges of mean weight 1.
  const double spread = 0.01 * ground.total / static_cast<double>(ground.offsets[ground.nodes]);
  CommunityLevel above;
  const CommunityLevel* level = &ground;
  bool any = false;
  while (true) {
    std::vector<NodeId> order = visiting_order(level->nodes, random);
    any = move_nodes(*level, part, resolution, order, control) || any;
    const std::uint32_t parts = renumber(part);
    if (parts == level->nodes) break;
    std::uint32_t pieces = 0;
    std::vector<std::uint32_t> piece =
        refine(*level, part, resolution, spread, order, random, pieces);
    if (pieces == level->nodes) {  // nothing to refine: go on with the parts themselves
      piece = part;
      pieces = parts;
    }
    std::vector<std::uint32_t> part_of_piece(pieces);
    for (NodeId v = 0; v < level->nodes; ++v) part_of_piece[piece[v]] = part[v];
    for (std::uint32_t& n : node) n = piece[n];
    CommunityLevel next = aggregate(*level, piece, pieces);
    above = std::move(next);
    level = &above;
    part = std::move(part_of_piece);
  }
  for (std::uint32_t& n : node) n = part[n];
  part = std::move(node);
  return any;
}

// One run of Louvain from the ground up, starting with the parts given.
void louvain_pass(const CommunityLevel& ground, std::vector<std::uint32_t>& part, double resolution,
                  Random& random, const RunControl& control) {
  CommunityLevel above;
  const CommunityLevel* level = &ground;
  std::vector<std::uint32_t> moved = part;
  part = singletons(ground.nodes);  // ground node -> node of the present level
  while (true) {
    const std::vector<NodeId> order = visiting_order(level->nodes, random);
    move_nodes(*level, moved, resolution, order, control);
    const std::uint32_t parts = renumber(moved);
    for (std::uint32_t& p : part) p = moved[p];
    if (parts == level->nodes) break;
    CommunityLevel next = aggregate(*level, moved, parts);
    above = std::move(next);
    level = &above;
    moved = singletons(parts);
  }
}

}  // namespace

double modularity(const Csr& graph, std::span<const std::uint32_t> part, double resolution) {
  std::uint32_t parts = 0;
  for (const std::uint32_t p : part) parts = std::max(parts, p + 1);
  std::vector<double> strength(parts, 0.0);
  const ArcRows& rows = graph.out();
  double inside = 0, total = 0;  // over arcs; a directed graph's arcs are its edges, counted twice
  const double both_ways = graph.directed() ? 2 : 1;
  for (NodeId v = 0; v < graph.nodes(); ++v) {
    for (std::uint64_t i = rows.offsets[v]; i < rows.offsets[v + 1]; ++i) {
      const double weight = rows.weights.empty() ? 1.0 : rows.weights[i];
      const NodeId w = rows.targets[i];
      total += both_ways * weight;
      strength[part[v]] += weight;
      if (graph.directed()) strength[part[w]] += weight;
      if (part[v] == part[w]) inside += both_ways * weight;
    }
  }
  if (total == 0) return 0;
  double expected = 0;
  for (const double s : strength) expected += (s / total) * (s / total);
  return inside / total - resolution * expected;
}

Communities louvain(const Csr& graph, const CommunityOptions& options, const RunControl& control) {
  const Csr ties = undirected(graph);
  const CommunityLevel ground = ground_level(ties);
  std::vector<std::uint32_t> part = singletons(ground.nodes);
  if (ground.total == 0) return finished(graph, std::move(part), options.resolution);
  Random random(options.seed);
  louvain_pass(ground, part, options.resolution, random, control);
  // Once more from the result: nodes that were moved as part of a community move on by themselves.
  louvain_pass(ground, part, options.resolution, random, control);
  return finished(graph, std::move(part), options.resolution);
}

Communities leiden(const Csr& graph, const CommunityOptions& options, const RunControl& control) {
  const Csr ties = undirected(graph);
  const CommunityLevel ground = ground_level(ties);
  std::vector<std::uint32_t> part = singletons(ground.nodes);
  if (ground.total == 0) return finished(graph, std::move(part), options.resolution);
  Random random(options.seed);
  for (unsigned i = 0; i < std::max(1U, options.iterations); ++i) {
    if (!leiden_pass(ground, part, options.resolution, random, control)) break;
    check_in(control, static_cast<double>(i + 1) / static_cast<double>(options.iterations));
  }
  split_disconnected(ground, part);
  return finished(graph, std::move(part), options.resolution);
}

}  // namespace tercet
