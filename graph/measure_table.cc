#include "graph/measure_table.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "graph/biconnected.h"
#include "graph/centrality.h"
#include "graph/dominators.h"
#include "graph/flow.h"
#include "graph/paths.h"
#include "graph/structure.h"

namespace tercet {
namespace {

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

void need(bool given, std::string_view measure, std::string_view option) {
  if (given) return;
  throw Error(Error::Code::Usage, std::string(measure) + " needs " + std::string(option));
}

void run_personalised(const Csr& graph, const AnalyzeOptions& options, const RunControl& control,
                      AnalysisResult& result) {
  need(!options.from.empty(), result.measure, "--from: where its walks begin");
  PageRankOptions rank;
  rank.damping = options.damping;
  rank.restart.assign(graph.nodes(), 0.0);
  for (const NodeId v : options.from) rank.restart[v] = 1;
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

void run_sampled(const Csr& graph, const AnalyzeOptions& options, const RunControl& control,
                 AnalysisResult& result) {
  SampledBetweenness found = sampled_betweenness(graph, options.samples, options.seed, control);
  result.scores = std::move(found.scores);
  result.totals.emplace_back("bound", found.bound);
  result.parameters.emplace_back("samples", static_cast<std::int64_t>(found.samples));
  result.parameters.emplace_back("seed", static_cast<std::int64_t>(options.seed));
  result.parameters.emplace_back("confidence", 0.9);
  result.parameters.emplace_back("normalized", false);
  result.parameters.emplace_back("weights", false);
}

void run_edge_betweenness(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
                          AnalysisResult& result) {
  AnalysisResult::Pairs pairs;
  std::vector<double> scores;
  const std::vector<EdgeScore> edges = edge_betweenness(graph, control);
  pairs.ends.reserve(edges.size());
  scores.reserve(edges.size());
  for (const EdgeScore& edge : edges) {
    pairs.ends.emplace_back(edge.source, edge.target);
    scores.push_back(edge.score);
  }
  pairs.columns.emplace_back("score", std::move(scores));
  result.pairs = std::move(pairs);
  result.parameters.emplace_back("normalized", false);
  result.parameters.emplace_back("weights", false);
}

void run_distance(const Csr& graph, const AnalyzeOptions& options, const RunControl& control,
                  AnalysisResult& result) {
  need(!options.from.empty(), result.measure, "--from: where to measure from");
  result.scores = distances(graph, options.from, {.weighted = graph.weighted()}, control);
  result.whole = !graph.weighted();
  result.parameters.emplace_back("mode", std::string("out"));
  result.parameters.emplace_back("weights", graph.weighted());
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

void run_core(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
              AnalysisResult& result) {
  result.scores = as_double(core_numbers(graph, control));
  result.whole = true;
}

void set_parts(const Partition& partition, AnalysisResult& result) {
  result.scores = as_double(partition.part);
  result.whole = true;
  result.totals.emplace_back("parts", static_cast<std::int64_t>(partition.parts));
}

void run_components(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
                    AnalysisResult& result) {
  set_parts(components(graph, control), result);
}

void run_scc(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
             AnalysisResult& result) {
  set_parts(strong_components(graph, control), result);
}

void run_triangles(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
                   AnalysisResult& result) {
  Triangles found = triangles(graph, control);
  result.scores = as_double(found.at);
  result.whole = true;
  result.columns.emplace_back("clustering", std::move(found.clustering));
  result.totals.emplace_back("triangles", static_cast<std::int64_t>(found.total));
}

void run_clustering(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
                    AnalysisResult& result) {
  Triangles found = triangles(graph, control);
  result.scores = std::move(found.clustering);
  result.totals.emplace_back("average", found.average);
  result.totals.emplace_back("transitivity", found.transitivity);
}

void run_articulation(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
                      AnalysisResult& result) {
  Blocks found = biconnected(graph, control);
  std::int64_t points = 0;
  for (NodeId v = 0; v < graph.nodes(); ++v) {
    result.scores.push_back(found.is_articulation(v) ? 1 : 0);
    points += found.is_articulation(v) ? 1 : 0;
  }
  result.whole = true;
  result.columns.emplace_back("blocks", as_double(found.blocks_at));
  result.totals.emplace_back("articulation_points", points);
  result.totals.emplace_back("parts", static_cast<std::int64_t>(found.blocks));
}

void run_biconnected(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
                     AnalysisResult& result) {
  const Blocks found = biconnected(graph, control);
  AnalysisResult::Pairs pairs;
  std::vector<double> block;
  pairs.ends.reserve(graph.edges());
  block.reserve(graph.edges());
  StopCheck check(control.stop);
  for (NodeId v = 0; v < graph.nodes(); ++v) {
    check.after(4 * graph.out().degree(v));  // block_of takes longer than a step along an arc
    for (const NodeId w : graph.out().row(v)) {
      if (w == v || (!graph.directed() && w < v)) continue;
      pairs.ends.emplace_back(v, w);
      block.push_back(found.block_of(v, w));
    }
  }
  pairs.columns.emplace_back("block", std::move(block));
  result.pairs = std::move(pairs);
  result.totals.emplace_back("parts", static_cast<std::int64_t>(found.blocks));
}

void run_bridges(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
                 AnalysisResult& result) {
  Blocks found = biconnected(graph, control);
  result.totals.emplace_back("bridges", static_cast<std::int64_t>(found.bridges.size()));
  result.pairs.emplace().ends = std::move(found.bridges);
}

void run_dominators(const Csr& graph, const AnalyzeOptions& options, const RunControl& control,
                    AnalysisResult& result) {
  need(options.from.size() == 1, result.measure, "one --from: the root");
  const Dominators found = dominators(graph, options.from.front(), control);
  AnalysisResult::Pairs pairs;
  std::vector<double> dominated;
  for (NodeId v = 0; v < graph.nodes(); ++v) {
    if (found.immediate[v] == Dominators::kNone) continue;
    pairs.ends.emplace_back(found.immediate[v], v);
    dominated.push_back(found.dominated[v]);
  }
  pairs.columns.emplace_back("dominated", std::move(dominated));
  result.pairs = std::move(pairs);
  result.parameters.emplace_back("mode", std::string("out"));
}

void run_max_flow(const Csr& graph, const AnalyzeOptions& options, const RunControl& control,
                  AnalysisResult& result) {
  need(options.from.size() == 1 && options.to, result.measure, "one --from and --to");
  MinCut cut = max_flow(graph, options.from.front(), *options.to, control);
  AnalysisResult::Pairs pairs;
  for (std::size_t i = 0; i < cut.edges.sources.size(); ++i) {
    pairs.ends.emplace_back(cut.edges.sources[i], cut.edges.targets[i]);
  }
  pairs.columns.emplace_back("capacity", std::move(cut.edges.weights));
  result.pairs = std::move(pairs);
  result.totals.emplace_back("flow", cut.flow);
  result.totals.emplace_back("source_side",
                             std::count(cut.source_side.begin(), cut.source_side.end(), 1));
  result.parameters.emplace_back("weights", graph.weighted());
}

void run_links(const Csr& graph, const AnalyzeOptions& options, const RunControl& control,
               AnalysisResult& result) {
  const std::vector<LinkScore> found =
      predict_links(graph, options.top, options.link_order, control);
  AnalysisResult::Pairs pairs;
  std::vector<double> adamic_adar, jaccard, resource_allocation, common;
  for (const LinkScore& link : found) {
    pairs.ends.emplace_back(link.first, link.second);
    adamic_adar.push_back(link.adamic_adar);
    jaccard.push_back(link.jaccard);
    resource_allocation.push_back(link.resource_allocation);
    common.push_back(link.common);
  }
  pairs.columns.reserve(4);  // also keeps GCC 12 from a false -Warray-bounds
  pairs.columns.emplace_back("adamic-adar", std::move(adamic_adar));
  pairs.columns.emplace_back("jaccard", std::move(jaccard));
  pairs.columns.emplace_back("resource-allocation", std::move(resource_allocation));
  pairs.columns.emplace_back("common", std::move(common));
  result.pairs = std::move(pairs);
  const std::string_view by = options.link_order == LinkOrder::AdamicAdar ? "adamic-adar"
                              : options.link_order == LinkOrder::Jaccard  ? "jaccard"
                                                                          : "resource-allocation";
  result.parameters.emplace_back("by", std::string(by));
  result.parameters.emplace_back("top", static_cast<std::int64_t>(options.top));
}

void run_constraint(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
                    AnalysisResult& result) {
  result.scores = constraint(graph, control);
  result.parameters.emplace_back("weights", graph.weighted());
}

void run_effective_size(const Csr& graph, const AnalyzeOptions&, const RunControl& control,
                        AnalysisResult& result) {
  result.scores = effective_size(graph, control);
  result.parameters.emplace_back("weights", graph.weighted());
}

template <Communities (*algorithm)(const Csr&, const CommunityOptions&, const RunControl&)>
void run_communities(const Csr& graph, const AnalyzeOptions& options, const RunControl& control,
                     AnalysisResult& result) {
  CommunityOptions community;
  community.seed = options.seed;
  community.resolution = options.resolution;
  community.objective = options.objective;
  Communities found = algorithm(graph, community, control);
  result.totals.emplace_back("parts", static_cast<std::int64_t>(found.partition.parts));
  result.clusters = std::move(found.partition.part);
  result.modularity = found.modularity;
  result.parameters.emplace_back("seed", static_cast<std::int64_t>(options.seed));
  const bool potts = options.objective == Objective::Potts;
  result.parameters.emplace_back("objective", std::string(potts ? "cpm" : "modularity"));
  result.parameters.emplace_back("resolution", options.resolution);
  if (potts) result.totals.emplace_back("quality", found.quality);
  result.parameters.emplace_back("weights", graph.weighted());
}

constexpr std::string_view kKept = "kept", kMerged = "merged", kAdded = "added up",
                           kLightest = "lightest";
constexpr std::array<Measure, 27> kMeasures = {{
    {"degree", run_degree, kKept, {64, 0, 0, 10}},
    {"pagerank", run_pagerank, kKept, {72, 0, 0, 60}},
    {"betweenness", run_betweenness, kKept, {16, 0, 56, 6, Runs::EveryNode}},
    {"closeness", run_closeness, kKept, {128, 0, 0, 0.3, Runs::EveryNode}},
    {"harmonic", run_harmonic, kKept, {128, 0, 0, 0.3, Runs::EveryNode}},
    {"eigenvector", run_eigenvector, kAdded, {185, 0, 0, 300}},
    {"katz", run_katz, kAdded, {24, 0, 0, 60}},
    {"hits", run_hits, kAdded, {190, 0, 0, 500}},
    {"core", run_core, kKept, {16, 0, 0, 15}},
    {"components", run_components, kKept, {16, 0, 0, 5}},
    {"scc", run_scc, kKept, {28, 0, 0, 20}},
    {"triangles", run_triangles, kMerged, {36, 4, 9, 200, Runs::One, Copies::Simple}},
    {"constraint", run_constraint, kAdded, {32, 0, 17, 500, Runs::One, Copies::Always}},
    {"leiden", run_communities<leiden>, kAdded, {100, 30, 0, 800, Runs::One, Copies::Turned}},
    {"louvain", run_communities<louvain>, kAdded, {110, 2, 0, 200, Runs::One, Copies::Turned}},
    {"personalised-pagerank", run_personalised, kKept, {80, 0, 0, 60}},
    {"sampled-betweenness", run_sampled, kKept, {20, 0, 56, 6, Runs::Samples}},
    {"edge-betweenness",
     run_edge_betweenness,
     kKept,
     {16, 16, 60, 12, Runs::EveryNode, Copies::None, 16}},
    {"distance", run_distance, kLightest, {36, 0, 0, 60}},
    {"clustering", run_clustering, kMerged, {36, 4, 9, 200, Runs::One, Copies::Simple}},
    {"effective-size", run_effective_size, kAdded, {32, 0, 17, 500, Runs::One, Copies::Always}},
    {"articulation", run_articulation, kKept, {46, 0, 0, 40, Runs::One, Copies::Turned}},
    {"biconnected", run_biconnected, kKept, {46, 16, 0, 50, Runs::One, Copies::Turned}},
    {"bridges", run_bridges, kKept, {40, 0, 0, 40, Runs::One, Copies::Turned}},
    {"dominators", run_dominators, kMerged, {46, 0, 0, 60}},
    {"max-flow", run_max_flow, kAdded, {40, 46, 0, 150}},
    {"links", run_links, kMerged, {16, 0, 28, 2000, Runs::One, Copies::SimpleAlways}},
}};

}  // namespace

std::span<const Measure> measure_table() { return kMeasures; }

}  // namespace tercet
