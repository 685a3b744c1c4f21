#pragma once

#include "extract/document.h"

namespace tercet {

/// Fill `document` (text given, the rest empty) with its paragraphs: lines up to a blank line,
/// joined by spaces. A line that begins with "- ", "* ", "+ ", a bullet sign, "1. " or "1) " begins
/// an Item, deeper if it is indented by two columns more than the item above; `intro` is the
/// paragraph just before the list, or the item above that it is indented under.
void read_text(Document& document);

/// Fill `document` with one block a line that is not blank, each one sentence.
void read_lines(Document& document);

}  // namespace tercet
