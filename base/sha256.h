#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace tercet {

/// SHA-256 (FIPS 180-4) of `bytes`.
std::array<std::uint8_t, 32> sha256(std::string_view bytes);

/// The first `digits` (at most 64) lower-case hexadecimal digits of SHA-256 of `bytes`.
std::string sha256_hex(std::string_view bytes, std::size_t digits = 64);

}  // namespace tercet
