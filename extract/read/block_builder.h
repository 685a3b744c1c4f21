#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/document.h"

namespace tercet {

/// Collects the visible characters of one block in order, folds white space, keeps the way back
/// to the original, and cuts out time anchors and the bold lead-in.
class BlockBuilder {
 public:
  /// Keeps a view of `original` and counts the invalid bytes it meets in `invalid_bytes`.
  BlockBuilder(std::string_view original, std::uint32_t& invalid_bytes)
      : original_(original), invalid_bytes_(invalid_bytes) {}

  /// Bytes [begin, end) of the original as text. Runs of white space (Unicode White_Space) become
  /// one space, none at the start; invisible U+00AD, U+200B, U+2060 and U+FEFF are left out.
  void bytes(std::uint32_t begin, std::uint32_t end);
  /// A character that `origin` of the original stands for (an entity).
  void character(char32_t code_point, Span origin);
  /// White space at `origin` that the markup implies.
  void space(std::uint32_t origin);
  /// A time anchor stands here; nullopt if its time could not be read.
  void anchor(std::optional<std::uint32_t> seconds);
  void open_link(std::string target);
  void close_link();
  void open_bold();
  void close_bold();
  /// The title of a callout, which leads in whatever its length.
  void open_title();
  void close_title();

  /// The block so far; the builder is empty afterwards. With `strip_lead_in` a bold run of less
  /// than 60 characters at the start goes to lead_in, with the colon or dash after it, if text
  /// follows; so does the title of a callout. A title without text comes back as lead_in alone, a
  /// block of nothing empty.
  Block finish(bool strip_lead_in);

 private:
  struct Run {
    std::uint32_t begin = kUnset;
    std::uint32_t end = kUnset;
  };
  static constexpr std::uint32_t kUnset = 0xFFFFFFFF;

  std::uint32_t size() const { return static_cast<std::uint32_t>(block_.text.size()); }
  void put(std::string_view bytes, std::uint32_t origin);
  void settle_anchors(std::string_view next);
  void drop_last();
  void open_at(std::uint32_t at);
  bool ends_with_stop() const;
  void cut_lead_in(std::uint32_t end);

  std::string_view original_;
  std::uint32_t& invalid_bytes_;
  Block block_;
  std::optional<std::uint32_t> space_;  // origin of white space not yet written
  bool anchor_before_ = false;          // an anchor stands after the last character
  bool stop_before_anchor_ = false;     // ... and that character ends a sentence
  std::uint32_t invalid_end_ = kUnset;  // where the last run of invalid bytes ended
  std::vector<std::size_t> open_links_;
  Run first_bold_;
  Run title_;
  bool in_bold_ = false;
  bool in_title_ = false;
};

}  // namespace tercet
