#include <array>
#include <filesystem>

#include "base/json.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/edge_output.h"
#include "cli/output.h"
#include "cli/source.h"
#include "graph/diff.h"
#include "graph/store.h"

namespace tercet::cli {
namespace {

// A store's folder, the folder that holds a .tercet, or a file of facts.
KnowledgeGraph graph_at(const std::string& path, Problems& problems) {
  namespace fs = std::filesystem;
  std::error_code unknown;
  if (path != "-" && fs::is_directory(path, unknown)) {
    const bool is_vault = fs::is_directory(fs::path(path) / ".tercet", unknown);
    return Store::open(is_vault ? fs::path(path) / ".tercet" : fs::path(path),
                       Store::Mode::ReadOnly)
        .graph();
  }
  const std::size_t before = problems.count();
  std::vector<Fact> facts = read_facts(read_bytes(path), path == "-" ? "stdin" : path, problems);
  if (facts.empty() && problems.count() > before) {
    problems.finish();
    throw Error(Error::Code::Syntax, "holds no fact", {path, 0, 0},
                "name a store folder, or facts as JSONL");
  }
  return build_graph(std::move(facts));
}

struct Side {
  const KnowledgeGraph& graph;
  const Edge* edge;  // null: not on this side
};

std::string state_of(const Side& side) {
  return side.edge == nullptr ? "" : std::string(name_of(side.edge->state));
}

std::string edge_text(const Side& side) {
  const auto nodes = side.graph.nodes();
  return printable(nodes[side.edge->source].name) + " -[" + printable(side.edge->relation) +
         "]-> " + printable(nodes[side.edge->target].name);
}

std::string text_of(const Change& change, const Side& before, const Side& after) {
  constexpr std::array<std::string_view, kChangeKinds> kMarks = {"+ ", "- ", "! ",
                                                                 "~ ", "# ", ". "};
  std::string out(kMarks[static_cast<std::size_t>(change.kind)]);
  const Side& side = after.edge != nullptr ? after : before;
  out += edge_text(side);
  switch (change.kind) {
    case ChangeKind::Added:
    case ChangeKind::Gone:
      out += "      " + state_of(side);
      break;
    case ChangeKind::FlippedSign:
    case ChangeKind::FlippedState:
      out += "      " + state_of(before) + " -> " + state_of(after);
      break;
    default:
      out += "      " + std::string(name_of(change.kind));
  }
  out += '\n';
  for (const std::string& one : change.lost) out += "    - " + printable(one) + '\n';
  for (const std::string& one : change.won) out += "    + " + printable(one) + '\n';
  const Fact& fact = side.graph.facts()[side.edge->claims.front()];
  out += "      \"" + printable(fact.evidence) + "\"  " + printable(fact.doc) + ':' +
         std::to_string(fact.line) + '\n';
  return out;
}

std::string json_of(const Change& change, const Side& before, const Side& after) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  const auto pair = [&](const char* key, std::string_view value) {
    writer.Key(key);
    write_string(writer, value);
  };
  const auto list = [&](const char* key, const std::vector<std::string>& values) {
    writer.Key(key);
    writer.StartArray();
    for (const std::string& value : values) write_string(writer, value);
    writer.EndArray();
  };
  const auto claims = [&](const Side& side) {
    std::vector<std::string> ids;
    if (side.edge == nullptr) return ids;
    for (const std::uint32_t claim : side.edge->claims) ids.push_back(side.graph.facts()[claim].id);
    return ids;
  };
  const Side& side = after.edge != nullptr ? after : before;
  const auto nodes = side.graph.nodes();
  writer.StartObject();
  pair("change", name_of(change.kind));
  pair("subject", nodes[side.edge->source].name);
  pair("subject_type", nodes[side.edge->source].type);
  pair("relation", side.edge->relation);
  pair("object", nodes[side.edge->target].name);
  pair("object_type", nodes[side.edge->target].type);
  if (before.edge != nullptr) pair("old_state", state_of(before));
  if (after.edge != nullptr) pair("new_state", state_of(after));
  list("old_qualifiers", change.lost);
  list("new_qualifiers", change.won);
  list("old_evidence", claims(before));
  list("new_evidence", claims(after));
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + '\n';
}

}  // namespace

int run(const DiffCommand& command) {
  Problems problems;
  const KnowledgeGraph before = graph_at(command.before, problems);
  const KnowledgeGraph after = graph_at(command.after, problems);
  const std::vector<Change> changes = diff(before, after);
  std::array<std::size_t, kChangeKinds> counts{};
  Output output(std::nullopt);
  for (const Change& change : changes) {
    ++counts[static_cast<std::size_t>(change.kind)];
    if (command.stat) continue;
    const Side old_side{before, change.before ? &before.edges()[*change.before] : nullptr};
    const Side new_side{after, change.after ? &after.edges()[*change.after] : nullptr};
    output.write(command.json ? json_of(change, old_side, new_side)
                              : text_of(change, old_side, new_side));
  }
  if (command.stat) {
    std::string line = command.json ? "{" : "";
    for (std::size_t i = 0; i < kChangeKinds; ++i) {
      const std::string name(name_of(static_cast<ChangeKind>(i)));
      const std::string count = std::to_string(counts[i]);
      line += command.json ? (i > 0 ? ", \"" : "\"") + name + "\": " + count
                           : (i > 0 ? ", " : "") + count + ' ' + name;
    }
    output.write(line + (command.json ? "}\n" : "\n"));
  }
  output.commit();
  problems.finish();
  if (!changes.empty()) return kNo;
  return problems.count() > 0 ? kPartly : kOk;
}

}  // namespace tercet::cli
