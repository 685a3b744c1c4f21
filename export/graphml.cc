#include "export/graphml.h"

#include "base/json.h"
#include "export/iri.h"
#include "export/output.h"
#include "export/strand.h"
#include "export/text.h"

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

class GraphmlWriter {
 public:
  GraphmlWriter(const KnowledgeGraph& graph, std::ostream& out, const GraphmlOptions& options)
      : graph_(graph),
        options_(options),
        out_(out),
        slugs_(graph),
        base_(checked_base(options.base)) {}

  void write() {
    out_ << kHead
         << "  <graph id=\"G\" edgedefault=\"directed\" parse.nodeids=\"canonical\" "
            "parse.edgeids=\"canonical\" parse.order=\"nodesfirst\" parse.nodes=\""
         << std::to_string(graph_.nodes().size()) << "\" parse.edges=\""
         << std::to_string(count_edges()) << "\">\n";
    for (NodeId id = 0; id < graph_.nodes().size(); ++id) write_node(id);
    std::size_t number = 0;
    for (EdgeId id = 0; id < graph_.edges().size(); ++id) {
      for (const Strand& strand : strands_.of(graph_, id, show())) write_edge(number++, strand);
    }
    out_ << "  </graph>\n</graphml>\n";
    out_.finish();
  }

 private:
  Show show() const { return options_.all ? Show::All : Show::Asserted; }

  std::size_t count_edges() {
    std::size_t count = 0;
    for (EdgeId id = 0; id < graph_.edges().size(); ++id) {
      count += strands_.of(graph_, id, show()).size();
    }
    return count;
  }

  void open_data(std::string_view key) { out_ << "<data key=\"" << key << "\">"; }

  void data(std::string_view key, std::string_view value) {
    open_data(key);
    for (const char c : clean_text(value, scratch_)) {
      switch (c) {
        case '&':
          out_ << "&amp;";
          break;
        case '<':
          out_ << "&lt;";
          break;
        case '>':
          out_ << "&gt;";
          break;
        case '"':
          out_ << "&quot;";
          break;
        case '\r':
          out_ << "&#13;";
          break;  // a bare one is read as a line feed
        default:
          out_ << c;
      }
    }
    out_ << "</data>";
  }
  void data_if(std::string_view key, std::string_view value) {
    if (!value.empty()) data(key, value);
  }

  // Neo4j: `:Entity:Organization`; a colon in a type would be another label.
  static std::string labels_of(const Node& node) {
    std::string out = ":Entity";
    if (node.type.empty()) return out;
    out += ':';
    for (const char c : node.type) out += c == ':' || c == ' ' ? '_' : c;
    return out;
  }

  // A '|' or '\' within an alias is escaped by '\'.
  static std::string joined(const std::vector<std::string>& aliases) {
    std::string out;
    for (const std::string& alias : aliases) {
      if (!out.empty()) out += '|';
      for (const char c : alias) {
        if (c == '|' || c == '\\') out += '\\';
        out += c;
      }
    }
    return out;
  }

  void write_node(NodeId id) {
    const Node& node = graph_.nodes()[id];
    out_ << "    <node id=\"n" << std::to_string(id) << "\">";
    data("labels", labels_of(node));
    data("v_label", node.name);
    data("v_iri", base_ + "entity/" + std::string(slugs_.of(id)));
    data_if("v_type", node.type);
    data_if("v_aliases", joined(node.aliases));
    if (id < options_.clusters.size() && options_.clusters[id] >= 0) {
      data("v_community", std::to_string(options_.clusters[id]));
    }
    data("v_mentions", std::to_string(node.mentions));
    out_ << "</node>\n";
    out_.spill();
  }

  // APOC makes the label the relationship's type and stops at one that is only ':'.
  static std::string label_of(const Status& status, std::string_view relation) {
    std::string label = status.marks() + std::string(relation);
    if (label.find_first_not_of(": ") == std::string::npos) label = "(" + label + ")";
    return label;
  }

  void write_edge(std::size_t number, const Strand& strand) {
    const Edge& edge = graph_.edges()[strand.edge];
    const Fact& fact = graph_.facts()[strand.best];
    const Status& status = strand.status;
    out_ << "    <edge id=\"e" << std::to_string(number) << "\" source=\"n"
         << std::to_string(edge.source) << "\" target=\"n" << std::to_string(edge.target) << "\">";
    data("label", label_of(status, edge.relation));
    data("e_relation", edge.relation);
    if (!fact.id.empty()) data("e_iri", base_ + "claim/" + id_slug(fact.id));
    data("e_status", status.words());
    if (!status.disputed) data("e_polarity", name_of(status.polarity));
    if (status.modality != Modality::Asserted) data("e_modality", name_of(status.modality));
    if (fact.condition) data_if("e_condition", *fact.condition);
    const std::string confidence = decimal(strand.confidence, 4);
    data("e_confidence", confidence);
    data("e_weight", status.asserted() ? std::string_view(confidence) : "0");
    data("e_claims", std::to_string(strand.claims.size()));
    if (const auto seconds = fact.timestamp ? seconds_of(*fact.timestamp) : std::nullopt) {
      data("e_start", std::to_string(*seconds));
      data("e_timecode", *fact.timestamp);
    }
    data_if("e_quote", fact.evidence);
    data_if("e_document", fact.doc);
    if (fact.end > fact.start) {
      data("e_begin", std::to_string(fact.start));
      data("e_end", std::to_string(fact.end));
    }
    if (const auto video = fact.url ? video_link(*fact.url) : std::nullopt) {
      data("e_url", video->url());
    }
    out_ << "</edge>\n";
    out_.spill();
  }

  const KnowledgeGraph& graph_;
  const GraphmlOptions& options_;
  Output out_;
  EntitySlugs slugs_;
  const std::string base_;
  Strands strands_;
  std::string scratch_;
};

}  // namespace

void write_graphml(const KnowledgeGraph& graph, std::ostream& out, const GraphmlOptions& options) {
  GraphmlWriter(graph, out, options).write();
}

}  // namespace tercet
