#pragma once

#include <iosfwd>
#include <string>

#include "export/dot.h"
#include "export/draw.h"

namespace tercet {

/// A picture for a slide or a page.
struct PictureOptions {
  View view = View::Ecosystem;
  Show show = Show::WithIntended;  ///< asserted links and plans; All: every status, in its own look
  std::vector<NodeId> focus;       ///< Ego: round these things
  unsigned depth = 1;              ///< Ego: so many steps
  std::size_t max_nodes = 60;      ///< all views but Full; what is left out is said in the picture
  std::size_t max_links = 3'000;   ///< Full
  std::string title, source;       ///< see DotOptions
  bool stable = false;             ///< places that last while the graph grows; see DotOptions
};

/// Write the picture in the DOT language. Pictures of more than a few things have boxes round their
/// clusters, named after what is in them. Throws Error{Io} if `out` fails.
void write_picture_dot(const KnowledgeGraph& graph, std::ostream& out,
                       const PictureOptions& options = {});

/// Draw it: write_picture_dot() and render(). Throws what render() throws. Equal graphs give equal
/// pictures for equal Graphviz and fonts.
std::string draw_picture(const KnowledgeGraph& graph, ImageFormat format,
                         const PictureOptions& options = {}, const Limits& limits = {});

}  // namespace tercet
