#include "export/graphml.h"

#include "export/output.h"
#include "export/xml_text.h"

namespace tercet {
namespace {

// Key ids are never d3 or d7, which Gephi takes for yEd's labels, and no key is for="all", which
// Gephi and APOC drop. "labels" and "label" are the ids apoc.import.graphml looks for. No boolean:
// Boost reads only 0 and 1, Java only true and false. igraph 1.0 garbles edge ids, so "iri" is
// data.
constexpr std::string_view kHead =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
         xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
  <key id="labels" for="node" attr.name="labels" attr.type="string"/>
  <key id="v_label" for="node" attr.name="label" attr.type="string"/>
  <key id="v_iri" for="node" attr.name="iri" attr.type="string"/>
  <key id="v_type" for="node" attr.name="type" attr.type="string"/>
  <key id="v_aliases" for="node" attr.name="aliases" attr.type="string"/>
  <key id="v_community" for="node" attr.name="community" attr.type="int"/>
  <key id="v_mentions" for="node" attr.name="mentions" attr.type="int"/>
  <key id="label" for="edge" attr.name="label" attr.type="string"/>
  <key id="e_relation" for="edge" attr.name="relation" attr.type="string"/>
  <key id="e_iri" for="edge" attr.name="iri" attr.type="string"/>
  <key id="e_status" for="edge" attr.name="status" attr.type="string"/>
  <key id="e_polarity" for="edge" attr.name="polarity" attr.type="string"/>
  <key id="e_modality" for="edge" attr.name="modality" attr.type="string"/>
  <key id="e_condition" for="edge" attr.name="condition" attr.type="string"/>
  <key id="e_confidence" for="edge" attr.name="confidence" attr.type="double"/>
  <key id="e_weight" for="edge" attr.name="weight" attr.type="double"/>
  <key id="e_claims" for="edge" attr.name="claims" attr.type="int"/>
  <key id="e_start" for="edge" attr.name="start_seconds" attr.type="double"/>
  <key id="e_timecode" for="edge" attr.name="timecode" attr.type="string"/>
  <key id="e_quote" for="edge" attr.name="quote" attr.type="string"/>
  <key id="e_document" for="edge" attr.name="document" attr.type="string"/>
  <key id="e_begin" for="edge" attr.name="char_start" attr.type="long"/>
  <key id="e_end" for="edge" attr.name="char_end" attr.type="long"/>
  <key id="e_url" for="edge" attr.name="url" attr.type="string"/>
)";
constexpr std::string_view kFactsKey =
    "  <key id=\"e_facts\" for=\"edge\" attr.name=\"facts\" attr.type=\"string\"/>\n";

// Indexed by NodeField and EdgeField.
constexpr std::array<std::string_view, kNodeFields.size()> kNodeKeys = {
    "v_label", "v_iri", "v_type", "v_aliases", "v_community", "v_mentions"};
constexpr std::array<std::string_view, kEdgeFields.size()> kEdgeKeys = {
    "label",       "e_relation",   "e_iri",    "e_status", "e_polarity", "e_modality",
    "e_condition", "e_confidence", "e_weight", "e_claims", "e_start",    "e_timecode",
    "e_quote",     "e_document",   "e_begin",  "e_end",    "e_url",      "e_facts"};

void append_data(std::string& out, std::string_view key, std::string_view value) {
  out += "<data key=\"";
  out += key;
  out += "\">";
  append_xml(out, value);
  out += "</data>";
}

}  // namespace

void write_graphml(const KnowledgeGraph& graph, std::ostream& stream,
                   const GraphmlOptions& options) {
  Output out(stream);
  out << kHead << (options.all ? kFactsKey : "")
      << "  <graph id=\"G\" edgedefault=\"directed\" parse.nodeids=\"canonical\" "
         "parse.edgeids=\"canonical\" parse.order=\"nodesfirst\" parse.nodes=\""
      << std::to_string(graph.nodes().size()) << "\" parse.edges=\""
      << std::to_string(count_property_edges(graph, options)) << "\">\n";
  walk_properties(
      graph, options,
      [&](const PropertyNode& node) {
        out << "    <node id=\"n" << std::to_string(node.id) << "\">";
        // Neo4j: `:Entity:Organization`.
        std::string labels = ":Entity";
        if (const std::string& type = node.at(NodeField::Type); !type.empty()) {
          labels += ':' + type_label(type);
        }
        append_data(out.buffer(), "labels", labels);
        for (std::size_t i = 0; i < kNodeKeys.size(); ++i) {
          const bool always = i == static_cast<std::size_t>(NodeField::Label);
          if (always || !node.values[i].empty()) {
            append_data(out.buffer(), kNodeKeys[i], node.values[i]);
          }
        }
        out << "</node>\n";
        out.spill();
      },
      [&](const PropertyEdge& edge) {
        out << "    <edge id=\"e" << std::to_string(edge.number) << "\" source=\"n"
            << std::to_string(edge.source) << "\" target=\"n" << std::to_string(edge.target)
            << "\">";
        for (std::size_t i = 0; i < kEdgeKeys.size(); ++i) {
          if (!edge.values[i].empty()) append_data(out.buffer(), kEdgeKeys[i], edge.values[i]);
        }
        out << "</edge>\n";
        out.spill();
      });
  out << "  </graph>\n</graphml>\n";
  out.finish();
}

}  // namespace tercet
