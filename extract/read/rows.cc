#include "extract/read/rows.h"

#include <algorithm>
#include <utility>

#include "extract/read/front_matter.h"
#include "extract/read/read.h"

namespace tercet {

std::string RowDocuments::unused(std::string id) {
  if (used_.insert(id).second) return id;
  std::uint64_t& number = last_.try_emplace(id, 1).first->second;
  std::string next;
  do {
    next = id + '#' + std::to_string(++number);
  } while (!used_.insert(next).second);
  return next;
}

Document RowDocuments::make(TextRow row, std::uint32_t line) {
  if (!row.has_id) row.id = file_ + ':' + std::to_string(line);
  const bool note = !row.one_sentence && opens_with_front_matter(row.text);
  const bool sentence = row.one_sentence;
  if (sentence) {
    std::ranges::replace_if(row.text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  }
  Document document = read_document(std::move(row.text), unused(std::move(row.id)),
                                    sentence ? Format::Lines
                                    : note   ? Format::Markdown
                                             : Format::Text);
  document.invalid_bytes += row.replaced;
  if (!row.title.empty()) document.title = std::move(row.title);
  if (is_video_id(row.video_id)) document.video_id = std::move(row.video_id);
  return document;
}

}  // namespace tercet
