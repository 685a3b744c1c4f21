#include "graph/analyze.h"

#include <algorithm>
#include <ctime>

#include "base/error.h"
#include "graph/measure_table.h"

namespace tercet {
namespace {

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

const Measure& measure_named(std::string_view name) {
  const auto found =
      std::ranges::find_if(measure_table(), [&](const Measure& m) { return m.name == name; });
  if (found == measure_table().end()) {
    throw Error(Error::Code::Usage, "no measure is called '" + std::string(name) + "'");
  }
  return *found;
}

}  // namespace

std::span<const std::string_view> measures() {
  static const std::vector<std::string_view> kNames = [] {
    std::vector<std::string_view> names;
    for (const Measure& measure : measure_table()) names.push_back(measure.name);
    return names;
  }();
  return kNames;
}

namespace {

// Sorting a graph's edges into rows holds them as columns and twice as rows for a while; what stays
// is one set of rows.
struct CopyBytes {
  double peak = 0, kept = 0;
};

CopyBytes copy_bytes(Copies copies, const Csr& graph) {
  const double nodes = graph.nodes(), edges = static_cast<double>(graph.edges());
  const double weighted = graph.weighted() ? 1 : 0;
  const CopyBytes turned{16 * nodes + (24 + 40 * weighted) * edges,
                         8 * nodes + (8 + 16 * weighted) * edges};
  const CopyBytes simple{16 * nodes + 26 * edges, 8 * nodes + 8 * edges};
  switch (copies) {
    case Copies::None:
      return {};
    case Copies::Turned:
      return graph.directed() ? turned : CopyBytes{};
    case Copies::Always:
      return graph.directed() ? turned : CopyBytes{turned.kept, turned.kept};
    case Copies::Simple:
      return is_simple(graph) ? CopyBytes{} : simple;
    case Copies::SimpleAlways:
      return simple;
  }
  return {};
}

}  // namespace

Estimate estimate(const LabelledGraph& graph, std::string_view measure,
                  const AnalyzeOptions& options, unsigned threads) {
  const Cost& cost = measure_named(measure).cost;
  const bool turned = options.undirected && graph.graph.directed();
  const double nodes = graph.graph.nodes(), edges = static_cast<double>(graph.graph.edges());
  const double arcs = edges * 2;
  Estimate result;
  result.graph_bytes = graph.graph.bytes();
  for (const std::string& name : graph.names) result.graph_bytes += sizeof name + name.capacity();
  double bytes =
      nodes * cost.node_bytes + edges * cost.edge_bytes +
      std::max(1U, threads) * (nodes * cost.thread_bytes + edges * cost.thread_edge_bytes);
  // Made one after the other; each is there to stay before the next begins.
  const CopyBytes first = copy_bytes(turned ? Copies::Turned : Copies::None, graph.graph);
  CopyBytes second = copy_bytes(cost.copies, graph.graph);
  if (turned && cost.copies == Copies::Turned) second = {};
  if (turned && cost.copies == Copies::Always) second.peak = second.kept;
  bytes = std::max({first.peak, first.kept + second.peak, first.kept + second.kept + bytes});
  result.work_bytes = static_cast<std::uint64_t>(bytes);
  const double runs = cost.runs == Runs::EveryNode ? nodes
                      : cost.runs == Runs::Samples
                          ? std::min(nodes, static_cast<double>(options.samples))
                          : 1;
  result.seconds = runs * (nodes + arcs) * cost.nanoseconds * 1e-9;
  return result;
}

AnalysisResult analyze(const LabelledGraph& graph, std::string_view name,
                       const AnalyzeOptions& options, const RunControl& control) {
  const Measure& measure = measure_named(name);
  AnalysisResult result;
  result.measure = measure.name;
  result.nodes = graph.graph.nodes();
  result.edges = graph.graph.edges();
  const double begin = cpu_seconds();
  check_in(control, 0);
  if (options.undirected && graph.graph.directed()) {
    measure.run(undirected(graph.graph, control.stop), options, control, result);
  } else {
    measure.run(graph.graph, options, control, result);
  }
  result.seconds = cpu_seconds() - begin;
  if (result.modularity) {
    result.labels = label_clusters(graph.graph, result.clusters, options.source);
  }
  result.parameters.emplace_back("directed", graph.graph.directed() && !options.undirected);
  result.parameters.emplace_back("parallel_edges", std::string(measure.parallel));
  return result;
}

}  // namespace tercet
