#include "graph/diff.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>
#include <utility>

namespace tercet {
namespace {

using Key = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view,
                       std::string_view>;  // subject, type, relation, object, type

Key key_of(const KnowledgeGraph& graph, const Edge& edge) {
  const Node& source = graph.nodes()[edge.source];
  const Node& target = graph.nodes()[edge.target];
  return {source.name, source.type, edge.relation, target.name, target.type};
}

// Everything the claims of an edge say beside its state, each once.
std::vector<std::string> qualifiers_of(const KnowledgeGraph& graph, const Edge& edge) {
  std::vector<std::string> all;
  for (const std::uint32_t claim : edge.claims) {
    const Qualifiers& q = graph.facts()[claim].qualifiers;
    for (const auto& [key, value] : {std::pair<const char*, const std::string*>{"date", &q.date},
                                     {"quantity", &q.quantity},
                                     {"metric", &q.metric},
                                     {"dimension", &q.dimension},
                                     {"role", &q.role},
                                     {"stake", &q.stake},
                                     {"attributed_to", &q.attributed_to}}) {
      if (!value->empty()) all.push_back(std::string(key) + '=' + *value);
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::vector<std::string> ids_of(const KnowledgeGraph& graph, const Edge& edge) {
  std::vector<std::string> ids;
  for (const std::uint32_t claim : edge.claims) ids.push_back(graph.facts()[claim].id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::optional<Change> change_of(const KnowledgeGraph& before, const Edge& a,
                                const KnowledgeGraph& after, const Edge& b) {
  Change change;
  if (a.state != b.state) {
    const auto is_flip = [](EdgeState one, EdgeState other) {
      return one == EdgeState::Asserted && other == EdgeState::Denied;
    };
    change.kind = is_flip(a.state, b.state) || is_flip(b.state, a.state) ? ChangeKind::FlippedSign
                                                                         : ChangeKind::FlippedState;
    return change;
  }
  const std::vector<std::string> was = qualifiers_of(before, a), is = qualifiers_of(after, b);
  if (was != is) {
    change.kind = ChangeKind::Requantified;
    std::set_difference(was.begin(), was.end(), is.begin(), is.end(),
                        std::back_inserter(change.lost));
    std::set_difference(is.begin(), is.end(), was.begin(), was.end(),
                        std::back_inserter(change.won));
    return change;
  }
  if (ids_of(before, a) == ids_of(after, b)) return std::nullopt;
  change.kind = ChangeKind::Reworded;
  return change;
}

std::vector<std::uint32_t> sorted_edges(const KnowledgeGraph& graph) {
  std::vector<std::uint32_t> order(graph.edges().size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return key_of(graph, graph.edges()[a]) < key_of(graph, graph.edges()[b]);
  });
  return order;
}

}  // namespace

std::string_view name_of(ChangeKind kind) {
  constexpr std::array<std::string_view, kChangeKinds> kNames = {
      "added", "gone", "flipped-sign", "flipped-state", "requantified", "reworded"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::vector<Change> diff(const KnowledgeGraph& before, const KnowledgeGraph& after) {
  const std::vector<std::uint32_t> a = sorted_edges(before), b = sorted_edges(after);
  std::vector<Change> changes;
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    const bool only_a = j == b.size() || (i < a.size() && key_of(before, before.edges()[a[i]]) <
                                                              key_of(after, after.edges()[b[j]]));
    if (only_a) {
      changes.push_back({ChangeKind::Gone, a[i++], std::nullopt, {}, {}});
      continue;
    }
    const bool only_b =
        i == a.size() || key_of(after, after.edges()[b[j]]) < key_of(before, before.edges()[a[i]]);
    if (only_b) {
      changes.push_back({ChangeKind::Added, std::nullopt, b[j++], {}, {}});
      continue;
    }
    if (auto change = change_of(before, before.edges()[a[i]], after, after.edges()[b[j]])) {
      change->before = a[i];
      change->after = b[j];
      changes.push_back(*std::move(change));
    }
    ++i;
    ++j;
  }
  return changes;
}

}  // namespace tercet
