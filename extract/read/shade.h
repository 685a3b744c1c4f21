#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace tercet {

/// What CommonMark does not know, painted over before it parses: a copy of a text, byte for byte as
/// long, in which wikilinks, time anchors, `**`, callout tags, code, tables, math and comments are
/// replaced by marks that every CommonMark parser takes for letters. So the parser's offsets are
/// the text's offsets, and none of its own rules for `[`, `*` or `<` can bite on our markup.
struct Shade {
  enum Mark : char {
    Skip = 1,      ///< not text
    Anchor = 2,    ///< time anchor; see notes
    LinkOpen = 3,  ///< see notes
    LinkClose = 4,
    BoldOpen = 5,
    BoldClose = 6,
    TitleOpen = 14,  ///< callout title
    TitleClose = 15,
    Opaque = 16,  ///< text: read the byte from the original
  };
  struct Note {
    std::uint32_t at = 0;                  ///< offset of the mark
    std::optional<std::uint32_t> seconds;  ///< Anchor
    Span target;                           ///< LinkOpen
  };
  std::string text;         ///< marks are the only bytes below 0x20 except \t \n \v \f \r
  std::vector<Note> notes;  ///< in order of `at`, for each Anchor and LinkOpen
};

/// Paint the part [begin, end) of `text`; the shade's offsets count from `begin`, the notes'
/// targets from 0. Linear in the size of the part; memory a few times the part.
Shade shade(std::string_view text, std::uint32_t begin, std::uint32_t end);

}  // namespace tercet
