#include "extract/read/read.h"

#include <limits>
#include <utility>

#include "base/ascii.h"
#include "extract/read/captions.h"
#include "extract/read/encoding.h"
#include "extract/read/front_matter.h"
#include "extract/read/html.h"
#include "extract/read/markdown.h"
#include "extract/read/plain.h"

namespace tercet {
namespace {

/// All good lines as the blocks of one document, offsets into the joined texts.
template <class ReadRows>
void read_rows(Document& document, ReadRows read) {
  const std::string lines = std::exchange(document.text, {});
  read(
      lines, document.id,
      [&](Document part) {
        const auto base = static_cast<std::uint32_t>(document.text.size());
        const int first = static_cast<int>(document.blocks.size());
        document.text += part.text;
        document.text += '\n';
        document.invalid_bytes += part.invalid_bytes;
        document.unreadable_anchors += part.unreadable_anchors;
        for (Block& block : part.blocks) {
          OffsetMap origin;
          for (const OffsetMap::Piece& piece : block.origin.pieces()) {
            origin.add(piece.clean, base + piece.original);
          }
          block.origin = std::move(origin);
          if (block.heading >= 0) block.heading += first;
          if (block.intro >= 0) block.intro += first;
          document.blocks.push_back(std::move(block));
        }
      },
      [](std::uint32_t, std::uint32_t, const std::string&) {});
}

}  // namespace

Format format_of(std::string_view path, std::string_view bytes) {
  if (ends_with_no_case(path, ".md") || ends_with_no_case(path, ".markdown")) {
    return Format::Markdown;
  }
  if (ends_with_no_case(path, ".jsonl") || ends_with_no_case(path, ".ndjson")) {
    return Format::Jsonl;
  }
  if (ends_with_no_case(path, ".csv")) return Format::Csv;
  for (const std::string_view extension : {".html", ".htm", ".xhtml"}) {
    if (ends_with_no_case(path, extension)) return Format::Html;
  }
  if (ends_with_no_case(path, ".vtt") || ends_with_no_case(path, ".srt")) return Format::Captions;
  if (ends_with_no_case(path, ".txt")) {
    if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
    if (opens_with_front_matter(bytes)) return Format::Markdown;
  }
  return Format::Text;
}

Document read_document(std::string bytes, std::string id, Format format) {
  constexpr std::size_t kLongest = std::numeric_limits<std::uint32_t>::max() - 1;
  Document document;
  document.id = std::move(id);
  document.text = to_utf8(std::move(bytes), document.invalid_bytes);
  if (document.text.size() > kLongest) document.text.resize(kLongest);
  switch (format) {
    case Format::Markdown:
      read_markdown(document);
      break;
    case Format::Text:
      read_text(document);
      break;
    case Format::Lines:
      read_lines(document);
      break;
    case Format::Jsonl:
      read_rows(document, read_jsonl);
      break;
    case Format::Csv:
      read_rows(document, read_csv);
      break;
    case Format::Html:
      read_html(document);
      break;
    case Format::Captions:
      read_captions(document);
      break;
  }
  return document;
}

}  // namespace tercet
