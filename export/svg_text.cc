#include "export/svg_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "base/utf8.h"

namespace tercet {
namespace {

// Thousandths of an em for ' ' to '~'. Source: Adobe's font metrics of Helvetica.
constexpr std::array<std::uint16_t, 95> kWidths = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};
constexpr double kBold = 1.07;     // Helvetica-Bold against Helvetica, on average
constexpr double kAscent = 0.72;   // of capitals; what lies below the line
constexpr double kDescent = 0.21;  // of g and p

std::string_view attribute(std::string_view tag, std::string_view name) {
  const std::string open = ' ' + std::string(name) + "=\"";
  const std::size_t at = tag.find(open);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + open.size();
  return tag.substr(begin, tag.find('"', begin) - begin);
}

double number(std::string_view text) {
  double out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

// "&#45;" and "&amp;" as one letter.
std::string without_entities(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t end = text[i] == '&' ? text.find(';', i) : std::string_view::npos;
    if (end == std::string_view::npos || end - i > 8) {
      out += text[i];
      continue;
    }
    const std::string_view name = text.substr(i + 1, end - i - 1);
    std::uint32_t code = 0;
    if (name.starts_with("#")) {
      std::from_chars(name.data() + 1, name.data() + name.size(), code);
      append_utf8(out, code == 0 ? U'?' : static_cast<char32_t>(code));
    } else {
      out += name == "amp" ? '&' : name == "lt" ? '<' : name == "gt" ? '>' : '"';
    }
    i = end;
  }
  return out;
}

}  // namespace

double text_width(std::string_view text) {
  double em = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode_utf8(text, at);
    at += next.size;
    const char32_t c = next.code_point == 0xA0 ? U' ' : next.code_point;
    em += c >= 0x20 && c < 0x7F ? kWidths[c - 0x20] / 1000.0 : 0.6;
  }
  return em;
}

SvgSize svg_size(std::string_view svg) {
  const std::size_t at = svg.find("<svg ");
  if (at == std::string_view::npos) return {};
  const std::string_view tag = svg.substr(at, svg.find("viewBox", at) - at);
  std::string flat(tag);
  std::replace(flat.begin(), flat.end(), '\n', ' ');
  return {number(attribute(flat, "width")), number(attribute(flat, "height"))};
}

std::vector<SvgText> svg_texts(std::string_view svg) {
  std::vector<SvgText> out;
  for (std::size_t at = 0; (at = svg.find("<text ", at)) != std::string_view::npos;) {
    const std::size_t end = svg.find('>', at), close = svg.find('<', end);
    if (close == std::string_view::npos) break;
    const std::string_view tag = svg.substr(at, end - at);
    SvgText piece;
    piece.size = number(attribute(tag, "font-size"));
    piece.fill = attribute(tag, "fill");
    piece.text = without_entities(svg.substr(end + 1, close - end - 1));
    piece.width =
        text_width(piece.text) * piece.size * (attribute(tag, "font-weight") == "bold" ? kBold : 1);
    piece.height = (kAscent + kDescent) * piece.size;
    piece.top = number(attribute(tag, "y")) - kAscent * piece.size;
    const std::string_view anchor = attribute(tag, "text-anchor");
    piece.left = number(attribute(tag, "x")) - (anchor == "middle" ? piece.width / 2
                                                : anchor == "end"  ? piece.width
                                                                   : 0);
    out.push_back(std::move(piece));
    at = close;
  }
  return out;
}

double text_overlap(const std::vector<SvgText>& texts) {
  std::vector<const SvgText*> order;
  for (const SvgText& text : texts) order.push_back(&text);
  std::stable_sort(order.begin(), order.end(),
                   [](const SvgText* a, const SvgText* b) { return a->left < b->left; });
  double all = 0, covered = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const SvgText& a = *order[i];
    all += a.width * a.height;
    for (std::size_t j = i + 1; j < order.size(); ++j) {
      const SvgText& b = *order[j];
      const double wide = std::min(a.left + a.width, b.left + b.width) - b.left;
      if (b.left >= a.left + a.width) break;
      const double high = std::min(a.top + a.height, b.top + b.height) - std::max(a.top, b.top);
      // Parts of one line follow each other; estimates of their widths may be a little off.
      const bool one_line = a.top == b.top && wide < 0.15 * std::min(a.width, b.width);
      if (high > 0 && wide > 0 && !one_line) covered += wide * high;
    }
  }
  return all > 0 ? covered / all : 0;
}

}  // namespace tercet
