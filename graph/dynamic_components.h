#pragma once

#include <cstdint>
#include <vector>

#include "graph/csr.h"
#include "graph/structure.h"

namespace tercet {

/// Weakly connected components kept up to date while edges come and go. Always what components()
/// gives for the same edges. A value type; parallel edges are kept apart, directions are not.
class DynamicComponents {
 public:
  explicit DynamicComponents(NodeId nodes = 0);
  explicit DynamicComponents(const Csr& graph);

  NodeId nodes() const { return static_cast<NodeId>(part_.size()); }
  std::uint32_t parts() const { return parts_; }
  NodeId add_node();
  /// Both ends must be < nodes(). O(1), and when it joins two parts O(nodes of the smaller one).
  void insert(NodeId a, NodeId b);
  /// Takes one edge between the two away; false if there is none. O(degrees), and a search from
  /// both ends at once until they meet or the smaller side is used up.
  bool erase(NodeId a, NodeId b);
  bool connected(NodeId a, NodeId b) const { return part_[a] == part_[b]; }
  /// Numbered in the order of their smallest node, as components() does. O(nodes).
  Partition partition() const;

 private:
  struct Side;
  void move_members(const std::vector<NodeId>& nodes, std::uint32_t to);
  bool expand(Side& mine, std::uint32_t other_mark);

  std::vector<std::vector<NodeId>> near_;
  std::vector<std::uint32_t> part_;   // by node
  std::vector<std::uint32_t> place_;  // of the node in members_[part_]
  std::vector<std::vector<NodeId>> members_;
  std::vector<std::uint32_t> free_;  // unused parts
  std::uint32_t parts_ = 0;
  std::vector<std::uint32_t> mark_;  // by node: the search that met it last
  std::uint32_t searches_ = 0;
};

}  // namespace tercet
