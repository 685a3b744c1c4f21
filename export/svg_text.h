#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tercet {

/// A piece of text in an SVG that Graphviz wrote, in points; y grows downward.
struct SvgText {
  double left = 0, top = 0, width = 0, height = 0;
  double size = 0;   ///< of the font
  std::string fill;  ///< its colour as it stands there, empty for black
  std::string text;  ///< entities undone only as far as they have one letter
};

/// How wide a text is in Helvetica and fonts of the same metrics (Arial, Liberation Sans), in em;
/// letters without a known width count .6. O(n).
double text_width(std::string_view text);

/// Width and height of the page.
struct SvgSize {
  double width = 0, height = 0;
};
SvgSize svg_size(std::string_view svg);

/// All `<text>` elements of what Graphviz 2.42 writes, not of any SVG. Widths are those of
/// Helvetica and fonts of the same metrics (Arial, Liberation Sans); letters it has no width for
/// count .6 em. O(n).
std::vector<SvgText> svg_texts(std::string_view svg);

/// The share of the area of all texts that lies under another one, 0..1. Pieces on one line that
/// touch (a label in two colours) do not overlap. O(n^2) at worst, O(n log n) for pages.
double text_overlap(const std::vector<SvgText>& texts);

}  // namespace tercet
