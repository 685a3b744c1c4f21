#include "export/text.h"

#include <charconv>

#include "base/ascii.h"
#include "base/utf8.h"

namespace tercet {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kVideoHost = "https://youtu.be/";
constexpr std::size_t kMaxVideoId = 64;

bool is_plain(unsigned char c) { return c >= 0x20 && c < 0x7F; }

bool allowed(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return c != 0xFFFE && c != 0xFFFF;
}

std::optional<std::uint32_t> digits(std::string_view text) {
  std::uint32_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc() || stop != end) return std::nullopt;
  return value;
}

bool is_video_id(std::string_view id) {
  if (id.empty() || id.size() > kMaxVideoId) return false;
  for (const char c : id) {
    const bool ok = is_ascii_alnum(c) || c == '-' || c == '_';
    if (!ok) return false;
  }
  return true;
}

}  // namespace

std::string_view clean_text(std::string_view text, std::string& scratch) {
  std::size_t at = 0;
  while (at < text.size() && is_plain(static_cast<unsigned char>(text[at]))) ++at;
  bool clean = true;
  for (std::size_t i = at; i < text.size() && clean;) {
    const Decoded next = decode_utf8(text, i);
    clean = next.valid && allowed(next.code_point);
    if (clean) i += next.size, at = i;
  }
  if (clean) return text;
  scratch.assign(text.substr(0, at));
  while (at < text.size()) {
    const Decoded next = decode_utf8(text, at);
    if (next.valid && allowed(next.code_point))
      scratch += text.substr(at, next.size);
    else
      scratch += kReplacement;
    at += next.size;
  }
  return scratch;
}

std::string raw_text(std::string_view bytes) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (std::size_t at = 0; at < bytes.size();) {
    const Decoded next = decode_utf8(bytes, at);
    const std::string_view piece = bytes.substr(at, next.size);
    if (next.valid && allowed(next.code_point)) {
      if (piece == "\\") out += '\\';
      out += piece;
    } else {
      for (const char c : piece) {
        const auto byte = static_cast<unsigned char>(c);
        out += "\\x";
        out += kHex[byte >> 4];
        out += kHex[byte & 15];
      }
    }
    at += next.size;
  }
  return out;
}

std::string from_raw_text(std::string_view text) {
  const auto hex = [&](std::size_t at) {
    const char c = at < text.size() ? text[at] : 'z';
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] != '\\' || i + 1 == text.size()) continue;
    if (text[i + 1] == '\\') {
      ++i;
    } else if (text[i + 1] == 'x' && hex(i + 2) >= 0 && hex(i + 3) >= 0) {
      out.back() = static_cast<char>(hex(i + 2) * 16 + hex(i + 3));
      i += 3;
    }
  }
  return out;
}

double clean_confidence(double value) {
  if (!(value > 0)) return 0;  // NaN too
  return value < 1 ? value : 1;
}

std::optional<std::uint32_t> seconds_of(std::string_view timestamp) {
  std::uint32_t total = 0;
  int parts = 0;
  while (true) {
    const std::size_t colon = timestamp.find(':');
    const auto value = digits(timestamp.substr(0, colon));
    if (!value || *value > 9999 || (parts > 0 && *value > 59)) return std::nullopt;
    total = total * 60 + *value;
    ++parts;
    if (colon == std::string_view::npos) break;
    timestamp.remove_prefix(colon + 1);
  }
  if (parts != 3) return std::nullopt;
  return total;
}

std::string short_time(std::uint32_t seconds) {
  const auto two = [](std::uint32_t value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
  };
  const std::uint32_t hours = seconds / 3600, minutes = seconds / 60 % 60;
  const std::string front =
      hours > 0 ? std::to_string(hours) + ':' + two(minutes) : std::to_string(minutes);
  return front + ':' + two(seconds % 60);
}

std::string VideoLink::url() const {
  std::string out = std::string(kVideoHost) + id;
  if (seconds) out += "?t=" + std::to_string(*seconds);
  return out;
}

std::string VideoLink::fragment() const {
  std::string out = std::string(kVideoHost) + id;
  if (seconds) out += "#t=" + std::to_string(*seconds);
  return out;
}

std::optional<VideoLink> video_link(std::string_view url) {
  if (!url.starts_with(kVideoHost)) return std::nullopt;
  url.remove_prefix(kVideoHost.size());
  const std::size_t question = url.find('?');
  const std::string_view id = url.substr(0, question);
  if (!is_video_id(id)) return std::nullopt;
  VideoLink link{std::string(id), std::nullopt};
  if (question != std::string_view::npos) {
    const std::string_view query = url.substr(question + 1);
    if (!query.starts_with("t=")) return std::nullopt;
    link.seconds = digits(query.substr(2));
    if (!link.seconds) return std::nullopt;
  }
  return link;
}

std::optional<VideoLink> video_page(std::string_view id) {
  if (!is_video_id(id)) return std::nullopt;
  return VideoLink{std::string(id), std::nullopt};
}

}  // namespace tercet
