#include "extract/read/inline_painter.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "base/ascii.h"

namespace tercet {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t kLongestMath = 200;
constexpr std::size_t kLongestGap = 64;  // between two anchors of one group
constexpr std::size_t kLongestAddress = 512;
constexpr std::size_t kMaxBackticks = 32;  // bounds the searches for a closing run

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_ascii_punctuation(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
         (c >= '{' && c <= '~');
}

/// Whether an embedded target is a picture or the like, not a note.
bool is_media(std::string_view target) {
  target = target.substr(0, target.find('#'));
  while (target.ends_with(' ')) target.remove_suffix(1);
  const std::size_t dot = target.rfind('.');
  if (dot == npos || target.size() - dot > 5) return false;
  const std::string extension = ascii_lower(target.substr(dot + 1));
  for (const std::string_view known : {"png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "avif",
                                       "pdf", "mp3", "mp4", "webm", "wav", "ogg", "mov", "m4a"}) {
    if (extension == known) return true;
  }
  return false;
}

}  // namespace

void InlinePainter::fill(std::size_t begin, std::size_t end, char mark) {
  std::fill(shade_.text.begin() + static_cast<std::ptrdiff_t>(begin),
            shade_.text.begin() + static_cast<std::ptrdiff_t>(end), mark);
}

std::optional<AnchorMarkup> InlinePainter::anchor(std::size_t place, std::size_t end) const {
  if (place >= end || (at(place) != '<' && at(place) != '[')) return std::nullopt;
  return anchor_at(part_.substr(0, end), place);
}

void InlinePainter::paint(std::size_t begin, std::size_t end) {
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
        } else if (at(place) == '[' && place + 1 < limit && is_ascii_digit(at(place + 1))) {
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
      case '`':
        place = paint_code_span(place, limit);
        break;
      case '$':
        place = paint_math(place, limit);
        break;
      case '*':
        place = paint_stars(place, begin, limit);
        break;
      default:
        ++place;
    }
  }
}

/// Past blanks, commas, dashes and "and", which only join two anchors.
std::size_t InlinePainter::skip_joints(std::size_t place, std::size_t end) const {
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
std::size_t InlinePainter::read_group(std::size_t place, std::size_t end, char opener,
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

std::size_t InlinePainter::paint_anchors(std::size_t place, std::size_t begin, std::size_t end) {
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

void InlinePainter::mark(const std::vector<AnchorMarkup>& anchors) {
  for (const AnchorMarkup& markup : anchors) {
    shade_.text[markup.span.begin] = Shade::Anchor;
    shade_.notes.push_back({markup.span.begin, markup.seconds, {}});
  }
}

/// `[00:01:02, 00:03:04]`, a list of times without tags.
std::size_t InlinePainter::paint_times(std::size_t place, std::size_t end) {
  const std::vector<AnchorMarkup> times = time_list_at(part_.substr(0, end), place);
  if (times.empty()) return place + 1;
  const std::size_t after = times.back().span.end;
  skip(place, after);
  mark(times);
  return after;
}

/// `[[target | label]]` and `[[target]]`, on one line. The innermost of nested ones counts;
/// brackets that are left over are no text.
std::size_t InlinePainter::paint_wikilink(std::size_t place, std::size_t end) {
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
std::size_t InlinePainter::paint_footnote(std::size_t place, std::size_t begin, std::size_t end) {
  const std::size_t close = part_.substr(place, kLongestGap).find_first_of("] \r\n");
  if (close == npos || place + close >= end || at(place + close) != ']') return place + 1;
  std::size_t after = place + close + 1;
  if (place == begin && after < end && at(after) == ':') ++after;
  skip(place, after);
  return after;
}

/// The backticks go, what they hold is text as it stands, but a wikilink in them is still one.
std::size_t InlinePainter::paint_code_span(std::size_t place, std::size_t end) {
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
std::size_t InlinePainter::paint_math(std::size_t place, std::size_t end) {
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
                   !(close + 1 < end && is_ascii_digit(at(close + 1)));
  if (!tex) return place + 1;
  skip(place, close + 1);
  return close + 1;
}

/// `**` in pairs, whatever stands round them: CommonMark would not close `**Note:**text`.
std::size_t InlinePainter::paint_stars(std::size_t place, std::size_t begin, std::size_t end) {
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

void InlinePainter::end_block() {
  if (bold_ != npos && bold_ > 0 && bold_ + 2 < part_.size() && is_ascii_alnum(part_[bold_ - 1]) &&
      is_ascii_alnum(part_[bold_ + 2])) {
    fill(bold_, bold_ + 2, Shade::Opaque);
  }
  bold_ = npos;
}

}  // namespace tercet
