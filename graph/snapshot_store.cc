#include "graph/snapshot_store.h"

#include <fstream>
#include <iterator>
#include <string>

#include "base/error.h"
#include "base/version.h"
#include "graph/snapshot_layout.h"
#include "graph/snapshot_write.h"

namespace tercet {
namespace {

// Everything Store::graph() looks at: the documents, what a user decided, and how this version of
// the program resolves names.
Generation generation_of(const Store& store) {
  const StoreSummary summary = store.summary();
  std::string decided(kVersion);
  for (const char* file : {"names.tsv", "corrections.tsv"}) {
    std::ifstream in(store.folder() / file, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    decided += '\0' + std::to_string(bytes.size()) + '\0' + bytes;
  }
  return {summary.documents, summary.checksum, xxh3(decided)};
}

}  // namespace

Snapshot current_snapshot(const Store& store) {
  const std::filesystem::path file = store.folder() / "snapshot";
  Generation before = generation_of(store);
  try {
    Snapshot snapshot = Snapshot::open(file);
    if (snapshot.generation() == before) return snapshot;
  } catch (const Error&) {
    // None, or damaged, or of another version: the record is what counts.
  }
  // A writer may commit between the question for the generation and that for the graph. A graph
  // that cannot be named for sure is used once and not kept.
  constexpr int kAttempts = 3;
  for (int attempt = 1;; ++attempt) {
    const KnowledgeGraph graph = store.graph();
    const Generation after = generation_of(store);
    if (before != after && attempt < kAttempts) {
      before = after;
      continue;
    }
    if (before == after) {
      try {
        write_snapshot(file, graph, after);
        return Snapshot::open(file);
      } catch (const Error&) {
        // Read-only media, a full disk, another reader that is deriving it too: do without.
      }
    }
    return snapshot_of(graph, after);
  }
}

std::optional<std::string> check_snapshot(const Store& store) {
  const std::filesystem::path file = store.folder() / "snapshot";
  std::error_code ignored;
  if (!std::filesystem::exists(std::filesystem::symlink_status(file, ignored))) return std::nullopt;
  try {
    Snapshot::open(file);
    return std::nullopt;
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace tercet
