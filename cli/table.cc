#include "cli/table.h"

#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#include <algorithm>

#include "base/utf8.h"
#include "export/csv.h"

namespace tercet::cli {
namespace {

int width_of(char32_t c) {
  return std::max(0, utf8proc_charwidth(static_cast<utf8proc_int32_t>(c)));
}

int width_of(std::string_view text) {
  int width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode_utf8(text, at);
    width += width_of(next.code_point);
    at += next.size;
  }
  return width;
}

std::string cut(std::string_view text, int width) {
  if (width_of(text) <= width) return std::string(text);
  std::string out;
  int used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode_utf8(text, at);
    if (used + width_of(next.code_point) > width - 1) break;
    used += width_of(next.code_point);
    append_utf8(out, next.code_point);
    at += next.size;
  }
  return out + "\xE2\x80\xA6";
}

}  // namespace

Table::Table(std::vector<std::string> header, std::vector<bool> right_aligned)
    : header_(std::move(header)), right_(std::move(right_aligned)) {
  right_.resize(header_.size(), false);
}

void Table::add(std::vector<std::string> row) {
  for (std::string& cell : row) cell = printable(cell);
  row.resize(header_.size());
  rows_.push_back(std::move(row));
}

std::string Table::str(int width) const {
  std::vector<int> widths;
  for (std::size_t c = 0; c < header_.size(); ++c) {
    int widest = width_of(header_[c]);
    for (const auto& row : rows_) widest = std::max(widest, width_of(row[c]));
    widths.push_back(widest);
  }
  constexpr int kGap = 2, kNarrowest = 8;
  if (width > 0) {
    int total = kGap * (static_cast<int>(widths.size()) - 1);
    for (const int w : widths) total += w;
    for (; total > width; --total) {
      const auto widest = std::ranges::max_element(widths);
      if (*widest <= kNarrowest) break;
      --*widest;
    }
  }
  std::string out;
  const auto put = [&](const std::vector<std::string>& row) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string cell = cut(row[c], widths[c]);
      const std::string pad(static_cast<std::size_t>(widths[c] - width_of(cell)), ' ');
      if (c > 0) line.append(kGap, ' ');
      line += right_[c] ? pad + cell : cell + pad;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  };
  put(header_);
  for (const auto& row : rows_) put(row);
  return out;
}

int terminal_width() {
  if (::isatty(STDOUT_FILENO) == 0) return 0;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 100;
  return size.ws_col;
}

std::string csv_cell(std::string_view text) {
  std::string out;
  append_csv(out, text, true);
  return out;
}

}  // namespace tercet::cli
