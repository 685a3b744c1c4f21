#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/knowledge_graph.h"

namespace tercet {

enum class ChangeKind : std::uint8_t {
  Added,         ///< an edge only the new graph has
  Gone,          ///< only the old one
  FlippedSign,   ///< asserted on one side, denied on the other
  FlippedState,  ///< any other change of state
  Requantified,  ///< same state, other dates, quantities or other qualifiers
  Reworded,      ///< same in all of this, but other claims stand for it
};
inline constexpr std::size_t kChangeKinds = 6;
std::string_view name_of(ChangeKind kind);

/// What became of one (subject, relation, object).
struct Change {
  ChangeKind kind = ChangeKind::Added;
  std::optional<std::uint32_t> before, after;  ///< indexes into edges() of the two graphs
  std::vector<std::string> lost, won;          ///< requantified: "date=2021", sorted
};

/// Changes of edges from one graph to another, sorted by names of subject, relation and object.
/// Equal graphs have none. Things are matched by name and type. O(n log n).
std::vector<Change> diff(const KnowledgeGraph& before, const KnowledgeGraph& after);

}  // namespace tercet
