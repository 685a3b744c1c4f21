#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "export/strand.h"
#include "graph/knowledge_graph.h"

namespace tercet {

struct PropertyGraphOptions {
  bool all = false;  ///< also what is not asserted: marked in label and status, weight 0
  std::string base = "https://example.org/kg/";  ///< of the IRIs, as in RdfOptions
  std::vector<int> clusters;  ///< per node its community from 0, -1 for none; empty: none known
};

enum class FieldKind : std::uint8_t { Text, Int, Long, Double };

/// An attribute of a node or an edge, the same in all property-graph formats.
struct Field {
  std::string_view name;
  FieldKind kind;
};

enum class NodeField : std::uint8_t { Label, Iri, Type, Aliases, Community, Mentions };
enum class EdgeField : std::uint8_t {
  Label,
  Relation,
  Iri,
  Status,
  Polarity,
  Modality,
  Condition,
  Confidence,
  Weight,
  Claims,
  StartSeconds,
  Timecode,
  Quote,
  Document,
  CharStart,
  CharEnd,
  Url,
  Facts,  ///< with `all`: every claim behind the edge as facts.md has it, a JSON array
};
inline constexpr std::array<Field, 6> kNodeFields = {{{"label", FieldKind::Text},
                                                      {"iri", FieldKind::Text},
                                                      {"type", FieldKind::Text},
                                                      {"aliases", FieldKind::Text},
                                                      {"community", FieldKind::Int},
                                                      {"mentions", FieldKind::Int}}};
inline constexpr std::array<Field, 18> kEdgeFields = {{{"label", FieldKind::Text},
                                                       {"relation", FieldKind::Text},
                                                       {"iri", FieldKind::Text},
                                                       {"status", FieldKind::Text},
                                                       {"polarity", FieldKind::Text},
                                                       {"modality", FieldKind::Text},
                                                       {"condition", FieldKind::Text},
                                                       {"confidence", FieldKind::Double},
                                                       {"weight", FieldKind::Double},
                                                       {"claims", FieldKind::Int},
                                                       {"start_seconds", FieldKind::Double},
                                                       {"timecode", FieldKind::Text},
                                                       {"quote", FieldKind::Text},
                                                       {"document", FieldKind::Text},
                                                       {"char_start", FieldKind::Long},
                                                       {"char_end", FieldKind::Long},
                                                       {"url", FieldKind::Text},
                                                       {"facts", FieldKind::Text}}};

/// A node with its attributes, indexed by NodeField: clean_text(), numbers in decimal; empty where
/// there is none.
struct PropertyNode {
  NodeId id = 0;
  std::array<std::string, kNodeFields.size()> values;
  const std::string& at(NodeField field) const { return values[static_cast<std::size_t>(field)]; }
};
/// An edge: the claims of one (subject, relation, object) that have one status; its attributes are
/// those of its claim with the highest confidence.
struct PropertyEdge {
  std::size_t number = 0;  ///< from 0
  NodeId source = 0, target = 0;
  bool asserted = true;
  std::array<std::string, kEdgeFields.size()> values;
  const std::string& at(EdgeField field) const { return values[static_cast<std::size_t>(field)]; }
};

/// What property-graph formats hold: all nodes in NodeId order, then edges in edge order, asserted
/// strands first; without `all` only these. An empty callback is left out. What is passed is valid
/// during the call. Memory O(1). Throws Error{Usage} for a bad base and what the callbacks throw.
void walk_properties(const KnowledgeGraph& graph, const PropertyGraphOptions& options,
                     const std::function<void(const PropertyNode&)>& on_node,
                     const std::function<void(const PropertyEdge&)>& on_edge);

/// How many edges walk_properties() passes.
std::size_t count_property_edges(const KnowledgeGraph& graph, const PropertyGraphOptions& options);

/// "Entity" and, if there is one, the type as a word that is a label in Neo4j: ':' and white space
/// become '_'.
std::string type_label(std::string_view type);

}  // namespace tercet
