#include "base/csv.h"

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace tercet {

CsvReader::CsvReader(std::string_view bytes, std::string file)
    : bytes_(bytes), file_(std::move(file)) {
  if (bytes_.starts_with("\xEF\xBB\xBF")) bytes_.remove_prefix(3);
}

void CsvReader::fail(const char* what, std::uint32_t line, std::size_t at) const {
  throw Error(Error::Code::Syntax, what, {file_, line, static_cast<std::uint32_t>(at + 1)},
              "cells that hold quotes, commas or line ends stand between quotes, quotes doubled");
}

std::string CsvReader::quoted() {
  const std::uint32_t line = line_;
  const std::size_t column = at_ - line_begin_;
  std::string out;
  for (++at_; at_ < bytes_.size(); ++at_) {
    const char c = bytes_[at_];
    if (c == '"') {
      ++at_;
      if (at_ == bytes_.size() || bytes_[at_] != '"') return out;
    }
    out += c;
    if (c == '\n') {
      ++line_;
      line_begin_ = at_ + 1;
    }
  }
  fail("a quoted cell does not end", line, column);
}

bool CsvReader::next(std::vector<std::string>& cells) {
  while (at_ < bytes_.size()) {
    cells.clear();
    row_line_ = line_;
    bool blank = true;
    for (bool more = true; more;) {
      if (at_ < bytes_.size() && bytes_[at_] == '"') {
        cells.push_back(quoted());
        blank = false;
      } else {
        const std::size_t end = std::min(bytes_.find_first_of(",\r\n", at_), bytes_.size());
        cells.emplace_back(bytes_.substr(at_, end - at_));
        at_ = end;
        blank = blank && cells.back().empty();
      }
      more = at_ < bytes_.size() && bytes_[at_] == ',';
      if (more) {
        ++at_;
        blank = false;
      }
    }
    if (at_ < bytes_.size()) {
      if (bytes_[at_] == '\r') ++at_;
      if (at_ < bytes_.size() && bytes_[at_] == '\n') {
        ++at_;
      } else if (at_ < bytes_.size() && bytes_[at_ - 1] != '\r') {
        fail("something stands behind a quoted cell", line_, at_ - line_begin_);
      }
      ++line_;
      line_begin_ = at_;
    }
    if (!blank) return true;
  }
  return false;
}

}  // namespace tercet
