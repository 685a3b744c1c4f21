#include "export/cypher.h"

#include <map>
#include <set>

#include "base/ascii.h"
#include "export/iri.h"
#include "export/output.h"

namespace tercet {
namespace {

constexpr std::size_t kBatch = 500;
constexpr std::size_t kMostHeld = 4 << 20;  // bytes of rows that wait for their batch to fill

// Between backticks Cypher 4 still turns \u0060 into a backtick, and no escape of it is safe in all
// versions: what is not a letter, a digit or a space is '_'.
std::string quoted_name(std::string_view text) {
  std::string out = "`";
  for (const char c : text) {
    const bool kept = is_ascii_alnum(c) || c == ' ' || static_cast<unsigned char>(c) >= 0x80;
    out += kept ? c : '_';
  }
  return out += '`';
}

void append_string(std::string& out, std::string_view text) {
  out += '\'';
  for (const char c : text) {
    switch (c) {
      case '\\':
      case '\'':
        out += '\\';
        out += c;
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += c;
    }
  }
  out += '\'';
}

// {name: value, ...} of the attributes that are there; field names are our own words.
template <std::size_t N>
void append_map(std::string& out, const std::array<Field, N>& fields,
                const std::array<std::string, N>& values) {
  out += '{';
  bool first = true;
  for (std::size_t i = 0; i < N; ++i) {
    if (values[i].empty()) continue;
    if (!first) out += ", ";
    first = false;
    out += fields[i].name;
    out += ": ";
    if (fields[i].kind == FieldKind::Text)
      append_string(out, values[i]);
    else
      out += values[i];
  }
  out += '}';
}

struct Batch {
  std::string rows;
  std::size_t count = 0;

  std::string& next() {
    rows += count++ == 0 ? "\n  " : ",\n  ";
    return rows;
  }
};

void flush_edges(Output& out, const std::string& label, Batch& batch) {
  if (batch.count == 0) return;
  out << "UNWIND [" << batch.rows
      << "\n] AS row MATCH (s:Entity {iri: row.s}), (t:Entity {iri: row.t}) MERGE (s)-[r:"
      << quoted_name(label) << " {label: row.p.label}]->(t) SET r += row.p;\n";
  out.spill();
  batch = {};
}

}  // namespace

void write_cypher(const KnowledgeGraph& graph, std::ostream& stream,
                  const PropertyGraphOptions& options) {
  Output out(stream);
  out << "CREATE CONSTRAINT tercet_entity_iri IF NOT EXISTS FOR (n:Entity) REQUIRE n.iri IS "
         "UNIQUE;\n";
  Batch nodes;
  const auto flush_nodes = [&] {
    if (nodes.count == 0) return;
    out << "UNWIND [" << nodes.rows << "\n] AS row MERGE (n:Entity {iri: row.iri}) SET n += row;\n";
    out.spill();
    nodes = {};
  };
  EntitySlugs slugs(graph);
  const std::string entities = checked_base(options.base) + "entity/";
  std::set<std::string> types;
  std::map<std::string, Batch> edges;  // by label
  std::size_t held = 0;
  bool in_edges = false;
  const auto start_edges = [&] {
    flush_nodes();
    for (const std::string& type : types) {
      std::string statement = "MATCH (n:Entity) WHERE n.type = ";
      append_string(statement, type);
      out << statement << " SET n:" << quoted_name(type) << ";\n";
    }
    in_edges = true;
  };
  walk_properties(
      graph, options,
      [&](const PropertyNode& node) {
        append_map(nodes.next(), kNodeFields, node.values);
        if (!node.at(NodeField::Type).empty()) types.insert(node.at(NodeField::Type));
        if (nodes.count == kBatch) flush_nodes();
      },
      [&](const PropertyEdge& edge) {
        if (!in_edges) start_edges();
        Batch& batch = edges[edge.at(EdgeField::Label)];
        const std::size_t before = batch.rows.size();
        std::string& row = batch.next();
        row += "{s: ";
        append_string(row, entities + std::string(slugs.of(edge.source)));
        row += ", t: ";
        append_string(row, entities + std::string(slugs.of(edge.target)));
        row += ", p: ";
        append_map(row, kEdgeFields, edge.values);
        row += '}';
        held += row.size() - before;
        if (batch.count == kBatch) {
          held -= batch.rows.size();
          flush_edges(out, edge.at(EdgeField::Label), batch);
        }
        if (held < kMostHeld) return;
        for (auto& [label, waiting] : edges) flush_edges(out, label, waiting);
        held = 0;
      });
  if (!in_edges) start_edges();
  for (auto& [label, waiting] : edges) flush_edges(out, label, waiting);
  out.finish();
}

}  // namespace tercet
