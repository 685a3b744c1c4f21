#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

/// A row of a table of TAB-separated values with a header line.
class TsvRow {
 public:
  /// The cell under `column`, trimmed; empty if the table has no such column or the row is short.
  std::string_view cell(std::string_view column) const;
  std::uint32_t line() const { return line_; }  ///< 1-based
  /// Throw Error{Schema} "FILE:LINE:COL: COLUMN what", COL = first byte of the cell.
  [[noreturn]] void fail(std::string_view column, const std::string& what) const;

 private:
  friend std::vector<TsvRow> read_tsv(std::istream&, const std::string&,
                                      const std::vector<std::string>&);
  struct Header {
    std::string file;
    std::vector<std::string> columns;
  };
  std::shared_ptr<const Header> header_;
  std::vector<std::string> cells_;
  std::uint32_t line_ = 0;
};

/// Read a table: UTF-8, first line names the columns, lines that are empty or start with '#' are
/// skipped, CRLF is accepted. Throws Error{Syntax} for a missing header or bytes that are not
/// UTF-8, Error{Schema} if a column of `required` is absent or a row has more cells than columns.
std::vector<TsvRow> read_tsv(std::istream& in, const std::string& file,
                             const std::vector<std::string>& required);

/// `text` cut at every `separator`, parts trimmed; an empty text has no parts.
std::vector<std::string> split(std::string_view text, char separator);

/// `text` without spaces, TABs and carriage returns at both ends.
std::string trim(std::string_view text);

}  // namespace tercet
