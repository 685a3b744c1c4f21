#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/csr.h"
#include "graph/date_range.h"
#include "graph/knowledge_graph.h"

namespace tercet {

/// What becomes of several edges between the same two nodes (different relations; undirected, also
/// of both directions).
enum class ParallelEdges : std::uint8_t {
  Keep,      ///< each is an edge of weight 1
  Count,     ///< one edge; weight = their number
  Sum,       ///< one edge; weight = sum of their confidences
  Max,       ///< one edge; weight = the largest confidence
  Weighted,  ///< one edge; weight = sum of the confidences of all their claims: what is said often
             ///< and surely weighs more
};
std::string_view name_of(ParallelEdges policy);  ///< keep, count, sum, max, weighted
std::optional<ParallelEdges> parallel_edges_named(std::string_view name);

/// Which part of a knowledge graph a measure sees, and as what. A measure states the projection it
/// ran on: describe().
struct ProjectionOptions {
  bool asserted_only = true;           ///< only edges whose state is Asserted
  std::vector<std::string> relations;  ///< only these; empty = all
  bool directed = true;
  bool loops = false;  ///< keep edges from a node to itself
  ParallelEdges parallel = ParallelEdges::Keep;

  // Claims. An edge is what the claims that are left say of it: its state and confidence are those
  // of the smaller set.
  std::vector<std::string> documents;  ///< only claims of these (a trailing / or * takes all that
                                       ///< begins so); empty = all
  std::optional<DateRange> dates;      ///< only claims dated within; undated claims are left out
  double min_confidence = 0;           ///< only claims of at least this confidence

  // Nodes. Only edges with both ends in one of the chosen clusters.
  std::vector<std::uint32_t> cluster_of;  ///< by NodeId; empty = no clusters
  std::vector<std::uint32_t> clusters;    ///< the chosen ones
};

/// The plain graph the measures run on. Node ids are those of `graph`; every node is kept, also
/// without edges. O(nodes + claims + edges log edges).
Csr project(const KnowledgeGraph& graph, const ProjectionOptions& options = {});

/// project() with names: the name of the node, followed by " (type)" where another node has the
/// same name.
LabelledGraph project_named(const KnowledgeGraph& graph, const ProjectionOptions& options = {});
/// The names of project_named().
std::vector<std::string> names_of_nodes(const KnowledgeGraph& graph);

/// The projection in words, "asserted, directed, parallel edges kept": only what differs from
/// nothing is named after these three.
std::string describe(const ProjectionOptions& options);

/// The graph of the parts: node = part, weight of an arc = sum of the weights of the arcs between
/// the two parts (loops: within one). Directed like `graph`. O(nodes + edges log edges).
Csr quotient(const Csr& graph, const std::vector<std::uint32_t>& part_of, std::uint32_t parts);

}  // namespace tercet
