#pragma once

#include <string>
#include <vector>

namespace tercet::cli {

/// Columns of text for a terminal. Cells are made printable and cut to the width that is there,
/// the widest columns first; width counts the columns a character takes (UAX #11).
class Table {
 public:
  explicit Table(std::vector<std::string> header, std::vector<bool> right_aligned = {});
  void add(std::vector<std::string> row);
  std::string str(int width) const;  ///< width <= 0: nothing is cut
  bool empty() const { return rows_.empty(); }

 private:
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::string> header_;
  std::vector<bool> right_;
};

/// Columns of the terminal on stdout, 0 if stdout is none.
int terminal_width();

/// RFC 4180 cell. A cell that a spreadsheet would run as a formula gets a leading apostrophe.
std::string csv_cell(std::string_view text);

}  // namespace tercet::cli
