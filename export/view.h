#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "export/drawing.h"
#include "graph/knowledge_graph.h"

namespace tercet {

/// What part of a graph a picture shows, and how.
enum class View : std::uint8_t {
  Full,       ///< every link
  Ecosystem,  ///< the things that matter most and what is said between them
  Ego,        ///< a thing and what lies within some steps of it
  Clusters,   ///< groups of things as one box each, with the links between them counted
  Timeline,   ///< statements in the order of their dates
};
std::string_view name_of(View view);
std::optional<View> view_named(std::string_view name);

/// Things that have this name or one like it in another case, or it as another name; ascending.
std::vector<NodeId> find_things(const KnowledgeGraph& graph, std::string_view name);

/// How much a thing adds to a picture, per node of the graph: the confidence of its lines, where a
/// line that says a kind, a part or an alias counts less, and so do figures, notions and long
/// phrases. At least 0. O(nodes + lines).
std::vector<double> importance(const KnowledgeGraph& graph, const Drawing& drawing);

/// The part of a drawing with at most `most` things that tells most: the important ones first, then
/// what links them, each further thing on one hub counting less. Counts what is left out. All of it
/// if that is no more. O(most * links).
Drawing choose_ecosystem(const KnowledgeGraph& graph, const Drawing& all, std::size_t most);

/// The things within `depth` steps of `focus`, nearer and more important ones first, at most
/// `most`, and all lines between them. O(n log n).
Drawing choose_ego(const KnowledgeGraph& graph, const Drawing& all,
                   const std::vector<NodeId>& focus, unsigned depth, std::size_t most);

}  // namespace tercet
