#include <algorithm>
#include <map>
#include <set>

#include "base/json.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/edge_output.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/source.h"
#include "cli/table.h"
#include "graph/query.h"
#include "graph/run_control.h"

namespace tercet::cli {
namespace {

// The options in the words of the language, so that both mean and refuse the same.
EdgeFilter defaults_of(const QueryCommand& command) {
  std::string text;
  const auto add = [&](const std::string& key, const std::string& value) {
    if (value.empty()) return;
    text += " " + key + "\"";
    for (const char c : value) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    text += '"';
  };
  add("state=", command.state);
  add("polarity=", command.polarity);
  add("modality=", command.modality);
  add("date>=", command.since);
  add("date<=", command.until);
  add("doc=", command.document);
  EdgeFilter filter;
  if (!text.empty()) {
    try {
      filter = parse_query("? -[*" + text + "]-> ?").edges.front().filter;
    } catch (const Error& error) {
      const std::string what = error.what();
      throw Error(Error::Code::Usage, "a filter: " + what.substr(what.find("expected")));
    }
  }
  filter.min_confidence = command.min_confidence;
  return filter;
}

/// The columns of an answer: variables in the order of the text.
struct Columns {
  std::vector<std::string> names;
  std::vector<std::pair<bool, std::uint32_t>> from;  // is a relation; index into nodes or edges

  explicit Columns(const Query& query) {
    std::set<std::string> seen;
    const auto node = [&](std::uint32_t i) {
      const std::string& name = query.nodes[i].variable;
      if (name.empty() || !seen.insert(name).second) return;
      names.push_back(name);
      from.emplace_back(false, i);
    };
    for (std::uint32_t i = 0; i < query.edges.size(); ++i) {
      node(query.edges[i].left);
      const std::string& relation = query.edges[i].variable;
      if (!relation.empty() && seen.insert(relation).second) {
        names.push_back(relation);
        from.emplace_back(true, i);
      }
      node(query.edges[i].right);
    }
    for (std::uint32_t i = 0; i < query.nodes.size(); ++i) node(i);
  }

  std::string_view value(const Snapshot& snapshot, const QueryRow& row, std::size_t i) const {
    const auto [is_relation, index] = from[i];
    return is_relation ? snapshot.relation_name(row.relations[index])
                       : snapshot.name(row.nodes[index]);
  }
};

template <typename Visit>
void for_each_edge(const PreparedQuery& query, const QueryRow& row, const Visit& visit) {
  for (std::size_t i = 0, at = 0; i < row.step_end.size(); ++i) {
    for (; at < row.step_end[i]; ++at) visit(row.steps[at], query.query().edges[i].filter);
  }
}

std::string json_of(const Snapshot& snapshot, const PreparedQuery& query, const Columns& columns,
                    const QueryRow& row) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  const auto string = [&](std::string_view text) { write_string(writer, text); };
  writer.StartObject();
  writer.Key("bindings");
  writer.StartObject();
  for (std::size_t i = 0; i < columns.names.size(); ++i) {
    string(columns.names[i]);
    string(columns.value(snapshot, row, i));
  }
  writer.EndObject();
  writer.Key("types");
  writer.StartObject();
  for (std::size_t i = 0; i < columns.names.size(); ++i) {
    const auto [is_relation, index] = columns.from[i];
    if (is_relation || snapshot.type(row.nodes[index]).empty()) continue;
    string(columns.names[i]);
    string(snapshot.type(row.nodes[index]));
  }
  writer.EndObject();
  writer.Key("edges");
  writer.StartArray();
  for_each_edge(query, row, [&](std::uint32_t edge, const EdgeFilter& filter) {
    write_edge(writer, snapshot, edge, filter, false);
  });
  writer.EndArray();
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + '\n';
}

std::vector<std::string> cells_of(const Snapshot& snapshot, const PreparedQuery& query,
                                  const Columns& columns, const QueryRow& row, bool with_state) {
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < columns.names.size(); ++i) {
    cells.emplace_back(columns.value(snapshot, row, i));
  }
  std::string edges, states, evidence;
  for_each_edge(query, row, [&](std::uint32_t edge, const EdgeFilter& filter) {
    if (!edges.empty()) edges += ", ";
    edges += arrow(snapshot, edge);
    states += (states.empty() ? "" : " ") + std::string(name_of(snapshot.state(edge)));
    for (const ClaimId claim : evidence_of(snapshot, edge, filter)) {
      evidence += (evidence.empty() ? "" : " ") + std::string(snapshot.fact_id(claim));
    }
  });
  if (columns.names.empty() && edges.empty()) edges = snapshot.name(row.nodes.front());
  if (columns.names.empty()) cells.push_back(edges);
  if (with_state) cells.push_back(states);
  cells.push_back(evidence);
  return cells;
}

void say_unknown(const Snapshot& snapshot, const PreparedQuery& query) {
  for (const std::string& name : query.unknown()) {
    std::vector<std::string> known;
    for (RelationId i = 0; i < snapshot.relations(); ++i) {
      known.emplace_back(snapshot.relation_name(i));
    }
    for (NodeId i = 0; i < snapshot.nodes(); ++i) known.emplace_back(snapshot.name(i));
    const std::string_view near = closest(name, known);
    print_error("nothing called \"" + name + "\"",
                near.empty() ? "" : "did you mean \"" + std::string(near) + "\"?");
  }
}

}  // namespace

int run(const QueryCommand& command) {
  Query parsed = parse_query(command.text, defaults_of(command));
  Problems problems;
  const Snapshot snapshot = read_snapshot(command.source, problems);
  const PreparedQuery query(snapshot, std::move(parsed));
  const Columns columns(query.query());
  bool with_state = false;
  for (const Query::EdgeTerm& edge : query.query().edges) {
    with_state = with_state || edge.filter.effective_states() != EdgeFilter{}.effective_states();
  }
  Output output(std::nullopt);
  std::vector<std::string> header = columns.names;
  if (header.empty()) header.emplace_back(query.query().edges.empty() ? "thing" : "edges");
  if (with_state) header.emplace_back("state");
  header.emplace_back("evidence");
  Table table(header);
  std::size_t rows = 0;
  const InterruptStop interrupt;
  try {
    query.run(
        [&](const QueryRow& row) {
          if (command.limit > 0 && rows == command.limit) {
            print_note("only the first " + std::to_string(rows) + " rows (--limit 0 for all)");
            return false;
          }
          ++rows;
          if (command.json)
            output.write(json_of(snapshot, query, columns, row));
          else
            table.add(cells_of(snapshot, query, columns, row, with_state));
          return true;
        },
        interrupt.token());
  } catch (const Stopped&) {
    throw Interrupted{};
  }
  if (!command.json && rows > 0) output.write(table.str(terminal_width()));
  output.commit();
  say_unknown(snapshot, query);
  problems.finish();
  if (rows == 0) {
    if (query.unknown().empty()) print_note("nothing found");
    return kNo;
  }
  return problems.count() > 0 ? kPartly : kOk;
}

}  // namespace tercet::cli
