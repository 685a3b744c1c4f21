#include "graph/csr.h"

#include <algorithm>
#include <utility>

#include "graph/run_control.h"

namespace tercet {
namespace {

// Rows keyed by `keys`, holding `values`, in the order given. Scanning arcs sorted by value makes
// every row ascending: two transpositions sort a graph without comparing anything.
template <typename ForEachArc>
ArcRows bucket(NodeId nodes, bool weighted, const ForEachArc& for_each_arc,
               const std::stop_token& stop) {
  ArcRows rows;
  rows.offsets.assign(std::size_t{nodes} + 1, 0);
  for_each_arc([&](NodeId row, NodeId, double) { ++rows.offsets[row + 1]; });
  for (std::size_t v = 0; v < nodes; ++v) rows.offsets[v + 1] += rows.offsets[v];
  rows.targets.resize(rows.offsets[nodes]);
  if (weighted) rows.weights.resize(rows.offsets[nodes]);
  if (stop.stop_requested()) throw Stopped();  // fresh memory takes its time
  std::vector<std::uint64_t> next(rows.offsets.begin(), rows.offsets.end() - 1);
  for_each_arc([&](NodeId row, NodeId target, double weight) {
    const std::uint64_t at = next[row]++;
    rows.targets[at] = target;
    if (weighted) rows.weights[at] = weight;
  });
  return rows;
}

ArcRows transposed(const ArcRows& rows, const std::stop_token& stop) {
  const auto nodes = static_cast<NodeId>(rows.offsets.size() - 1);
  const bool weighted = !rows.weights.empty();
  StopCheck check(stop);
  return bucket(
      nodes, weighted,
      [&](const auto& arc) {
        for (NodeId v = 0; v < nodes; ++v) {
          check.after(4 * (rows.degree(v) + 1));  // scattered writes
          for (std::uint64_t i = rows.offsets[v]; i < rows.offsets[v + 1]; ++i) {
            arc(rows.targets[i], v, weighted ? rows.weights[i] : 1.0);
          }
        }
      },
      stop);
}

}  // namespace

Csr::Csr(NodeId nodes, const EdgeColumns& edges, bool directed, const std::stop_token& stop)
    : directed_(directed) {
  const bool weighted = !edges.weights.empty();
  StopCheck check(stop);
  const ArcRows unsorted = bucket(
      nodes, weighted,
      [&](const auto& arc) {
        for (std::size_t i = 0; i < edges.sources.size(); ++i) {
          if (i % 4096 == 0) check.after(4 * 4096);
          const double weight = weighted ? edges.weights[i] : 1.0;
          arc(edges.targets[i], edges.sources[i], weight);
          if (!directed) arc(edges.sources[i], edges.targets[i], weight);
        }
      },
      stop);
  out_ = transposed(unsorted, stop);
  if (directed) in_ = transposed(out_, stop);
}

std::uint64_t Csr::bytes() const {
  std::uint64_t sum = 0;
  for (const ArcRows* rows : {&out_, &in_}) {
    sum += rows->offsets.capacity() * sizeof(std::uint64_t) +
           rows->targets.capacity() * sizeof(NodeId) + rows->weights.capacity() * sizeof(double);
  }
  return sum;
}

Csr undirected(const Csr& graph, const std::stop_token& stop) {
  if (!graph.directed()) return graph;
  EdgeColumns edges;
  const ArcRows& out = graph.out();
  edges.targets = out.targets;
  edges.weights = out.weights;
  edges.sources.reserve(out.targets.size());
  StopCheck check(stop);
  for (NodeId v = 0; v < graph.nodes(); ++v) {
    check.after(out.degree(v));
    edges.sources.insert(edges.sources.end(), out.degree(v), v);
  }
  return {graph.nodes(), edges, false, stop};
}

Csr simple_undirected(const Csr& graph, const std::stop_token& stop) {
  EdgeColumns edges;
  StopCheck check(stop);
  for (NodeId v = 0; v < graph.nodes(); ++v) {
    check.after(graph.out().degree(v) + graph.in().degree(v));
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
  return {graph.nodes(), edges, false, stop};
}

bool is_simple(const Csr& graph, const std::stop_token& stop) {
  if (graph.directed()) return false;
  StopCheck check(stop);
  for (NodeId v = 0; v < graph.nodes(); ++v) {
    const auto row = graph.out().row(v);
    check.after(row.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i] == v || (i > 0 && row[i] == row[i - 1])) return false;
    }
  }
  return true;
}

}  // namespace tercet
