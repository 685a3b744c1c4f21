#include "extract/read/shade.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/ascii.h"
#include "base/utf8.h"
#include "extract/read/inline_painter.h"

namespace tercet {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t kLongestTitle = 200;  // bytes, markup included

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// One line of the part: [begin, end) without its end; `content` is after quote and list markers.
struct Line {
  std::size_t begin = 0;
  std::size_t content = 0;
  std::size_t end = 0;
  std::uint8_t fence = 0;  // length, at most 255, of a run that could fence: ``` or ~~~ or $$
  char fence_char = 0;
  bool fence_bare = false;  // nothing after the run: can close
  bool marked = false;      // begins with a quote, list or heading marker: a new block
  bool quoted = false;
  bool listed = false;
};

class Painter {
 public:
  Painter(std::string_view original, std::uint32_t begin, std::uint32_t end)
      : part_(original.substr(begin, end - begin)), base_(begin) {
    shade_.text.assign(part_);
  }

  Shade paint() {
    hide_bytes();
    hide_comments();
    split_lines();
    hide_tables();
    for (std::size_t i = 0; i < lines_.size();) i = paint_line(i);
    inline_.end_block();
    return std::move(shade_);
  }

 private:
  void fill(std::size_t begin, std::size_t end, char mark) {
    std::fill(shade_.text.begin() + static_cast<std::ptrdiff_t>(begin),
              shade_.text.begin() + static_cast<std::ptrdiff_t>(end), mark);
  }
  void skip(std::size_t begin, std::size_t end) { fill(begin, end, Shade::Skip); }
  void blank_line(Line& line) {
    fill(line.begin, line.end, ' ');
    line.content = line.end;
  }
  std::string_view words(const Line& line) const {
    return std::string_view(shade_.text).substr(line.content, line.end - line.content);
  }

  void hide_bytes();
  void hide_comments();
  void split_lines();
  void hide_tables();
  std::size_t paint_line(std::size_t index);
  std::size_t hide_code(std::size_t index);
  std::size_t paint_callout(std::size_t index);

  std::string_view part_;
  std::uint32_t base_;
  Shade shade_;
  std::vector<Line> lines_;
  InlinePainter inline_{part_, base_, shade_};
  std::array<std::uint8_t, 3> unclosed_fence_{};  // shortest run without a closing one, or 0
};

void Painter::hide_bytes() {
  for (std::size_t place = 0; place < part_.size();) {
    const auto byte = static_cast<unsigned char>(part_[place]);
    if (byte < 0x80) {
      if (byte < 0x20 && !(byte >= 0x09 && byte <= 0x0D)) shade_.text[place] = Shade::Opaque;
      ++place;
      continue;
    }
    const Decoded decoded = decode_utf8(part_, place);
    if (!decoded.valid) shade_.text[place] = Shade::Opaque;
    place += decoded.size;
  }
}

/// `<!-- -->`, `<script>` and `<style>` with all they hold. Unclosed ones are left to be text.
void Painter::hide_comments() {
  struct Pair {
    std::string_view open, close;
  };
  for (const Pair& pair :
       {Pair{"<!--", "-->"}, Pair{"<script", "</script>"}, Pair{"<style", "</style>"}}) {
    for (std::size_t from = 0;;) {
      const std::size_t open = part_.find(pair.open, from);
      if (open == npos) break;
      const std::size_t close = part_.find(pair.close, open + pair.open.size());
      if (close == npos) break;
      from = close + pair.close.size();
      const bool one_line = part_.substr(open, from - open).find_first_of("\r\n") == npos;
      for (std::size_t i = open; i < from; ++i) {
        char& c = shade_.text[i];
        if (c != '\n' && c != '\r') c = one_line ? static_cast<char>(Shade::Skip) : ' ';
      }
    }
  }
}

void Painter::split_lines() {
  const std::string_view text = shade_.text;
  for (std::size_t next = 0; next < text.size();) {
    Line line;
    line.begin = next;
    line.end = std::min(text.find_first_of("\r\n", next), text.size());
    next = line.end + (text.substr(line.end).starts_with("\r\n") ? 2 : 1);

    std::size_t p = line.begin;
    const auto skip_blanks = [&] {
      while (p < line.end && is_blank(text[p])) ++p;
    };
    skip_blanks();
    while (p < line.end) {
      const char c = text[p];
      std::size_t q = p;
      if (c == '>') {
        line.quoted = true;
      } else if (is_ascii_digit(c)) {
        while (q < line.end && q - p < 9 && is_ascii_digit(text[q])) ++q;
        if (q >= line.end || (text[q] != '.' && text[q] != ')')) break;
      } else if (c != '*' && c != '-' && c != '+') {
        break;
      }
      if (c != '>' && (q + 1 >= line.end || !is_blank(text[q + 1]))) break;
      line.marked = true;
      line.listed = line.listed || c != '>';
      p = q + 1;
      skip_blanks();
    }
    line.content = p;
    if (p < line.end && text[p] == '#') line.marked = true;
    if (p < line.end && (text[p] == '`' || text[p] == '~' || text[p] == '$')) {
      std::size_t q = p;
      while (q < line.end && text[q] == text[p]) ++q;
      const std::string_view info = text.substr(q, line.end - q);
      line.fence_bare = info.find_first_not_of(" \t") == npos;
      const bool fences = text[p] == '$' ? q - p == 2 && line.fence_bare
                                         : q - p >= 3 && (text[p] == '~' || info.find('`') == npos);
      if (fences) {
        line.fence = static_cast<std::uint8_t>(std::min<std::size_t>(q - p, 255));
        line.fence_char = text[p];
      }
    }
    lines_.push_back(line);
  }
}

/// Rows of a pipe table: the line of dashes, the line above it and those with a bar below.
void Painter::hide_tables() {
  const auto is_rule = [&](const Line& line) {
    const std::string_view row = words(line);
    return row.find('|') != npos && row.find('-') != npos &&
           row.find_first_not_of("|-: \t") == npos;
  };
  for (std::size_t i = 1; i < lines_.size(); ++i) {
    if (!is_rule(lines_[i]) || words(lines_[i - 1]).find('|') == npos) continue;
    blank_line(lines_[i - 1]);
    while (i < lines_.size() && words(lines_[i]).find('|') != npos) blank_line(lines_[i++]);
  }
}

/// Hide a fenced block if it is closed; an unclosed fence is only a line of marks, since the text
/// below it would be lost otherwise. Returns the next line.
std::size_t Painter::hide_code(std::size_t index) {
  const Line& open = lines_[index];
  std::uint8_t& unclosed = unclosed_fence_[open.fence_char == '`'   ? 0
                                           : open.fence_char == '~' ? 1
                                                                    : 2];
  std::size_t close = lines_.size();
  // Each failed search lowers `unclosed`, so there are at most 255 of them.
  if (unclosed == 0 || open.fence < unclosed) {
    for (close = index + 1; close < lines_.size(); ++close) {
      const Line& line = lines_[close];
      if (line.fence_bare && line.fence_char == open.fence_char && line.fence >= open.fence) break;
    }
    if (close == lines_.size()) unclosed = open.fence;
  }
  if (close == lines_.size()) {
    skip(open.content, open.end);
    return index + 1;
  }
  for (std::size_t i = index; i <= close; ++i) blank_line(lines_[i]);
  return close + 1;
}

/// `[!NOTE]`, `[!INFO|title]` and `[!tip]- title`. Returns where the text of the line goes on.
std::size_t Painter::paint_callout(std::size_t index) {
  const Line& line = lines_[index];
  const std::string_view row = words(line);
  std::size_t p = 2;
  while (p < row.size() && (is_ascii_letter(row[p]) || row[p] == '-')) ++p;
  if (p == 2 || p >= row.size()) return line.content;
  const std::size_t bar = p;
  if (row[p] == '|') {
    p = row.find(']', p);
    if (p == npos || p - bar > kLongestTitle) return line.content;
  }
  if (row[p] != ']') return line.content;
  const std::size_t bracket = p++;
  if (p < row.size() && (row[p] == '-' || row[p] == '+')) ++p;
  const std::size_t rest = line.content + p;
  skip(line.content, rest);
  if (bracket > bar) {
    fill(line.content + bar + 1, line.content + bracket, Shade::Opaque);
    shade_.text[line.content + bar] = Shade::TitleOpen;
    shade_.text[line.content + bracket] = Shade::TitleClose;
    return rest;
  }
  // A line of its own above the text is a title, not the begin of the sentence below. Above a list
  // it stays text, which introduces the items.
  std::string_view title = part_.substr(rest, line.end - rest);
  title = title.substr(0, title.find("<a "));
  title = title.substr(0, title.find_last_not_of(" \t") + 1);
  std::size_t below = index + 1;
  while (line.quoted && below < std::min(lines_.size(), index + 3) && lines_[below].quoted &&
         lines_[below].content >= lines_[below].end) {
    ++below;
  }
  const bool goes_on = below < lines_.size() && lines_[below].quoted == line.quoted &&
                       lines_[below].content < lines_[below].end && !lines_[below].listed;
  if (goes_on && !title.empty() && title.size() < kLongestTitle &&
      std::string_view(".!?:,;").find(title.back()) == npos) {
    shade_.text[rest - 1] = Shade::TitleOpen;  // closed by the end of the line
  }
  return rest;
}

std::size_t Painter::paint_line(std::size_t index) {
  const Line& line = lines_[index];
  if (line.marked || line.content >= line.end) inline_.end_block();
  if (line.content >= line.end) return index + 1;
  if (line.fence) return hide_code(index);
  const std::string_view row = words(line);
  // A thematic break or the underline of a heading is the parser's.
  if (row.find_first_not_of("*-_= \t") == npos) return index + 1;
  std::size_t begin = line.content;
  if (row.starts_with("!> ")) skip(begin, begin + 2);  // Docsify's callout
  if (row.starts_with("[!")) begin = paint_callout(index);
  inline_.paint(begin, line.end);
  return index + 1;
}

}  // namespace

Shade shade(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  return Painter(text, begin, end).paint();
}

}  // namespace tercet
