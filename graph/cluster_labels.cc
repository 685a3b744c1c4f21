#include "graph/cluster_labels.h"

#include <algorithm>
#include <map>
#include <set>

namespace tercet {

std::vector<ClusterLabel> label_clusters(const Csr& graph, std::span<const std::uint32_t> cluster,
                                         const KnowledgeGraph* source, std::size_t members,
                                         std::size_t relations) {
  std::uint32_t count = 0;
  for (const std::uint32_t c : cluster) count = std::max(count, c + 1);
  std::vector<ClusterLabel> labels(count);
  std::vector<double> inside(graph.nodes(), 0.0);  // weight of a node's edges within its cluster
  const ArcRows& rows = graph.out();
  for (NodeId v = 0; v < graph.nodes(); ++v) {
    for (std::uint64_t i = rows.offsets[v]; i < rows.offsets[v + 1]; ++i) {
      const NodeId w = rows.targets[i];
      if (cluster[v] != cluster[w] || v == w) continue;
      const double weight = rows.weights.empty() ? 1.0 : rows.weights[i];
      inside[v] += weight;
      if (graph.directed()) inside[w] += weight;
    }
  }
  std::vector<std::vector<NodeId>> nodes(count);
  for (NodeId v = 0; v < graph.nodes(); ++v) nodes[cluster[v]].push_back(v);
  for (std::uint32_t c = 0; c < count; ++c) {
    labels[c].size = static_cast<std::uint32_t>(nodes[c].size());
    std::ranges::stable_sort(nodes[c], [&](NodeId a, NodeId b) { return inside[a] > inside[b]; });
    nodes[c].resize(std::min(nodes[c].size(), members));
    labels[c].members = std::move(nodes[c]);
  }
  if (source == nullptr) return labels;
  std::vector<std::map<std::string_view, std::size_t>> used(count);
  for (const Edge& edge : source->edges()) {
    if (edge.state != EdgeState::Asserted || cluster[edge.source] != cluster[edge.target]) continue;
    ++used[cluster[edge.source]][edge.relation];
  }
  for (std::uint32_t c = 0; c < count; ++c) {
    std::vector<std::pair<std::string_view, std::size_t>> best(used[c].begin(), used[c].end());
    std::ranges::stable_sort(best,
                             [](const auto& a, const auto& b) { return a.second > b.second; });
    best.resize(std::min(best.size(), relations));
    for (const auto& [relation, uses] : best) labels[c].relations.emplace_back(relation);
  }
  return labels;
}

std::vector<Slice> slices_of(const KnowledgeGraph& graph, SliceUnit unit) {
  constexpr std::int32_t kMostYears = 100;
  const std::int32_t months = unit == SliceUnit::Year ? 12 : unit == SliceUnit::Quarter ? 3 : 1;
  std::set<std::int32_t> touched;  // in units, since year 0
  const auto unit_of = [&](std::int32_t day) {
    const std::int32_t month = std::clamp(day / 100 % 100, 1, 12);
    return (day / 10000 * 12 + month - 1) / months;
  };
  for (const Fact& fact : graph.facts()) {
    const std::optional<DateRange> dates = date_range(fact.qualifiers.date);
    if (!dates || dates->last / 10000 - dates->first / 10000 > kMostYears) continue;
    for (std::int32_t u = unit_of(dates->first); u <= unit_of(dates->last); ++u) touched.insert(u);
  }
  std::vector<Slice> slices;
  for (const std::int32_t u : touched) {
    const std::int32_t first = u * months, year = first / 12, month = first % 12 + 1;
    std::string name = std::to_string(year);
    if (unit == SliceUnit::Quarter) name += "-Q" + std::to_string(month / 3 + 1);
    if (unit == SliceUnit::Month) name += (month < 10 ? "-0" : "-") + std::to_string(month);
    slices.push_back(
        {std::move(name),
         {year * 10000 + month * 100 + 1, year * 10000 + (month + months - 1) * 100 + 31}});
  }
  return slices;
}

}  // namespace tercet
