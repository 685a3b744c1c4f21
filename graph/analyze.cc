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

Estimate estimate(const LabelledGraph& graph, std::string_view measure,
                  const AnalyzeOptions& options, unsigned threads) {
  const Cost& cost = measure_named(measure).cost;
  const bool turned = options.undirected && graph.graph.directed();
  const double nodes = graph.graph.nodes();
  const double arcs = static_cast<double>(graph.graph.edges()) * 2;
  const double arc_size = graph.graph.weighted() ? 12 : 4;
  Estimate result;
  result.graph_bytes = graph.graph.bytes();
  for (const std::string& name : graph.names) result.graph_bytes += sizeof name + name.capacity();
  double bytes = nodes * cost.node_bytes + arcs * cost.arc_bytes +
                 std::max(1U, threads) * (nodes * cost.thread_bytes + arcs * cost.thread_arc_bytes);
  if (turned) bytes += arcs * arc_size * 3 + nodes * 32;  // the edges, and rows twice while sorting
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
