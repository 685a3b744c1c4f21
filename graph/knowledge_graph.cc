#include "graph/knowledge_graph.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "base/fact_json.h"
#include "graph/name_form.h"

namespace tercet {
namespace {

using Key = std::pair<std::string_view, std::string_view>;  // name, type

constexpr std::string_view kAliasOf = "alias_of";

// A total order, so that the fact kept of two with one id does not depend on their order.
bool facts_in_order(const Fact& a, const Fact& b) {
  const auto place = [](const Fact& f) { return std::tie(f.doc, f.start, f.end, f.id); };
  if (place(a) != place(b)) return place(a) < place(b);
  return a != b && to_json(a) < to_json(b);
}

// Sorts; of facts with one id only the first in document order stays. Facts without an id (tables
// of three columns) are all kept.
void sort_facts(std::vector<Fact>& facts) {
  // Facts of a store come in order; others are sorted by index, for a fact is large to move.
  if (!std::is_sorted(facts.begin(), facts.end(), facts_in_order)) {
    std::vector<std::uint32_t> order(facts.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return facts_in_order(facts[a], facts[b]); });
    std::vector<Fact> sorted;
    sorted.reserve(facts.size());
    for (const std::uint32_t i : order) sorted.push_back(std::move(facts[i]));
    facts = std::move(sorted);
  }
  std::vector<std::uint32_t> by_id(facts.size());
  for (std::uint32_t i = 0; i < by_id.size(); ++i) by_id[i] = i;
  std::sort(by_id.begin(), by_id.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(facts[a].id, a) < std::tie(facts[b].id, b);
  });
  std::vector<bool> dropped(facts.size());
  for (std::size_t i = 1; i < by_id.size(); ++i) {
    const std::string& id = facts[by_id[i]].id;
    dropped[by_id[i]] = !id.empty() && id == facts[by_id[i - 1]].id;
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (dropped[i]) continue;
    if (kept != i) facts[kept] = std::move(facts[i]);
    ++kept;
  }
  facts.resize(kept);
}

std::vector<DocumentInfo> sort_documents(std::vector<DocumentInfo> documents,
                                         std::span<const Fact> facts) {
  for (const Fact& fact : facts) {
    if (documents.empty() || documents.back().id != fact.doc)
      documents.push_back({fact.doc, {}, {}});
  }
  // Descending in the rest, so that of two entries of one id the one that says more comes first.
  std::sort(documents.begin(), documents.end(), [](const DocumentInfo& a, const DocumentInfo& b) {
    if (a.id != b.id) return a.id < b.id;
    return std::tie(a.title, a.video_id) > std::tie(b.title, b.video_id);
  });
  documents.erase(
      std::unique(documents.begin(), documents.end(),
                  [](const DocumentInfo& a, const DocumentInfo& b) { return a.id == b.id; }),
      documents.end());
  return documents;
}

// (name, type) -> node. A claim that gives no type means the one typed thing of that name, if
// there is exactly one.
class NodeIndex {
 public:
  explicit NodeIndex(std::span<const Fact> facts) {
    keys_.reserve(2 * facts.size());
    for (const Fact& fact : facts) {
      keys_.emplace_back(fact.subject, fact.subject_type);
      keys_.emplace_back(fact.object, fact.object_type);
    }
    std::sort(keys_.begin(), keys_.end());
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    std::size_t kept = 0;
    for (std::size_t begin = 0, end = 0; begin < keys_.size(); begin = end) {
      while (end < keys_.size() && keys_[end].first == keys_[begin].first) ++end;
      const bool untyped_is_known = end - begin == 2 && keys_[begin].second.empty();
      for (std::size_t i = begin + (untyped_is_known ? 1 : 0); i < end; ++i) {
        keys_[kept++] = keys_[i];
      }
    }
    keys_.resize(kept);
  }

  const std::vector<Key>& keys() const { return keys_; }

  NodeId at(std::string_view name, std::string_view type) const {
    // An untyped key that was folded away is followed by the one typed key of its name.
    const auto it = std::lower_bound(keys_.begin(), keys_.end(), Key(name, type));
    return static_cast<NodeId>(it - keys_.begin());
  }

 private:
  std::vector<Key> keys_;
};

std::vector<Edge> collect_edges(std::span<const Fact> facts,
                                const std::vector<std::pair<NodeId, NodeId>>& ends) {
  std::vector<std::uint32_t> order(facts.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto key = [&](std::uint32_t i) {
    return std::tie(ends[i].first, facts[i].relation, ends[i].second);
  };
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return key(a) != key(b) ? key(a) < key(b) : a < b;
  });
  std::vector<Edge> edges;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == 0 || key(order[i - 1]) != key(order[i])) {
      Edge edge;
      edge.source = ends[order[i]].first;
      edge.target = ends[order[i]].second;
      edge.relation = facts[order[i]].relation;
      edges.push_back(std::move(edge));
    }
    edges.back().claims.push_back(order[i]);
  }
  for (Edge& edge : edges) {
    const EdgeStanding standing = standing_of(edge.claims, facts);
    edge.state = standing.state;
    edge.confidence = standing.confidence;
  }
  return edges;
}

void collect_aliases(std::vector<Node>& nodes, std::span<const Fact> facts,
                     const std::vector<std::pair<NodeId, NodeId>>& ends) {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const Fact& fact = facts[i];
    Node& subject = nodes[ends[i].first];
    Node& object = nodes[ends[i].second];
    if (!fact.subject_antecedent && is_name(fact.subject_text)) {
      subject.aliases.push_back(fact.subject_text);
    }
    if (!fact.object_antecedent && is_name(fact.object_text)) {
      object.aliases.push_back(fact.object_text);
    }
    if (fact.relation == kAliasOf && fact.asserted()) {
      for (Node* node : {&subject, &object}) {
        node->aliases.push_back(fact.subject);
        node->aliases.push_back(fact.object);
        if (!fact.subject_antecedent) node->aliases.push_back(fact.subject_text);
        if (!fact.object_antecedent) node->aliases.push_back(fact.object_text);
      }
    }
  }
  for (Node& node : nodes) {
    std::vector<std::string>& aliases = node.aliases;
    std::sort(aliases.begin(), aliases.end());
    aliases.erase(std::unique(aliases.begin(), aliases.end()), aliases.end());
    std::erase_if(aliases, [&](const std::string& a) { return a.empty() || a == node.name; });
  }
}

}  // namespace

std::string_view name_of(EdgeState state) {
  constexpr std::array<std::string_view, 4> kNames = {"asserted", "disputed", "denied",
                                                      "unasserted"};
  return kNames[static_cast<std::size_t>(state)];
}

EdgeStanding standing_of(std::span<const std::uint32_t> claims, std::span<const Fact> facts) {
  double yes = -1, no = -1, negative = -1, any = 0;  // -1: no such claim
  for (const std::uint32_t claim : claims) {
    const Fact& fact = facts[claim];
    const bool is_negative = fact.polarity == Polarity::Negative;
    any = std::max(any, fact.confidence);
    if (fact.asserted()) yes = std::max(yes, fact.confidence);
    if (is_negative) negative = std::max(negative, fact.confidence);
    if (is_negative && fact.modality == Modality::Asserted) no = std::max(no, fact.confidence);
  }
  if (yes >= 0) return {no >= 0 ? EdgeState::Disputed : EdgeState::Asserted, std::max(yes, no)};
  if (negative >= 0) return {EdgeState::Denied, no >= 0 ? no : negative};
  return {EdgeState::Unasserted, any};
}

std::optional<NodeId> KnowledgeGraph::find(std::string_view name, std::string_view type) const {
  const auto it = std::lower_bound(
      nodes_.begin(), nodes_.end(), Key(name, type),
      [](const Node& node, const Key& key) { return Key(node.name, node.type) < key; });
  if (it == nodes_.end() || it->name != name) return std::nullopt;
  if (!type.empty() && it->type != type) return std::nullopt;
  return static_cast<NodeId>(it - nodes_.begin());
}

KnowledgeGraph build_graph(std::vector<Fact> facts, std::vector<DocumentInfo> documents) {
  KnowledgeGraph graph;
  sort_facts(facts);
  graph.facts_ = std::move(facts);
  graph.documents_ = sort_documents(std::move(documents), graph.facts_);

  const NodeIndex index(graph.facts_);
  for (const auto& [name, type] : index.keys()) {
    Node node;
    node.name = name;
    node.type = type;
    graph.nodes_.push_back(std::move(node));
  }
  std::vector<std::pair<NodeId, NodeId>> ends;
  ends.reserve(graph.facts_.size());
  for (const Fact& fact : graph.facts_) {
    const NodeId subject = index.at(fact.subject, fact.subject_type);
    const NodeId object = index.at(fact.object, fact.object_type);
    ends.emplace_back(subject, object);
    ++graph.nodes_[subject].mentions;
    if (object != subject) ++graph.nodes_[object].mentions;
  }
  graph.edges_ = collect_edges(graph.facts_, ends);
  collect_aliases(graph.nodes_, graph.facts_, ends);
  return graph;
}

std::vector<std::string_view> status_of(const Fact& fact) {
  if (fact.asserted()) return {"asserted"};
  std::vector<std::string_view> marks;
  if (fact.polarity == Polarity::Negative) marks.push_back("negated");
  if (fact.modality != Modality::Asserted) marks.push_back(name_of(fact.modality));
  return marks;
}

std::string status_words(const Fact& fact) {
  std::string out;
  for (const std::string_view word : status_of(fact)) {
    out += (out.empty() ? "" : " ") + std::string(word);
  }
  return out;
}

}  // namespace tercet
