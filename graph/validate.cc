#include "graph/validate.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <tuple>

namespace tercet {
namespace {

std::string join(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

class Validation {
 public:
  Validation(const KnowledgeGraph& graph, const Ontology& ontology)
      : graph_(graph), ontology_(ontology) {}

  std::vector<Violation> run() {
    for (const Edge& edge : graph_.edges()) check_edge(edge);
    check_properties();
    std::ranges::stable_sort(out_, {}, &Violation::kind);
    return std::move(out_);
  }

 private:
  const Node& node(NodeId id) const { return graph_.nodes()[id]; }

  std::string words(const Edge& edge) const {
    return node(edge.source).name + " -[" + edge.relation + "]-> " + node(edge.target).name;
  }

  void add(ViolationKind kind, std::string what, std::vector<std::uint32_t> facts) {
    std::ranges::sort(facts);
    out_.push_back({kind, std::move(what), std::move(facts)});
  }

  void check_edge(const Edge& edge) {
    if (edge.state == EdgeState::Disputed) {
      add(ViolationKind::Disputed, words(edge) + ": asserted and denied", edge.claims);
    }
    const RelationType* relation = ontology_.find_relation(edge.relation);
    if (relation == nullptr) {
      add(ViolationKind::UnknownRelation,
          words(edge) + ": the ontology has no relation '" + edge.relation + "'", edge.claims);
    }
    const std::string &subject = node(edge.source).type, &object = node(edge.target).type;
    for (const std::string* type : {&subject, &object}) {
      if (type->empty() || ontology_.find_type(*type) != nullptr) continue;
      add(ViolationKind::UnknownType, words(edge) + ": the ontology has no type '" + *type + "'",
          edge.claims);
    }
    if (relation == nullptr) return;
    if (!ontology_.accepts_subject(*relation, subject)) {
      add(ViolationKind::Domain,
          words(edge) + ": the subject is " + subject + ", not " + join(relation->domain),
          edge.claims);
    }
    if (!ontology_.accepts_object(*relation, object)) {
      add(ViolationKind::Range,
          words(edge) + ": the object is " + object + ", not " + join(relation->range),
          edge.claims);
    }
  }

  /// Asserted edges of one relation that share an end where the relation allows only one.
  void check_properties() {
    std::map<std::tuple<std::string_view, NodeId>, std::vector<const Edge*>> from, to;
    std::map<std::tuple<std::string_view, NodeId, NodeId>, const Edge*> both_ways;
    for (const Edge& edge : graph_.edges()) {
      const RelationType* relation = ontology_.find_relation(edge.relation);
      if (relation == nullptr || edge.state != EdgeState::Asserted) continue;
      if (relation->functional) from[{edge.relation, edge.source}].push_back(&edge);
      if (relation->inverse_functional) to[{edge.relation, edge.target}].push_back(&edge);
      if (relation->asymmetric) both_ways[{edge.relation, edge.source, edge.target}] = &edge;
    }
    for (const auto& [key, edges] : from) {
      several(ViolationKind::Functional, edges, "has several objects", &Edge::target);
    }
    for (const auto& [key, edges] : to) {
      several(ViolationKind::InverseFunctional, edges, "has several subjects", &Edge::source);
    }
    for (const auto& [key, edge] : both_ways) {
      const auto back = both_ways.find({edge->relation, edge->target, edge->source});
      if (back == both_ways.end() || edge->source > edge->target) continue;
      std::vector<std::uint32_t> facts = edge->claims;
      if (back->second != edge) std::ranges::copy(back->second->claims, std::back_inserter(facts));
      add(ViolationKind::Asymmetric, words(*edge) + ": holds both ways", std::move(facts));
    }
  }

  void several(ViolationKind kind, const std::vector<const Edge*>& edges, const char* what,
               NodeId Edge::*end) {
    if (edges.size() < 2) return;
    std::string names;
    std::vector<std::uint32_t> facts;
    for (const Edge* edge : edges) {
      names += (names.empty() ? "" : ", ") + node(edge->*end).name;
      std::ranges::copy(edge->claims, std::back_inserter(facts));
    }
    const Edge& first = *edges.front();
    const NodeId shared = kind == ViolationKind::Functional ? first.source : first.target;
    add(kind, node(shared).name + ' ' + what + " of " + first.relation + ": " + names,
        std::move(facts));
  }

  const KnowledgeGraph& graph_;
  const Ontology& ontology_;
  std::vector<Violation> out_;
};

}  // namespace

std::string_view name_of(ViolationKind kind) {
  constexpr std::array<std::string_view, 8> kNames = {
      "unknown_relation", "unknown_type",       "domain",     "range",
      "functional",       "inverse_functional", "asymmetric", "disputed"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::vector<Violation> validate(const KnowledgeGraph& graph, const Ontology& ontology) {
  return Validation(graph, ontology).run();
}

}  // namespace tercet
