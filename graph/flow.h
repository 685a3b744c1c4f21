#pragma once

#include <cstdint>
#include <vector>

#include "graph/csr.h"
#include "graph/run_control.h"

namespace tercet {

/// A smallest cut between two nodes and the flow it lets through.
struct MinCut {
  double flow = 0;
  std::vector<std::uint8_t> source_side;  ///< by NodeId: 1 on the source's side, the smallest one
  EdgeColumns edges;  ///< from the source's side to the other, parallels as one; weight = capacity
};

/// Largest flow from `source` to `sink` and the smallest cut it fills. Weights are capacities (1
/// each without); parallel edges add up, an undirected edge carries its capacity either way, loops
/// carry nothing. Flow 0 and an empty cut if source == sink. O(n^2 m) at worst; O(m sqrt(m)) with
/// capacities of 1. Source: Dinitz 1970; Ford & Fulkerson 1956, doi:10.4153/CJM-1956-045-5.
MinCut max_flow(const Csr& graph, NodeId source, NodeId sink, const RunControl& control = {});

}  // namespace tercet
