#include "graph/snapshot.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/error.h"
#include "base/utf8.h"
#include "graph/snapshot_layout.h"

namespace tercet {
namespace {

[[noreturn]] void damaged(const std::string& file) {
  throw Error(Error::Code::Corrupt, "the snapshot is damaged", {file, 0, 0},
              "remove it; it is derived again when it is needed");
}

struct Mapping {
  const std::byte* data = nullptr;
  std::size_t size = 0;
  Mapping(const std::byte* bytes, std::size_t count) : data(bytes), size(count) {}
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() { ::munmap(const_cast<std::byte*>(data), size); }
};

std::shared_ptr<const Mapping> map(const std::string& file) {
  const Position at{file, 0, 0};
  const int fd = ::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0) {
    throw Error(Error::Code::Io,
                std::string("the snapshot cannot be opened: ") + std::strerror(errno), at);
  }
  struct stat status {};
  const bool is_file = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
  const auto size = static_cast<std::size_t>(status.st_size);
  void* data = MAP_FAILED;
  if (is_file && size >= sizeof(SnapshotHeader)) {
    data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  }
  ::close(fd);
  if (!is_file) throw Error(Error::Code::Io, "not a regular file", at);
  if (size < sizeof(SnapshotHeader)) damaged(file);
  if (data == MAP_FAILED) throw Error(Error::Code::Io, "the snapshot cannot be mapped", at);
  return std::make_shared<const Mapping>(static_cast<const std::byte*>(data), size);
}

std::uint32_t largest(std::span<const std::uint32_t> values) {
  std::uint32_t most = 0;
  for (const std::uint32_t value : values) most = std::max(most, value);
  return most;
}
std::uint32_t largest(std::span<const std::uint16_t> values) {
  std::uint16_t most = 0;
  for (const std::uint16_t value : values) most = std::max(most, value);
  return most;
}

// Offsets 0 = v[0] <= v[1] <= ... = `end`, one more than there are rows.
bool are_offsets(std::span<const std::uint32_t> offsets, std::size_t rows, std::size_t end) {
  if (offsets.size() != rows + 1 || offsets.front() != 0 || offsets.back() != end) return false;
  bool rising = true;
  for (std::size_t i = 0; i < rows; ++i) rising &= offsets[i] <= offsets[i + 1];
  return rising;
}

template <typename Value>
bool all_below(std::span<const Value> values, std::size_t limit) {
  return values.empty() || largest(values) < limit;
}

}  // namespace

Snapshot Snapshot::open(const std::filesystem::path& file) {
  const std::string name = file.string();
  const std::shared_ptr<const Mapping> mapping = map(name);
  Snapshot snapshot;
  snapshot.owner_ = mapping;
  snapshot.bytes_ = {mapping->data, mapping->size};
  snapshot.read(name);
  return snapshot;
}

Snapshot Snapshot::over(std::shared_ptr<const std::vector<std::uint64_t>> words, std::size_t size,
                        const std::string& name) {
  Snapshot snapshot;
  if (size > words->size() * sizeof(std::uint64_t)) damaged(name);
  snapshot.bytes_ = std::as_bytes(std::span(*words)).subspan(0, size);
  snapshot.owner_ = std::move(words);
  snapshot.read(name);
  return snapshot;
}

void Snapshot::read(const std::string& file) {
  SnapshotHeader header;
  if (bytes_.size() < sizeof header) damaged(file);
  std::memcpy(&header, bytes_.data(), sizeof header);
  if (header.magic != kSnapshotMagic) damaged(file);
  if (header.version != kSnapshotVersion || header.byte_order != kSnapshotByteOrder) {
    throw Error(Error::Code::Version, "a snapshot of another version", {file, 0, 0});
  }
  const std::size_t head =
      sizeof header + std::size_t{header.sections} * std::size_t{sizeof(SectionEntry)};
  constexpr std::size_t kFrom = offsetof(SnapshotHeader, checksum) + sizeof header.checksum;
  if (header.size != bytes_.size() || header.sections > kLastSection || head > bytes_.size() ||
      xxh3(bytes_.data() + kFrom, head - kFrom) != header.checksum) {
    damaged(file);
  }
  generation_ = {header.documents, header.record, header.names};
  nodes_ = header.nodes;
  relations_ = header.relations;

  const auto column = [&]<typename Value>(const SectionEntry& entry, std::span<const Value>& out) {
    if (entry.width != sizeof(Value) || entry.size % sizeof(Value) != 0) damaged(file);
    out = {reinterpret_cast<const Value*>(bytes_.data() + entry.offset),
           entry.size / sizeof(Value)};
  };
  const auto relation_column = [&](const SectionEntry& entry, RelationColumn& out) {
    if (entry.width == sizeof(std::uint16_t)) return column(entry, out.narrow);
    column(entry, out.wide);
  };
  for (std::uint32_t i = 0; i < header.sections; ++i) {
    SectionEntry entry;
    std::memcpy(&entry, bytes_.data() + sizeof header + i * sizeof entry, sizeof entry);
    if (entry.offset % kSectionAlignment != 0 || entry.offset > bytes_.size() ||
        entry.size > bytes_.size() - entry.offset ||
        xxh3(bytes_.data() + entry.offset, entry.size) != entry.checksum) {
      damaged(file);
    }
    switch (static_cast<Section>(entry.kind)) {
      case Section::Text:
        column(entry, text_);
        break;
      case Section::StringOffset:
        column(entry, string_offset_);
        break;
      case Section::TypeString:
        column(entry, type_string_);
        break;
      case Section::NodeType:
        column(entry, node_type_);
        break;
      case Section::NameSlot:
        column(entry, name_slot_);
        break;
      case Section::AliasString:
        column(entry, alias_string_);
        break;
      case Section::AliasNode:
        column(entry, alias_node_);
        break;
      case Section::SpoHead:
        column(entry, spo_head_);
        break;
      case Section::SpoRelation:
        relation_column(entry, spo_relation_);
        break;
      case Section::SpoTarget:
        column(entry, spo_target_);
        break;
      case Section::OspHead:
        column(entry, osp_head_);
        break;
      case Section::OspSource:
        column(entry, osp_source_);
        break;
      case Section::OspRelation:
        relation_column(entry, osp_relation_);
        break;
      case Section::PosHead:
        column(entry, pos_head_);
        break;
      case Section::PosTarget:
        column(entry, pos_target_);
        break;
      case Section::PosSource:
        column(entry, pos_source_);
        break;
      case Section::EdgeState:
        column(entry, edge_state_);
        break;
      case Section::EdgeWeight:
        column(entry, edge_weight_);
        break;
      case Section::EdgeClaims:
        column(entry, edge_claims_);
        break;
      case Section::ClaimFact:
        column(entry, claim_fact_);
        break;
      case Section::ClaimDocument:
        column(entry, claim_document_);
        break;
      case Section::ClaimMarks:
        column(entry, claim_marks_);
        break;
      case Section::ClaimConfidence:
        column(entry, claim_confidence_);
        break;
      case Section::ClaimDate:
        column(entry, claim_date_);
        break;
      case Section::ClaimLine:
        column(entry, claim_line_);
        break;
      case Section::ClaimEvidence:
        column(entry, claim_evidence_);
        break;
      case Section::ClaimTimestamp:
        column(entry, claim_timestamp_);
        break;
      default:
        damaged(file);
    }
  }
  check_structure(file);
}

void Snapshot::check_structure(const std::string& file) const {
  const std::size_t strings = string_offset_.empty() ? 0 : string_offset_.size() - 1;
  const std::size_t edges = spo_target_.size(), claims = claim_fact_.size();
  const auto is_relation_column = [&](const RelationColumn& column) {
    return column.narrow.size() + column.wide.size() == edges &&
           (column.narrow.empty() || column.wide.empty()) && all_below(column.narrow, relations_) &&
           all_below(column.wide, relations_);
  };
  const auto is_string_column = [&](std::span<const std::uint32_t> column, std::size_t size) {
    return column.size() == size && all_below(column, strings);
  };
  const auto is_node_column = [&](std::span<const std::uint32_t> column, std::size_t size) {
    return column.size() == size && all_below(column, nodes_);
  };
  bool empty_slot = false, slots_are_nodes = true;
  for (const std::uint32_t slot : name_slot_) {
    empty_slot = empty_slot || slot == kNoSlot;
    slots_are_nodes = slots_are_nodes && (slot == kNoSlot || slot < nodes_);
  }
  bool marks_are_known = true;
  for (const std::uint8_t marks : claim_marks_) marks_are_known &= marks < 10;
  bool states_are_known = true;
  for (const std::uint8_t state : edge_state_) states_are_known &= state < 4;
  const bool sound =
      are_offsets(string_offset_, strings, text_.size()) &&
      strings >= std::size_t{nodes_} + relations_ &&
      is_string_column(type_string_, type_string_.size()) &&
      (node_type_.empty() || node_type_.size() == nodes_) &&
      all_below(node_type_, type_string_.size()) && empty_slot && slots_are_nodes &&
      is_string_column(alias_string_, alias_string_.size()) &&
      is_node_column(alias_node_, alias_string_.size()) && are_offsets(spo_head_, nodes_, edges) &&
      are_offsets(osp_head_, nodes_, edges) && are_offsets(pos_head_, relations_, edges) &&
      is_node_column(spo_target_, edges) && is_node_column(osp_source_, edges) &&
      is_node_column(pos_target_, edges) && is_node_column(pos_source_, edges) &&
      is_relation_column(spo_relation_) && is_relation_column(osp_relation_) &&
      (edge_state_.empty() || edge_state_.size() == edges) && states_are_known &&
      (edge_weight_.empty() || edge_weight_.size() == edges) &&
      (edge_claims_.empty() ? claims == 0 : are_offsets(edge_claims_, edges, claims)) &&
      is_string_column(claim_fact_, claims) && is_string_column(claim_document_, claims) &&
      claim_marks_.size() == claims && marks_are_known && claim_confidence_.size() == claims &&
      claim_date_.size() == 2 * claims && claim_line_.size() == claims &&
      is_string_column(claim_evidence_, claims) && is_string_column(claim_timestamp_, claims);
  if (!sound) damaged(file);
}

std::string_view Snapshot::type(NodeId node) const {
  return node_type_.empty() ? std::string_view() : string(type_string_[node_type_[node]]);
}

std::optional<RelationId> Snapshot::relation_named(std::string_view name) const {
  for (RelationId relation = 0; relation < relations_; ++relation) {
    if (relation_name(relation) == name) return relation;
  }
  return std::nullopt;
}

std::optional<NodeId> Snapshot::find(std::string_view name) const {
  std::size_t slot = first_slot(xxh3(name), name_slot_.size());
  while (name_slot_[slot] != kNoSlot) {
    if (this->name(name_slot_[slot]) == name) return name_slot_[slot];
    if (++slot == name_slot_.size()) slot = 0;
  }
  return std::nullopt;
}

std::vector<NodeId> Snapshot::find_folded(std::string_view name) const {
  const std::string folded = fold_case(name);
  std::vector<NodeId> found;
  const auto before = [&](std::uint32_t id, const std::string& text) { return string(id) < text; };
  const auto first = std::lower_bound(alias_string_.begin(), alias_string_.end(), folded, before);
  for (auto it = first; it != alias_string_.end() && string(*it) == folded; ++it) {
    found.push_back(alias_node_[static_cast<std::size_t>(it - alias_string_.begin())]);
  }
  if (const auto exact = find(name); exact && found.empty()) found.push_back(*exact);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

NodeId Snapshot::source(std::uint32_t edge) const {
  const auto it = std::upper_bound(spo_head_.begin(), spo_head_.end(), edge);
  return static_cast<NodeId>(it - spo_head_.begin()) - 1;
}

Places Snapshot::out(NodeId node, RelationId wanted) const {
  Places row = out(node);
  std::uint32_t low = row.first, high = row.last;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (relation(middle) < wanted)
      low = middle + 1;
    else
      high = middle;
  }
  const std::uint32_t first = low;
  high = row.last;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (relation(middle) <= wanted)
      low = middle + 1;
    else
      high = middle;
  }
  return {first, low};
}

std::optional<std::uint32_t> Snapshot::edge(NodeId source, RelationId relation,
                                            NodeId target) const {
  const Places row = out(source, relation);
  const auto begin = spo_target_.begin();
  const auto it = std::lower_bound(begin + row.first, begin + row.last, target);
  if (it == begin + row.last || *it != target) return std::nullopt;
  return static_cast<std::uint32_t>(it - begin);
}

std::uint32_t Snapshot::edge_at(NodeId source, RelationId relation, NodeId target) const {
  const std::optional<std::uint32_t> found = edge(source, relation, target);
  if (!found) damaged("snapshot");
  return *found;
}

Places Snapshot::in(NodeId node, NodeId source) const {
  const Places row = in(node);
  const auto begin = osp_source_.begin();
  const auto [first, last] = std::equal_range(begin + row.first, begin + row.last, source);
  return {static_cast<std::uint32_t>(first - begin), static_cast<std::uint32_t>(last - begin)};
}

Places Snapshot::of(RelationId relation, NodeId target) const {
  const Places row = of(relation);
  const auto begin = pos_target_.begin();
  const auto [first, last] = std::equal_range(begin + row.first, begin + row.last, target);
  return {static_cast<std::uint32_t>(first - begin), static_cast<std::uint32_t>(last - begin)};
}

std::optional<DateRange> Snapshot::date(ClaimId claim) const {
  const std::size_t at = 2 * std::size_t{claim};
  if (claim_date_[at] == 0) return std::nullopt;
  return DateRange{claim_date_[at], claim_date_[at + 1]};
}

}  // namespace tercet
