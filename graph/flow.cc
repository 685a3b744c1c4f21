#include "graph/flow.h"

#include <algorithm>
#include <limits>

namespace tercet {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

// Between two nodes one arc each way, whatever edges there are. An arc's residual is what it can
// still carry, the flow back included.
struct Arc {
  NodeId target = 0;
  std::uint64_t reverse = 0;
  double residual = 0;
};

class Network {
 public:
  Network(const Csr& graph, const RunControl& control)
      : offsets_(std::size_t{graph.nodes()} + 1, 0) {
    const NodeId n = graph.nodes();
    const ArcRows& out = graph.out();
    const ArcRows& in = graph.in();
    arcs_.reserve(out.targets.size() * (graph.directed() ? 2 : 1));
    StopCheck check(control.stop);
    for (NodeId v = 0; v < n; ++v) {
      check.after(out.degree(v) + in.degree(v));
      // Merge of what leaves and what enters, both ascending.
      std::uint64_t a = out.offsets[v];
      std::uint64_t b = graph.directed() ? in.offsets[v] : in.offsets[v + 1];
      while (a < out.offsets[v + 1] || b < in.offsets[v + 1]) {
        const NodeId leaving = a < out.offsets[v + 1] ? out.targets[a] : kNone;
        const NodeId entering = b < in.offsets[v + 1] ? in.targets[b] : kNone;
        const NodeId w = std::min(leaving, entering);
        double capacity = 0;
        if (leaving == w) capacity += out.weights.empty() ? 1.0 : out.weights[a];
        if (leaving == w) ++a;
        if (leaving != w) ++b;
        if (w == v) continue;
        if (arcs_.size() == offsets_[v] || arcs_.back().target != w) arcs_.push_back({w, 0, 0});
        arcs_.back().residual += capacity;
      }
      offsets_[v + 1] = arcs_.size();
    }
    // Rows are ascending: the arcs to v are met in the order of the rows they lie in.
    std::vector<std::uint64_t> next(offsets_.begin(), offsets_.end() - 1);
    for (NodeId v = 0; v < n; ++v) {
      check.after(2 * (offsets_[v + 1] - offsets_[v]));
      for (std::uint64_t i = offsets_[v]; i < offsets_[v + 1]; ++i) {
        arcs_[i].reverse = next[arcs_[i].target]++;
      }
    }
  }

  NodeId nodes() const { return static_cast<NodeId>(offsets_.size() - 1); }
  std::uint64_t begin(NodeId v) const { return offsets_[v]; }
  std::uint64_t end(NodeId v) const { return offsets_[v + 1]; }
  const Arc& operator[](std::uint64_t i) const { return arcs_[i]; }
  void push(std::uint64_t i, double amount) {
    arcs_[i].residual -= amount;
    arcs_[arcs_[i].reverse].residual += amount;
  }

 private:
  std::vector<std::uint64_t> offsets_;
  std::vector<Arc> arcs_;
};

class Dinitz {
 public:
  Dinitz(Network& network, NodeId source, NodeId sink, const RunControl& control)
      : network_(network), source_(source), sink_(sink), control_(control), check_(control.stop) {}

  double run() {
    double flow = 0;
    while (measure()) {
      check_in(control_, 0);
      flow += fill();
    }
    return flow;
  }

 private:
  // Levels = edges to the sink along arcs that can carry more; false if the source has no way. Ends
  // with the source's level: no shortest way leads through a later one.
  bool measure() {
    level_.assign(network_.nodes(), kNone);
    queue_.assign(1, sink_);
    level_[sink_] = 0;
    for (std::size_t at = 0; at < queue_.size(); ++at) {
      const NodeId w = queue_[at];
      check_.after(network_.end(w) - network_.begin(w) + 1);
      if (level_[source_] != kNone && level_[w] + 1 >= level_[source_]) break;
      for (std::uint64_t i = network_.begin(w); i < network_.end(w); ++i) {
        const Arc& back = network_[i];
        if (level_[back.target] != kNone || network_[back.reverse].residual <= 0) continue;
        level_[back.target] = level_[w] + 1;
        queue_.push_back(back.target);
      }
    }
    return level_[source_] != kNone;
  }

  // Fills every way that steps down one level at a time.
  double fill() {
    next_.resize(network_.nodes());
    for (const NodeId v : queue_) next_[v] = network_.begin(v);
    double total = 0;
    path_.clear();
    NodeId at = source_;
    std::size_t steps = 0;
    while (true) {
      if (++steps % 4096 == 0 && control_.stop.stop_requested()) throw Stopped();
      if (at == sink_) {
        double most = std::numeric_limits<double>::infinity();
        for (const std::uint64_t i : path_) most = std::min(most, network_[i].residual);
        std::size_t first_full = path_.size();
        for (std::size_t k = path_.size(); k-- > 0;) {
          network_.push(path_[k], most);
          if (network_[path_[k]].residual <= 0) first_full = k;
        }
        total += most;
        at = tail(first_full);
        path_.resize(first_full);
        continue;
      }
      std::uint64_t& i = next_[at];
      while (i < network_.end(at) &&
             (network_[i].residual <= 0 || level_[network_[i].target] == kNone ||
              level_[network_[i].target] + 1 != level_[at])) {
        ++i;
      }
      if (i < network_.end(at)) {
        path_.push_back(i);
        at = network_[i].target;
      } else if (path_.empty()) {
        return total;
      } else {
        level_[at] = kNone;  // a dead end
        at = tail(path_.size() - 1);
        path_.pop_back();
      }
    }
  }

  // The node at which the k-th arc of the path begins.
  NodeId tail(std::size_t k) const { return network_[network_[path_[k]].reverse].target; }

  Network& network_;
  NodeId source_, sink_;
  const RunControl& control_;
  StopCheck check_;
  std::vector<std::uint32_t> level_;
  std::vector<NodeId> queue_;
  std::vector<std::uint64_t> next_, path_;
};

}  // namespace

MinCut max_flow(const Csr& graph, NodeId source, NodeId sink, const RunControl& control) {
  MinCut cut;
  cut.source_side.assign(graph.nodes(), 0);
  if (source == sink) return cut;
  Network network(graph, control);
  cut.flow = Dinitz(network, source, sink, control).run();
  // What the source still reaches: the smallest of all smallest cuts' source sides.
  std::vector<NodeId> queue = {source};
  cut.source_side[source] = 1;
  StopCheck check(control.stop);
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const NodeId v = queue[at];
    check.after(network.end(v) - network.begin(v));
    for (std::uint64_t i = network.begin(v); i < network.end(v); ++i) {
      if (network[i].residual <= 0 || cut.source_side[network[i].target] != 0) continue;
      cut.source_side[network[i].target] = 1;
      queue.push_back(network[i].target);
    }
  }
  for (NodeId v = 0; v < graph.nodes(); ++v) {
    if (cut.source_side[v] == 0) continue;
    const ArcRows& out = graph.out();
    check.after(out.degree(v));
    for (std::uint64_t i = out.offsets[v]; i < out.offsets[v + 1]; ++i) {
      if (cut.source_side[out.targets[i]] != 0) continue;
      const double capacity = out.weights.empty() ? 1.0 : out.weights[i];
      if (!cut.edges.sources.empty() && cut.edges.sources.back() == v &&
          cut.edges.targets.back() == out.targets[i]) {
        cut.edges.weights.back() += capacity;
      } else {
        cut.edges.sources.push_back(v);
        cut.edges.targets.push_back(out.targets[i]);
        cut.edges.weights.push_back(capacity);
      }
    }
  }
  return cut;
}

}  // namespace tercet
