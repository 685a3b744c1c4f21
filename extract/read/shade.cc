#include "extract/read/shade.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/utf8.h"
#include "extract/read/time_anchor.h"

namespace tercet {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t kLongestTitle = 200;   // bytes, markup included
constexpr std::size_t kLongestMath = 200;
constexpr std::size_t kLongestGap = 64;      // between two anchors of one group
constexpr std::size_t kLongestAddress = 512;
constexpr std::size_t kMaxBackticks = 32;    // bounds the searches for a closing run

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alnum(char c) { return is_digit(c) || is_alpha(c); }
bool is_ascii_punctuation(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
         (c >= '{' && c <= '~');
}

/// One line of the part: [begin, end) without its end; `content` is after quote and list markers.
struct Line {
  std::size_t begin = 0;
  std::size_t content = 0;
  std::size_t end = 0;
  std::uint8_t fence = 0;   // length, at most 255, of a run that could fence: ``` or ~~~ or $$
  char fence_char = 0;
  bool fence_bare = false;  // nothing after the run: can close
  bool marked = false;      // begins with a quote, list or heading marker: a new block
  bool quoted = false;
  bool listed = false;
};

/// Finds `needle` from ever later places of one text in linear total time.
class Finder {
 public:
  Finder(std::string_view text, std::string_view needle) : text_(text), needle_(needle) {}
  std::size_t from(std::size_t at) {
    if (next_ == kUnknown || (next_ != npos && next_ < at)) next_ = text_.find(needle_, at);
    return next_;
  }

 private:
  static constexpr std::size_t kUnknown = npos - 1;
  std::string_view text_;
  std::string_view needle_;
  std::size_t next_ = kUnknown;
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
    forget_bold();
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
  char at(std::size_t place) const { return shade_.text[place]; }
  bool pair_at(std::size_t place, std::size_t end, char c) const {
    return place + 1 < end && at(place) == c && at(place + 1) == c;
  }
  std::string_view words(const Line& line) const {
    return std::string_view(shade_.text).substr(line.content, line.end - line.content);
  }
  std::optional<AnchorMarkup> anchor(std::size_t place, std::size_t end) const {
    if (place >= end || (at(place) != '<' && at(place) != '[')) return std::nullopt;
    return anchor_at(part_.substr(0, end), place);
  }

  void hide_bytes();
  void hide_comments();
  void split_lines();
  void hide_tables();
  std::size_t paint_line(std::size_t index);
  std::size_t hide_code(std::size_t index);
  std::size_t paint_callout(std::size_t index);
  void paint_inline(std::size_t begin, std::size_t end);
  std::size_t skip_joints(std::size_t place, std::size_t end) const;
  std::size_t read_group(std::size_t place, std::size_t end, char opener,
                         std::vector<AnchorMarkup>& anchors) const;
  std::size_t paint_anchors(std::size_t place, std::size_t begin, std::size_t end);
  std::size_t paint_times(std::size_t place, std::size_t end);
  void mark(const std::vector<AnchorMarkup>& anchors);
  std::size_t paint_wikilink(std::size_t place, std::size_t end);
  std::size_t paint_footnote(std::size_t place, std::size_t begin, std::size_t end);
  std::size_t paint_code_span(std::size_t place, std::size_t end);
  std::size_t paint_math(std::size_t place, std::size_t end);
  std::size_t paint_stars(std::size_t place, std::size_t begin, std::size_t end);
  void forget_bold();

  std::string_view part_;
  std::uint32_t base_;
  Shade shade_;
  std::vector<Line> lines_;
  Finder link_close_{part_, "]]"};
  Finder link_open_{part_, "[["};
  Finder dollar_{part_, "$"};
  Finder dollars_{part_, "$$"};
  std::size_t bold_ = npos;      // offset of an open `**`
  std::size_t link_end_ = npos;  // offset of the `]]` of the open link
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
      } else if (is_digit(c)) {
        while (q < line.end && q - p < 9 && is_digit(text[q])) ++q;
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
  std::uint8_t& unclosed =
      unclosed_fence_[open.fence_char == '`' ? 0 : open.fence_char == '~' ? 1 : 2];
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
  while (p < row.size() && (is_alpha(row[p]) || row[p] == '-')) ++p;
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
  if (line.marked || line.content >= line.end) forget_bold();
  if (line.content >= line.end) return index + 1;
  if (line.fence) return hide_code(index);
  const std::string_view row = words(line);
  // A thematic break or the underline of a heading is the parser's.
  if (row.find_first_not_of("*-_= \t") == npos) return index + 1;
  std::size_t begin = line.content;
  if (row.starts_with("!> ")) skip(begin, begin + 2);  // Docsify's callout
  if (row.starts_with("[!")) begin = paint_callout(index);
  paint_inline(begin, line.end);
  return index + 1;
}

void Painter::paint_inline(std::size_t begin, std::size_t end) {
  link_end_ = npos;
  for (std::size_t place = begin; place < end;) {
    if (place == link_end_) {
      shade_.text[place] = Shade::LinkClose;
      skip(place + 1, place + 2);
      place += 2;
      link_end_ = npos;
      continue;
    }
    const std::size_t limit = std::min(link_end_, end);
    switch (at(place)) {
      case '\\':
        place += place + 1 < limit && is_ascii_punctuation(at(place + 1)) ? 2 : 1;
        break;
      case '<':
      case '[':
        if (anchor(place, limit)) {
          place = paint_anchors(place, begin, limit);
        } else if (at(place) == '[' && place + 1 < limit && is_digit(at(place + 1))) {
          place = paint_times(place, limit);
        } else if (pair_at(place, limit, '[')) {
          place = paint_wikilink(place, limit);
        } else if (at(place) == '[' && place + 1 < limit && at(place + 1) == '^') {
          place = paint_footnote(place, begin, limit);
        } else {
          ++place;
        }
        break;
      case ']':  // left over; but `[see [1]](address)` is a link
        if (pair_at(place, limit, ']') && !(place + 2 < limit && at(place + 2) == '(')) {
          skip(place, place + 2);
          ++place;
        }
        ++place;
        break;
      case '`': place = paint_code_span(place, limit); break;
      case '$': place = paint_math(place, limit); break;
      case '*': place = paint_stars(place, begin, limit); break;
      default: ++place;
    }
  }
}

/// Past blanks, commas, dashes and "and", which only join two anchors.
std::size_t Painter::skip_joints(std::size_t place, std::size_t end) const {
  end = std::min(end, place + kLongestGap);
  while (place < end) {
    const std::string_view rest = part_.substr(place, end - place);
    if (std::string_view(" \t,;&/-").find(at(place)) != npos) {
      ++place;
    } else if (rest.starts_with("\xe2\x80\x93") || rest.starts_with("\xe2\x80\x94")) {  // – —
      place += 3;
    } else if (rest.starts_with("and ")) {
      place += 4;
    } else {
      break;
    }
  }
  return place;
}

/// Anchors with nothing but joints between them, from `place` on; with an opener also the bracket
/// that closes it, and an address after `]`. Returns the end, or npos if it is not closed.
std::size_t Painter::read_group(std::size_t place, std::size_t end, char opener,
                                std::vector<AnchorMarkup>& anchors) const {
  std::size_t after = place;
  while (const auto found = anchor(place, end)) {
    anchors.push_back(*found);
    after = found->span.end;
    place = skip_joints(after, end);
  }
  if (opener == 0) return after;
  while (after < end && is_blank(at(after))) ++after;
  if (after >= end || at(after) != (opener == '(' ? ')' : ']')) return npos;
  ++after;
  if (opener == '[' && after < end && at(after) == '(' && !anchor(after + 1, end)) {
    const std::size_t close = part_.substr(after, kLongestAddress).find_first_of(")\r\n");
    if (close != npos && after + close < end && at(after + close) == ')') after += close + 1;
  }
  return after;
}

std::size_t Painter::paint_anchors(std::size_t place, std::size_t begin, std::size_t end) {
  std::size_t start = place;
  std::vector<AnchorMarkup> anchors;
  std::size_t before = place;
  while (before > begin && is_blank(at(before - 1))) --before;
  std::size_t after = npos;
  if (before > begin && (at(before - 1) == '(' || at(before - 1) == '[')) {
    after = read_group(place, end, at(before - 1), anchors);
    if (after != npos) start = before - 1;
  }
  if (after == npos) {
    anchors.clear();
    after = read_group(place, end, 0, anchors);
  }
  for (bool more = true; more;) {  // "(1:00), (2:00)" and "[1:00](2:00)"
    more = false;
    std::size_t next = skip_joints(after, end);
    char opener = 0;
    if (next < end && !anchor(next, end) && (at(next) == '(' || at(next) == '[')) {
      opener = at(next++);
      while (next < end && is_blank(at(next))) ++next;
    }
    if (!anchor(next, end)) break;
    const std::size_t known = anchors.size();
    const std::size_t closed = read_group(next, end, opener, anchors);
    if (closed == npos) {
      anchors.resize(known);
    } else {
      after = closed;
      more = true;
    }
  }
  if (start < place && at(start) == '(' && start > begin && at(start - 1) == ']') {
    // `[words](anchor)`: the words stay, the brackets go. A far opener is not looked for.
    const std::size_t reach = start - std::min(start - begin, kLongestAddress);
    const std::string_view near = std::string_view(shade_.text).substr(reach, start - 1 - reach);
    const std::size_t bracket = reach + near.find_last_of("[]");
    if (near.find_last_of("[]") != npos && at(bracket) == '[') {
      skip(bracket, bracket + 1);
      --start;
    }
  }
  skip(start, after);
  mark(anchors);
  return after;
}

void Painter::mark(const std::vector<AnchorMarkup>& anchors) {
  for (const AnchorMarkup& markup : anchors) {
    shade_.text[markup.span.begin] = Shade::Anchor;
    shade_.notes.push_back({markup.span.begin, markup.seconds, {}});
  }
}

/// `[00:01:02, 00:03:04]`, a list of times without tags.
std::size_t Painter::paint_times(std::size_t place, std::size_t end) {
  const std::vector<AnchorMarkup> times = time_list_at(part_.substr(0, end), place);
  if (times.empty()) return place + 1;
  const std::size_t after = times.back().span.end;
  skip(place, after);
  mark(times);
  return after;
}

bool is_media(std::string_view target) {
  target = target.substr(0, target.find('#'));
  while (target.ends_with(' ')) target.remove_suffix(1);
  const std::size_t dot = target.rfind('.');
  if (dot == npos || target.size() - dot > 5) return false;
  std::string extension;
  for (const char c : target.substr(dot + 1)) {
    extension += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  }
  for (const std::string_view known : {"png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "avif",
                                       "pdf", "mp3", "mp4", "webm", "wav", "ogg", "mov", "m4a"}) {
    if (extension == known) return true;
  }
  return false;
}

/// `[[target | label]]` and `[[target]]`, on one line. The innermost of nested ones counts;
/// brackets that are left over are no text.
std::size_t Painter::paint_wikilink(std::size_t place, std::size_t end) {
  const std::size_t inner = place + 2;
  const std::size_t close = link_close_.from(inner);
  if (link_end_ != npos || close >= end || link_open_.from(inner) < close) {
    skip(place, inner);
    return inner;
  }
  const bool embed = place > 0 && at(place - 1) == '!';
  if (embed) skip(place - 1, place);
  const std::string_view words = part_.substr(inner, close - inner);
  const std::size_t bar = words.find('|');
  std::string_view target = words.substr(0, bar);
  if (bar != npos && target.ends_with('\\')) target.remove_suffix(1);  // `\|` inside tables
  if (embed && is_media(target)) {
    skip(place, close + 2);
    return close + 2;
  }
  const std::size_t lead = std::min(target.find_first_not_of(" \t"), target.size());
  target = target.substr(lead, target.find_last_not_of(" \t") + 1 - lead);
  const std::size_t target_begin = inner + lead;
  const std::size_t first = bar == npos ? npos : words.find_first_not_of(" \t|", bar);
  const bool labelled = first != npos;
  const std::size_t label = labelled ? inner + first : target_begin;
  skip(place, label);
  shade_.text[place] = Shade::LinkOpen;
  const auto base = static_cast<std::uint32_t>(base_ + target_begin);
  shade_.notes.push_back({static_cast<std::uint32_t>(place),
                          {},
                          {base, base + static_cast<std::uint32_t>(target.size())}});
  if (labelled) {
    skip(inner + words.find_last_not_of(" \t") + 1, close);
  } else {
    fill(label, label + target.size(), Shade::Opaque);  // a target is no markup
    skip(label + target.size(), close);
  }
  link_end_ = close;
  return labelled ? label : close;
}

/// `[^1]` and, at the start of a line, `[^1]:`.
std::size_t Painter::paint_footnote(std::size_t place, std::size_t begin, std::size_t end) {
  const std::size_t close = part_.substr(place, kLongestGap).find_first_of("] \r\n");
  if (close == npos || place + close >= end || at(place + close) != ']') return place + 1;
  std::size_t after = place + close + 1;
  if (place == begin && after < end && at(after) == ':') ++after;
  skip(place, after);
  return after;
}

/// The backticks go, what they hold is text as it stands, but a wikilink in them is still one.
std::size_t Painter::paint_code_span(std::size_t place, std::size_t end) {
  std::size_t open = place;
  while (open < end && at(open) == '`') ++open;
  const std::size_t length = open - place;
  std::size_t close = open;
  std::size_t run = 0;
  if (length <= kMaxBackticks) {
    for (; close < end; ++close) {
      if (at(close) != '`') continue;
      run = 1;
      while (close + run < end && at(close + run) == '`') ++run;
      if (run == length) break;
      close += run - 1;
    }
  }
  if (length > kMaxBackticks || close >= end) {
    fill(place, open, Shade::Opaque);
    return open;
  }
  skip(place, open);
  skip(close, close + length);
  const std::string_view inner = part_.substr(open, close - open);
  if (inner.starts_with("[[") && inner.ends_with("]]")) return open;
  fill(open, close, Shade::Opaque);
  return close + length;
}

/// `$$...$$`, and `$...$` where it cannot be money: something of TeX in it, no blanks at its ends.
std::size_t Painter::paint_math(std::size_t place, std::size_t end) {
  if (pair_at(place, end, '$')) {
    const std::size_t close = dollars_.from(place + 2);
    if (close >= end) return place + 2;
    skip(place, close + 2);
    return close + 2;
  }
  const std::size_t close = dollar_.from(place + 1);
  if (close >= end || close - place > kLongestMath || close == place + 1) return place + 1;
  const std::string_view inner = part_.substr(place + 1, close - place - 1);
  const bool tex = inner.find_first_of("\\^_{}") != npos && !is_blank(inner.front()) &&
                   !is_blank(inner.back()) && inner.find("[[") == npos && inner.find('<') == npos &&
                   !(close + 1 < end && is_digit(at(close + 1)));
  if (!tex) return place + 1;
  skip(place, close + 1);
  return close + 1;
}

/// `**` in pairs, whatever stands round them: CommonMark would not close `**Note:**text`.
std::size_t Painter::paint_stars(std::size_t place, std::size_t begin, std::size_t end) {
  std::size_t after = place;
  while (after < end && at(after) == '*') ++after;
  const std::size_t length = after - place;
  if (length == 1) return after;
  const bool blank_before = place > begin && is_blank(at(place - 1));
  const bool blank_after = after >= end || is_blank(at(after));
  if (bold_ == npos && blank_before && blank_after) {
    fill(place, after, Shade::Opaque);
    return after;
  }
  if (length > 3) {  // an empty pair
    skip(place, after);
    return after;
  }
  if (bold_ == npos) {
    skip(place, place + 2);  // the third is the parser's, next to the word
    bold_ = place;
  } else {
    skip(after - 2, after);
    shade_.text[bold_] = Shade::BoldOpen;
    shade_.text[after - 2] = Shade::BoldClose;
    bold_ = npos;
  }
  return after;
}

/// An open `**` without its pair is no text, unless it stands inside a word (2**10).
void Painter::forget_bold() {
  if (bold_ != npos && bold_ > 0 && bold_ + 2 < part_.size() && is_alnum(part_[bold_ - 1]) &&
      is_alnum(part_[bold_ + 2])) {
    fill(bold_, bold_ + 2, Shade::Opaque);
  }
  bold_ = npos;
}

}  // namespace

Shade shade(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  return Painter(text, begin, end).paint();
}

}  // namespace tercet
