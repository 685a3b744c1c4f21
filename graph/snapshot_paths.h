#pragma once

#include <cstdint>
#include <vector>

#include "graph/csr.h"
#include "graph/query.h"
#include "graph/snapshot.h"

namespace tercet {

/// The edges of a snapshot that pass, as a plain graph for searches; node ids stay, parallel edges
/// are one. O(nodes + edges).
Csr walkable(const Snapshot& snapshot, const EdgeFilter& filter, bool directed);

/// The edges that pass and take a step from `a` to `b`, ascending; undirected, also those from `b`
/// to `a`. O(log degree) for each.
std::vector<std::uint32_t> edges_of_step(const Snapshot& snapshot, NodeId a, NodeId b,
                                         const EdgeFilter& filter, bool directed);

}  // namespace tercet
