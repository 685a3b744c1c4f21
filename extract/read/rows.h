#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "extract/document.h"

namespace tercet {

/// A document as a row of a file gives it.
struct TextRow {
  std::string id, title, video_id, text;
  bool has_id = false;
  bool has_text = false;
  bool one_sentence = false;
  std::uint32_t replaced = 0;  ///< lone surrogates
};

/// Turns the rows of one file into documents: names them so that no two have the same id, reads
/// the text as what it is.
class RowDocuments {
 public:
  explicit RowDocuments(std::string_view file) : file_(file) {}

  /// `line` is where the row stands, for its name if it has none.
  Document make(TextRow row, std::uint32_t line);

 private:
  std::string unused(std::string id);

  std::string file_;
  std::unordered_set<std::string> used_;
  std::unordered_map<std::string, std::uint64_t> last_;
};

}  // namespace tercet
