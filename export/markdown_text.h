#pragma once

#include <string>
#include <string_view>

namespace tercet {

/// Append `text` on one line as words of a Markdown page that mean nothing but themselves.
/// Backslashes before punctuation end every meaning it has in Markdown; '<' and '&' would still be
/// HTML for some readers, and a bare "https://" a link.
void append_markdown(std::string& out, std::string_view text);

}  // namespace tercet
