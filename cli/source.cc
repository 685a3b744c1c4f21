#include "cli/source.h"

#include <unistd.h>

#include <optional>

#include "base/error.h"
#include "base/fact_json.h"
#include "cli/interrupt.h"
#include "extract/read/file.h"
#include "graph/snapshot_store.h"
#include "graph/snapshot_write.h"
#include "graph/store.h"

namespace tercet::cli {
namespace fs = std::filesystem;

fs::path store_folder(const std::string& named, bool create) {
  if (!named.empty()) return named;
  std::error_code error;
  for (fs::path folder = fs::current_path(error); !folder.empty(); folder = folder.parent_path()) {
    if (fs::is_directory(folder / ".tercet", error)) return folder / ".tercet";
    if (folder == folder.parent_path()) break;
  }
  if (create) return ".tercet";
  throw Error(Error::Code::Io, "no store here or above", {},
              "make one with tercet add, or name it with --store DIR");
}

std::string read_bytes(const std::string& path) {
  ReadLimits limits;
  limits.on_signal = stop_if_interrupted;
  return path == "-" ? read_descriptor(STDIN_FILENO, "stdin", limits) : read_file(path, limits);
}

std::vector<Fact> read_facts(std::string_view bytes, const std::string& file, Problems& problems) {
  std::vector<Fact> out;
  std::uint32_t line = 0;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    std::string_view row = bytes.substr(begin, end - begin);
    begin = end + 1;
    ++line;
    if (row.ends_with('\r')) row.remove_suffix(1);
    if (row.find_first_not_of(" \t") == std::string_view::npos) continue;
    try {
      out.push_back(fact_from_json(row));
    } catch (const Error& error) {
      problems.add(Error(error.code(), std::string(error.what()) + ", line skipped",
                         {file, line, error.at().column})
                       .what());
    }
  }
  return out;
}

namespace {

// A store that is named wins; facts piped in come next; else the store that is found upward.
std::optional<KnowledgeGraph> read_piped_facts(const SourceOptions& source, Problems& problems) {
  if (!source.store.empty() || ::isatty(STDIN_FILENO) != 0) return std::nullopt;
  const std::string bytes = read_bytes("-");
  if (bytes.empty()) return std::nullopt;
  std::vector<Fact> facts = read_facts(bytes, "stdin", problems);
  if (facts.empty() && problems.count() > 0) {
    problems.finish();
    throw Error(Error::Code::Syntax, "holds no fact", {"stdin", 0, 0},
                "facts come as JSONL, as tercet extract writes them");
  }
  return build_graph(std::move(facts));
}

Store open_to_read(const SourceOptions& source) {
  return Store::open(store_folder(source.store, false), Store::Mode::ReadOnly);
}

}  // namespace

KnowledgeGraph read_source(const SourceOptions& source, Problems& problems) {
  if (std::optional<KnowledgeGraph> piped = read_piped_facts(source, problems)) {
    return *std::move(piped);
  }
  return open_to_read(source).graph();
}

Snapshot read_snapshot(const SourceOptions& source, Problems& problems) {
  if (const std::optional<KnowledgeGraph> piped = read_piped_facts(source, problems)) {
    return snapshot_of(*piped);
  }
  return current_snapshot(open_to_read(source));
}

}  // namespace tercet::cli
