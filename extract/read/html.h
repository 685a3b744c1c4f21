#pragma once

#include "extract/document.h"

namespace tercet {

/// Fill `document` (text given, the rest empty) with what its text holds as HTML (WHATWG, parsed by
/// gumbo): headings, list items, quotes, paragraphs and table cells in document order; `title` from
/// the title element. Left out: scripts, styles, templates, forms, navigation, figures of code.
/// A page nested deeper than 500 elements or larger than 64 MiB is read as Markdown reads HTML:
/// words between tags, because a parser's tree would cost time that grows with depth times size.
/// O(bytes); nothing is fetched.
void read_html(Document& document);

}  // namespace tercet
