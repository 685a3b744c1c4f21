#include "graph/paths.h"

#include <algorithm>
#include <queue>
#include <set>
#include <tuple>

namespace tercet {
namespace {

constexpr NodeId kNone = std::numeric_limits<NodeId>::max();
constexpr double kFar = std::numeric_limits<double>::infinity();

// What a way costs. Edges decide where lengths are equal: only so does every step of a shortest
// path lead nearer to its goal where weights are 0, and no walk can run in a circle.
struct Cost {
  double length = kFar;
  NodeId edges = kNone;
  friend auto operator<=>(const Cost&, const Cost&) = default;
};

// Costs from every node to the nearest root along the rows of `rows`, which lead away from it.
class Search {
 public:
  Search(const ArcRows& rows, NodeId nodes, bool weighted, NodeId max_edges)
      : rows_(rows),
        weighted_(weighted && !rows.weights.empty()),
        max_edges_(max_edges),
        cost_(nodes) {}

  const Cost& operator[](NodeId v) const { return cost_[v]; }
  double weight(std::uint64_t arc) const { return weighted_ ? rows_.weights[arc] : 1.0; }

  // Nodes for which closed(v) holds are not entered. Ends as soon as `until` is settled.
  template <typename Closed>
  void run(const std::vector<NodeId>& roots, NodeId until, const Closed& closed,
           const RunControl& control) {
    for (const NodeId v : touched_) cost_[v] = Cost{};
    touched_.clear();
    for (const NodeId root : roots) {
      if (cost_[root].edges == 0) continue;
      cost_[root] = {0, 0};
      touched_.push_back(root);
    }
    if (weighted_) {
      dijkstra(until, closed, control);
    } else {
      breadth_first(until, closed, control);
    }
  }

 private:
  template <typename Closed>
  void breadth_first(NodeId until, const Closed& closed, const RunControl& control) {
    for (std::size_t at = 0; at < touched_.size(); ++at) {
      if (at % 1024 == 0 && control.stop.stop_requested()) throw Stopped();
      const NodeId v = touched_[at];
      if (v == until || cost_[v].edges == max_edges_) return;
      const Cost next{cost_[v].length + 1, cost_[v].edges + 1};
      for (const NodeId w : rows_.row(v)) {
        if (cost_[w].edges != kNone || closed(w)) continue;
        cost_[w] = next;
        touched_.push_back(w);
      }
    }
  }

  template <typename Closed>
  void dijkstra(NodeId until, const Closed& closed, const RunControl& control) {
    using Entry = std::pair<Cost, NodeId>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    for (const NodeId root : touched_) queue.push({cost_[root], root});
    for (std::size_t taken = 0; !queue.empty(); ++taken) {
      if (taken % 1024 == 0 && control.stop.stop_requested()) throw Stopped();
      const auto [cost, v] = queue.top();
      queue.pop();
      if (cost != cost_[v]) continue;
      if (v == until) return;
      for (std::uint64_t i = rows_.offsets[v]; i < rows_.offsets[v + 1]; ++i) {
        const NodeId w = rows_.targets[i];
        const Cost next{cost.length + rows_.weights[i], cost.edges + 1};
        if (next >= cost_[w] || closed(w)) continue;
        if (cost_[w].edges == kNone) touched_.push_back(w);
        cost_[w] = next;
        queue.push({next, w});
      }
    }
  }

  const ArcRows& rows_;
  bool weighted_;
  NodeId max_edges_;
  std::vector<Cost> cost_;
  std::vector<NodeId> touched_;  // nodes whose cost is known
};

struct Candidate {
  Path path;
  std::size_t branch = 0;  // node at which it leaves the path it was made from
  friend bool operator<(const Candidate& a, const Candidate& b) {
    const std::size_t a_size = a.path.nodes.size(), b_size = b.path.nodes.size();
    return std::tie(a.path.length, a_size, a.path.nodes) <
           std::tie(b.path.length, b_size, b.path.nodes);
  }
};

class Yen {
 public:
  Yen(const Csr& graph, NodeId to, const PathOptions& options, const RunControl& control)
      : out_(graph.out()),
        to_(to),
        options_(options),
        control_(control),
        weighted_(options.weighted && graph.weighted()),
        home_(graph.in(), graph.nodes(), weighted_, options.max_edges),
        detour_(graph.in(), graph.nodes(), weighted_, options.max_edges),
        closed_(graph.nodes(), 0) {
    home_.run({to_}, kNone, [](NodeId) { return false; }, control_);
  }

  std::vector<Path> paths(NodeId from, std::size_t k) {
    std::vector<Path> found;
    std::set<Candidate> candidates;
    extend({from}, 0, {}, candidates);
    while (found.size() < k && !candidates.empty()) {
      const Candidate best = std::move(candidates.extract(candidates.begin()).value());
      found.push_back(best.path);
      if (found.size() == k) break;
      check_in(control_, static_cast<double>(found.size()) / static_cast<double>(k));
      // The next path leaves this one somewhere behind the node where it left its own parent;
      // before that, the parent's deviations are candidates already.
      const std::vector<NodeId>& nodes = best.path.nodes;
      for (std::size_t i = best.branch; i + 1 < nodes.size(); ++i) {
        const std::vector<NodeId> prefix(nodes.begin(),
                                         nodes.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        std::vector<NodeId> taken;  // next nodes of the paths that share the prefix
        for (const Path& other : found) {
          if (other.nodes.size() > i + 1 &&
              std::equal(prefix.begin(), prefix.end(), other.nodes.begin())) {
            taken.push_back(other.nodes[i + 1]);
          }
        }
        extend(prefix, i, taken, candidates);
      }
    }
    return found;
  }

 private:
  // Adds the best path that begins with `prefix` and goes on to none of `taken`.
  void extend(std::vector<NodeId> prefix, std::size_t branch, const std::vector<NodeId>& taken,
              std::set<Candidate>& candidates) {
    for (const NodeId v : prefix) closed_[v] = 1;
    const NodeId spur = prefix.back();
    std::vector<NodeId> rest = walk(spur, taken, home_);
    // As no way is shorter than the one without restrictions, a walk along it that keeps off the
    // prefix is the answer. Else search again, around the prefix.
    if (!rest.empty() && closed_[rest.back()] != 0) {
      detour_.run({to_}, kNone, [&](NodeId v) { return closed_[v] != 0; }, control_);
      rest = walk(spur, taken, detour_);
    }
    for (const NodeId v : prefix) closed_[v] = 0;
    if (rest.empty() && spur != to_) return;
    prefix.insert(prefix.end(), rest.begin(), rest.end());
    if (!weighted_ && prefix.size() - 1 > options_.max_edges) return;
    Candidate candidate{{std::move(prefix), 0}, branch};
    candidate.path.length = length(candidate.path.nodes);
    candidates.insert(std::move(candidate));
  }

  // The nodes behind `spur` on the best way to the goal whose first step is not taken: the smallest
  // in the order of their ids. Empty if there is none; cut off at a closed node.
  std::vector<NodeId> walk(NodeId spur, const std::vector<NodeId>& taken, const Search& search) {
    std::vector<NodeId> nodes;
    NodeId at = spur;
    while (at != to_) {
      Cost best;
      NodeId step = kNone;
      for (std::uint64_t i = out_.offsets[at]; i < out_.offsets[at + 1]; ++i) {
        const NodeId w = out_.targets[i];
        if (search[w].edges == kNone || w == at) continue;
        if (at == spur && std::find(taken.begin(), taken.end(), w) != taken.end()) continue;
        const Cost cost{search[w].length + (weighted_ ? out_.weights[i] : 1.0),
                        search[w].edges + 1};
        if (cost < best) {
          best = cost;
          step = w;
        }
      }
      if (step == kNone) return {};
      nodes.push_back(step);
      if (closed_[step] != 0) break;
      at = step;
    }
    return nodes;
  }

  double length(const std::vector<NodeId>& nodes) const {
    if (!weighted_) return static_cast<double>(nodes.size() - 1);
    // From the goal, in the order in which the search adds.
    double sum = 0;
    for (std::size_t i = nodes.size() - 1; i-- > 0;) {
      const auto row = out_.row(nodes[i]);
      double lightest = kFar;
      const auto first = std::lower_bound(row.begin(), row.end(), nodes[i + 1]);
      for (auto at = first; at != row.end() && *at == nodes[i + 1]; ++at) {
        const auto arc = out_.offsets[nodes[i]] + static_cast<std::uint64_t>(at - row.begin());
        lightest = std::min(lightest, out_.weights[arc]);
      }
      sum += lightest;
    }
    return sum;
  }

  const ArcRows& out_;
  NodeId to_;
  PathOptions options_;
  const RunControl& control_;
  bool weighted_;
  Search home_, detour_;  // costs to the goal in the whole graph, and around a prefix
  std::vector<std::uint8_t> closed_;
};

}  // namespace

std::vector<double> distances(const Csr& graph, const std::vector<NodeId>& sources,
                              const PathOptions& options, const RunControl& control) {
  Search search(graph.out(), graph.nodes(), options.weighted, options.max_edges);
  search.run(sources, kNone, [](NodeId) { return false; }, control);
  std::vector<double> result(graph.nodes());
  for (NodeId v = 0; v < graph.nodes(); ++v) result[v] = search[v].length;
  return result;
}

std::optional<Path> shortest_path(const Csr& graph, NodeId from, NodeId to,
                                  const PathOptions& options, const RunControl& control) {
  std::vector<Path> paths = k_shortest_paths(graph, from, to, 1, options, control);
  if (paths.empty()) return std::nullopt;
  return std::move(paths.front());
}

std::vector<Path> k_shortest_paths(const Csr& graph, NodeId from, NodeId to, std::size_t k,
                                   const PathOptions& options, const RunControl& control) {
  if (k == 0) return {};
  return Yen(graph, to, options, control).paths(from, k);
}

}  // namespace tercet
