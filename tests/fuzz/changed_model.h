#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "tests/language_fixture.h"

namespace fixture {

/// A whole model of `kind` with bytes changed, but with right checksums, as a file in memory: its
/// path, or nothing if there can be none; one kind a program. Every three bytes of `data` are one
/// change: where, and the new byte.
inline std::string changed_model(ModelPacker::Kind kind, const std::uint8_t* data,
                                 std::size_t size) {
  static const std::string whole = ModelPacker(kind).bytes();
  static const int file = ::memfd_create("model", 0);
  if (file < 0) return {};
  std::string body = whole.substr(64);
  const std::size_t header = static_cast<std::uint8_t>(whole[12]) |
                             static_cast<std::size_t>(static_cast<std::uint8_t>(whole[13])) << 8;
  for (std::size_t i = 0; i + 3 <= size && i < 100; i += 3) {
    const std::size_t place = data[i] | static_cast<std::size_t>(data[i + 1]) << 8;
    body[place % (i % 2 == 0 ? header : body.size())] = static_cast<char>(data[i + 2]);
  }
  const std::string bytes = ModelPacker::frame(body, header, true, 2);
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, bytes.data(), bytes.size(), 0) < 0) return {};
  return "/proc/self/fd/" + std::to_string(file);
}

}  // namespace fixture
