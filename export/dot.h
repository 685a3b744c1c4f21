#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "export/arrange.h"
#include "export/drawing.h"
#include "export/strand.h"
#include "export/view.h"
#include "graph/knowledge_graph.h"

namespace tercet {

struct DotOptions {
  /// A property graph holds asserted links; a picture shows plans as well.
  Show show = Show::Asserted;
  /// To be looked at: relations of one status between the same two things share a line with several
  /// words, and hints (some of them invisible edges) give the drawing the shape of a page. Without,
  /// every (subject, relation, object) and status is an edge of its own and nothing else is one.
  bool picture = false;
  /// Full, Ecosystem or Ego; the other views have writers of their own (export/picture.h).
  View view = View::Full;
  std::vector<NodeId> focus;   ///< Ego: round these
  unsigned depth = 1;          ///< Ego: so many steps
  std::size_t max_nodes = 60;  ///< Ecosystem, Ego: at most so many things
  /// More links than this are cut to those among the things with most links; 0: all are written.
  std::size_t max_links = 0;
  /// Code points in a line of a name and of the words on a link: narrow ones make a narrow page.
  std::size_t name_width = 18, label_width = 24;
  double layer_gap = 0.35;  ///< inches from a layer to the words on its links
  PageShape shape;
  bool cluster_names_right = false;  ///< in the other upper corner of their boxes
  /// What to draw, if it was chosen before; else choose_drawing().
  std::optional<Drawing> drawing;
  /// Per node of the graph its cluster from 0, or -1 for none; empty: no clusters. A box is drawn
  /// round three or more things of a cluster with a link to another.
  std::vector<int> clusters;
  /// Titles of the clusters, by number; a cluster without one is named after its busiest thing.
  std::vector<std::string> cluster_names;
  /// Things keep their places when the graph grows: tercet's own layout, which starts from the
  /// names, whatever the size, with straight lines.
  bool stable = false;
  /// Title of the page; empty: that of the document if there is one (or what its
  /// file name says), else a general one.
  std::string title;
  /// Said in the subtitle: where the text is from. Empty: the number of documents.
  std::string source;
};

/// What of the graph these options draw.
Drawing choose_drawing(const KnowledgeGraph& graph, const DotOptions& options);

/// Write the graph in the DOT language (https://graphviz.org/doc/info/lang.html), ready to be
/// drawn: docs/formats/exports.md describes the look. Nodes are n0, n1 ... (the number is the
/// NodeId), the whole name and type stand in the attributes `name` and `type`, relation, status and
/// confidence of an edge in attributes of these names. Things without a link are left out. The
/// attribute `layout` names the engine that draws a graph of this size in good time, and with more
/// than 100 links labels are left to the tooltips. Equal graphs give equal bytes. O(n log n).
/// Throws Error{Io} if `out` fails.
void write_dot(const KnowledgeGraph& graph, std::ostream& out, const DotOptions& options = {});

}  // namespace tercet
