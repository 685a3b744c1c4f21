#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "extract/document.h"

namespace tercet {

enum class Format : std::uint8_t {
  Markdown,  ///< CommonMark with wikilinks, callouts, front matter and time anchors
  Text,      ///< paragraphs between blank lines; "- ", "* ", "1. " begin list items
  Lines,     ///< one sentence a line
  Jsonl,     ///< one JSON object a line
  Csv,       ///< one document a row
  Html,      ///< a web page
  Captions,  ///< WebVTT or SubRip: cue times are time anchors
};

/// The format by the extension of `path`: .md .markdown, .jsonl .ndjson, .csv, .html .htm .xhtml,
/// .vtt .srt; anything else is Text,
/// and a .txt that opens with front matter is Markdown. Case of the extension does not matter.
Format format_of(std::string_view path, std::string_view bytes);

/// Read a document. Total: any bytes are a document; throws only std::bad_alloc. Bytes that are
/// not UTF-8 become U+FFFD in the blocks (a run of them becomes one) and are counted. UTF-16 with
/// a byte order mark is turned into UTF-8 first, mark included, one code point for one, so that
/// offsets in code points stay those of the file. Bytes past 4 GiB are cut off.
/// Format::Jsonl and Csv give the blocks of all good lines as one document; use read_jsonl and
/// read_csv for a document a line. O(bytes) time; memory about 3 bytes a byte for prose.
Document read_document(std::string bytes, std::string id, Format format);

/// A line that is not a document: line and column count from 1, column in bytes.
using OnBadLine =
    std::function<void(std::uint32_t line, std::uint32_t column, const std::string& what)>;

/// Read JSON Lines: an object a line with "text", or "sentence" for a text that is one sentence,
/// and optionally "id", "title" and "videoId"; other keys are ignored, of equal keys the last
/// counts. Blank lines are skipped. A line without "id" is called "<file>:<line>"; when an id
/// comes again, the later document is called "<id>#2", "<id>#3" and so on. A "text" that opens with
/// front matter is read as Markdown, any other as Text. Lone surrogates become U+FFFD, counted. A
/// line that is not such an object, or is nested deeper than 128, goes to on_bad_line and reading
/// goes on. O(bytes); throws only std::bad_alloc and what the two functions throw.
void read_jsonl(std::string_view bytes, std::string_view file,
                const std::function<void(Document)>& on_document, const OnBadLine& on_bad_line);

/// Read comma-separated values (RFC 4180), a document a row: the first row names the columns
/// "text", or "sentence", and optionally "id", "title" and "videoId", as in read_jsonl; others are
/// ignored, rows without text skipped. After a quoted cell that does not end nothing more is read.
void read_csv(std::string_view bytes, std::string_view file,
              const std::function<void(Document)>& on_document, const OnBadLine& on_bad_line);

}  // namespace tercet
