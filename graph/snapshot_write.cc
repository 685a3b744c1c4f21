#include "graph/snapshot_write.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "base/error.h"
#include "base/utf8.h"
#include "graph/date_range.h"
#include "graph/snapshot_sections.h"

namespace tercet {
namespace {

constexpr std::size_t kMost = std::numeric_limits<std::uint32_t>::max() - 1;

std::uint32_t number(std::size_t value) {
  if (value > kMost) throw Error(Error::Code::Resource, "too much for one snapshot");
  return static_cast<std::uint32_t>(value);
}

void add_relations(SnapshotSections& sections, Section kind, std::vector<std::uint32_t> column,
                   std::size_t relations) {
  if (relations > std::numeric_limits<std::uint16_t>::max()) {
    return sections.add(kind, std::move(column));
  }
  std::vector<std::uint16_t> narrow(column.size());
  for (std::size_t i = 0; i < column.size(); ++i) {
    narrow[i] = static_cast<std::uint16_t>(column[i]);
  }
  sections.add(kind, std::move(narrow));
}

// Heads of the rows of `keys`, which are below `rows`.
template <typename Keys>
std::vector<std::uint32_t> heads_of(const Keys& keys, std::size_t rows) {
  std::vector<std::uint32_t> heads(rows + 1, 0);
  for (const std::uint32_t key : keys) ++heads[key + 1];
  for (std::size_t i = 0; i < rows; ++i) heads[i + 1] += heads[i];
  return heads;
}

struct Spo {
  std::vector<std::uint32_t> heads, relations, targets;
};

// The other two orders. Each is a stable counting sort of the one before, and so complete:
// (s, p, o) by o is (o, s, p); that by p is (p, o, s).
void add_runs(SnapshotSections& sections, Spo spo, std::size_t nodes, std::size_t relations) {
  const std::size_t edges = spo.targets.size();
  std::vector<std::uint32_t> osp_heads = heads_of(spo.targets, nodes);
  std::vector<std::uint32_t> sources(edges), in_relations(edges);
  {
    std::vector<std::uint32_t> next(osp_heads.begin(), osp_heads.end() - 1);
    for (std::size_t s = 0; s < nodes; ++s) {
      for (std::uint32_t i = spo.heads[s]; i < spo.heads[s + 1]; ++i) {
        const std::uint32_t place = next[spo.targets[i]]++;
        sources[place] = static_cast<std::uint32_t>(s);
        in_relations[place] = spo.relations[i];
      }
    }
  }
  std::vector<std::uint32_t> pos_heads = heads_of(in_relations, relations);
  std::vector<std::uint32_t> pos_targets(edges), pos_sources(edges);
  {
    std::vector<std::uint32_t> next(pos_heads.begin(), pos_heads.end() - 1);
    for (std::size_t o = 0; o < nodes; ++o) {
      for (std::uint32_t i = osp_heads[o]; i < osp_heads[o + 1]; ++i) {
        const std::uint32_t place = next[in_relations[i]]++;
        pos_targets[place] = static_cast<std::uint32_t>(o);
        pos_sources[place] = sources[i];
      }
    }
  }
  sections.add(Section::SpoHead, std::move(spo.heads));
  add_relations(sections, Section::SpoRelation, std::move(spo.relations), relations);
  sections.add(Section::SpoTarget, std::move(spo.targets));
  sections.add(Section::OspHead, std::move(osp_heads));
  sections.add(Section::OspSource, std::move(sources));
  add_relations(sections, Section::OspRelation, std::move(in_relations), relations);
  sections.add(Section::PosHead, std::move(pos_heads));
  sections.add(Section::PosTarget, std::move(pos_targets));
  sections.add(Section::PosSource, std::move(pos_sources));
}

// All strings: names of nodes, names of relations, then the rest as it comes.
class Strings {
 public:
  std::uint32_t add(std::string_view text) {
    const std::uint32_t id = number(offsets_.size() - 1);
    text_ += text;
    offsets_.push_back(number(text_.size()));
    return id;
  }
  std::uint32_t shared(std::string_view text) {
    const auto it = shared_.find(text);
    if (it != shared_.end()) return it->second;
    return shared_.emplace(std::string(text), add(text)).first->second;
  }
  std::string_view at(std::uint32_t id) const {
    return std::string_view(text_).substr(offsets_[id], offsets_[id + 1] - offsets_[id]);
  }
  void add_all(const NameTable& names) {
    const std::size_t base = text_.size();
    number(base + names.text().size());
    text_ += names.text();
    offsets_.reserve(offsets_.size() + names.size());
    for (const std::uint64_t end : names.ends().subspan(1)) {
      offsets_.push_back(static_cast<std::uint32_t>(base + end));
    }
  }
  void finish(SnapshotSections& sections) {
    sections.add(Section::Text, std::move(text_));
    sections.add(Section::StringOffset, std::move(offsets_));
  }

 private:
  std::string text_;
  std::vector<std::uint32_t> offsets_ = {0};
  std::map<std::string, std::uint32_t, std::less<>> shared_;
};

// Three of four slots are taken. Of nodes with one name (they are neighbours) the first is in it.
std::vector<std::uint32_t> name_slots(const Strings& strings, std::size_t nodes) {
  std::vector<std::uint32_t> slots(nodes + nodes / 3 + 1, kNoSlot);
  constexpr std::size_t kAhead = 32;
  std::vector<std::size_t> ahead(std::min(nodes, kAhead));
  const auto start = [&](std::size_t id) {
    return first_slot(xxh3(strings.at(static_cast<std::uint32_t>(id))), slots.size());
  };
  for (std::size_t id = 0; id < ahead.size(); ++id) ahead[id] = start(id);
  for (std::size_t id = 0; id < nodes; ++id) {
    std::size_t slot = ahead[id % kAhead];
    if (id + kAhead < nodes) {
      ahead[id % kAhead] = start(id + kAhead);
      __builtin_prefetch(&slots[ahead[id % kAhead]]);
    }
    const auto node = static_cast<std::uint32_t>(id);
    if (node > 0 && strings.at(node) == strings.at(node - 1)) continue;
    while (slots[slot] != kNoSlot) {
      if (++slot == slots.size()) slot = 0;
    }
    slots[slot] = node;
  }
  return slots;
}

SnapshotSections sections_of(TripleSet set) {
  const std::size_t nodes = set.nodes.size(), relations = set.relations.size();
  number(set.triples.size());
  SnapshotSections sections({}, number(nodes), number(relations));
  // Rows by subject, then every row by itself: rows are short.
  Spo spo;
  spo.heads.assign(nodes + 1, 0);
  for (const Triple& triple : set.triples) ++spo.heads[triple.subject + 1];
  for (std::size_t i = 0; i < nodes; ++i) spo.heads[i + 1] += spo.heads[i];
  std::vector<std::uint64_t> rows(set.triples.size());
  {
    std::vector<std::uint32_t> next(spo.heads.begin(), spo.heads.end() - 1);
    for (const Triple& triple : set.triples) {
      rows[next[triple.subject]++] = std::uint64_t{triple.relation} << 32 | triple.object;
    }
  }
  std::vector<Triple>().swap(set.triples);
  spo.relations.reserve(rows.size());
  spo.targets.reserve(rows.size());
  std::uint32_t begin = 0;
  for (std::size_t s = 0; s < nodes; ++s) {
    const std::uint32_t end = spo.heads[s + 1];
    std::sort(rows.begin() + begin, rows.begin() + end);
    for (std::uint32_t i = begin; i < end; ++i) {
      if (i > begin && rows[i] == rows[i - 1]) continue;
      spo.relations.push_back(static_cast<std::uint32_t>(rows[i] >> 32));
      spo.targets.push_back(static_cast<std::uint32_t>(rows[i]));
    }
    begin = end;
    spo.heads[s + 1] = static_cast<std::uint32_t>(spo.targets.size());
  }
  std::vector<std::uint64_t>().swap(rows);
  add_runs(sections, std::move(spo), nodes, relations);
  Strings strings;
  strings.add_all(set.nodes);
  strings.add_all(set.relations);
  sections.add(Section::NameSlot, name_slots(strings, nodes));
  strings.finish(sections);
  return sections;
}

void add_nodes(SnapshotSections& sections, Strings& strings, std::span<const Node> nodes) {
  std::vector<std::uint32_t> types;
  std::vector<std::uint16_t> node_types;
  std::map<std::string_view, std::uint16_t> type_ids;
  std::vector<std::pair<std::string, NodeId>> aliases;
  for (NodeId id = 0; id < nodes.size(); ++id) {
    const Node& node = nodes[id];
    const auto [it, is_new] =
        type_ids.try_emplace(node.type, static_cast<std::uint16_t>(type_ids.size()));
    if (is_new) {
      if (types.size() == std::numeric_limits<std::uint16_t>::max()) {
        throw Error(Error::Code::Resource, "too many types for one snapshot");
      }
      types.push_back(strings.shared(node.type));
    }
    node_types.push_back(it->second);
    aliases.emplace_back(fold_case(node.name), id);
    for (const std::string& alias : node.aliases) aliases.emplace_back(fold_case(alias), id);
  }
  std::sort(aliases.begin(), aliases.end());
  aliases.erase(std::unique(aliases.begin(), aliases.end()), aliases.end());
  std::vector<std::uint32_t> alias_strings;
  std::vector<NodeId> alias_nodes;
  for (const auto& [alias, id] : aliases) {
    const bool again = !alias_strings.empty() && strings.at(alias_strings.back()) == alias;
    alias_strings.push_back(again ? alias_strings.back() : strings.add(alias));
    alias_nodes.push_back(id);
  }
  sections.add(Section::TypeString, std::move(types));
  sections.add(Section::NodeType, std::move(node_types));
  sections.add(Section::AliasString, std::move(alias_strings));
  sections.add(Section::AliasNode, std::move(alias_nodes));
}

// Claims in the order of their edges, so that an edge's are neighbours.
void add_claims(SnapshotSections& sections, Strings& strings, const KnowledgeGraph& graph) {
  std::vector<std::uint8_t> states, marks;
  std::vector<float> weights;
  std::vector<std::uint32_t> heads = {0}, facts, documents, lines, evidence, timestamps;
  std::vector<std::uint16_t> confidences;
  std::vector<std::int32_t> dates;
  for (const Edge& edge : graph.edges()) {
    states.push_back(static_cast<std::uint8_t>(edge.state));
    weights.push_back(static_cast<float>(edge.confidence));
    for (const std::uint32_t claim : edge.claims) {
      const Fact& fact = graph.facts()[claim];
      facts.push_back(strings.add(fact.id));
      documents.push_back(strings.shared(fact.doc));
      marks.push_back(static_cast<std::uint8_t>(static_cast<unsigned>(fact.polarity) |
                                                static_cast<unsigned>(fact.modality) << 1));
      confidences.push_back(
          static_cast<std::uint16_t>(std::lround(std::clamp(fact.confidence, 0.0, 1.0) * 10000)));
      const DateRange date = date_range(fact.qualifiers.date).value_or(DateRange{});
      dates.push_back(date.first);
      dates.push_back(date.last);
      lines.push_back(fact.line);
      evidence.push_back(strings.add(fact.evidence));
      timestamps.push_back(strings.shared(fact.timestamp.value_or("")));
    }
    heads.push_back(number(facts.size()));
  }
  sections.add(Section::EdgeState, std::move(states));
  sections.add(Section::EdgeWeight, std::move(weights));
  sections.add(Section::EdgeClaims, std::move(heads));
  sections.add(Section::ClaimFact, std::move(facts));
  sections.add(Section::ClaimDocument, std::move(documents));
  sections.add(Section::ClaimMarks, std::move(marks));
  sections.add(Section::ClaimConfidence, std::move(confidences));
  sections.add(Section::ClaimDate, std::move(dates));
  sections.add(Section::ClaimLine, std::move(lines));
  sections.add(Section::ClaimEvidence, std::move(evidence));
  sections.add(Section::ClaimTimestamp, std::move(timestamps));
}

SnapshotSections sections_of(const KnowledgeGraph& graph, const Generation& generation) {
  const std::size_t nodes = graph.nodes().size(), edges = graph.edges().size();
  std::vector<std::string_view> relations;
  for (const Edge& edge : graph.edges()) relations.push_back(edge.relation);
  std::sort(relations.begin(), relations.end());
  relations.erase(std::unique(relations.begin(), relations.end()), relations.end());
  SnapshotSections sections(generation, number(nodes), number(relations.size()));
  Strings strings;
  for (const Node& node : graph.nodes()) strings.add(node.name);
  for (const std::string_view relation : relations) strings.add(relation);
  // The edges of a graph are sorted by source, name of the relation and target: SPO as they stand.
  Spo spo;
  std::vector<std::uint32_t> sources;
  for (std::size_t i = 0; i < edges; ++i) {
    const Edge& edge = graph.edges()[i];
    sources.push_back(edge.source);
    const auto it = std::lower_bound(relations.begin(), relations.end(), edge.relation);
    spo.relations.push_back(static_cast<std::uint32_t>(it - relations.begin()));
    spo.targets.push_back(edge.target);
  }
  spo.heads = heads_of(sources, nodes);
  add_runs(sections, std::move(spo), nodes, relations.size());
  sections.add(Section::NameSlot, name_slots(strings, nodes));
  add_nodes(sections, strings, graph.nodes());
  add_claims(sections, strings, graph);
  strings.finish(sections);
  return sections;
}

}  // namespace

void write_snapshot(const std::filesystem::path& file, TripleSet set) {
  sections_of(std::move(set)).write(file);
}

void write_snapshot(const std::filesystem::path& file, const KnowledgeGraph& graph,
                    const Generation& generation) {
  sections_of(graph, generation).write(file);
}

Snapshot snapshot_of(const KnowledgeGraph& graph, const Generation& generation) {
  return sections_of(graph, generation).in_memory();
}

Snapshot snapshot_of(TripleSet set) { return sections_of(std::move(set)).in_memory(); }

}  // namespace tercet
