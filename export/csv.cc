#include "export/csv.h"

#include "export/output.h"

namespace tercet {
namespace {

std::string_view suffix(FieldKind kind) {
  switch (kind) {
    case FieldKind::Int:
      return ":int";
    case FieldKind::Long:
      return ":long";
    case FieldKind::Double:
      return ":double";
    case FieldKind::Text:
      break;
  }
  return "";
}

template <std::size_t N>
void header(Output& out, const std::array<Field, N>& fields, bool all) {
  for (const Field& field : fields) {
    if (field.name != "facts" || all) out << ',' << field.name << suffix(field.kind);
  }
  out << '\n';
}

template <std::size_t N>
void cells(Output& out, const std::array<Field, N>& fields,
           const std::array<std::string, N>& values, const CsvOptions& options) {
  for (std::size_t i = 0; i < N; ++i) {
    if (fields[i].name == "facts" && !options.all) continue;
    out << ',';
    append_csv(out.buffer(), values[i], options.guard && fields[i].kind == FieldKind::Text);
  }
  out << '\n';
  out.spill();
}

}  // namespace

bool is_formula(std::string_view text) {
  const std::size_t at = text.find_first_not_of('\'');
  return at != std::string_view::npos &&
         std::string_view("=+-@\t\r").find(text[at]) != std::string_view::npos;
}

void append_csv(std::string& out, std::string_view text, bool guard) {
  const bool guarded = guard && is_formula(text);
  // White space at an end is lost by some readers unless it is quoted.
  const bool quoted = text.find_first_of(",\"\n\r") != std::string_view::npos || guarded ||
                      text.starts_with(' ') || text.ends_with(' ') || text.starts_with("\xEF\xBB");
  if (!quoted) {
    out += text;
    return;
  }
  out += '"';
  if (guarded) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void write_csv_nodes(const KnowledgeGraph& graph, std::ostream& stream, const CsvOptions& options) {
  Output out(stream);
  out << "id:ID,:LABEL";
  header(out, kNodeFields, false);
  walk_properties(graph, options,
                  [&](const PropertyNode& node) {
                    out << 'n' << std::to_string(node.id) << ',';
                    std::string labels = "Entity";
                    if (const std::string& type = node.at(NodeField::Type); !type.empty()) {
                      labels += ';' + type_label(type);
                    }
                    append_csv(out.buffer(), labels, options.guard);
                    cells(out, kNodeFields, node.values, options);
                  },
                  {});
  out.finish();
}

void write_csv_relationships(const KnowledgeGraph& graph, std::ostream& stream,
                             const CsvOptions& options) {
  Output out(stream);
  out << ":START_ID,:END_ID,:TYPE";
  header(out, kEdgeFields, options.all);
  walk_properties(graph, options, {}, [&](const PropertyEdge& edge) {
    out << 'n' << std::to_string(edge.source) << ",n" << std::to_string(edge.target) << ',';
    append_csv(out.buffer(), edge.at(EdgeField::Label), options.guard);
    cells(out, kEdgeFields, edge.values, options);
  });
  out.finish();
}

}  // namespace tercet
