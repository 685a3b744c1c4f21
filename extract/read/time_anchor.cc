#include "extract/read/time_anchor.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace tercet {
namespace {

constexpr std::size_t kLongestTag = 256;
constexpr std::size_t kLongestLabel = 64;

/// The value after data-t=, up to the quote or the end of the tag; empty if there is none.
std::string_view data_t(std::string_view tag) {
  const std::size_t name = tag.find("data-t");
  if (name == std::string_view::npos) return {};
  const std::size_t begin = tag.find_first_of("0123456789", name);
  if (begin == std::string_view::npos) return {};
  // Only '=', quotes and brackets may stand between: `data-t="HH:01:02"` has no readable time.
  if (tag.substr(name + 6, begin - name - 6).find_first_not_of("= \"'[(") !=
      std::string_view::npos) {
    return {};
  }
  return tag.substr(begin, tag.find_first_of("\"'<>", begin) - begin);
}

/// Length of a label that is a time in whatever brackets, or empty; npos if words stand there.
std::size_t label_length(std::string_view after) {
  std::size_t at = 0;
  while (at < std::min(after.size(), kLongestLabel) &&
         std::string_view("0123456789:.[]() HMS").find(after[at]) != std::string_view::npos) {
    ++at;
  }
  return at;
}

}  // namespace

std::optional<std::uint32_t> parse_time(std::string_view words) {
  const std::size_t begin = words.find_first_not_of("[( \t\"'");
  if (begin == std::string_view::npos) return std::nullopt;
  words.remove_prefix(begin);
  const std::size_t end = words.find_last_not_of("]) \t\"'>");
  words = words.substr(0, end + 1);
  std::array<std::uint32_t, 4> part{};
  std::array<std::size_t, 4> digits{};
  std::size_t count = 0;
  for (const char c : words) {
    if (is_ascii_digit(c)) {
      if (++digits[count] > 3) return std::nullopt;
      part[count] = part[count] * 10 + static_cast<std::uint32_t>(c - '0');
    } else if (c == ':' && digits[count] > 0 && count < 3) {
      ++count;
    } else {
      return std::nullopt;
    }
  }
  ++count;
  if (count < 2 || digits[count - 1] != 2) return std::nullopt;
  if (count == 2) {
    if (part[1] >= 60) return std::nullopt;
    return part[0] * 60 + part[1];
  }
  if (digits[0] > 2 || digits[1] > 2 || digits[2] != 2) return std::nullopt;
  if (part[1] >= 60 || part[2] >= 60) return std::nullopt;
  return part[0] * 3600 + part[1] * 60 + part[2];
}

namespace {

std::optional<AnchorMarkup> tag_at(std::string_view text, std::size_t at) {
  const std::string_view window = text.substr(at, kLongestTag);
  const std::size_t close = window.find_first_of(">\n\r", 2);
  if (close == std::string_view::npos || window[close] != '>') return std::nullopt;
  const std::string_view tag = window.substr(0, close + 1);
  if (tag.find("timestamp") == std::string_view::npos) return std::nullopt;

  std::size_t end = at + tag.size();
  const std::string_view after = text.substr(end);
  std::size_t length = label_length(after);
  const std::string_view label = after.substr(0, length);
  if (after.substr(length).starts_with("</a>")) {
    length += 4;
  } else if (const auto time = parse_time(label); time) {
    if (after.substr(length).starts_with('>')) ++length;  // `>00:01:02>` for `>00:01:02</a>`
    while (length > 0 && after[length - 1] == ' ') --length;
  } else {
    length = 0;  // words, or nothing: the tag alone is the anchor
  }
  end += length;
  AnchorMarkup markup{{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}, {}};
  markup.seconds = parse_time(data_t(tag));
  if (!markup.seconds && length > 0) markup.seconds = parse_time(label);
  return markup;
}

/// A time with hours; a shorter one that stands alone could be a verse or a score.
std::optional<std::uint32_t> long_time(std::string_view words) {
  if (std::count(words.begin(), words.end(), ':') < 2) return std::nullopt;
  return parse_time(words);
}

std::optional<AnchorMarkup> bracket_at(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin < text.size() && begin - at < 2 && text[begin] == '[') ++begin;
  std::size_t end = begin;
  while (end < text.size() && end - begin < 12 && (is_ascii_digit(text[end]) || text[end] == ':'))
    ++end;
  const std::size_t brackets = begin - at;
  if (text.substr(end, brackets) != std::string_view("]]").substr(0, brackets)) {
    return std::nullopt;
  }
  const std::optional<std::uint32_t> seconds = long_time(text.substr(begin, end - begin));
  if (!seconds) return std::nullopt;
  return AnchorMarkup{{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end + brackets)},
                      seconds};
}

}  // namespace

std::vector<AnchorMarkup> time_list_at(std::string_view text, std::size_t at) {
  std::vector<AnchorMarkup> found;
  std::size_t place = at + 1;
  while (place < text.size()) {
    const std::size_t stop =
        std::min(text.substr(0, place + 12).find_first_not_of("0123456789:", place), text.size());
    const std::optional<std::uint32_t> seconds = long_time(text.substr(place, stop - place));
    if (!seconds) return {};
    found.push_back(
        {{static_cast<std::uint32_t>(place), static_cast<std::uint32_t>(stop)}, seconds});
    if (text.substr(stop).starts_with(']')) break;
    place = text.find_first_not_of(" ,;-", stop);
    if (place == stop || place == std::string_view::npos || place - stop > 4) return {};
  }
  if (found.size() < 2 || !text.substr(found.back().span.end).starts_with(']')) return {};
  found.front().span.begin = static_cast<std::uint32_t>(at);
  ++found.back().span.end;
  return found;
}

std::optional<AnchorMarkup> anchor_at(std::string_view text, std::size_t at) {
  if (text[at] == '[') return bracket_at(text, at);
  if (text.substr(at).starts_with("<a ") || text.substr(at).starts_with("<a\t")) {
    return tag_at(text, at);
  }
  return std::nullopt;
}

}  // namespace tercet
