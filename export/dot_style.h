#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "export/strand.h"

namespace tercet {

/// How a kind of thing looks. Shape and colour both tell it, so that neither is needed alone; the
/// colours are those of Okabe and Ito, which keep apart for the colour-blind.
struct NodeStyle {
  std::string_view shape, style, border, fill;
  std::string_view legend;  ///< the word for it
  bool strong = false;      ///< heavier border, larger name
};

/// The style of `type`: organisations, people, products and services, technology, places and
/// markets, values; every other type looks like a concept.
const NodeStyle& node_style(std::string_view type);
std::span<const NodeStyle* const> node_styles();  ///< all of them, in the order of a legend

/// How a line of a status looks, and the words before its relation. The pattern of the line tells
/// the modality, its colour and end the sign; the words say both again.
struct LineStyle {
  std::string color;       ///< for the attribute `color`; two colours draw two thin lines
  std::string_view ink;    ///< of the label
  std::string_view style;  ///< solid, dashed, dotted
  std::string_view arrowhead;
  std::string words;   ///< before the relation: "NOT", "may:"; empty if asserted
  std::string legend;  ///< the word for it
};
LineStyle line_style(const Status& status);

/// Relations that say what a thing is or belongs to rather than what it does.
bool is_structure(std::string_view relation);

}  // namespace tercet
