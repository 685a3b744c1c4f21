#include "graph/centrality.h"

namespace tercet {

Degrees degrees(const Csr& graph) {
  Degrees result;
  const NodeId n = graph.nodes();
  for (NodeId v = 0; v < n; ++v) {
    const std::uint64_t out = graph.out().degree(v);
    const std::uint64_t in = graph.in().degree(v);
    result.out.push_back(out);
    result.in.push_back(in);
    result.total.push_back(graph.directed() ? out + in : out);
    double strength = static_cast<double>(result.total.back());
    if (graph.weighted()) {
      strength = 0;
      for (const double weight : graph.out().row_weights(v)) strength += weight;
      if (graph.directed()) {
        for (const double weight : graph.in().row_weights(v)) strength += weight;
      }
    }
    result.strength.push_back(strength);
  }
  return result;
}

}  // namespace tercet
