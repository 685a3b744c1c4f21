#pragma once

#include <string>
#include <string_view>

namespace tercet {

/// Append `text` (already clean_text()) as XML character data or as the value of an attribute in
/// double quotes, where `attribute` keeps TAB and LF from becoming spaces.
void append_xml(std::string& out, std::string_view text, bool attribute = false);

}  // namespace tercet
