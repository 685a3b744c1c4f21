#pragma once

#include <vector>

#include "export/drawing.h"
#include "export/layout.h"
#include "graph/knowledge_graph.h"

namespace tercet {

/// Where the things of a drawing stand, one point per drawing.nodes, in pixels or points: lay_out()
/// from seeds of their names, spread so that names have room. What is not asserted pulls little,
/// since a reader may switch it off; clusters do not count, since one link may change them. With
/// `boxes` no thing lies over another (for some thousands of things), without they are dots. A
/// graph with some things more gives most things much the same place.
std::vector<Point> place_things(const KnowledgeGraph& graph, const Drawing& drawing, bool boxes);

}  // namespace tercet
