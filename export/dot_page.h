#pragma once

#include <string>
#include <vector>

#include "export/dot_style.h"
#include "export/output.h"
#include "export/strand.h"

namespace tercet {

/// What stands over a drawing.
struct PageHead {
  std::string title, subtitle;
  std::vector<const NodeStyle*> things;  ///< the legend: exactly the styles that are drawn,
  std::vector<Status> statuses;          ///< in any order, repeated or not
  std::string layout;                    ///< engine and its settings, DOT attributes
};

/// Write the graph's attributes with title, subtitle and legend, and the defaults of nodes and
/// edges. The legend is part of the title, not a node: it cannot lie over the drawing, works with
/// every engine, and the nodes of the file are the graph's.
void write_dot_head(Output& out, const PageHead& head);

/// The words of one line of a label in the look of its status: "<b>may NOT:</b> sells". `number`
/// ties an "if" to its "then", 0 for none.
std::string marked_words(const LineStyle& style, std::uint32_t number, std::string_view words);

}  // namespace tercet
