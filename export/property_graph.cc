#include "export/property_graph.h"

#include "base/json.h"
#include "export/iri.h"
#include "export/jsonl.h"
#include "export/text.h"

namespace tercet {
namespace {

// A '|' or '\' within an alias is escaped by '\'.
std::string joined(const std::vector<std::string>& aliases) {
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

// APOC makes the label the relationship's type and stops at one that is only ':'.
std::string label_of(const Status& status, std::string_view relation) {
  std::string label = status.marks() + std::string(relation);
  if (label.find_first_not_of(": ") == std::string::npos) label = "(" + label + ")";
  return label;
}

// JSON escapes control characters itself; the two other characters that XML forbids follow suit, so
// that facts come back as they were.
void append_fact(std::string& out, const Fact& fact) {
  const std::string json = fact_line(fact);
  for (std::size_t i = 0; i < json.size(); ++i) {
    const bool forbidden = json.compare(i, 2, "\xEF\xBF") == 0 && i + 2 < json.size() &&
                           (json[i + 2] == '\xBE' || json[i + 2] == '\xBF');
    if (!forbidden) {
      out += json[i];
      continue;
    }
    out += json[i + 2] == '\xBE' ? "\\uFFFE" : "\\uFFFF";
    i += 2;
  }
}

class Rows {
 public:
  Rows(const KnowledgeGraph& graph, const PropertyGraphOptions& options)
      : graph_(graph), options_(options), slugs_(graph), base_(checked_base(options.base)) {}

  void fill(PropertyNode& row, NodeId id) {
    const Node& node = graph_.nodes()[id];
    row.id = id;
    for (std::string& value : row.values) value.clear();
    const auto set = [&](NodeField field, std::string_view value) {
      row.values[static_cast<std::size_t>(field)] = clean_text(value, scratch_);
    };
    set(NodeField::Label, node.name);
    iri_ = base_;
    iri_ += "entity/";
    iri_ += slugs_.of(id);
    set(NodeField::Iri, iri_);
    set(NodeField::Type, node.type);
    set(NodeField::Aliases, joined(node.aliases));
    if (id < options_.clusters.size() && options_.clusters[id] >= 0) {
      set(NodeField::Community, std::to_string(options_.clusters[id]));
    }
    set(NodeField::Mentions, std::to_string(node.mentions));
  }

  void fill(PropertyEdge& row, const Strand& strand) {
    const Edge& edge = graph_.edges()[strand.edge];
    const Fact& fact = graph_.facts()[strand.best];
    const Status& status = strand.status;
    row.source = edge.source;
    row.target = edge.target;
    row.asserted = status.asserted();
    for (std::string& value : row.values) value.clear();
    const auto set = [&](EdgeField field, std::string_view value) {
      row.values[static_cast<std::size_t>(field)] = clean_text(value, scratch_);
    };
    set(EdgeField::Label, label_of(status, edge.relation));
    set(EdgeField::Relation, edge.relation);
    if (!fact.id.empty()) set(EdgeField::Iri, base_ + "claim/" + id_slug(fact.id));
    set(EdgeField::Status, status.words());
    if (!status.disputed) set(EdgeField::Polarity, name_of(status.polarity));
    if (status.modality != Modality::Asserted) set(EdgeField::Modality, name_of(status.modality));
    if (fact.condition) set(EdgeField::Condition, *fact.condition);
    const std::string confidence = decimal(strand.confidence, 4);
    set(EdgeField::Confidence, confidence);
    set(EdgeField::Weight, row.asserted ? std::string_view(confidence) : "0");
    set(EdgeField::Claims, std::to_string(strand.claims.size()));
    if (const auto seconds = fact.timestamp ? seconds_of(*fact.timestamp) : std::nullopt) {
      set(EdgeField::StartSeconds, std::to_string(*seconds));
      set(EdgeField::Timecode, *fact.timestamp);
    }
    set(EdgeField::Quote, fact.evidence);
    set(EdgeField::Document, fact.doc);
    if (fact.end > fact.start) {
      set(EdgeField::CharStart, std::to_string(fact.start));
      set(EdgeField::CharEnd, std::to_string(fact.end));
    }
    if (const auto video = fact.url ? video_link(*fact.url) : std::nullopt) {
      set(EdgeField::Url, video->url());
    }
    if (!options_.all) return;
    std::string facts = "[";
    for (const std::uint32_t claim : strand.claims) {
      if (facts.size() > 1) facts += ',';
      append_fact(facts, graph_.facts()[claim]);
    }
    set(EdgeField::Facts, facts + "]");
  }

 private:
  const KnowledgeGraph& graph_;
  const PropertyGraphOptions& options_;
  EntitySlugs slugs_;
  const std::string base_;
  std::string scratch_, iri_;
};

Show shown(const PropertyGraphOptions& options) { return options.all ? Show::All : Show::Asserted; }

}  // namespace

void walk_properties(const KnowledgeGraph& graph, const PropertyGraphOptions& options,
                     const std::function<void(const PropertyNode&)>& on_node,
                     const std::function<void(const PropertyEdge&)>& on_edge) {
  Rows rows(graph, options);
  PropertyNode node;
  for (NodeId id = 0; on_node && id < graph.nodes().size(); ++id) {
    rows.fill(node, id);
    on_node(node);
  }
  Strands strands;
  PropertyEdge edge;
  for (EdgeId id = 0; on_edge && id < graph.edges().size(); ++id) {
    for (const Strand& strand : strands.of(graph, id, shown(options))) {
      rows.fill(edge, strand);
      on_edge(edge);
      ++edge.number;
    }
  }
}

std::size_t count_property_edges(const KnowledgeGraph& graph, const PropertyGraphOptions& options) {
  Strands strands;
  std::size_t count = 0;
  for (EdgeId id = 0; id < graph.edges().size(); ++id) {
    count += strands.of(graph, id, shown(options)).size();
  }
  return count;
}

std::string type_label(std::string_view type) {
  std::string out;
  for (const char c : type) {
    out += c == ':' || static_cast<unsigned char>(c) <= ' ' || c == ';' ? '_' : c;
  }
  return out;
}

}  // namespace tercet
