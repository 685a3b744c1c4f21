#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tercet::cli {

/// Another program that turns a file into text on its stdout.
struct Converter {
  std::string_view extension;  ///< lower case, with the dot
  std::string_view program;
  std::vector<std::string_view> before, after;  ///< its arguments around the file's name
  std::string_view package;                     ///< what to install for it
};

/// What reads files of this extension for us: pdftotext for .pdf, pandoc for .epub; nullptr for
/// files that need nobody.
const Converter* converter_for(std::string_view path);

/// The text of a file. Offsets of facts count in this text. Throws Error{Io} if the program is not
/// installed (the hint says what to install) or fails.
std::string convert(const Converter& converter, const std::string& path);

}  // namespace tercet::cli
