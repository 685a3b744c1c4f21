#pragma once

#include <string_view>

namespace tercet {

/// The program's version, as in CMakeLists.txt (a test compares the two).
inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace tercet
