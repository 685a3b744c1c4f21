#pragma once

#include <string>
#include <string_view>

namespace tercet {

/// `text` (already clean_text(), so valid UTF-8) as a JSON string with its quotes. For writers that
/// stream: RapidJSON's validating one looks at every character four times.
void append_json(std::string& out, std::string_view text);

}  // namespace tercet
