#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "export/drawing.h"

namespace tercet {

/// How wide a page may get.
struct PageShape {
  std::size_t row = 6;      ///< layers that parts side by side may have together
  std::uint32_t turns = 3;  ///< layers that the things on one hub may be spread over
  bool panels = true;       ///< clusters, if there are any, are set side by side
};

/// Hints that give a layered drawing the shape of a page instead of a tower.
struct Arrangement {
  std::vector<std::uint8_t> minlen;               ///< per link: least number of layers it spans
  std::vector<std::pair<NodeId, NodeId>> chains;  ///< invisible links that set parts side by side
  std::vector<bool> small;    ///< per drawn node: it is in a part that may be chained
  std::vector<bool> flipped;  ///< per link: it is to be written from its target to its source
  std::vector<bool> loose;    ///< per link: it does not tell where its ends stand
};

/// Three remedies. Of the many things on one hub every other one is set on its other side. The
/// things that hang on one hub only would stand in one column: where that makes the drawing taller
/// than wide their links get lengths 1, 2, (3) in turn. Small parts without a link to the rest
/// would be stacked: they are chained into rows about as wide as the largest part. (Graphviz's own
/// packing, pack=true with dot, loses edge labels in 2.42 and crashes with newrank.) Time O(nodes +
/// links), except for parts of at most 8 nodes, O(size^2). With `clusters` (per node of the graph,
/// empty for none) and `panels` it is the clusters that are set side by side, and only the links
/// inside one tell where things stand.
Arrangement arrange(const Drawing& drawing, const std::vector<int>& clusters = {},
                    const PageShape& shape = {});

}  // namespace tercet
