#include "graph/analyze.h"

#include <algorithm>
#include <array>
#include <ctime>

#include "base/error.h"
#include "graph/centrality.h"
#include "graph/community.h"
#include "graph/structure.h"

namespace tercet {
namespace {

// One row per measure: its name and the function that fills in the result.
struct Measure {
  std::string_view name;
  void (*run)(const Csr&, const AnalyzeOptions&, const RunControl&, AnalysisResult&);
};

template <typename T>
std::vector<double> as_double(const std::vector<T>& values) {
  std::vector<double> result(values.size());
  std::transform(values.begin(), values.end(), result.begin(),
                 [](T value) { return static_cast<double>(value); });
  return result;
}

void run_degree(const Csr& graph, const AnalyzeOptions&, const RunControl&,
                AnalysisResult& result) {
  Degrees degree = degrees(graph);
  result.scores = as_double(degree.total);
  result.whole = true;
  if (graph.directed()) {
    result.columns.emplace_back("in", as_double(degree.in));
    result.columns.emplace_back("out", as_double(degree.out));
  }
  result.columns.emplace_back("strength", std::move(degree.strength));
}

void run_pagerank(const Csr& graph, const AnalyzeOptions& options, const RunControl& control,
                  AnalysisResult& result) {
  PageRankOptions rank;
  rank.damping = options.damping;
  result.scores = pagerank(graph, rank, control);
  result.parameters.emplace_back("damping", rank.damping);
  result.parameters.emplace_back("tolerance", rank.tolerance);
  result.parameters.emplace_back("weights", graph.weighted());
}

void run_betweenness(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
                     AnalysisResult& result) {
  result.scores = betweenness(graph, control);
  result.parameters.emplace_back("normalized", false);
  result.parameters.emplace_back("weights", false);
}

void run_closeness(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
                   AnalysisResult& result) {
  result.scores = closeness(graph, control);
  result.parameters.emplace_back("mode", std::string("out"));
  result.parameters.emplace_back("normalized", true);
  result.parameters.emplace_back("weights", false);
}

void run_harmonic(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
                  AnalysisResult& result) {
  result.scores = harmonic(graph, control);
  result.parameters.emplace_back("mode", std::string("out"));
  result.parameters.emplace_back("normalized", false);
  result.parameters.emplace_back("weights", false);
}

void run_eigenvector(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
                     AnalysisResult& result) {
  result.scores = eigenvector(graph, control);
  result.parameters.emplace_back("scale", std::string("max"));
  result.parameters.emplace_back("weights", graph.weighted());
}

void run_katz(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
              AnalysisResult& result) {
  const KatzOptions options{katz_alpha(graph), 1};
  result.scores = katz(graph, options, control);
  result.parameters.emplace_back("alpha", options.alpha);
  result.parameters.emplace_back("beta", options.beta);
  result.parameters.emplace_back("scale", std::string("euclidean"));
  result.parameters.emplace_back("weights", graph.weighted());
}

void run_hits(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
              AnalysisResult& result) {
  Hits both = hits(graph, control);
  result.scores = std::move(both.authorities);
  result.columns.emplace_back("hub", std::move(both.hubs));
  result.parameters.emplace_back("scores", std::string("authority"));
  result.parameters.emplace_back("scale", std::string("max"));
  result.parameters.emplace_back("weights", graph.weighted());
}

void run_core(const Csr& graph, const AnalyzeOptions&, const RunControl&, AnalysisResult& result) {
  result.scores = as_double(core_numbers(graph));
  result.whole = true;
}

void set_parts(const Partition& partition, AnalysisResult& result) {
  result.scores = as_double(partition.part);
  result.whole = true;
  result.totals.emplace_back("parts", static_cast<std::int64_t>(partition.parts));
}

void run_components(const Csr& graph, const AnalyzeOptions&, const RunControl&,
                    AnalysisResult& result) {
  set_parts(components(graph), result);
}

void run_scc(const Csr& graph, const AnalyzeOptions&, const RunControl&, AnalysisResult& result) {
  set_parts(strong_components(graph), result);
}

void run_triangles(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
                   AnalysisResult& result) {
  Triangles found = triangles(graph, control);
  result.scores = as_double(found.at);
  result.whole = true;
  result.columns.emplace_back("clustering", std::move(found.clustering));
  result.totals.emplace_back("triangles", static_cast<std::int64_t>(found.total));
}

void run_constraint(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
                    AnalysisResult& result) {
  result.scores = constraint(graph, control);
  result.parameters.emplace_back("weights", graph.weighted());
}

template <Communities (*algorithm)(const Csr&, const CommunityOptions&, const RunControl&)>
void run_communities(const Csr& graph, const AnalyzeOptions& options, const RunControl& control,
                     AnalysisResult& result) {
  CommunityOptions community;
  community.seed = options.seed;
  community.resolution = options.resolution;
  Communities found = algorithm(graph, community, control);
  result.totals.emplace_back("parts", static_cast<std::int64_t>(found.partition.parts));
  result.clusters = std::move(found.partition.part);
  result.modularity = found.modularity;
  result.parameters.emplace_back("seed", static_cast<std::int64_t>(options.seed));
  result.parameters.emplace_back("resolution", options.resolution);
  result.parameters.emplace_back("weights", graph.weighted());
}

constexpr std::array<Measure, 15> kMeasures = {{
    {"degree", run_degree},
    {"pagerank", run_pagerank},
    {"betweenness", run_betweenness},
    {"closeness", run_closeness},
    {"harmonic", run_harmonic},
    {"eigenvector", run_eigenvector},
    {"katz", run_katz},
    {"hits", run_hits},
    {"core", run_core},
    {"components", run_components},
    {"scc", run_scc},
    {"triangles", run_triangles},
    {"constraint", run_constraint},
    {"leiden", run_communities<leiden>},
    {"louvain", run_communities<louvain>},
}};

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

std::span<const std::string_view> measures() {
  static constexpr auto kNames = [] {
    std::array<std::string_view, kMeasures.size()> names{};
    for (std::size_t i = 0; i < names.size(); ++i) names[i] = kMeasures[i].name;
    return names;
  }();
  return kNames;
}

AnalysisResult analyze(const LabelledGraph& graph, std::string_view measure,
                       const AnalyzeOptions& options, const RunControl& control) {
  const auto found = std::find_if(kMeasures.begin(), kMeasures.end(),
                                  [&](const Measure& m) { return m.name == measure; });
  if (found == kMeasures.end()) {
    throw Error(Error::Code::Usage, "no measure is called '" + std::string(measure) + "'");
  }
  AnalysisResult result;
  result.measure = found->name;
  result.nodes = graph.graph.nodes();
  result.edges = graph.graph.edges();
  const double begin = cpu_seconds();
  if (options.undirected && graph.graph.directed()) {
    found->run(undirected(graph.graph), options, control, result);
  } else {
    found->run(graph.graph, options, control, result);
  }
  result.seconds = cpu_seconds() - begin;
  result.parameters.emplace_back("directed", graph.graph.directed() && !options.undirected);
  return result;
}

}  // namespace tercet
