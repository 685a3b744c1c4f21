#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tercet {

enum class Engine : std::uint8_t { Dot, Neato, Sfdp };
enum class ImageFormat : std::uint8_t { Svg, Png, Pdf };

/// What one drawing may use before it is stopped.
struct Limits {
  unsigned cpu_seconds = 60;
  std::size_t memory_bytes = std::size_t{2} << 30;  ///< address space
  std::chrono::seconds wall{120};
  std::size_t output_bytes = std::size_t{256} << 20;
};

/// Draw a graph in the DOT language. Graphviz runs in a child process, `tercet-draw`, because it
/// may take hours, gigabytes or a wrong pointer on some graphs: whatever happens to the child, the
/// caller gets the whole picture or an Error. `engine` draws a graph that does not name one
/// (attribute `layout`). Throws Error{Resource} if a limit is reached or the child dies,
/// Error{Syntax} if `dot` is not DOT, Error{Io} if the child cannot be started.
std::string render(std::string_view dot, Engine engine, ImageFormat format,
                   const Limits& limits = {});

}  // namespace tercet
