#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "graph/cluster_labels.h"
#include "graph/community.h"
#include "graph/csr.h"
#include "graph/links.h"
#include "graph/run_control.h"

namespace tercet {

struct AnalyzeOptions {
  bool undirected = false;  ///< forget directions (counted in the seconds, if the graph has any)
  double damping = 0.85;    ///< pagerank, personalised-pagerank
  double resolution = 1;    ///< leiden, louvain
  Objective objective = Objective::Modularity;   ///< leiden, louvain
  std::uint64_t seed = 1;                        ///< leiden, louvain, sampled-betweenness
  std::size_t samples = 256;                     ///< sampled-betweenness: sources
  std::size_t top = 20;                          ///< links: pairs
  LinkOrder link_order = LinkOrder::AdamicAdar;  ///< links
  std::vector<NodeId> from;  ///< personalised-pagerank, distance; one for dominators, max-flow
  std::optional<NodeId> to;  ///< max-flow
  const KnowledgeGraph* source = nullptr;  ///< what the graph is a projection of: names clusters
};

/// One measure of one graph, ready to print.
struct AnalysisResult {
  using Value = std::variant<bool, std::int64_t, double, std::string>;

  std::string measure;
  std::vector<std::pair<std::string, Value>> parameters;  ///< in the order to print them
  double seconds = 0;  ///< CPU seconds of the measure and the projections it needs
  std::uint64_t nodes = 0, edges = 0;
  std::vector<double> scores;  ///< by NodeId; NaN where not defined; empty with clusters or pairs
  bool whole = false;          ///< scores are whole numbers (degree, core, components …)
  std::vector<std::uint32_t> clusters;  ///< by NodeId; leiden and louvain only
  std::optional<double> modularity;     ///< leiden and louvain only
  std::vector<ClusterLabel> labels;     ///< by cluster
  /// What else the measure says of the nodes, by NodeId (degree: in, out, strength; hits: hub;
  /// triangles: clustering); `scores` is not repeated.
  std::vector<std::pair<std::string, std::vector<double>>> columns;
  /// What it says of pairs of nodes (edge-betweenness, bridges, biconnected, max-flow: edges;
  /// links: pairs without one; dominators: a node and the one that dominates it next).
  struct Pairs {
    std::vector<std::pair<NodeId, NodeId>> ends;
    std::vector<std::pair<std::string, std::vector<double>>> columns;  ///< as long as `ends`
  };
  std::optional<Pairs> pairs;
  /// What it says of the whole graph (components, scc, leiden, louvain: parts; triangles: total).
  std::vector<std::pair<std::string, Value>> totals;
};

/// The names analyze() knows: those of the contract first, in its order.
std::span<const std::string_view> measures();

/// What a run will take, from the size of the graph alone.
struct Estimate {
  std::uint64_t graph_bytes = 0;  ///< the graph in memory
  std::uint64_t work_bytes = 0;   ///< what the measure needs on top at its peak, at most
  double seconds = 0;             ///< CPU seconds, within a factor of about five
};
/// Throws Error{Usage} for a name that is not in measures(). O(nodes), or
/// O(edges) if the measure depends on whether the graph is simple.
Estimate estimate(const LabelledGraph& graph, std::string_view measure,
                  const AnalyzeOptions& options = {}, unsigned threads = 1);

/// Run one measure. Throws Error{Usage} for a name that is not in measures() or an option the
/// measure needs and did not get, and Stopped.
AnalysisResult analyze(const LabelledGraph& graph, std::string_view measure,
                       const AnalyzeOptions& options = {}, const RunControl& control = {});

}  // namespace tercet
