#include <algorithm>
#include <utility>

#include "graph/query.h"
#include "graph/run_control.h"

namespace tercet {
namespace {

bool is_document(std::string_view document, std::string_view wanted) {
  if (!wanted.ends_with('*')) return document == wanted;
  return document.starts_with(wanted.substr(0, wanted.size() - 1));
}

bool claim_passes(const Snapshot& snapshot, ClaimId claim, const EdgeFilter& filter) {
  const auto bit = [](auto value) { return 1u << static_cast<unsigned>(value); };
  if (filter.polarities != 0 && (filter.polarities & bit(snapshot.polarity(claim))) == 0)
    return false;
  if (filter.modalities != 0 && (filter.modalities & bit(snapshot.modality(claim))) == 0)
    return false;
  const double confidence = snapshot.confidence(claim);
  if (confidence < filter.min_confidence || confidence > filter.max_confidence) return false;
  if (filter.dates) {
    const std::optional<DateRange> date = snapshot.date(claim);
    if (!date || !date->meets(*filter.dates)) return false;
  }
  return filter.document.empty() || is_document(snapshot.document(claim), filter.document);
}

}  // namespace

bool EdgeFilter::asks_claims() const {
  return polarities != 0 || modalities != 0 || min_confidence > 0 || max_confidence < 1 || dates ||
         !document.empty();
}

std::uint8_t EdgeFilter::effective_states() const {
  if (states != 0) return states;
  if (polarities != 0 || modalities != 0) return kAllStates;
  return 1u << static_cast<unsigned>(EdgeState::Asserted);
}

bool passes(const Snapshot& snapshot, std::uint32_t edge, const EdgeFilter& filter) {
  if ((filter.effective_states() & 1u << static_cast<unsigned>(snapshot.state(edge))) == 0) {
    return false;
  }
  if (!filter.asks_claims()) return true;
  const Places claims = snapshot.claims(edge);
  for (ClaimId claim = claims.first; claim < claims.last; ++claim) {
    if (claim_passes(snapshot, claim, filter)) return true;
  }
  return false;
}

std::vector<ClaimId> evidence_of(const Snapshot& snapshot, std::uint32_t edge,
                                 const EdgeFilter& filter) {
  std::vector<ClaimId> out;
  const bool asserted = snapshot.state(edge) == EdgeState::Asserted && filter.polarities == 0 &&
                        filter.modalities == 0;
  const Places claims = snapshot.claims(edge);
  for (ClaimId claim = claims.first; claim < claims.last; ++claim) {
    // What is merely hoped for is no evidence of what is.
    if (asserted && (snapshot.polarity(claim) == Polarity::Negative ||
                     snapshot.modality(claim) != Modality::Asserted)) {
      continue;
    }
    if (claim_passes(snapshot, claim, filter)) out.push_back(claim);
  }
  return out;
}

/// Walks the steps of the plan with one cursor for each, no recursion.
class PreparedQuery::Runner {
 public:
  Runner(const PreparedQuery& query, const std::function<bool(const QueryRow&)>& visit,
         const std::stop_token& stop)
      : q_(query),
        s_(query.snapshot_),
        visit_(visit),
        stop_(stop),
        cursors_(query.steps_.size()),
        nodes_(query.query_.nodes.size(), 0),
        relations_(query.query_.edges.size(), 0),
        slot_value_(query.query_.edges.size(), 0),
        slot_depth_(query.query_.edges.size(), kNobody),
        masks_(query.query_.edges.size()),
        walks_(query.query_.edges.size()),
        flat_(query.query_.edges.size()),
        shown_(query.query_.edges.size()) {
    for (std::size_t i = 0; i < query.query_.edges.size(); ++i) {
      const Query::EdgeTerm& edge = query.query_.edges[i];
      masks_[i] = edge.filter.effective_states();
      has_walks_ = has_walks_ || edge.most > 1;
      asks_claims_ = asks_claims_ || edge.filter.asks_claims();
      ends_.push_back(static_cast<std::uint32_t>(i + 1));
    }
  }

  void run() {
    std::size_t depth = 0;
    open(0);
    for (std::uint32_t ticks = 0;; ++ticks) {
      if ((ticks & 0xFFF) == 0 && stop_.stop_requested()) throw Stopped();
      if (!advance(depth)) {
        if (depth-- == 0) return;
        continue;
      }
      if (depth + 1 < cursors_.size()) {
        open(++depth);
        continue;
      }
      if (!emit()) return;
    }
  }

 private:
  static constexpr std::uint32_t kNobody = 0xFFFFFFFF;

  struct Cursor {
    std::uint32_t choice = 0;        // the next of the relations, first along, then against
    std::uint32_t at = 0, last = 0;  // places of a run, or candidates
    bool against = false;            // the edge points from right to left
    bool incoming = false;           // places are of a run of edges that enter
    RelationId relation = kNobody;   // of the choice; kNobody: any
    NodeId source = 0;               // of the edge at hand, in a scan of all
    NodeId row_node = kNobody;       // whose row is kept
    RelationId row_relation = kNobody;
    Places row;
    std::vector<NodeId> ends;           // of walks
    std::vector<std::uint32_t> walked;  // a walk for each: its number of steps, then their edges
  };

  void open(std::size_t depth) {
    Cursor& cursor = cursors_[depth];
    const Step& step = q_.steps_[depth];
    cursor.choice = cursor.at = cursor.last = 0;
    if (step.access == Access::Things) {
      const auto& candidates = q_.candidates_[step.edge];
      cursor.last = q_.query_.nodes[step.edge].name.empty()
                        ? s_.nodes()
                        : static_cast<std::uint32_t>(candidates.size());
      return;
    }
    const Query::EdgeTerm& edge = q_.query_.edges[step.edge];
    if (edge.most > 1) walk(cursor, step, edge);
  }

  bool type_fits(std::uint32_t term, NodeId node) const {
    const std::string& type = q_.query_.nodes[term].type;
    return type.empty() || s_.type(node) == type;
  }

  // The next binding of this step; false when there is none left.
  bool advance(std::size_t depth) {
    Cursor& cursor = cursors_[depth];
    const Step& step = q_.steps_[depth];
    if (step.access == Access::Things) return next_thing(cursor, step.edge);
    const Query::EdgeTerm& edge = q_.query_.edges[step.edge];
    if (edge.most > 1) return next_walk(cursor, step, edge);
    const std::uint32_t slot = q_.relation_slot_[step.edge];
    if (slot != kNobody && slot_depth_[slot] == depth) slot_depth_[slot] = kNobody;
    for (;;) {
      while (cursor.at < cursor.last) {
        if (!take_edge(cursor, step, edge, cursor.at++)) continue;
        if (slot != kNobody && slot_depth_[slot] == kNobody) {
          slot_depth_[slot] = static_cast<std::uint32_t>(depth);
          slot_value_[slot] = relations_[step.edge];
        }
        return true;
      }
      if (!next_choice(cursor, step, edge)) return false;
    }
  }

  bool next_thing(Cursor& cursor, std::uint32_t term) {
    const bool named = !q_.query_.nodes[term].name.empty();
    while (cursor.at < cursor.last) {
      const std::uint32_t i = cursor.at++;
      const NodeId node = named ? q_.candidates_[term][i] : i;
      if (!type_fits(term, node)) continue;
      nodes_[term] = node;
      return true;
    }
    return false;
  }

  // Choices are the relations asked for, once along the edges and once against them.
  bool next_choice(Cursor& cursor, const Step& step, const Query::EdgeTerm& edge) {
    const std::vector<RelationId>& relations = q_.relations_[step.edge];
    const std::uint32_t slot = q_.relation_slot_[step.edge];
    const bool is_bound = slot != kNobody && slot_depth_[slot] != kNobody;
    const RelationId bound = is_bound ? slot_value_[slot] : kNobody;
    const bool any = relations.empty();
    const auto per_direction = any ? 1u : static_cast<std::uint32_t>(relations.size());
    const std::uint32_t directions = edge.direction == Query::Direction::Either ? 2 : 1;
    if (cursor.choice >= per_direction * directions) return false;
    const std::uint32_t choice = cursor.choice++;
    cursor.against = (edge.direction == Query::Direction::In) != (choice >= per_direction);
    cursor.relation = any ? bound : relations[choice % per_direction];
    // Seen from the left end, an edge against the arrow enters it.
    const std::uint32_t tail = cursor.against ? edge.right : edge.left;
    const std::uint32_t head = cursor.against ? edge.left : edge.right;
    const bool tail_bound =
        step.access == Access::Check || (step.access == Access::Forward) != cursor.against;
    cursor.incoming = false;
    Places places;
    if (step.access == Access::Scan) {
      cursor.incoming = cursor.relation != kNobody;
      places = cursor.incoming ? s_.of(cursor.relation) : Places{0, s_.edges()};
      cursor.source = 0;
    } else if (step.access == Access::Check) {
      const NodeId from = nodes_[tail], to = nodes_[head];
      if (cursor.relation == kNobody) {
        cursor.incoming = true;
        places = s_.in(to, from);
      } else if (const auto found = s_.edge(from, cursor.relation, to)) {
        places = {*found, *found + 1};
      }
    } else if (tail_bound) {
      const NodeId from = nodes_[tail];
      // A scan comes by one node many times in a row.
      if (cursor.row_node != from || cursor.row_relation != cursor.relation) {
        cursor.row = cursor.relation == kNobody ? s_.out(from) : s_.out(from, cursor.relation);
        cursor.row_node = from;
        cursor.row_relation = cursor.relation;
      }
      places = cursor.row;
    } else {
      cursor.incoming = true;
      places =
          cursor.relation == kNobody ? s_.in(nodes_[head]) : s_.of(cursor.relation, nodes_[head]);
    }
    cursor.at = places.first;
    cursor.last = places.last;
    return true;
  }

  bool take_edge(Cursor& cursor, const Step& step, const Query::EdgeTerm& edge,
                 std::uint32_t place) {
    const bool against = cursor.against;
    const std::uint32_t tail_term = against ? edge.right : edge.left;
    const std::uint32_t head_term = against ? edge.left : edge.right;
    NodeId tail = 0, head = 0;
    RelationId relation = cursor.relation;
    std::uint32_t id = kNobody;
    switch (step.access) {
      case Access::Scan:
        if (cursor.incoming) {
          tail = s_.of_source(place);
          head = s_.of_target(place);
        } else {
          while (s_.out(cursor.source).last <= place) ++cursor.source;
          tail = cursor.source;
          head = s_.target(place);
          relation = s_.relation(place);
          id = place;
        }
        break;
      case Access::Check:
        tail = nodes_[tail_term];
        head = nodes_[head_term];
        if (cursor.incoming)
          relation = s_.in_relation(place);
        else
          id = place;
        break;
      default:
        if (!cursor.incoming) {
          tail = nodes_[tail_term];
          head = s_.target(place);
          relation = s_.relation(place);
          id = place;
        } else if (cursor.relation == kNobody) {
          head = nodes_[head_term];
          tail = s_.in_source(place);
          relation = s_.in_relation(place);
        } else {
          head = nodes_[head_term];
          tail = s_.of_source(place);
        }
    }
    // An edge from a thing to itself was seen along its arrow already.
    if (edge.direction == Query::Direction::Either && against && tail == head) return false;
    if (edge.left == edge.right && tail != head) return false;
    if (step.access == Access::Scan) {
      if (!fits(tail_term, tail) || !fits(head_term, head)) return false;
    } else if (step.access != Access::Check) {
      const bool right_is_new = step.access == Access::Forward;
      const std::uint32_t term = right_is_new ? edge.right : edge.left;
      const NodeId node = term == tail_term ? tail : head;
      if (!fits(term, node)) return false;
    }
    // Of a bare triple nothing is asked but its place, and that only when it is shown.
    if (id == kNobody && (has_walks_ || !s_.bare())) id = s_.edge_at(tail, relation, head);
    if (!s_.bare()) {
      if ((masks_[step.edge] & 1u << static_cast<unsigned>(s_.state(id))) == 0) return false;
      if (asks_claims_ && !passes(s_, id, edge.filter)) return false;
    } else if (edge.filter.asks_claims() || (masks_[step.edge] & 1u) == 0) {
      return false;
    }
    nodes_[tail_term] = tail;
    nodes_[head_term] = head;
    relations_[step.edge] = relation;
    if (id == kNobody) shown_[step.edge] = {tail, head};
    if (has_walks_)
      walks_[step.edge].assign(1, id);
    else
      flat_[step.edge] = id;
    return true;
  }

  bool fits(std::uint32_t term, NodeId node) const {
    if (!q_.query_.nodes[term].name.empty()) {
      const std::vector<NodeId>& candidates = q_.candidates_[term];
      if (!std::binary_search(candidates.begin(), candidates.end(), node)) return false;
    }
    return type_fits(term, node);
  }

  // All ends that `least` to `most` steps lead to, breadth first, each with its first walk.
  void walk(Cursor& cursor, const Step& step, const Query::EdgeTerm& edge) {
    struct Reached {
      NodeId node;
      std::uint32_t parent, via;  // index into reached, edge
    };
    const bool from_left = step.access != Access::Backward;
    const NodeId start = nodes_[from_left ? edge.left : edge.right];
    std::vector<Reached> reached = {{start, kNobody, kNobody}};
    cursor.ends.clear();
    cursor.walked.clear();
    seen_.resize(s_.nodes(), 0);
    std::size_t level = 0;
    for (std::uint32_t steps = 1; steps <= edge.most; ++steps) {
      const std::size_t level_end = reached.size();
      ++now_;
      if (stop_.stop_requested()) throw Stopped();
      for (; level < level_end; ++level) {
        const auto reach = [&](NodeId node, std::uint32_t via) {
          if (seen_[node] == now_ || !passes(s_, via, edge.filter)) return;
          seen_[node] = now_;
          reached.push_back({node, static_cast<std::uint32_t>(level), via});
        };
        neighbours(step.edge, edge, reached[level].node, from_left, reach);
      }
      if (steps < edge.least) continue;
      for (std::size_t i = level_end; i < reached.size(); ++i) {
        cursor.ends.push_back(reached[i].node);
        std::vector<std::uint32_t> path;
        for (std::uint32_t r = static_cast<std::uint32_t>(i); reached[r].parent != kNobody;
             r = reached[r].parent) {
          path.push_back(reached[r].via);
        }
        if (from_left) std::reverse(path.begin(), path.end());
        cursor.walked.push_back(static_cast<std::uint32_t>(path.size()));
        cursor.walked.insert(cursor.walked.end(), path.begin(), path.end());
      }
    }
    cursor.at = cursor.last = 0;  // at: into ends; last: into walked
  }

  template <typename Reach>
  void neighbours(std::uint32_t term, const Query::EdgeTerm& edge, NodeId node, bool from_left,
                  const Reach& reach) const {
    const std::vector<RelationId>& relations = q_.relations_[term];
    const auto along = [&](RelationId relation) {
      const Places places = relation == kNobody ? s_.out(node) : s_.out(node, relation);
      for (std::uint32_t e = places.first; e < places.last; ++e) reach(s_.target(e), e);
    };
    const auto against = [&](RelationId relation) {
      const Places places = relation == kNobody ? s_.in(node) : s_.of(relation, node);
      for (std::uint32_t i = places.first; i < places.last; ++i) {
        const NodeId source = relation == kNobody ? s_.in_source(i) : s_.of_source(i);
        const RelationId by = relation == kNobody ? s_.in_relation(i) : relation;
        reach(source, s_.edge_at(source, by, node));
      }
    };
    const bool out = edge.direction == Query::Direction::Either ||
                     (edge.direction == Query::Direction::Out) == from_left;
    const bool in = edge.direction == Query::Direction::Either || !out;
    if (relations.empty()) {
      if (out) along(kNobody);
      if (in) against(kNobody);
    }
    for (const RelationId relation : relations) {
      if (out) along(relation);
      if (in) against(relation);
    }
  }

  bool next_walk(Cursor& cursor, const Step& step, const Query::EdgeTerm& edge) {
    while (cursor.at < cursor.ends.size()) {
      const NodeId end = cursor.ends[cursor.at++];
      const std::uint32_t length = cursor.walked[cursor.last];
      const std::uint32_t begin = cursor.last + 1;
      cursor.last = begin + length;
      const std::uint32_t term = step.access == Access::Backward ? edge.left : edge.right;
      if (step.access == Access::Check || edge.left == edge.right) {
        if (nodes_[term] != end) continue;
      } else if (!fits(term, end)) {
        continue;
      }
      nodes_[term] = end;
      walks_[step.edge].assign(cursor.walked.begin() + begin, cursor.walked.begin() + cursor.last);
      relations_[step.edge] = s_.relation(walks_[step.edge].back());
      return true;
    }
    return false;
  }

  bool emit() {
    if (!has_walks_) {
      for (std::size_t i = 0; i < flat_.size(); ++i) {
        if (flat_[i] == kNobody) {
          flat_[i] = s_.edge_at(shown_[i].first, relations_[i], shown_[i].second);
        }
      }
      return visit_({nodes_, relations_, flat_, ends_});
    }
    // flat_ and ends_ are made anew where a term can be of several steps.
    flat_.clear();
    ends_.clear();
    for (const std::vector<std::uint32_t>& steps : walks_) {
      flat_.insert(flat_.end(), steps.begin(), steps.end());
      ends_.push_back(static_cast<std::uint32_t>(flat_.size()));
    }
    return visit_({nodes_, relations_, flat_, ends_});
  }

  const PreparedQuery& q_;
  const Snapshot& s_;
  const std::function<bool(const QueryRow&)>& visit_;
  const std::stop_token& stop_;
  std::vector<Cursor> cursors_;
  std::vector<NodeId> nodes_;
  std::vector<RelationId> relations_;
  std::vector<RelationId> slot_value_;             // by relation variable
  std::vector<std::uint32_t> slot_depth_;          // the step that bound it
  std::vector<std::uint8_t> masks_;                // by edge: states that pass
  std::vector<std::vector<std::uint32_t>> walks_;  // by edge, kept only if has_walks_
  std::vector<std::uint32_t> flat_, ends_;
  std::vector<std::pair<NodeId, NodeId>> shown_;  // ends of edges whose place is not known yet
  bool has_walks_ = false, asks_claims_ = false;
  std::vector<std::uint64_t> seen_;  // by node: the level of the walk that saw it last
  std::uint64_t now_ = 0;
};

void PreparedQuery::run(const std::function<bool(const QueryRow&)>& visit,
                        const std::stop_token& stop) const {
  if (hopeless_ || steps_.empty()) return;
  Runner(*this, visit, stop).run();
}

}  // namespace tercet
