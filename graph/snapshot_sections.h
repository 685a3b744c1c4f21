#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "graph/snapshot.h"
#include "graph/snapshot_layout.h"

namespace tercet {

/// The sections of a snapshot on their way out: what was added is kept until they are written.
class SnapshotSections {
 public:
  SnapshotSections(Generation generation, NodeId nodes, RelationId relations)
      : generation_(generation), nodes_(nodes), relations_(relations) {}

  template <typename Column>  // a vector of numbers, or a string
  void add(Section kind, Column column) {
    const auto kept = std::make_shared<const Column>(std::move(column));
    const std::size_t width = sizeof(typename Column::value_type);
    parts_.push_back({kind, static_cast<std::uint32_t>(width),
                      std::as_bytes(std::span(kept->data(), kept->size())), kept});
  }

  /// Write the file beside itself, then rename it. Throws Error{Io} or Error{Resource}.
  void write(const std::filesystem::path& file) const;
  Snapshot in_memory() const;

 private:
  struct Part {
    Section kind;
    std::uint32_t width;
    std::span<const std::byte> bytes;
    std::shared_ptr<const void> owner;
  };
  // Header and table, followed by padding up to the first section.
  std::string head(std::vector<std::uint64_t>& offsets, std::uint64_t& size) const;

  Generation generation_;
  NodeId nodes_;
  RelationId relations_;
  std::vector<Part> parts_;
};

}  // namespace tercet
