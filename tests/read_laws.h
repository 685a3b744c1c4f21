#pragma once

#include <string>
#include <string_view>

#include "base/utf8.h"
#include "extract/document.h"

namespace tercet {

/// What holds for every document, whatever its bytes; the first law that does not, or "".
/// A byte of a block is the byte its origin says, unless it stands for something else: a folded
/// space, U+FFFD for bytes that are no text, or a character reference.
inline std::string broken_law(const Document& document) {
  const std::string& original = document.text;
  int index = -1;
  for (const Block& block : document.blocks) {
    ++index;
    const std::string at = "block " + std::to_string(index) + ": ";
    const std::string& text = block.text;
    if (text.empty()) return at + "has no text";
    if (!is_valid_utf8(text)) return at + "is not UTF-8";
    if (text.front() == ' ' || text.back() == ' ') return at + "begins or ends with a space";
    if (text.find("  ") != std::string::npos) return at + "has two spaces in a row";
    std::uint32_t last = 0;
    for (std::uint32_t i = 0; i < text.size(); ++i) {
      const std::uint32_t origin = block.origin.begin_of(i);
      if (origin >= original.size()) return at + "points past the end";
      if (origin < last) return at + "goes backwards";
      last = origin;
      const std::uint32_t end = block.origin.end_of(i + 1);
      if (end > original.size() || end <= origin) return at + "ends where it cannot";
      if (original[origin] == text[i] || text[i] == ' ') continue;
      const bool replaced = text[i] == '\xef' || text[i] == '\xbf' || text[i] == '\xbd';
      // Any byte of a reference: its first is '&', its last ';', others lie between.
      const std::size_t amp = original.rfind('&', origin);
      const bool reference = amp != std::string::npos && origin - amp < 64;
      if (!replaced && !reference) return at + "is not what stands at its origin";
    }
    last = 0;
    for (const TimeAnchor& anchor : block.anchors) {
      if (anchor.at < last || anchor.at > text.size()) return at + "has an anchor out of order";
      last = anchor.at;
    }
    last = 0;
    for (const std::uint32_t stop : block.breaks) {
      if (stop <= last || stop >= text.size()) return at + "has a break out of order";
      last = stop;
    }
    last = 0;
    for (const Link& link : block.links) {
      if (link.label.begin < last || link.label.begin >= link.label.end ||
          link.label.end > text.size()) {
        return at + "has a link out of order";
      }
      last = link.label.begin;
    }
    if (block.heading >= index || block.intro >= index) return at + "refers to a later block";
    if (block.heading >= 0 &&
        document.blocks[static_cast<std::size_t>(block.heading)].kind != Block::Kind::Heading) {
      return at + "has a heading that is none";
    }
  }
  return "";
}

}  // namespace tercet
