#pragma once

#include <cstdint>
#include <vector>

#include "graph/csr.h"
#include "graph/run_control.h"

namespace tercet {

/// Edges at every node; a loop counts twice in `total`. Strength is the same over weights. O(n +
/// m).
struct Degrees {
  std::vector<std::uint64_t> in, out, total;  ///< of an undirected graph all three are equal
  std::vector<double> strength;               ///< total weight of the edges at the node
};
Degrees degrees(const Csr& graph);

struct PageRankOptions {
  double damping = 0.85;    ///< in [0, 1)
  double tolerance = 1e-8;  ///< stop when the ranks change by less, summed over all nodes
  unsigned max_iterations = 1000;
  /// Personalised: where a walk begins anew, by NodeId in any scale, 0 or more and not all 0; also
  /// where it goes on from a node without out-edges. Empty: all nodes alike.
  std::vector<double> restart;
  /// Warm start: ranks of a similar graph (nodes beyond its size count as 0). The result is the
  /// same to the tolerance. Empty: a cold start.
  std::vector<double> start;
};
/// PageRank of every node; the scores sum to 1. Rank leaves a node along its out-edges in
/// proportion to their weight; a node without any (or of weight 0 only) spreads its rank evenly
/// over all nodes. Time O(iterations * (n + m)), about 10 to 60 iterations.
/// Source: Brin & Page 1998, doi:10.1016/S0169-7552(98)00110-X; solved as a linear system with
/// updates in place (Arasu et al. 2002).
std::vector<double> pagerank(const Csr& graph, const PageRankOptions& options = {},
                             const RunControl& control = {});

/// Shortest paths (by number of edges, parallel edges count as several paths) through every node,
/// each pair of ends weighing 1 shared among its paths; not normalised, an undirected pair counts
/// once. Weights are not used. Time O(n m), memory O(n) a thread.
/// Source: Brandes 2001, doi:10.1080/0022250X.2001.9990249.
std::vector<double> betweenness(const Csr& graph, const RunControl& control = {});

struct SampledBetweenness {
  std::vector<double> scores;  ///< estimates of betweenness()
  std::size_t samples = 0;     ///< sources used; all of them: the scores are exact
  /// With 90 % confidence no node's estimate is off by more.
  double bound = 0;
};
/// betweenness() from a random sample of sources, drawn without replacement. Time O(samples * m).
/// Source: Brandes & Pich 2007, doi:10.1142/S0218127407018403; bound: Serfling 1974,
/// doi:10.1214/aos/1176342611.
SampledBetweenness sampled_betweenness(const Csr& graph, std::size_t samples, std::uint64_t seed,
                                       const RunControl& control = {});

struct EdgeScore {
  NodeId source = 0, target = 0;
  double score = 0;
  friend bool operator==(const EdgeScore&, const EdgeScore&) = default;
};
/// Shortest paths along every edge, counted as in betweenness(); parallel edges share them. In the
/// order of (source, target), of an undirected graph the smaller end first. Time O(n m), memory
/// O(threads * m). Source: Girvan & Newman 2002, doi:10.1073/pnas.122653799.
std::vector<EdgeScore> edge_betweenness(const Csr& graph, const RunControl& control = {});

/// Distances (numbers of edges) from every node to all others it reaches along out-edges.
struct Reach {
  std::vector<std::uint64_t> distance_sum;
  std::vector<NodeId> reached;   ///< nodes reached, itself not counted
  std::vector<double> harmonic;  ///< sum of 1 / distance
};
/// Breadth-first search from 256 nodes at a time, a bit each. Time O(n m / 256 * levels) at worst
/// while many nodes are met in a level, else O(n m); memory O(n).
/// Source: Then et al. 2014, doi:10.14778/2735496.2735507.
Reach reach(const Csr& graph, const RunControl& control = {});

/// 1 / mean distance to the nodes it reaches; NaN for a node that reaches none (as igraph since
/// 0.10 with its Python default, normalized).
std::vector<double> closeness(const Csr& graph, const RunControl& control = {});

/// Sum of 1 / distance to the nodes it reaches. Source: Marchiori & Latora 2000,
/// doi:10.1016/S0378-4371(00)00311-3.
std::vector<double> harmonic(const Csr& graph, const RunControl& control = {});

/// The eigenvector of the largest eigenvalue of the adjacency matrix (a node is worth what its
/// in-neighbours are worth), scaled so that its largest entry is 1. Weights count; an undirected
/// loop counts twice. Where the eigenvalue is not simple (several components) the projection of
/// the degrees on its eigenspace is given. Without edges all are 1; in a directed graph without
/// cycles sinks are 1 and all others 0 (igraph's rules).
/// Source: Bonacich 1987, doi:10.1086/228631.
std::vector<double> eigenvector(const Csr& graph, const RunControl& control = {});

/// An attenuation for which Katz' series converges: min(0.1, 1 / (1 + largest in-strength)).
double katz_alpha(const Csr& graph);

struct KatzOptions {
  double alpha = 0;  ///< attenuation, below 1 / largest eigenvalue; 0 = katz_alpha(graph)
  double beta = 1;   ///< worth of every node by itself
};
/// x = alpha A^T x + beta, scaled to Euclidean length 1. Weights count.
/// Source: Katz 1953, doi:10.1007/BF02289026.
std::vector<double> katz(const Csr& graph, const KatzOptions& options = {},
                         const RunControl& control = {});

struct Hits {
  std::vector<double> hubs, authorities;  ///< each scaled so that its largest entry is 1
};
/// Good hubs point to good authorities: the first eigenvectors of A A^T and A^T A. Weights count.
/// Source: Kleinberg 1999, doi:10.1145/324133.324140.
Hits hits(const Csr& graph, const RunControl& control = {});

}  // namespace tercet
