#include "extract/read/block_builder.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/utf8.h"

namespace tercet {
namespace {

constexpr std::size_t kMaxLeadIn = 60;  // code points; longer bold runs are emphasis, not labels
constexpr std::string_view kReplacement = "\xef\xbf\xbd";

bool is_white_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

bool is_invisible(char32_t c) { return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF; }

bool is_closing(char c) { return std::string_view(".,;:!?)").find(c) != std::string_view::npos; }

/// Length of the separator between a lead-in and its text: blanks, then a colon or a dash.
std::uint32_t separator_length(std::string_view after) {
  std::size_t at = 0;
  while (at < after.size() && after[at] == ' ') ++at;
  const std::string_view rest = after.substr(at);
  if (rest.starts_with(':')) {
    ++at;
  } else if (rest.starts_with("\xe2\x80\x93") || rest.starts_with("\xe2\x80\x94")) {  // – —
    at += 3;
  } else if (rest.starts_with("- ")) {
    ++at;
  }
  while (at < after.size() && after[at] == ' ') ++at;
  return static_cast<std::uint32_t>(at);
}

}  // namespace

void BlockBuilder::bytes(std::uint32_t begin, std::uint32_t end) {
  for (std::uint32_t at = begin; at < end;) {
    const auto byte = static_cast<unsigned char>(original_[at]);
    if (byte > 0x20 && byte < 0x80) {
      put(original_.substr(at, 1), at);
      ++at;
      continue;
    }
    const Decoded decoded = decode_utf8(original_, at);
    if (!decoded.valid) {
      ++invalid_bytes_;
      if (invalid_end_ != at || space_) put(kReplacement, at);
      invalid_end_ = at + 1;
    } else if (is_white_space(decoded.code_point)) {
      space(at);
    } else if (decoded.code_point == 0) {
      put(kReplacement, at);
    } else if (!is_invisible(decoded.code_point)) {
      put(original_.substr(at, decoded.size), at);
    }
    at += decoded.size;
  }
}

void BlockBuilder::character(char32_t code_point, Span origin) {
  if (is_white_space(code_point)) return space(origin.begin);
  if (is_invisible(code_point)) return;
  std::string encoded;
  append_utf8(encoded, code_point);
  put(encoded, origin.begin);
  // The last byte stands for the last of the reference, so that a range that ends here ends there.
  if (encoded.size() > 1) block_.origin.add(size() - 1, origin.end - 1);
}

void BlockBuilder::space(std::uint32_t origin) {
  if (!space_) space_ = origin;
}

void BlockBuilder::put(std::string_view bytes, std::uint32_t origin) {
  if (size() == 0 && anchor_before_ && bytes == ":") return;  // "[0:01]: text"
  if (anchor_before_) settle_anchors(bytes);
  if (space_ && size() > 0) {
    block_.origin.add(size(), *space_);
    block_.text += ' ';
  }
  space_.reset();
  open_at(size());
  block_.origin.add(size(), origin);
  block_.text += bytes;
  // U+FFFD has three bytes and stands for one: none of them may point past it.
  if (bytes == kReplacement && original_.substr(origin, 3) != kReplacement) {
    block_.origin.add(size() - 2, origin);
    block_.origin.add(size() - 1, origin);
  }
}

void BlockBuilder::settle_anchors(std::string_view next) {
  anchor_before_ = false;
  if (size() == 0) return;
  const char first = next.front();
  if (is_closing(first)) {
    space_.reset();
    if (first != ')' && block_.text.back() == ',') drop_last();  // "word, [0:01]."
  } else if (stop_before_anchor_ && !is_ascii_lower(first)) {
    block_.breaks.push_back(size());
    if (!space_) space_ = block_.origin.end_of(size());
  } else if (!space_ && is_ascii_alnum(first) && is_ascii_alnum(block_.text.back())) {
    space_ = block_.origin.end_of(size());
  }
}

/// Take the last character, of one byte, back.
void BlockBuilder::drop_last() {
  block_.text.pop_back();
  const auto shorten = [&](std::uint32_t& end) {
    if (end != kUnset) end = std::min(end, size());
  };
  for (auto anchor = block_.anchors.rbegin();
       anchor != block_.anchors.rend() && anchor->at > size(); ++anchor) {
    anchor->at = size();
  }
  if (!block_.links.empty()) shorten(block_.links.back().label.end);
  shorten(first_bold_.end);
  shorten(title_.end);
}

void BlockBuilder::open_at(std::uint32_t at) {
  for (const std::size_t link : open_links_) {
    Span& label = block_.links[link].label;
    if (label.begin == kUnset) label.begin = at;
  }
  if (in_bold_ && first_bold_.begin == kUnset) first_bold_.begin = at;
  if (in_title_ && title_.begin == kUnset) title_.begin = at;
}

bool BlockBuilder::ends_with_stop() const {
  std::string_view text = block_.text;
  for (int closers = 0; closers < 4; ++closers) {
    for (const std::string_view closer : {"\"", "'", ")", "]", "\xe2\x80\x9d", "\xe2\x80\x99"}) {
      if (text.ends_with(closer)) {
        text.remove_suffix(closer.size());
        break;
      }
    }
  }
  return text.ends_with('.') || text.ends_with('!') || text.ends_with('?');
}

void BlockBuilder::anchor(std::optional<std::uint32_t> seconds) {
  if (!anchor_before_) stop_before_anchor_ = ends_with_stop();
  anchor_before_ = true;
  if (seconds) block_.anchors.push_back({size(), *seconds});
}

void BlockBuilder::open_link(std::string target) {
  open_links_.push_back(block_.links.size());
  block_.links.push_back({{kUnset, kUnset}, std::move(target)});
}

void BlockBuilder::close_link() {
  if (open_links_.empty()) return;
  block_.links[open_links_.back()].label.end = size();
  open_links_.pop_back();
}

void BlockBuilder::open_bold() { in_bold_ = true; }

void BlockBuilder::close_bold() {
  in_bold_ = false;
  if (first_bold_.begin != kUnset && first_bold_.end == kUnset) first_bold_.end = size();
}

void BlockBuilder::open_title() { in_title_ = true; }

void BlockBuilder::close_title() {
  in_title_ = false;
  if (title_.begin != kUnset && title_.end == kUnset) title_.end = size();
}

void BlockBuilder::cut_lead_in(std::uint32_t end) {
  const std::uint32_t cut = end + separator_length(std::string_view(block_.text).substr(end));
  if (cut >= size()) return;
  std::string_view lead = std::string_view(block_.text).substr(0, end);
  while (lead.ends_with(':') || lead.ends_with(' ')) lead.remove_suffix(1);
  block_.lead_in = lead;
  block_.text.erase(0, cut);

  OffsetMap origin;
  origin.add(0, block_.origin.begin_of(cut));
  for (const OffsetMap::Piece& piece : block_.origin.pieces()) {
    if (piece.clean > cut) origin.add(piece.clean - cut, piece.original);
  }
  block_.origin = std::move(origin);
  for (TimeAnchor& anchor : block_.anchors) anchor.at -= std::min(anchor.at, cut);
  std::erase_if(block_.links, [&](const Link& link) { return link.label.end <= cut; });
  for (Link& link : block_.links) {
    link.label.begin -= std::min(link.label.begin, cut);
    link.label.end -= cut;
  }
  std::erase_if(block_.breaks, [&](std::uint32_t at) { return at <= cut; });
  for (std::uint32_t& at : block_.breaks) at -= cut;
}

Block BlockBuilder::finish(bool strip_lead_in) {
  while (!open_links_.empty()) close_link();
  close_bold();
  close_title();
  std::erase_if(block_.links, [](const Link& link) { return link.label.begin >= link.label.end; });
  // Of anchors at one place none is first in the text's sense; the earliest time comes first.
  std::sort(block_.anchors.begin(), block_.anchors.end(),
            [](const TimeAnchor& a, const TimeAnchor& b) {
              return a.at != b.at ? a.at < b.at : a.seconds < b.seconds;
            });
  if (title_.begin == 0 && title_.end == size()) {
    block_.lead_in = std::exchange(block_.text, {});
  } else if (title_.begin == 0) {
    cut_lead_in(title_.end);
  } else if (strip_lead_in && first_bold_.begin == 0 &&
             count_code_points(std::string_view(block_.text).substr(0, first_bold_.end)) <
                 kMaxLeadIn) {
    cut_lead_in(first_bold_.end);
  }
  Block done = std::exchange(block_, {});
  space_.reset();
  anchor_before_ = stop_before_anchor_ = false;
  invalid_end_ = kUnset;
  first_bold_ = title_ = {};
  return done;
}

}  // namespace tercet
