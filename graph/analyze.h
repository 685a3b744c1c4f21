#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "graph/csr.h"
#include "graph/run_control.h"

namespace tercet {

struct AnalyzeOptions {
  bool undirected = false;  ///< forget directions (counted in the seconds, if the graph has any)
  double damping = 0.85;    ///< pagerank
  double resolution = 1;    ///< leiden, louvain
  std::uint64_t seed = 1;   ///< leiden, louvain
};

/// One measure of one graph, ready to print.
struct AnalysisResult {
  using Value = std::variant<bool, std::int64_t, double, std::string>;

  std::string measure;
  std::vector<std::pair<std::string, Value>> parameters;  ///< in the order to print them
  double seconds = 0;  ///< CPU seconds of the measure and the projections it needs
  std::uint64_t nodes = 0, edges = 0;
  std::vector<double> scores;           ///< by NodeId; NaN where not defined; empty with clusters
  bool whole = false;                   ///< scores are whole numbers (degree, core, components …)
  std::vector<std::uint32_t> clusters;  ///< by NodeId; leiden and louvain only
  std::optional<double> modularity;     ///< leiden and louvain only
  /// What else the measure says of the nodes, by NodeId (degree: in, out, strength; hits: hub;
  /// triangles: clustering); `scores` is not repeated.
  std::vector<std::pair<std::string, std::vector<double>>> columns;
  /// What it says of the whole graph (components, scc, leiden, louvain: parts; triangles: total).
  std::vector<std::pair<std::string, Value>> totals;
};

/// The names analyze() knows, in the order of the contract.
std::span<const std::string_view> measures();

/// Run one measure. Throws Error{Usage} for a name that is not in measures() and Stopped.
AnalysisResult analyze(const LabelledGraph& graph, std::string_view measure,
                       const AnalyzeOptions& options = {}, const RunControl& control = {});

}  // namespace tercet
