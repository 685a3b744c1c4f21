#include "graph/projection.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/json.h"

namespace tercet {
namespace {

constexpr std::array<std::string_view, 5> kPolicies = {"keep", "count", "sum", "max", "weighted"};

bool is_chosen(std::string_view document, const std::vector<std::string>& chosen) {
  return std::any_of(chosen.begin(), chosen.end(), [&](std::string_view one) {
    if (one.ends_with('*')) return document.starts_with(one.substr(0, one.size() - 1));
    return one.ends_with('/') ? document.starts_with(one) : document == one;
  });
}

// Which claims count; empty: all of them.
std::vector<bool> claims_that_count(const KnowledgeGraph& graph, const ProjectionOptions& options) {
  if (options.documents.empty() && !options.dates && options.min_confidence <= 0) return {};
  std::vector<bool> counts(graph.facts().size());
  const std::string* document = nullptr;  // facts are sorted by document: ask once for each
  bool document_is_chosen = true;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const Fact& fact = graph.facts()[i];
    if (!options.documents.empty() && (document == nullptr || *document != fact.doc)) {
      document = &fact.doc;
      document_is_chosen = is_chosen(fact.doc, options.documents);
    }
    if (!document_is_chosen || fact.confidence < options.min_confidence) continue;
    if (options.dates) {
      const std::optional<DateRange> date = date_range(fact.qualifiers.date);
      if (!date || !date->meets(*options.dates)) continue;
    }
    counts[i] = true;
  }
  return counts;
}

std::vector<bool> nodes_that_count(std::size_t nodes, const ProjectionOptions& options) {
  if (options.cluster_of.empty()) return {};
  std::vector<std::uint32_t> clusters = options.clusters;
  std::sort(clusters.begin(), clusters.end());
  std::vector<bool> counts(nodes);
  for (std::size_t v = 0; v < std::min(nodes, options.cluster_of.size()); ++v) {
    counts[v] = std::binary_search(clusters.begin(), clusters.end(), options.cluster_of[v]);
  }
  return counts;
}

struct Row {
  NodeId source, target;
  double confidence;  // of the edge
  double claims;      // sum over its claims
};

std::vector<Row> rows_of(const KnowledgeGraph& graph, const ProjectionOptions& options) {
  const std::vector<bool> claim_counts = claims_that_count(graph, options);
  const std::vector<bool> node_counts = nodes_that_count(graph.nodes().size(), options);
  std::vector<Row> rows;
  std::vector<std::uint32_t> left;
  for (const Edge& edge : graph.edges()) {
    if (!options.loops && edge.source == edge.target) continue;
    if (!node_counts.empty() && !(node_counts[edge.source] && node_counts[edge.target])) continue;
    if (!options.relations.empty() && std::find(options.relations.begin(), options.relations.end(),
                                                edge.relation) == options.relations.end()) {
      continue;
    }
    EdgeStanding standing{edge.state, edge.confidence};
    const std::vector<std::uint32_t>* claims = &edge.claims;
    if (!claim_counts.empty()) {
      left.clear();
      for (const std::uint32_t claim : edge.claims) {
        if (claim_counts[claim]) left.push_back(claim);
      }
      if (left.empty()) continue;
      standing = standing_of(left, graph.facts());
      claims = &left;
    }
    if (options.asserted_only && standing.state != EdgeState::Asserted) continue;
    Row row{edge.source, edge.target, standing.confidence, 0};
    if (options.parallel == ParallelEdges::Weighted) {
      for (const std::uint32_t claim : *claims) row.claims += graph.facts()[claim].confidence;
    }
    if (!options.directed && row.source > row.target) std::swap(row.source, row.target);
    rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::pair(a.source, a.target) < std::pair(b.source, b.target);
  });
  return rows;
}

}  // namespace

std::string_view name_of(ParallelEdges policy) {
  return kPolicies[static_cast<std::size_t>(policy)];
}

std::optional<ParallelEdges> parallel_edges_named(std::string_view name) {
  const auto found = std::find(kPolicies.begin(), kPolicies.end(), name);
  if (found == kPolicies.end()) return std::nullopt;
  return static_cast<ParallelEdges>(found - kPolicies.begin());
}

Csr project(const KnowledgeGraph& graph, const ProjectionOptions& options) {
  const std::vector<Row> rows = rows_of(graph, options);
  EdgeColumns edges;
  const bool keep = options.parallel == ParallelEdges::Keep;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool same =
        i > 0 && rows[i].source == rows[i - 1].source && rows[i].target == rows[i - 1].target;
    if (keep || !same) {
      edges.sources.push_back(rows[i].source);
      edges.targets.push_back(rows[i].target);
      if (!keep) edges.weights.push_back(0);
    }
    if (keep) continue;
    double& weight = edges.weights.back();
    switch (options.parallel) {
      case ParallelEdges::Keep:
        break;
      case ParallelEdges::Count:
        weight += 1;
        break;
      case ParallelEdges::Sum:
        weight += rows[i].confidence;
        break;
      case ParallelEdges::Max:
        weight = std::max(weight, rows[i].confidence);
        break;
      case ParallelEdges::Weighted:
        weight += rows[i].claims;
        break;
    }
  }
  return {static_cast<NodeId>(graph.nodes().size()), edges, options.directed};
}

std::vector<std::string> names_of_nodes(const KnowledgeGraph& graph) {
  std::vector<std::string> names;
  const auto nodes = graph.nodes();
  names.reserve(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const bool shared = (i > 0 && nodes[i - 1].name == nodes[i].name) ||
                        (i + 1 < nodes.size() && nodes[i + 1].name == nodes[i].name);
    names.push_back(nodes[i].name);
    if (shared) names.back().append(" (").append(nodes[i].type).append(")");
  }
  return names;
}

LabelledGraph project_named(const KnowledgeGraph& graph, const ProjectionOptions& options) {
  return {names_of_nodes(graph), project(graph, options)};
}

std::string describe(const ProjectionOptions& options) {
  std::string text = options.asserted_only ? "asserted" : "all states";
  text += options.directed ? ", directed" : ", undirected";
  text += ", parallel edges ";
  text += options.parallel == ParallelEdges::Keep ? "kept" : name_of(options.parallel);
  if (options.loops) text += ", with loops";
  const auto list = [&](std::string_view what, const std::vector<std::string>& words) {
    if (words.empty()) return;
    text.append(", ").append(what);
    for (std::size_t i = 0; i < words.size(); ++i) text.append(i > 0 ? "|" : " ").append(words[i]);
  };
  list("relation", options.relations);
  list("document", options.documents);
  if (options.dates) {
    text += ", dated " + std::to_string(options.dates->first) + ".." +
            std::to_string(options.dates->last);
  }
  if (options.min_confidence > 0) text += ", confidence >= " + decimal(options.min_confidence, 4);
  if (!options.cluster_of.empty()) {
    text += ", cluster";
    for (const std::uint32_t cluster : options.clusters) text += " " + std::to_string(cluster);
  }
  return text;
}

Csr quotient(const Csr& graph, const std::vector<std::uint32_t>& part_of, std::uint32_t parts) {
  struct Arc {
    std::uint32_t source, target;
    double weight;
  };
  std::vector<Arc> arcs;
  const ArcRows& out = graph.out();
  for (NodeId v = 0; v < graph.nodes(); ++v) {
    bool second_end_of_loop = false;  // an undirected loop stands twice in its row
    for (std::uint64_t i = out.offsets[v]; i < out.offsets[v + 1]; ++i) {
      const NodeId w = out.targets[i];
      if (!graph.directed() && w < v) continue;
      if (!graph.directed() && w == v) {
        second_end_of_loop = !second_end_of_loop;
        if (!second_end_of_loop) continue;
      }
      Arc arc{part_of[v], part_of[w], graph.weighted() ? out.weights[i] : 1.0};
      if (!graph.directed() && arc.source > arc.target) std::swap(arc.source, arc.target);
      arcs.push_back(arc);
    }
  }
  std::stable_sort(arcs.begin(), arcs.end(), [](const Arc& a, const Arc& b) {
    return std::pair(a.source, a.target) < std::pair(b.source, b.target);
  });
  EdgeColumns edges;
  for (std::size_t i = 0; i < arcs.size(); ++i) {
    const bool same =
        i > 0 && arcs[i].source == arcs[i - 1].source && arcs[i].target == arcs[i - 1].target;
    if (!same) {
      edges.sources.push_back(arcs[i].source);
      edges.targets.push_back(arcs[i].target);
      edges.weights.push_back(0);
    }
    edges.weights.back() += arcs[i].weight;
  }
  return {parts, edges, graph.directed()};
}

}  // namespace tercet
