#include "base/sha256.h"

#include <sodium.h>

#include <algorithm>

namespace tercet {

std::array<std::uint8_t, 32> sha256(std::string_view bytes) {
  static_assert(crypto_hash_sha256_BYTES == 32);
  std::array<std::uint8_t, 32> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size());
  return digest;
}

std::string sha256_hex(std::string_view bytes, std::size_t digits) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (const std::uint8_t byte : sha256(bytes)) {
    out.push_back(kHex[byte >> 4]);
    out.push_back(kHex[byte & 0xF]);
  }
  out.resize(std::min<std::size_t>(digits, out.size()));
  return out;
}

}  // namespace tercet
