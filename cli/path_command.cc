#include <algorithm>

#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/edge_output.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/source.h"
#include "graph/paths.h"
#include "graph/query.h"
#include "graph/snapshot_paths.h"

namespace tercet::cli {
namespace {

constexpr std::size_t kQuotes = 3;  // shown of one edge

/// How a path was walked.
struct Walk {
  EdgeFilter filter;
  bool directed = false, against = false;

  std::vector<std::uint32_t> edges(const Snapshot& snapshot, NodeId a, NodeId b) const {
    return against ? edges_of_step(snapshot, b, a, filter, true)
                   : edges_of_step(snapshot, a, b, filter, directed);
  }
};

std::vector<NodeId> ends_named(const Snapshot& snapshot, const std::string& name) {
  std::vector<NodeId> found;
  const auto first = snapshot.find(name);
  for (NodeId id = first.value_or(0); first && id < snapshot.nodes() && snapshot.name(id) == name;
       ++id) {
    found.push_back(id);
  }
  if (found.empty()) found = snapshot.find_folded(name);
  if (found.empty()) {
    std::vector<std::string> known;
    for (NodeId id = 0; id < snapshot.nodes(); ++id) known.emplace_back(snapshot.name(id));
    const std::string_view near = closest(name, known);
    print_error("nothing called \"" + name + "\"",
                near.empty() ? "" : "did you mean \"" + std::string(near) + "\"?");
  }
  return found;
}

std::string text_of(const Snapshot& snapshot, const std::vector<NodeId>& nodes, const Walk& walk) {
  std::string out = printable(snapshot.name(nodes.front()));
  for (std::size_t i = 1; i < nodes.size(); ++i) out += " · " + printable(snapshot.name(nodes[i]));
  out += "      " + std::to_string(nodes.size() - 1) + (nodes.size() == 2 ? " step\n" : " steps\n");
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    for (const std::uint32_t edge : walk.edges(snapshot, nodes[i - 1], nodes[i])) {
      out += "  " + printable(arrow(snapshot, edge));
      if (snapshot.state(edge) != EdgeState::Asserted) {
        out += "      " + std::string(name_of(snapshot.state(edge)));
      }
      out += '\n';
      const std::vector<ClaimId> evidence = evidence_of(snapshot, edge, walk.filter);
      for (std::size_t k = 0; k < std::min(kQuotes, evidence.size()); ++k) {
        const ClaimId claim = evidence[k];
        out += "      \"" + printable(snapshot.evidence(claim)) + "\"  " +
               printable(snapshot.document(claim)) + ':' + std::to_string(snapshot.line(claim)) +
               "  " + printable(snapshot.fact_id(claim)) + '\n';
      }
      if (evidence.size() > kQuotes) {
        out += "      and " + std::to_string(evidence.size() - kQuotes) + " more\n";
      }
    }
  }
  return out;
}

std::string json_of(const Snapshot& snapshot, const std::vector<NodeId>& nodes, const Walk& walk) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.StartObject();
  writer.Key("length");
  writer.Uint64(nodes.size() - 1);
  writer.Key("nodes");
  writer.StartArray();
  for (const NodeId node : nodes) write_string(writer, snapshot.name(node));
  writer.EndArray();
  writer.Key("steps");
  writer.StartArray();
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    writer.StartArray();
    for (const std::uint32_t edge : walk.edges(snapshot, nodes[i - 1], nodes[i])) {
      write_edge(writer, snapshot, edge, walk.filter, true);
    }
    writer.EndArray();
  }
  writer.EndArray();
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + '\n';
}

}  // namespace

int run(const PathCommand& command) {
  Walk walk;
  if (!command.state.empty()) {
    walk.filter = parse_query("? -[* state=\"" + command.state + "\"]-> ?").edges.front().filter;
  }
  Problems problems;
  const Snapshot snapshot = read_snapshot(command.source, problems);
  std::vector<NodeId> from = ends_named(snapshot, command.from);
  std::vector<NodeId> to = ends_named(snapshot, command.to);
  walk.against = command.direction == "in";
  walk.directed = command.direction != "any";
  if (walk.against) std::swap(from, to);
  std::vector<Path> found;
  if (!from.empty() && !to.empty()) {
    const Csr graph = walkable(snapshot, walk.filter, walk.directed);
    PathOptions options;
    if (command.longest > 0) options.max_edges = static_cast<NodeId>(command.longest);
    const InterruptStop interrupt;
    RunControl control;
    control.stop = interrupt.token();
    try {
      // A name can mean several things; of their paths the shortest count.
      for (const NodeId a : from) {
        for (const NodeId b : to) {
          std::ranges::move(k_shortest_paths(graph, a, b, command.count, options, control),
                            std::back_inserter(found));
        }
      }
    } catch (const Stopped&) {
      throw Interrupted{};
    }
    std::ranges::sort(found, [](const Path& a, const Path& b) {
      return a.nodes.size() != b.nodes.size() ? a.nodes.size() < b.nodes.size() : a.nodes < b.nodes;
    });
    if (found.size() > command.count) found.resize(command.count);
  }
  Output output(std::nullopt);
  bool first = true;
  for (Path& path : found) {
    // Against the arrows the path was looked for from its other end.
    if (walk.against) std::ranges::reverse(path.nodes);
    if (command.json) {
      output.write(json_of(snapshot, path.nodes, walk));
      continue;
    }
    if (!first) output.write("\n");
    first = false;
    output.write(text_of(snapshot, path.nodes, walk));
  }
  output.commit();
  problems.finish();
  if (found.empty()) {
    if (!from.empty() && !to.empty()) {
      print_note(walk.directed ? "no path (--direction any walks against the arrows too)"
                               : "no path");
    }
    return kNo;
  }
  return problems.count() > 0 ? kPartly : kOk;
}

}  // namespace tercet::cli
