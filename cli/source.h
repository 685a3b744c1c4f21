#pragma once

#include <filesystem>
#include <string>

#include "cli/commands.h"
#include "graph/knowledge_graph.h"
#include "graph/snapshot.h"

namespace tercet::cli {

/// The store folder: `named`, or the nearest .tercet at or above the working folder. Throws
/// Error{Io} with a hint if there is none; with `create`, ./.tercet instead.
std::filesystem::path store_folder(const std::string& named, bool create);

/// The graph of a store or of facts on stdin. Without --store, stdin is read when it is not a
/// terminal. Lines that are no facts go to `problems`.
KnowledgeGraph read_source(const SourceOptions& source, Problems& problems);

/// The same as a snapshot: of a store its own, of facts on stdin one in memory.
Snapshot read_snapshot(const SourceOptions& source, Problems& problems);

/// Read facts as JSONL; bad lines are reported as "FILE:LINE:COL: what".
std::vector<Fact> read_facts(std::string_view bytes, const std::string& file, Problems& problems);

/// All bytes of a file, or of stdin for "-". Throws Error{Resource} above the limit, Error{Io};
/// Interrupted on Ctrl-C while it waits.
std::string read_bytes(const std::string& path);

}  // namespace tercet::cli
