#include "export/node_link.h"

#include "export/json_row.h"
#include "export/output.h"

namespace tercet {

void write_node_link(const KnowledgeGraph& graph, std::ostream& stream,
                     const PropertyGraphOptions& options) {
  Output out(stream);
  out << "{\"directed\":true,\"multigraph\":true,\"graph\":{},\"nodes\":[";
  bool in_edges = false;
  walk_properties(
      graph, options,
      [&](const PropertyNode& node) {
        out << (node.id == 0 ? "\n" : ",\n") << "{\"id\":\"n" << std::to_string(node.id) << '"';
        append_members(out.buffer(), kNodeFields, node.values);
        out << '}';
        out.spill();
      },
      [&](const PropertyEdge& edge) {
        if (!in_edges) out << "\n],\"edges\":[";
        in_edges = true;
        out << (edge.number == 0 ? "\n" : ",\n") << "{\"source\":\"n" << std::to_string(edge.source)
            << "\",\"target\":\"n" << std::to_string(edge.target) << "\",\"key\":\"e"
            << std::to_string(edge.number) << '"';
        append_members(out.buffer(), kEdgeFields, edge.values);
        out << '}';
        out.spill();
      });
  if (!in_edges) out << "\n],\"edges\":[";
  out << "\n]}\n";
  out.finish();
}

}  // namespace tercet
