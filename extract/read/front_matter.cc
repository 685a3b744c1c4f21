#include "extract/read/front_matter.h"

#include <algorithm>

#include "base/ascii.h"

namespace tercet {
namespace {

constexpr std::size_t kLongest = 64 * 1024;
constexpr std::size_t kLongestValue = 4096;

std::string_view trimmed(std::string_view words) {
  const std::size_t begin = words.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return words.substr(begin, words.find_last_not_of(" \t\r") + 1 - begin);
}

/// Length of the line without its end, and of the end: LF, CR LF or CR.
struct Line {
  std::string_view words;
  std::size_t size = 0;
};

Line first_line(std::string_view text) {
  const std::size_t end = text.find_first_of("\r\n");
  if (end == std::string_view::npos) return {text, text.size()};
  const bool crlf = text.substr(end).starts_with("\r\n");
  return {text.substr(0, end), end + (crlf ? 2 : 1)};
}

std::string double_quoted(std::string_view inner) {
  std::string out;
  for (std::size_t at = 0; at < inner.size() && inner[at] != '"'; ++at) {
    if (inner[at] == '\\' && at + 1 < inner.size()) ++at;
    out += inner[at];
  }
  return out;
}

std::string single_quoted(std::string_view inner) {
  std::string out;
  for (std::size_t at = 0; at < inner.size(); ++at) {
    if (inner[at] == '\'' && (at + 1 >= inner.size() || inner[++at] != '\'')) break;
    out += inner[at];
  }
  return out;
}

std::string scalar(std::string_view value) {
  value = trimmed(value).substr(0, kLongestValue);
  if (value.empty()) return {};
  if (value.front() == '"') return double_quoted(value.substr(1));
  if (value.front() == '\'') return single_quoted(value.substr(1));
  if (std::string_view("&*!|>{[%@`#").find(value.front()) != std::string_view::npos) return {};
  return std::string(trimmed(value.substr(0, value.find(" #"))));
}

}  // namespace

bool is_video_id(std::string_view id) {
  return id.size() >= 6 && id.size() <= 20 && std::all_of(id.begin(), id.end(), [](char c) {
           return is_ascii_alnum(c) || c == '_' || c == '-';
         });
}

bool opens_with_front_matter(std::string_view text) {
  if (!text.starts_with("---")) return false;
  const std::size_t end = text.find_first_not_of(" \t", 3);
  return end != std::string_view::npos && (text[end] == '\n' || text[end] == '\r');
}

FrontMatter read_front_matter(std::string_view text) {
  if (!opens_with_front_matter(text)) return {};
  FrontMatter found;
  const std::string_view window = text.substr(0, kLongest);
  std::size_t at = first_line(window).size;
  while (at < window.size()) {
    const Line line = first_line(window.substr(at));
    at += line.size;
    const std::string_view end = line.words.substr(0, line.words.find_last_not_of(" \t") + 1);
    if (end == "---" || end == "...") {
      found.size = at;
      return found;
    }
    const std::size_t colon = line.words.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view key = line.words.substr(0, colon);  // an indented key is another's
    const std::string_view value = line.words.substr(colon + 1);
    if (key == "title") found.title = scalar(value);
    if (key == "videoId") {
      found.video_id = scalar(value);
      if (!is_video_id(found.video_id)) found.video_id.clear();
    }
  }
  return {};
}

}  // namespace tercet
