#include "export/markdown_text.h"

#include "export/text.h"

namespace tercet {

void append_markdown(std::string& out, std::string_view text) {
  std::string scratch;
  for (const char c : clean_text(text, scratch)) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case ':':
        out += "&#58;";
        break;
      case '@':
        out += "&#64;";
        break;
      case '\n':
      case '\r':
      case '\t':
        out += ' ';
        break;
      default:
        if (std::string_view("\\`*_{}[]()#+-!|~=$^%").find(c) != std::string_view::npos) {
          out += '\\';
        }
        out += c;
    }
  }
}

}  // namespace tercet
