#include "export/cytoscape.h"

#include "export/json_row.h"
#include "export/output.h"

namespace tercet {

void write_cytoscape(const KnowledgeGraph& graph, std::ostream& stream,
                     const PropertyGraphOptions& options) {
  Output out(stream);
  out << "{\"format_version\":\"1.0\",\"generated_by\":\"tercet\","
         "\"target_cytoscapejs_version\":\"~3.0\",\"data\":{\"name\":\"tercet\"},"
         "\"elements\":{\"nodes\":[";
  bool in_edges = false;
  walk_properties(
      graph, options,
      [&](const PropertyNode& node) {
        out << (node.id == 0 ? "\n" : ",\n") << "{\"data\":{\"id\":\"n" << std::to_string(node.id)
            << "\",\"name\":";
        append_json(out.buffer(), node.at(NodeField::Label));
        append_members(out.buffer(), kNodeFields, node.values);
        out << "}}";
        out.spill();
      },
      [&](const PropertyEdge& edge) {
        if (!in_edges) out << "\n],\"edges\":[";
        in_edges = true;
        out << (edge.number == 0 ? "\n" : ",\n") << "{\"data\":{\"id\":\"e"
            << std::to_string(edge.number) << "\",\"source\":\"n" << std::to_string(edge.source)
            << "\",\"target\":\"n" << std::to_string(edge.target) << "\",\"interaction\":";
        append_json(out.buffer(), edge.at(EdgeField::Relation));
        append_members(out.buffer(), kEdgeFields, edge.values);
        out << "}}";
        out.spill();
      });
  if (!in_edges) out << "\n],\"edges\":[";
  out << "\n]}}\n";
  out.finish();
}

}  // namespace tercet
