#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/date_range.h"
#include "graph/knowledge_graph.h"

namespace tercet {

using RelationId = std::uint32_t;
using ClaimId = std::uint32_t;

/// Which record a snapshot was derived from: equal generations, equal graphs.
struct Generation {
  std::uint64_t documents = 0;
  std::array<std::uint8_t, 32> record{};  ///< the checksum of the set of documents
  std::uint64_t names = 0;  ///< of names.tsv, corrections.tsv and the program's version

  friend bool operator==(const Generation&, const Generation&) = default;
};

/// A range of places in a run, [first, last).
struct Places {
  std::uint32_t first = 0, last = 0;

  std::uint32_t size() const { return last - first; }
  bool empty() const { return first == last; }
};

/// A knowledge graph as it lies in a file (docs/formats/snapshot.md): read-only, mapped, with three
/// orders of its edges. An edge is its place in SPO, the run sorted by (source, relation, target).
/// A value that shares its bytes; const and safe to use from many threads.
class Snapshot {
 public:
  /// Map a file and verify all of it: checksums, and that every number points inside, so that no
  /// file can make a later call read outside. Throws Error{Io}, Error{Version} for another version
  /// of the format, Error{Corrupt}. O(size of the file).
  static Snapshot open(const std::filesystem::path& file);
  /// The same over bytes in memory (8-byte aligned); `name` is what errors call them.
  static Snapshot over(std::shared_ptr<const std::vector<std::uint64_t>> words, std::size_t size,
                       const std::string& name);

  const Generation& generation() const { return generation_; }
  NodeId nodes() const { return nodes_; }
  std::uint32_t edges() const { return static_cast<std::uint32_t>(spo_target_.size()); }
  RelationId relations() const { return relations_; }
  std::size_t bytes() const { return bytes_.size(); }

  // Names.
  std::string_view name(NodeId node) const { return string(node); }
  std::string_view type(NodeId node) const;  ///< empty: not known
  std::string_view relation_name(RelationId relation) const { return string(nodes_ + relation); }
  /// The relation of that name. O(relations).
  std::optional<RelationId> relation_named(std::string_view name) const;
  /// The first node of exactly that name; others of it (other types) follow. O(1), nearly.
  std::optional<NodeId> find(std::string_view name) const;
  /// Nodes called so, in any letter case, or known by that alias; ascending. O(log names).
  std::vector<NodeId> find_folded(std::string_view name) const;

  // SPO: edges that leave a node.
  Places out(NodeId node) const { return {spo_head_[node], spo_head_[node + 1]}; }
  Places out(NodeId node, RelationId relation) const;  ///< of one relation; O(log degree)
  RelationId relation(std::uint32_t edge) const { return relation_at(spo_relation_, edge); }
  NodeId target(std::uint32_t edge) const { return spo_target_[edge]; }
  NodeId source(std::uint32_t edge) const;  ///< O(log nodes)
  std::span<const NodeId> targets(Places places) const {
    return spo_target_.subspan(places.first, places.size());
  }
  /// The edge with these ends and relation. O(log degree).
  std::optional<std::uint32_t> edge(NodeId source, RelationId relation, NodeId target) const;

  /// The same of a row of another run, where there must be one; Error{Corrupt} if a crafted file's
  /// runs do not agree.
  std::uint32_t edge_at(NodeId source, RelationId relation, NodeId target) const;

  // OSP: edges that enter a node, sorted by (source, relation).
  Places in(NodeId node) const { return {osp_head_[node], osp_head_[node + 1]}; }
  Places in(NodeId node, NodeId source) const;  ///< from one source; O(log degree)
  NodeId in_source(std::uint32_t place) const { return osp_source_[place]; }
  RelationId in_relation(std::uint32_t place) const { return relation_at(osp_relation_, place); }
  std::span<const NodeId> in_sources(Places places) const {
    return osp_source_.subspan(places.first, places.size());
  }

  // POS: edges of a relation, sorted by (target, source).
  Places of(RelationId relation) const { return {pos_head_[relation], pos_head_[relation + 1]}; }
  Places of(RelationId relation, NodeId target) const;  ///< that enter one node; O(log edges)
  NodeId of_target(std::uint32_t place) const { return pos_target_[place]; }
  NodeId of_source(std::uint32_t place) const { return pos_source_[place]; }

  // Columns of an edge. A graph of bare triples has none: all asserted, of weight 1.
  bool bare() const { return edge_state_.empty() && edges() > 0; }
  EdgeState state(std::uint32_t edge) const {
    return edge_state_.empty() ? EdgeState::Asserted : static_cast<EdgeState>(edge_state_[edge]);
  }
  float weight(std::uint32_t edge) const { return edge_weight_.empty() ? 1 : edge_weight_[edge]; }
  /// Its claims. Empty for bare triples.
  Places claims(std::uint32_t edge) const {
    return edge_claims_.empty() ? Places{} : Places{edge_claims_[edge], edge_claims_[edge + 1]};
  }

  // Columns of a claim.
  std::string_view fact_id(ClaimId claim) const { return string(claim_fact_[claim]); }
  std::string_view document(ClaimId claim) const { return string(claim_document_[claim]); }
  Polarity polarity(ClaimId claim) const { return static_cast<Polarity>(claim_marks_[claim] & 1); }
  Modality modality(ClaimId claim) const { return static_cast<Modality>(claim_marks_[claim] >> 1); }
  double confidence(ClaimId claim) const { return claim_confidence_[claim] / 10000.0; }
  std::optional<DateRange> date(ClaimId claim) const;
  std::uint32_t line(ClaimId claim) const { return claim_line_[claim]; }
  std::string_view evidence(ClaimId claim) const { return string(claim_evidence_[claim]); }
  std::string_view timestamp(ClaimId claim) const { return string(claim_timestamp_[claim]); }

 private:
  Snapshot() = default;
  void read(const std::string& file);
  void check_structure(const std::string& file) const;

  std::string_view string(std::uint32_t id) const {
    return {text_.data() + string_offset_[id], string_offset_[id + 1] - string_offset_[id]};
  }
  struct RelationColumn {
    std::span<const std::uint16_t> narrow;
    std::span<const std::uint32_t> wide;
  };
  static RelationId relation_at(const RelationColumn& column, std::uint32_t place) {
    return column.wide.empty() ? column.narrow[place] : column.wide[place];
  }

  std::shared_ptr<const void> owner_;
  std::span<const std::byte> bytes_;
  Generation generation_;
  NodeId nodes_ = 0;
  RelationId relations_ = 0;
  std::span<const char> text_;
  std::span<const std::uint32_t> string_offset_, type_string_, name_slot_, alias_string_,
      alias_node_;
  std::span<const std::uint16_t> node_type_;
  std::span<const std::uint32_t> spo_head_, osp_head_, pos_head_;
  std::span<const NodeId> spo_target_, osp_source_, pos_target_, pos_source_;
  RelationColumn spo_relation_, osp_relation_;
  std::span<const std::uint8_t> edge_state_, claim_marks_;
  std::span<const float> edge_weight_;
  std::span<const std::uint32_t> edge_claims_, claim_fact_, claim_document_, claim_line_,
      claim_evidence_, claim_timestamp_;
  std::span<const std::uint16_t> claim_confidence_;
  std::span<const std::int32_t> claim_date_;
};

}  // namespace tercet
