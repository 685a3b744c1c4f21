#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "graph/date_range.h"
#include "graph/snapshot.h"

namespace tercet {

/// What an edge and its claims must be like. An edge passes if its state is among `states` and, if
/// anything is asked of claims, one of its claims passes all of that.
struct EdgeFilter {
  std::uint8_t states = 0;      ///< bit 1 << EdgeState; 0 = not said
  std::uint8_t polarities = 0;  ///< bit 1 << Polarity; 0 = any
  std::uint8_t modalities = 0;  ///< bit 1 << Modality; 0 = any
  double min_confidence = 0, max_confidence = 1;
  std::optional<DateRange> dates;  ///< dated within, so far as the text says
  std::string document;            ///< its id; a * at the end: all that begin so; empty = any

  bool asks_claims() const;
  /// The states that count: those said, else all if polarity or modality is asked for (a denial is
  /// nobody's asserted edge), else Asserted.
  std::uint8_t effective_states() const;
};
inline constexpr std::uint8_t kAllStates = 15;

bool passes(const Snapshot& snapshot, std::uint32_t edge, const EdgeFilter& filter);
/// The claims an edge passes by: those that carry its state and meet the filter, in order.
std::vector<ClaimId> evidence_of(const Snapshot& snapshot, std::uint32_t edge,
                                 const EdgeFilter& filter);

/// A question, as read: nodes joined by edges. Every node is a variable or a named thing.
struct Query {
  struct NodeTerm {
    std::string variable;  ///< empty: a name, or a variable nobody named
    std::string name;      ///< empty: any thing
    std::string type;      ///< empty: any type
  };
  enum class Direction : std::uint8_t { Out, In, Either };
  struct EdgeTerm {
    std::uint32_t left = 0, right = 0;  ///< indexes into nodes
    Direction direction = Direction::Out;
    std::vector<std::string> relations;  ///< any of these; empty = any at all
    std::string variable;                ///< that stands for the relation; empty: none
    std::uint32_t least = 1, most = 1;   ///< steps
    EdgeFilter filter;
  };
  std::vector<NodeTerm> nodes;  ///< equal variables are one node
  std::vector<EdgeTerm> edges;  ///< in the order of the text
};

/// Most steps of one path in a query.
inline constexpr std::uint32_t kMostSteps = 16;

/// Read a query (docs/formats/query.md). `defaults` hold for every edge that does not say
/// otherwise. Throws Error{Usage} with the column of what is wrong and what was expected there.
/// O(length), no recursion.
Query parse_query(std::string_view text, const EdgeFilter& defaults = {});

/// An answer. The spans live until the visitor returns.
struct QueryRow {
  std::span<const NodeId> nodes;          ///< by Query::nodes
  std::span<const RelationId> relations;  ///< by Query::edges; of paths the last step's
  /// Edges walked, by Query::edges: of edge term i, steps[step_end[i - 1]] .. steps[step_end[i]].
  std::span<const std::uint32_t> steps, step_end;
};

/// A query made ready for one snapshot: names looked up, steps put in the order that touches least.
/// The snapshot must live as long. O(edges^2) to make.
class PreparedQuery {
 public:
  PreparedQuery(const Snapshot& snapshot, Query query);

  /// Visit the answers until the visitor says false; each once. Equal snapshots give them in equal
  /// order. A term of several steps gives every reachable end once for each number of steps in
  /// range, by its first walk. Throws Stopped (graph/run_control.h).
  void run(const std::function<bool(const QueryRow&)>& visit,
           const std::stop_token& stop = {}) const;

  const Query& query() const { return query_; }
  /// Names and relations of the query that the snapshot does not know.
  const std::vector<std::string>& unknown() const { return unknown_; }

  enum class Access : std::uint8_t {
    Things,    ///< bind the left node to each of its candidates
    Scan,      ///< bind both ends to the edges of the relations
    Forward,   ///< left is bound
    Backward,  ///< right is bound
    Check,     ///< both are
  };
  struct Step {
    Access access = Access::Things;
    std::uint32_t edge = 0;  ///< into Query::edges; of Things: into Query::nodes
  };
  const std::vector<Step>& steps() const { return steps_; }

 private:
  class Runner;
  void look_up();
  void plan();
  double cost_of(const Query::EdgeTerm& edge, bool left_bound, bool right_bound) const;

  const Snapshot& snapshot_;
  Query query_;
  std::vector<std::string> unknown_;
  std::vector<std::vector<NodeId>> candidates_;     // by node; of named ones
  std::vector<std::vector<RelationId>> relations_;  // by edge; empty = any
  std::vector<std::uint32_t> relation_slot_;        // by edge: its variable's number, or ~0
  std::vector<Step> steps_;
  bool hopeless_ = false;  // something asked for does not exist
};

}  // namespace tercet
