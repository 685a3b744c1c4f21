#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

/// Rows of comma-separated values (RFC 4180): cells in quotes may hold commas, line ends and
/// doubled quotes; LF and CR LF end a row. A view of the bytes, which must outlive it.
class CsvReader {
 public:
  CsvReader(std::string_view bytes, std::string file);

  /// The next row that is not blank; false at the end. Throws Error{Syntax} with file, line and
  /// column for a quoted cell that does not end or that something follows. Linear over all rows.
  bool next(std::vector<std::string>& cells);
  std::uint32_t line() const { return row_line_; }  ///< where the last row began, from 1

 private:
  std::string quoted();
  [[noreturn]] void fail(const char* what, std::uint32_t line, std::size_t at) const;

  std::string_view bytes_;
  std::string file_;
  std::size_t at_ = 0, line_begin_ = 0;
  std::uint32_t line_ = 1, row_line_ = 0;
};

}  // namespace tercet
