#pragma once

#include "extract/document.h"

namespace tercet {

/// Fill `document` (text given, the rest empty) with what its text holds as Markdown: front matter,
/// source, blocks. See read_document() for the contract and docs of Block for what a block keeps.
///
/// Lists: `intro` of an item is the paragraph just before its list (or a heading that ends in a
/// colon); of an item of a nested list the item it is nested in, or its paragraph just before. A
/// second paragraph in an item is a Paragraph. Left out: code blocks, tables, math, images,
/// comments, scripts. Kept as text: inline code, the words between HTML tags, fences and brackets
/// that are never closed. Texts above 256 KiB are parsed in parts, cut at blank lines where there
/// are any, which bounds time and memory; an address defined in one part (`[a]: address`) is not
/// known in another.
void read_markdown(Document& document);

}  // namespace tercet
