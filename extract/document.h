#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace tercet {

/// Maps offsets of a cleaned text to offsets of the text it was cut from. Pieces are in ascending
/// order of `clean`; inside a piece both offsets advance together.
class OffsetMap {
 public:
  struct Piece {
    std::uint32_t clean = 0;
    std::uint32_t original = 0;
  };
  /// Say that byte `clean` and the following come from `original` and the following.
  void add(std::uint32_t clean, std::uint32_t original);
  /// Original offset of a clean byte that begins something. O(log pieces).
  std::uint32_t begin_of(std::uint32_t clean) const;
  /// Original end offset of a clean range that ends before `clean`: the byte before it, plus one.
  std::uint32_t end_of(std::uint32_t clean) const;
  const std::vector<Piece>& pieces() const { return pieces_; }

 private:
  std::vector<Piece> pieces_;
};

/// A time anchor: a point of the video, at a place between two characters of a block's text.
struct TimeAnchor {
  std::uint32_t at = 0;  ///< byte offset in Block::text where the anchor stood
  std::uint32_t seconds = 0;
};

/// A wikilink or link: its label is ordinary text (a mention), its target only a hint.
struct Link {
  Span label;  ///< in Block::text
  std::string target;
};

/// A piece of running text: paragraph, list item, quote, callout, heading, or a line of a plain
/// text. Sentences never cross a block.
struct Block {
  enum class Kind : std::uint8_t { Paragraph, Item, Quote, Heading };

  Kind kind = Kind::Paragraph;
  int depth = 0;     ///< heading level 1..6, or nesting of a list item from 1
  std::string text;  ///< valid UTF-8, markup stripped, white-space runs folded to one space
  OffsetMap origin;  ///< Block::text -> Document::text
  std::vector<TimeAnchor> anchors;    ///< in order of `at`
  std::vector<Link> links;            ///< in order of label.begin
  std::vector<std::uint32_t> breaks;  ///< offsets where a sentence must end (anchor after a stop)
  std::string lead_in;  ///< bold label at the start of the block, stripped from text; or empty
  int heading = -1;     ///< index of the nearest Heading block above, or -1
  int intro = -1;       ///< index of the block that introduces this list item, or -1
  bool anchors_lead = false;  ///< anchors stand before the words they time (captions), not after
  bool one_sentence = false;  ///< given as one sentence (-f lines, jsonl): do not split
};

/// A document as read: any bytes are a document.
struct Document {
  std::string id;
  std::string text;                      ///< the original bytes
  std::string title;                     ///< front matter, or empty
  std::string video_id;                  ///< front matter, [A-Za-z0-9_-]{6,20}, or empty
  std::string source;                    ///< "From: [[x]]", or empty
  std::vector<Block> blocks;             ///< in order of the text
  std::uint32_t invalid_bytes = 0;       ///< and lone surrogates, replaced by U+FFFD in the blocks
  std::uint32_t unreadable_anchors = 0;  ///< time anchors without a readable time
};

}  // namespace tercet
