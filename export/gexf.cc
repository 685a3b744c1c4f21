#include "export/gexf.h"

#include "export/output.h"
#include "export/xml_text.h"

namespace tercet {
namespace {

std::string_view type_name(FieldKind kind) {
  switch (kind) {
    case FieldKind::Int:
      return "integer";
    case FieldKind::Long:
      return "long";
    case FieldKind::Double:
      return "double";
    case FieldKind::Text:
      break;
  }
  return "string";
}

// "label" and "weight" are attributes of the element itself, and named so nowhere else: two columns
// of one name make Gephi drop the second.
bool is_own(std::string_view name) { return name == "label" || name == "weight"; }

template <std::size_t N>
void declare(Output& out, std::string_view of, const std::array<Field, N>& fields, bool all) {
  out << "    <attributes class=\"" << of << "\" mode=\"static\">\n";
  for (std::size_t i = 0; i < N; ++i) {
    if (is_own(fields[i].name) || (fields[i].name == "facts" && !all)) continue;
    out << "      <attribute id=\"" << fields[i].name << "\" title=\"" << fields[i].name
        << "\" type=\"" << type_name(fields[i].kind) << "\"/>\n";
  }
  out << "    </attributes>\n";
}

template <std::size_t N>
void values(Output& out, const std::array<Field, N>& fields,
            const std::array<std::string, N>& texts) {
  out << "<attvalues>";
  for (std::size_t i = 0; i < N; ++i) {
    if (texts[i].empty() || is_own(fields[i].name)) continue;
    out << "<attvalue for=\"" << fields[i].name << "\" value=\"";
    append_xml(out.buffer(), texts[i], true);
    out << "\"/>";
  }
  out << "</attvalues>";
}

}  // namespace

void write_gexf(const KnowledgeGraph& graph, std::ostream& stream,
                const PropertyGraphOptions& options) {
  Output out(stream);
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">\n"
         "  <graph defaultedgetype=\"directed\" mode=\"static\" idtype=\"string\">\n";
  declare(out, "node", kNodeFields, options.all);
  declare(out, "edge", kEdgeFields, options.all);
  out << "    <nodes count=\"" << std::to_string(graph.nodes().size()) << "\">\n";
  bool in_edges = false;
  const auto start_edges = [&] {
    out << "    </nodes>\n    <edges count=\""
        << std::to_string(count_property_edges(graph, options)) << "\">\n";
    in_edges = true;
  };
  walk_properties(
      graph, options,
      [&](const PropertyNode& node) {
        out << "      <node id=\"n" << std::to_string(node.id) << "\" label=\"";
        append_xml(out.buffer(), node.at(NodeField::Label), true);
        out << "\">";
        values(out, kNodeFields, node.values);
        out << "</node>\n";
        out.spill();
      },
      [&](const PropertyEdge& edge) {
        if (!in_edges) start_edges();
        out << "      <edge id=\"e" << std::to_string(edge.number) << "\" source=\"n"
            << std::to_string(edge.source) << "\" target=\"n" << std::to_string(edge.target)
            << "\" label=\"";
        append_xml(out.buffer(), edge.at(EdgeField::Label), true);
        out << "\" kind=\"";
        append_xml(out.buffer(), edge.at(EdgeField::Label), true);
        out << "\" weight=\"" << edge.at(EdgeField::Weight) << "\">";
        values(out, kEdgeFields, edge.values);
        out << "</edge>\n";
        out.spill();
      });
  if (!in_edges) start_edges();
  out << "    </edges>\n  </graph>\n</gexf>\n";
  out.finish();
}

}  // namespace tercet
