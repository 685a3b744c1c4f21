#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "graph/csr.h"
#include "graph/projection.h"

namespace tercet {

/// What to call a cluster: its members with the most weight inside it, and the relations that hold
/// it together.
struct ClusterLabel {
  std::uint32_t size = 0;
  std::vector<NodeId> members;         ///< best first, ties by NodeId
  std::vector<std::string> relations;  ///< most edges inside first, ties by name
};

/// One label per cluster of `cluster` (by NodeId, numbered from 0 without gaps). Without `source`,
/// the knowledge graph that `graph` is a projection of, there are no relations; of its edges only
/// asserted ones count. O(n log n + m log m).
std::vector<ClusterLabel> label_clusters(const Csr& graph, std::span<const std::uint32_t> cluster,
                                         const KnowledgeGraph* source = nullptr,
                                         std::size_t members = 3, std::size_t relations = 2);

/// Spans of time a graph's claims are dated in.
enum class SliceUnit : std::uint8_t { Year, Quarter, Month };
struct Slice {
  std::string name;  ///< 2021, 2021-Q3, 2021-03
  DateRange dates;
  friend bool operator==(const Slice&, const Slice&) = default;
};
/// Every such span that at least one dated claim touches, ascending; a claim about a whole year
/// touches all its months. At most 100 years are cut. O(claims + slices).
std::vector<Slice> slices_of(const KnowledgeGraph& graph, SliceUnit unit);

}  // namespace tercet
