#include "export/xml_text.h"

namespace tercet {

void append_xml(std::string& out, std::string_view text, bool attribute) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\r':  // a bare one is read as a line feed
        out += "&#13;";
        break;
      case '\n':
      case '\t':
        if (attribute)
          out += c == '\n' ? "&#10;" : "&#9;";
        else
          out += c;
        break;
      default:
        out += c;
    }
  }
}

}  // namespace tercet
