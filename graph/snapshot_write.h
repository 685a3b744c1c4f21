#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "graph/name_table.h"
#include "graph/snapshot.h"

namespace tercet {

/// A statement between numbered things.
struct Triple {
  NodeId subject = 0;
  RelationId relation = 0;
  NodeId object = 0;

  friend bool operator==(const Triple&, const Triple&) = default;
};

/// Bare triples on their way into a snapshot; a node is a row of `nodes`. Repeated ones count once.
struct TripleSet {
  NameTable nodes, relations;
  std::vector<Triple> triples;
};

/// Write a snapshot of bare triples. O(triples + names) but for the rows, which are sorted one by
/// one. The file has its name only when it is whole. Throws Error{Io}, Error{Resource} (disk full,
/// or more than 2^32 - 2 names, edges or bytes of text).
void write_snapshot(const std::filesystem::path& file, TripleSet set);

/// Write the snapshot of a graph with its claims.
void write_snapshot(const std::filesystem::path& file, const KnowledgeGraph& graph,
                    const Generation& generation = {});

/// The same in memory, for where nothing can be written.
Snapshot snapshot_of(const KnowledgeGraph& graph, const Generation& generation = {});
Snapshot snapshot_of(TripleSet set);

}  // namespace tercet
