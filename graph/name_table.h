#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/knowledge_graph.h"

namespace tercet {

/// Gives every distinct string a number, in order of first use. Open addressing over one arena:
/// no allocation per name. Only the order of insertion shows, never that of the hash.
class NameTable {
 public:
  static constexpr NodeId kAbsent = 0xFFFFFFFF;

  NameTable();
  /// The number of `name`, a new one if it was not seen before; kAbsent when all are used up.
  NodeId insert(std::string_view name);
  NodeId find(std::string_view name) const;  ///< kAbsent if not there
  std::size_t size() const { return offsets_.size() - 1; }
  std::string_view at(NodeId id) const {
    return std::string_view(arena_).substr(offsets_[id], offsets_[id + 1] - offsets_[id]);
  }
  std::vector<std::string> names() const;
  /// insert() of each, in order. Faster than one by one where the table has outgrown the caches:
  /// the memory of all is asked for before the first is looked at. At most kBatch names.
  static constexpr std::size_t kBatch = 64;
  void insert_all(std::span<const std::string_view> names, NodeId* ids);
  /// All names one after the other, in the order of their numbers; name `id` ends at ends()[id +
  /// 1].
  const std::string& text() const { return arena_; }
  std::span<const std::uint64_t> ends() const { return offsets_; }

 private:
  struct Slot {
    NodeId id = kAbsent;
    std::uint32_t tag = 0;  // upper half of the hash: most mismatches end here
  };
  std::size_t slot_of(std::string_view name, std::uint64_t hash) const;
  NodeId insert(std::string_view name, std::uint64_t hash);
  void grow();

  std::string arena_;
  std::vector<std::uint64_t> offsets_ = {0};
  std::vector<Slot> slots_;
};

}  // namespace tercet
