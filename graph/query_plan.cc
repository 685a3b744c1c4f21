#include <algorithm>
#include <map>
#include <utility>

#include "graph/query.h"

namespace tercet {

PreparedQuery::PreparedQuery(const Snapshot& snapshot, Query query)
    : snapshot_(snapshot), query_(std::move(query)) {
  look_up();
  if (!hopeless_) plan();
}

void PreparedQuery::look_up() {
  for (const Query::NodeTerm& term : query_.nodes) {
    std::vector<NodeId> found;
    if (!term.name.empty()) {
      // The exact name, if there is one, in all its types; else whatever is called so.
      const auto first = snapshot_.find(term.name);
      for (NodeId id = first.value_or(0);
           first && id < snapshot_.nodes() && snapshot_.name(id) == term.name; ++id) {
        found.push_back(id);
      }
      if (found.empty()) found = snapshot_.find_folded(term.name);
      if (found.empty()) {
        unknown_.push_back(term.name);
        hopeless_ = true;
      }
    }
    candidates_.push_back(std::move(found));
  }
  std::map<std::string, std::uint32_t> slots;
  for (const Query::EdgeTerm& edge : query_.edges) {
    std::vector<RelationId> relations;
    for (const std::string& name : edge.relations) {
      if (const auto relation = snapshot_.relation_named(name))
        relations.push_back(*relation);
      else
        unknown_.push_back(name);
    }
    std::sort(relations.begin(), relations.end());
    relations.erase(std::unique(relations.begin(), relations.end()), relations.end());
    if (!edge.relations.empty() && relations.empty()) hopeless_ = true;
    relations_.push_back(std::move(relations));
    relation_slot_.push_back(
        edge.variable.empty()
            ? 0xFFFFFFFF
            : slots.try_emplace(edge.variable, static_cast<std::uint32_t>(slots.size()))
                  .first->second);
  }
}

// How many rows the edge makes of one row, by the sizes of the runs.
double PreparedQuery::cost_of(const Query::EdgeTerm& edge, bool left_bound,
                              bool right_bound) const {
  const auto index = static_cast<std::size_t>(&edge - query_.edges.data());
  double edges = relations_[index].empty() ? snapshot_.edges() : 0;
  for (const RelationId relation : relations_[index]) edges += snapshot_.of(relation).size();
  if (edge.direction == Query::Direction::Either) edges *= 2;
  const double nodes = std::max<double>(1, snapshot_.nodes());
  double rows = edges;
  if (left_bound) rows /= nodes;
  if (right_bound) rows /= nodes;
  if (edge.most > 1) {  // a walk has no run: each step multiplies
    const double degree = std::max(1.0, edges / nodes);
    for (std::uint32_t i = 1; i < std::min(edge.most, 6u); ++i) rows *= degree;
  }
  return rows;
}

// The cheapest next step, again and again; of equals the first in the text.
void PreparedQuery::plan() {
  std::vector<bool> bound(query_.nodes.size()), done(query_.edges.size());
  const auto bind = [&](std::uint32_t node) {
    steps_.push_back({Access::Things, node});
    bound[node] = true;
  };
  // Things that are named cost least to begin with; things no edge holds must be bound somewhere.
  std::vector<bool> in_edge(query_.nodes.size());
  for (const Query::EdgeTerm& edge : query_.edges) in_edge[edge.left] = in_edge[edge.right] = true;
  const auto things = [&](std::uint32_t node) {
    return query_.nodes[node].name.empty() ? static_cast<double>(snapshot_.nodes())
                                           : static_cast<double>(candidates_[node].size());
  };
  for (std::size_t left = query_.edges.size(); left > 0; --left) {
    double best = -1;
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < query_.edges.size(); ++i) {
      if (done[i]) continue;
      const Query::EdgeTerm& edge = query_.edges[i];
      const auto counts = [&](std::uint32_t node) {
        return bound[node] || !query_.nodes[node].name.empty();
      };
      double cost = cost_of(edge, counts(edge.left), counts(edge.right));
      for (const std::uint32_t node : {edge.left, edge.right}) {
        if (!bound[node] && counts(node)) cost *= std::max(1.0, things(node));
      }
      if (best < 0 || cost < best) {
        best = cost;
        chosen = i;
      }
    }
    const Query::EdgeTerm& edge = query_.edges[chosen];
    for (const std::uint32_t node : {edge.left, edge.right}) {
      if (!bound[node] && !query_.nodes[node].name.empty()) bind(node);
    }
    // A walk starts somewhere: at its left end, if at neither yet.
    if (edge.most > 1 && !bound[edge.left] && !bound[edge.right]) bind(edge.left);
    const bool left_bound = bound[edge.left], right_bound = bound[edge.right];
    const Access access = left_bound && right_bound ? Access::Check
                          : left_bound              ? Access::Forward
                          : right_bound             ? Access::Backward
                                                    : Access::Scan;
    steps_.push_back({access, static_cast<std::uint32_t>(chosen)});
    bound[edge.left] = bound[edge.right] = done[chosen] = true;
  }
  for (std::uint32_t node = 0; node < query_.nodes.size(); ++node) {
    if (!in_edge[node]) bind(node);
  }
}

}  // namespace tercet
