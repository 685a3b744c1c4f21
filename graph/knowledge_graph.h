#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fact.h"

namespace tercet {

using NodeId = std::uint32_t;
using EdgeId = std::uint32_t;

/// A thing: one canonical name of one type. Two things with one name differ in type.
struct Node {
  std::string name;
  std::string type;                  ///< empty if no claim says
  std::vector<std::string> aliases;  ///< other names, sorted, without `name`
  std::uint32_t mentions = 0;        ///< claims that name it as subject or object
};

/// What all evidence of (subject, relation, object) says together (contract, "A claim").
enum class EdgeState : std::uint8_t {
  Asserted,    ///< asserted positive claims, none asserted negative
  Disputed,    ///< asserted positive and asserted negative
  Denied,      ///< no asserted positive, at least one negative
  Unasserted,  ///< only hedged, hypothetical, conditional or intended positive claims
};
std::string_view name_of(EdgeState state);

/// What a set of claims of one edge says: its state, and the largest confidence of those of the
/// claims that carry it.
struct EdgeStanding {
  EdgeState state = EdgeState::Unasserted;
  double confidence = 0;
};
/// `claims` are indexes into `facts`; none of them = Unasserted, 0.
EdgeStanding standing_of(std::span<const std::uint32_t> claims, std::span<const Fact> facts);

/// A typed, directed edge with all its evidence.
struct Edge {
  NodeId source = 0, target = 0;
  std::string relation;
  EdgeState state = EdgeState::Unasserted;
  double confidence = 0;              ///< largest of its claims that carry the state
  std::vector<std::uint32_t> claims;  ///< indexes into facts(), ascending
};

/// What is known of a document beyond its facts.
struct DocumentInfo {
  std::string id, title, video_id;
};

/// The graph of a set of facts: a directed multigraph with parallel edges (one per relation) and
/// provenance. Nodes and edges are sorted by name, so that equal sets of facts in any order give
/// equal graphs. A value; immutable once built.
class KnowledgeGraph {
 public:
  KnowledgeGraph() = default;

  std::span<const Node> nodes() const { return nodes_; }  ///< sorted by (name, type)
  std::span<const Edge> edges() const { return edges_; }  ///< sorted by (source, relation, target)
  std::span<const Fact> facts() const { return facts_; }  ///< sorted by (doc, start, end, id)
  std::span<const DocumentInfo> documents() const { return documents_; }  ///< sorted by id
  std::optional<NodeId> find(std::string_view name, std::string_view type = {}) const;

  friend KnowledgeGraph build_graph(std::vector<Fact> facts, std::vector<DocumentInfo> documents);

 private:
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  std::vector<Fact> facts_;
  std::vector<DocumentInfo> documents_;
};

/// Build the graph. Facts with an id seen before are dropped; documents named by facts but not
/// given are added without title. Aliases come from alias_of claims that are asserted and from the
/// surface words of named mentions. O(n log n).
KnowledgeGraph build_graph(std::vector<Fact> facts, std::vector<DocumentInfo> documents = {});

/// The contract's status words of one claim: "asserted", or every mark that holds, in the order
/// negated, possible, hypothetical, conditional, intended.
std::vector<std::string_view> status_of(const Fact& fact);
/// The same with a space between them: "negated conditional".
std::string status_words(const Fact& fact);

}  // namespace tercet
