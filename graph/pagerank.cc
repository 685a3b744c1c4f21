#include <algorithm>
#include <cmath>

#include "graph/centrality.h"
#include "graph/work_crew.h"

namespace tercet {
namespace {

constexpr std::size_t kBlock = 4096;  // nodes; fixed, so that sums do not depend on the threads

struct BlockSums {
  double change = 0, dangling = 0;
};

}  // namespace

std::vector<double> pagerank(const Csr& graph, const PageRankOptions& options,
                             const RunControl& control) {
  const std::size_t n = graph.nodes();
  if (n == 0) return {};
  const double nodes = static_cast<double>(n);
  const ArcRows& in = graph.in();
  const bool weighted = graph.weighted();

  // Share of its rank that a node gives away per unit of weight; 0 for a dangling node.
  std::vector<double> share(n);
  for (NodeId v = 0; v < n; ++v) {
    double strength = static_cast<double>(graph.out().degree(v));
    if (weighted) {
      strength = 0;
      for (const double weight : graph.out().row_weights(v)) strength += weight;
    }
    share[v] = strength > 0 ? 1.0 / strength : 0.0;
  }

  std::vector<double> rank(n, 1.0 / nodes), given(n);  // given: rank a node gives per unit
  const std::size_t blocks = (n + kBlock - 1) / kBlock;
  std::vector<BlockSums> sums(blocks);
  WorkCrew crew(std::min<unsigned>(control.threads, static_cast<unsigned>(blocks)));
  std::vector<double> next(n);
  double dangling = 0;
  for (std::size_t v = 0; v < n; ++v) {
    given[v] = rank[v] * share[v];
    if (share[v] == 0) dangling += rank[v];
  }
  std::vector<double> next_given(n);
  for (unsigned iteration = 0; iteration < options.max_iterations; ++iteration) {
    const double base = (1 - options.damping) / nodes + options.damping * dangling / nodes;
    crew.run(blocks, [&](std::size_t block, unsigned) {
      BlockSums sum;
      const std::size_t end = std::min(n, (block + 1) * kBlock);
      for (std::size_t v = block * kBlock; v < end; ++v) {
        double received = 0;
        const std::uint64_t last = in.offsets[v + 1];
        if (weighted) {
          for (std::uint64_t i = in.offsets[v]; i < last; ++i) {
            received += given[in.targets[i]] * in.weights[i];
          }
        } else {
          for (std::uint64_t i = in.offsets[v]; i < last; ++i) received += given[in.targets[i]];
        }
        const double value = base + options.damping * received;
        sum.change += std::fabs(value - rank[v]);
        if (share[v] == 0) sum.dangling += value;
        next[v] = value;
        next_given[v] = value * share[v];
      }
      sums[block] = sum;
    });
    rank.swap(next);
    given.swap(next_given);
    double change = 0;
    dangling = 0;
    for (const BlockSums& sum : sums) {
      change += sum.change;
      dangling += sum.dangling;
    }
    if (change < options.tolerance) break;
    check_in(control, 0);
  }
  // Rounding leaves the sum within 1e-12 of 1; the contract says it is 1.
  double total = 0;
  for (const double value : rank) total += value;
  for (double& value : rank) value /= total;
  return rank;
}

}  // namespace tercet
