#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "graph/csr.h"
#include "graph/random.h"

namespace tercet::test {

using Pairs = std::vector<std::pair<NodeId, NodeId>>;

inline Csr csr_of(NodeId nodes, const Pairs& pairs, bool directed,
                  const std::vector<double>& weights = {}) {
  EdgeColumns edges;
  for (const auto& [source, target] : pairs) {
    edges.sources.push_back(source);
    edges.targets.push_back(target);
  }
  edges.weights = weights;
  return {nodes, edges, directed};
}

inline Csr directed_graph(NodeId nodes, const Pairs& pairs) { return csr_of(nodes, pairs, true); }
inline Csr undirected_graph(NodeId nodes, const Pairs& pairs) {
  return csr_of(nodes, pairs, false);
}

/// A random multigraph with loops: `seed` decides everything, also how dense it is.
struct RandomGraph {
  NodeId nodes = 0;
  Pairs pairs;
  std::vector<double> weights;  // for every other seed
  bool directed = false;

  explicit RandomGraph(std::uint64_t seed, NodeId most = 40) {
    Random random(seed);
    nodes = 1 + random.below(most);
    directed = random.below(2) == 1;
    const std::uint32_t count = random.below(1 + nodes * (1 + random.below(4)));
    for (std::uint32_t i = 0; i < count; ++i) {
      // One after the other: in a call the compiler would choose the order.
      const NodeId target = random.below(nodes), source = random.below(nodes);
      pairs.emplace_back(source, target);
      if (seed % 2 == 1) weights.push_back(1 + random.below(8) / 4.0);
    }
  }
  Csr csr() const { return csr_of(nodes, pairs, directed, weights); }

  /// The same graph with node v called order[v] and its edges in another order.
  Csr relabelled(const std::vector<NodeId>& order) const {
    Pairs moved;
    std::vector<double> moved_weights;
    for (std::size_t i = pairs.size(); i-- > 0;) {
      moved.emplace_back(order[pairs[i].first], order[pairs[i].second]);
      if (!weights.empty()) moved_weights.push_back(weights[i]);
    }
    return csr_of(nodes, moved, directed, moved_weights);
  }
};

}  // namespace tercet::test
