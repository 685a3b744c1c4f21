#include <algorithm>

#include "base/csv.h"
#include "base/error.h"
#include "extract/read/encoding.h"
#include "extract/read/read.h"
#include "extract/read/rows.h"

namespace tercet {
namespace {

struct Column {
  std::string_view name;
  std::string TextRow::*field;
};

}  // namespace

void read_csv(std::string_view bytes, std::string_view file,
              const std::function<void(Document)>& on_document, const OnBadLine& on_bad_line) {
  constexpr Column kColumns[] = {{"id", &TextRow::id},
                                 {"title", &TextRow::title},
                                 {"videoId", &TextRow::video_id},
                                 {"text", &TextRow::text},
                                 {"sentence", &TextRow::text}};
  std::string transcribed;
  if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff")) {
    std::uint32_t invalid = 0;
    transcribed = to_utf8(std::string(bytes), invalid);
    bytes = transcribed;
  }
  CsvReader rows(bytes, std::string(file));
  RowDocuments documents(file);
  try {
    std::vector<std::string> header, cells;
    if (!rows.next(header)) return;
    const auto has = [&](std::string_view name) {
      return std::ranges::find(header, name) != header.end();
    };
    if (!has("text") && !has("sentence")) {
      on_bad_line(rows.line(), 1, "the first row names no column \"text\" or \"sentence\"");
      return;
    }
    while (rows.next(cells)) {
      if (cells.size() > header.size()) {
        on_bad_line(rows.line(), 1, "has more cells than the first row");
        continue;
      }
      TextRow row;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto column = std::ranges::find(kColumns, header[i], &Column::name);
        if (column == std::end(kColumns) || (column->name == "sentence" && has("text"))) continue;
        row.*column->field = std::move(cells[i]);
      }
      row.one_sentence = !has("text");
      row.has_id = !row.id.empty();
      if (row.text.empty()) continue;
      on_document(documents.make(std::move(row), rows.line()));
    }
  } catch (const Error& error) {
    // The rest of the file cannot be told into rows.
    on_bad_line(std::max(error.at().line, 1u), std::max(error.at().column, 1u),
                "a quoted cell is broken, the rest of the file");
  }
}

}  // namespace tercet
