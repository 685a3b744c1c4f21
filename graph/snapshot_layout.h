#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tercet {

// The bytes of a snapshot file, shared by those who write and who read them. Numbers are stored
// little-endian; a machine of the other kind refuses the file and derives its own.

enum class Section : std::uint32_t {
  Text = 1,
  StringOffset,
  TypeString,
  NodeType,
  NameSlot,
  AliasString,
  AliasNode,
  SpoHead,
  SpoRelation,
  SpoTarget,
  OspHead,
  OspSource,
  OspRelation,
  PosHead,
  PosTarget,
  PosSource,
  EdgeState,
  EdgeWeight,
  EdgeClaims,
  ClaimFact,
  ClaimDocument,
  ClaimMarks,
  ClaimConfidence,
  ClaimDate,
  ClaimLine,
  ClaimEvidence,
  ClaimTimestamp,
};
inline constexpr std::uint32_t kLastSection = static_cast<std::uint32_t>(Section::ClaimTimestamp);

inline constexpr std::array<char, 8> kSnapshotMagic = {'T', 'R', 'C', 'T', 'S', 'N', 'A', 'P'};
inline constexpr std::uint32_t kSnapshotVersion = 1;
inline constexpr std::uint32_t kSnapshotByteOrder = 0x01020304;
inline constexpr std::size_t kSectionAlignment = 64;
inline constexpr std::uint32_t kNoSlot = 0xFFFFFFFF;

struct SnapshotHeader {
  std::array<char, 8> magic = kSnapshotMagic;
  std::uint32_t version = kSnapshotVersion;
  std::uint32_t byte_order = kSnapshotByteOrder;
  std::uint64_t size = 0;      ///< of the file
  std::uint64_t checksum = 0;  ///< of the header after this field and of the table of sections
  std::uint64_t documents = 0;
  std::array<std::uint8_t, 32> record{};
  std::uint64_t names = 0;
  std::uint32_t nodes = 0, relations = 0;
  std::uint32_t sections = 0, reserved = 0;
};
static_assert(sizeof(SnapshotHeader) == 96);

struct SectionEntry {
  std::uint32_t kind = 0;
  std::uint32_t width = 0;   ///< bytes of an element: 1, 2, 4
  std::uint64_t offset = 0;  ///< in the file, a multiple of kSectionAlignment
  std::uint64_t size = 0;    ///< in bytes
  std::uint64_t checksum = 0;
};
static_assert(sizeof(SectionEntry) == 32);

/// XXH3, 64 bits, seed 0 (github.com/Cyan4973/xxHash): what a checksum and a slot are made of.
std::uint64_t xxh3(const void* data, std::size_t size);
inline std::uint64_t xxh3(std::string_view text) { return xxh3(text.data(), text.size()); }

/// The slot a name's search starts at, in a table of `slots`, 0 < slots < 2^32.
inline std::size_t first_slot(std::uint64_t hash, std::size_t slots) {
  return ((hash >> 32) * slots) >> 32;
}

}  // namespace tercet
