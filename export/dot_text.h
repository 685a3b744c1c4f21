#pragma once

#include <string>
#include <string_view>

namespace tercet {

/// `text` ready to be written in DOT as a quoted string, with the quotes. Measured on Graphviz
/// 2.42: control characters go raw into SVG, so they are dropped (LF becomes the escape \n); a
/// backslash opens an escape (\N is the node's name) and labels decode entities, so `\` and `&` are
/// doubled up; 16,384 bytes in quotes are a syntax error, so the result is cut before 16,000.
std::string dot_quoted(std::string_view text);

/// `text` for use between the tags of an HTML-like label, on one line.
std::string dot_html(std::string_view text);

/// At most `most` code points of `text` on one line, white space collapsed; "…" if cut.
std::string shortened(std::string_view text, std::size_t most);

/// `text` broken into lines of about `width` code points at spaces, cut as by shortened(_, most).
/// A word that is longer than a line and a half is broken.
std::string wrapped(std::string_view text, std::size_t width, std::size_t most);

/// `text` with each '_' as a space: "operates in".
std::string spoken(std::string_view relation);

}  // namespace tercet
