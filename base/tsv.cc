#include "base/tsv.h"

#include <algorithm>
#include <istream>

#include "base/error.h"
#include "base/utf8.h"

namespace tercet {
namespace {

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find('\t', begin), line.size());
    out.push_back(trim(line.substr(begin, end - begin)));
    begin = end + 1;
  }
  return out;
}

}  // namespace

std::string trim(std::string_view text) {
  static constexpr std::string_view kBlank = " \t\r";
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(kBlank) - begin + 1));
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> out;
  if (trim(text).empty()) return out;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    out.push_back(trim(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return out;
}

std::string_view TsvRow::cell(std::string_view column) const {
  const auto& columns = header_->columns;
  const auto found = std::ranges::find(columns, column);
  const auto index = static_cast<std::size_t>(found - columns.begin());
  return index < cells_.size() ? std::string_view(cells_[index]) : std::string_view();
}

void TsvRow::fail(std::string_view column, const std::string& what) const {
  const auto& columns = header_->columns;
  const auto index = static_cast<std::size_t>(std::ranges::find(columns, column) - columns.begin());
  std::uint32_t at = 1;
  for (std::size_t i = 0; i < index && i < cells_.size(); ++i) {
    at += static_cast<std::uint32_t>(cells_[i].size()) + 1;
  }
  throw Error(Error::Code::Schema, std::string(column) + " " + what, {header_->file, line_, at});
}

std::vector<TsvRow> read_tsv(std::istream& in, const std::string& file,
                             const std::vector<std::string>& required) {
  auto header = std::make_shared<TsvRow::Header>();
  header->file = file;
  std::vector<TsvRow> rows;
  std::string line;
  for (std::uint32_t number = 1; std::getline(in, line); ++number) {
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    if (!is_valid_utf8(line)) {
      throw Error(Error::Code::Syntax, "not UTF-8", {file, number, 0});
    }
    if (trim(line).empty() || line.front() == '#') continue;
    std::vector<std::string> cells = cells_of(line);
    if (header->columns.empty()) {
      header->columns = std::move(cells);
      for (const std::string& column : required) {
        if (std::ranges::find(header->columns, column) == header->columns.end()) {
          throw Error(Error::Code::Schema, "no column \"" + column + "\" in the header line",
                      {file, number, 1});
        }
      }
      continue;
    }
    if (cells.size() > header->columns.size()) {
      throw Error(Error::Code::Schema,
                  "has " + std::to_string(cells.size()) + " cells, the header line " +
                      std::to_string(header->columns.size()),
                  {file, number, 1});
    }
    TsvRow& row = rows.emplace_back();
    row.header_ = header;
    row.cells_ = std::move(cells);
    row.line_ = number;
  }
  if (in.bad()) throw Error(Error::Code::Io, "cannot be read to its end", {file, 0, 0});
  if (header->columns.empty()) {
    throw Error(Error::Code::Syntax, "no header line", {file, 0, 0});
  }
  return rows;
}

}  // namespace tercet
