#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "extract/read/shade.h"
#include "extract/read/time_anchor.h"

namespace tercet {

/// Finds `needle` from ever later places of one text in linear total time.
class Finder {
 public:
  Finder(std::string_view text, std::string_view needle) : text_(text), needle_(needle) {}
  std::size_t from(std::size_t at) {
    if (next_ == kUnknown || (next_ != npos && next_ < at)) next_ = text_.find(needle_, at);
    return next_;
  }

 private:
  static constexpr std::size_t npos = std::string_view::npos;
  static constexpr std::size_t kUnknown = npos - 1;
  std::string_view text_;
  std::string_view needle_;
  std::size_t next_ = kUnknown;
};

/// Paints what stands inside a line: wikilinks, time anchors, `**`, code spans, math, footnotes.
/// Lines are painted in order; each byte is looked at a bounded number of times.
class InlinePainter {
 public:
  /// `part` is the original of the whole shade, `base` its offset in the document.
  InlinePainter(std::string_view part, std::uint32_t base, Shade& shade)
      : part_(part), base_(base), shade_(shade) {}

  /// Paint bytes [begin, end), a line or the rest of one.
  void paint(std::size_t begin, std::size_t end);
  /// A block ends: an open `**` has no pair. It is no text, unless it stands inside a word (2**10).
  void end_block();

 private:
  void fill(std::size_t begin, std::size_t end, char mark);
  void skip(std::size_t begin, std::size_t end) { fill(begin, end, Shade::Skip); }
  char at(std::size_t place) const { return shade_.text[place]; }
  bool pair_at(std::size_t place, std::size_t end, char c) const {
    return place + 1 < end && at(place) == c && at(place + 1) == c;
  }
  std::optional<AnchorMarkup> anchor(std::size_t place, std::size_t end) const;
  std::size_t skip_joints(std::size_t place, std::size_t end) const;
  std::size_t read_group(std::size_t place, std::size_t end, char opener,
                         std::vector<AnchorMarkup>& anchors) const;
  std::size_t paint_anchors(std::size_t place, std::size_t begin, std::size_t end);
  std::size_t paint_times(std::size_t place, std::size_t end);
  void mark(const std::vector<AnchorMarkup>& anchors);
  std::size_t paint_wikilink(std::size_t place, std::size_t end);
  std::size_t paint_footnote(std::size_t place, std::size_t begin, std::size_t end);
  std::size_t paint_code_span(std::size_t place, std::size_t end);
  std::size_t paint_math(std::size_t place, std::size_t end);
  std::size_t paint_stars(std::size_t place, std::size_t begin, std::size_t end);

  static constexpr std::size_t npos = std::string_view::npos;
  std::string_view part_;
  std::uint32_t base_;
  Shade& shade_;
  Finder link_close_{part_, "]]"};
  Finder link_open_{part_, "[["};
  Finder dollar_{part_, "$"};
  Finder dollars_{part_, "$$"};
  std::size_t bold_ = npos;      // offset of an open `**`
  std::size_t link_end_ = npos;  // offset of the `]]` of the open link
};

}  // namespace tercet
