#pragma once

#include <string_view>

#include "extract/language/sentence.h"

namespace tercet {

/// Conjuncts behind a bracket belong to what the bracket is about, not to what stands in it: in
/// "a lamp (Hartwell Lamp, HL) and a buoy" the buoy joins the lamp, whatever the parser says. Heads
/// stay a tree. O(tokens * depth of the tree).
void lift_conjuncts(std::string_view text, Sentence& sentence);

}  // namespace tercet
