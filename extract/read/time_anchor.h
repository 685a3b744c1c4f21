#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace tercet {

/// Seconds of "HH:MM:SS", "MM:SS" or "HH:MM:SS:FF" (frames are dropped); brackets and blanks
/// around it do not matter. Seconds have two digits and are below 60, as are minutes after hours.
/// Anything else is unreadable: nullopt, never a guess.
std::optional<std::uint32_t> parse_time(std::string_view words);

/// A time anchor in a text: `<a class="yt-timestamp" data-t="TIME">[TIME]</a>` in any of its
/// broken shapes (any class with "timestamp" in it), or a bare `[HH:MM:SS]`.
struct AnchorMarkup {
  Span span;                             ///< all of the markup
  std::optional<std::uint32_t> seconds;  ///< of data-t, else of the label, else none
};

/// The anchor whose first byte is text[at], if there is one. Looks at no more than 512 bytes.
std::optional<AnchorMarkup> anchor_at(std::string_view text, std::size_t at);

/// The times of a bare list that begins at text[at] == '[': `[HH:MM:SS, HH:MM:SS]`, two or more,
/// with commas, semicolons or hyphens between. The first and the last span hold the brackets. Empty
/// if there is no such list. Linear in its length.
std::vector<AnchorMarkup> time_list_at(std::string_view text, std::size_t at);

}  // namespace tercet
