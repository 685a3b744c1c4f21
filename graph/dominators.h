#pragma once

#include <cstdint>
#include <vector>

#include "graph/csr.h"
#include "graph/run_control.h"

namespace tercet {

/// Which nodes every path from a root must pass.
struct Dominators {
  static constexpr NodeId kNone = 0xFFFFFFFF;

  std::vector<NodeId> immediate;  ///< the last such node before v; kNone: root, or not reached
  /// Nodes v dominates, itself included: what is cut off from the root without v. 0 if not reached.
  std::vector<NodeId> dominated;
};

/// Dominators along out-edges from `root`. O(m log n), no recursion.
/// Source: Lengauer & Tarjan 1979, doi:10.1145/357062.357071; the semi-NCA variant: Georgiadis
/// 2005.
Dominators dominators(const Csr& graph, NodeId root, const RunControl& control = {});

}  // namespace tercet
