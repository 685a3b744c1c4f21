#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/store.h"

namespace tercet {

using Checksum = std::array<std::uint8_t, 32>;

/// A document as the rows of the store: what is hashed, written and dumped.
struct RecordRows {
  std::string id, content_hash, recipe, title, video_id;
  std::uint64_t length = 0;
  std::vector<std::string> facts;  ///< JSON, in document order
  struct Name {
    std::string name, type, alias;  ///< alias empty: the thing itself
    friend auto operator<=>(const Name&, const Name&) = default;
  };
  std::vector<Name> names;  ///< sorted, no two alike
};

/// The rows of `record`; equal records in any order of facts and names give equal rows. Throws
/// Error{Schema} for an empty id and for a fact of another document.
RecordRows rows_of(DocumentRecord record);

/// The way back. Throws Error{Corrupt} naming `file` if a fact cannot be read.
DocumentRecord record_of(const RecordRows& rows, const std::string& file);

/// SHA-256 over all rows, each field preceded by its size.
Checksum checksum_of(const RecordRows& rows);

/// The record's lines of the dump, sorted.
std::vector<std::string> dump_lines(const RecordRows& rows);

}  // namespace tercet
