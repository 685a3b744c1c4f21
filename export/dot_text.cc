#include "export/dot_text.h"

#include "base/utf8.h"

namespace tercet {
namespace {

constexpr std::size_t kMostBytes = 15'900;

bool is_space(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x2028 ||
         c == 0x2029;
}

// What no picture may hold: controls make SVG ill-formed, overrides of the direction of writing
// make a name look like another.
bool is_dropped(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xFFFE || c == 0xFFFF;
}

template <typename Visit>
void each_code_point(std::string_view text, const Visit& visit) {
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode_utf8(text, at);
    if (!visit(next.code_point)) return;
    at += next.size;
  }
}

}  // namespace

std::string dot_quoted(std::string_view text) {
  std::string out = "\"";
  each_code_point(text, [&](char32_t c) {
    if (out.size() > kMostBytes) {
      out += "…";
      return false;
    }
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '&':
        out += "&amp;";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += ' ';
        break;
      default:
        if (!is_dropped(c)) append_utf8(out, c);
    }
    return true;
  });
  return out + '"';
}

std::string dot_html(std::string_view text) {
  std::string out;
  each_code_point(text, [&](char32_t c) {
    switch (c) {
      case '"':
        out += "&quot;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '\\':
        out += "\\\\";
        break;  // escapes are looked for here as well
      default:
        if (is_space(c))
          out += ' ';
        else if (!is_dropped(c))
          append_utf8(out, c);
    }
    return out.size() <= kMostBytes;
  });
  return out;
}

std::string shortened(std::string_view text, std::size_t most) {
  std::string out;
  std::size_t count = 0, last_size = 0;
  bool gap = false;
  each_code_point(text, [&](char32_t c) {
    if (is_space(c)) {
      gap = count > 0;
      return true;
    }
    if (is_dropped(c)) return true;
    if (count + gap + 1 > most) {
      out.resize(last_size);
      out += "…";
      return false;
    }
    if (count + gap + 1 < most) last_size = out.size();
    if (gap) out += ' ', ++count;
    gap = false;
    if (count + 1 < most) last_size = out.size();
    append_utf8(out, c);
    ++count;
    if (count < most) last_size = out.size();
    return true;
  });
  return out;
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t most) {
  const std::string line = shortened(text, most);
  std::string out;
  std::size_t column = 0;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find(' ', at), line.size());
    const std::string_view word = std::string_view(line).substr(at, end - at);
    const std::size_t size = count_code_points(word);
    if (column > 0) {
      const bool fits = column + 1 + size <= width;
      out += fits ? ' ' : '\n';
      column = fits ? column + 1 : 0;
    }
    if (size <= width + width / 2) {
      out += word;
      column += size;
    } else {
      each_code_point(word, [&](char32_t c) {
        if (column >= width) out += '\n', column = 0;
        append_utf8(out, c);
        ++column;
        return true;
      });
    }
    at = end + 1;
  }
  return out;
}

std::string spoken(std::string_view relation) {
  std::string out(relation);
  for (char& c : out) {
    if (c == '_') c = ' ';
  }
  return out;
}

}  // namespace tercet
