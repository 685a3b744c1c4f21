#pragma once

#include <string>

#include "export/dot.h"
#include "export/draw.h"

namespace tercet {

/// What a picture shows: asserted links and plans, with `all` every status in its own line style
/// and words; at most 3,000 links, the subtitle says what was left out.
DotOptions picture_options(bool all = false);

/// Draw the graph: write_dot() and render(). Throws what render() throws. Equal graphs give equal
/// pictures for equal Graphviz and fonts.
std::string draw_picture(const KnowledgeGraph& graph, ImageFormat format,
                         const DotOptions& options = picture_options(), const Limits& limits = {});

}  // namespace tercet
