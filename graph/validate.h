#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/ontology.h"
#include "graph/knowledge_graph.h"

namespace tercet {

/// What does not fit the ontology, or itself.
enum class ViolationKind : std::uint8_t {
  UnknownRelation,    ///< the ontology does not have the relation
  UnknownType,        ///< ... or the type of subject or object
  Domain,             ///< the relation does not take this type of subject
  Range,              ///< ... or of object
  Functional,         ///< one subject, several objects
  InverseFunctional,  ///< one object, several subjects
  Asymmetric,         ///< holds both ways
  Disputed,           ///< asserted and denied
};
std::string_view name_of(ViolationKind kind);

struct Violation {
  ViolationKind kind = ViolationKind::UnknownRelation;
  std::string what;                  ///< one line, without the quotes
  std::vector<std::uint32_t> facts;  ///< indexes into graph.facts(), ascending
};

/// Every violation, by kind, then in the order of the graph's edges. Only asserted edges can break
/// the properties of a relation: what is denied or supposed contradicts nothing. O(n log n) in
/// edges and claims.
std::vector<Violation> validate(const KnowledgeGraph& graph, const Ontology& ontology);

}  // namespace tercet
