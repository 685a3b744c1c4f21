#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "export/drawing.h"

namespace tercet {

/// Hints that give a layered drawing the shape of a page instead of a tower.
struct Arrangement {
  std::vector<std::uint8_t> minlen;               ///< per link: least number of layers it spans
  std::vector<std::pair<NodeId, NodeId>> chains;  ///< invisible links that set parts side by side
  std::vector<bool> small;  ///< per drawn node: it is in a part that may be chained
};

/// Two remedies. The things that hang on one hub only would stand in one column: where
/// that makes the drawing taller than wide their links get lengths 1, 2, (3) in turn. Small parts
/// without a link to the rest would be stacked: they are chained into rows about as wide as the
/// largest part. (Graphviz's own packing, pack=true with dot, loses edge labels in 2.42 and crashes
/// with newrank.) Time O(nodes + links), except for parts of at most 8 nodes, O(size^2).
Arrangement arrange(const Drawing& drawing);

}  // namespace tercet
