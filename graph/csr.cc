#include "graph/csr.h"

#include <algorithm>
#include <utility>

namespace tercet {
namespace {

// Rows keyed by `keys`, holding `values`, in the order given. Scanning arcs sorted by value makes
// every row ascending: two transpositions sort a graph without comparing anything.
template <typename ForEachArc>
ArcRows bucket(NodeId nodes, bool weighted, const ForEachArc& for_each_arc) {
  ArcRows rows;
  rows.offsets.assign(std::size_t{nodes} + 1, 0);
  for_each_arc([&](NodeId row, NodeId, double) { ++rows.offsets[row + 1]; });
  for (std::size_t v = 0; v < nodes; ++v) rows.offsets[v + 1] += rows.offsets[v];
  rows.targets.resize(rows.offsets[nodes]);
  if (weighted) rows.weights.resize(rows.offsets[nodes]);
  std::vector<std::uint64_t> next(rows.offsets.begin(), rows.offsets.end() - 1);
  for_each_arc([&](NodeId row, NodeId target, double weight) {
    const std::uint64_t at = next[row]++;
    rows.targets[at] = target;
    if (weighted) rows.weights[at] = weight;
  });
  return rows;
}

ArcRows transposed(const ArcRows& rows) {
  const auto nodes = static_cast<NodeId>(rows.offsets.size() - 1);
  const bool weighted = !rows.weights.empty();
  return bucket(nodes, weighted, [&](const auto& arc) {
    for (NodeId v = 0; v < nodes; ++v) {
      for (std::uint64_t i = rows.offsets[v]; i < rows.offsets[v + 1]; ++i) {
        arc(rows.targets[i], v, weighted ? rows.weights[i] : 1.0);
      }
    }
  });
}

}  // namespace

Csr::Csr(NodeId nodes, const EdgeColumns& edges, bool directed) : directed_(directed) {
  const bool weighted = !edges.weights.empty();
  const ArcRows unsorted = bucket(nodes, weighted, [&](const auto& arc) {
    for (std::size_t i = 0; i < edges.sources.size(); ++i) {
      const double weight = weighted ? edges.weights[i] : 1.0;
      arc(edges.targets[i], edges.sources[i], weight);
      if (!directed) arc(edges.sources[i], edges.targets[i], weight);
    }
  });
  out_ = transposed(unsorted);
  if (directed) in_ = transposed(out_);
}

Csr undirected(const Csr& graph) {
  if (!graph.directed()) return graph;
  EdgeColumns edges;
  const ArcRows& out = graph.out();
  edges.targets = out.targets;
  edges.weights = out.weights;
  edges.sources.reserve(out.targets.size());
  for (NodeId v = 0; v < graph.nodes(); ++v) {
    edges.sources.insert(edges.sources.end(), out.degree(v), v);
  }
  return {graph.nodes(), edges, false};
}

Csr simple_undirected(const Csr& graph) {
  EdgeColumns edges;
  for (NodeId v = 0; v < graph.nodes(); ++v) {
    // Merge of the two ascending rows; an edge is written once, in the row of its smaller end.
    const auto out = graph.out().row(v), in = graph.in().row(v);
    auto a = std::upper_bound(out.begin(), out.end(), v);
    auto b = graph.directed() ? std::upper_bound(in.begin(), in.end(), v) : in.end();
    NodeId last = v;
    while (a != out.end() || b != in.end()) {
      const bool take_out = b == in.end() || (a != out.end() && *a <= *b);
      const NodeId target = take_out ? *a++ : *b++;
      if (target == last) continue;
      last = target;
      edges.sources.push_back(v);
      edges.targets.push_back(target);
    }
  }
  return {graph.nodes(), edges, false};
}

Csr project(const KnowledgeGraph& graph, const ProjectionOptions& options) {
  struct Row {
    NodeId source, target;
    double confidence;
  };
  std::vector<Row> rows;
  for (const Edge& edge : graph.edges()) {
    if (options.asserted_only && edge.state != EdgeState::Asserted) continue;
    if (!options.loops && edge.source == edge.target) continue;
    if (!options.relations.empty() && std::find(options.relations.begin(), options.relations.end(),
                                                edge.relation) == options.relations.end()) {
      continue;
    }
    Row row{edge.source, edge.target, edge.confidence};
    if (!options.directed && row.source > row.target) std::swap(row.source, row.target);
    rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::pair(a.source, a.target) < std::pair(b.source, b.target);
  });

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
    }
  }
  return {static_cast<NodeId>(graph.nodes().size()), edges, options.directed};
}

LabelledGraph project_named(const KnowledgeGraph& graph, const ProjectionOptions& options) {
  LabelledGraph named;
  const auto nodes = graph.nodes();
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const bool shared = (i > 0 && nodes[i - 1].name == nodes[i].name) ||
                        (i + 1 < nodes.size() && nodes[i + 1].name == nodes[i].name);
    named.names.push_back(nodes[i].name);
    if (shared) named.names.back().append(" (").append(nodes[i].type).append(")");
  }
  named.graph = project(graph, options);
  return named;
}

}  // namespace tercet
