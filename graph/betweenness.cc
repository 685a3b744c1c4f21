#include <algorithm>
#include <cmath>
#include <numeric>
#include <type_traits>

#include "graph/centrality.h"
#include "graph/natural_log.h"
#include "graph/random.h"
#include "graph/work_crew.h"

namespace tercet {
namespace {

constexpr std::size_t kMinBlock = 16;   // sources
constexpr std::size_t kMaxBlocks = 64;  // each keeps a sum per node

// A count with an exponent of its own: a chain of 1,024 diamonds has more shortest paths than a
// double can count. Scaling is by powers of two, so nothing is lost.
struct BigCount {
  double mantissa = 0;  // 0, or in [0.5, 1)
  int exponent = 0;

  BigCount() = default;
  explicit BigCount(double value) { *this = normal(value, 0); }
  static BigCount normal(double value, int exponent) {
    BigCount result;
    int shift = 0;
    result.mantissa = std::frexp(value, &shift);
    result.exponent = value == 0 ? 0 : exponent + shift;
    return result;
  }
  friend bool operator==(const BigCount&, const BigCount&) = default;
  explicit operator double() const { return std::ldexp(mantissa, exponent); }
  BigCount& operator+=(const BigCount& other) {
    if (other.mantissa == 0) return *this;
    if (mantissa == 0) return *this = other;
    const int top = std::max(exponent, other.exponent);
    return *this = normal(std::ldexp(mantissa, exponent - top) +
                              std::ldexp(other.mantissa, other.exponent - top),
                          top);
  }
  friend BigCount operator*(const BigCount& a, const BigCount& b) {
    return normal(a.mantissa * b.mantissa, a.exponent + b.exponent);
  }
  friend BigCount operator/(const BigCount& a, const BigCount& b) {
    return normal(a.mantissa / b.mantissa, a.exponent - b.exponent);
  }
};

// Sums over the sources: what the shortest paths through every node are worth, and, if asked for,
// along every arc.
struct Through {
  std::vector<double> nodes, arcs;
  void reset(std::size_t node_count, std::size_t arc_count, const std::stop_token& stop) {
    nodes.assign(node_count, 0.0);
    // Step by step: memory never touched before takes its time.
    arcs.clear();
    arcs.reserve(arc_count);
    while (arcs.size() < arc_count) {
      if (stop.stop_requested()) throw Stopped();
      arcs.resize(std::min<std::size_t>(arc_count, arcs.size() + kArcsUnasked));
    }
  }
};

// Above this a double is given up for BigCount; far below where 1 / paths would underflow.
constexpr double kMaxPaths = 1e290;

// Brandes' two sweeps from one source, a level of the search at a time. What the next level must
// see lies in an array that is zero for all other nodes, so that both sweeps only add up along
// arcs, without a look at distances: branches there cost more than the sums.
template <typename Count>
class Sweep {
 public:
  Sweep(const Csr& graph, const std::stop_token& stop)
      : check_(stop),
        out_(graph.out()),
        in_(graph.in()),
        found_(graph.nodes()),
        order_(graph.nodes()),
        paths_(graph.nodes()),
        shown_(graph.nodes()),
        debt_(graph.nodes()) {}

  // Adds the dependencies of `source`; false, and nothing added, if Count cannot hold the paths.
  bool add(NodeId source, Through& through) {
    const bool countable = forward(source);
    if (countable && through.arcs.empty()) backward(through.nodes);
    if (countable && !through.arcs.empty()) backward_by_arc(through);
    const NodeId last = levels_.back();
    for (NodeId i = 0; i < last; ++i) found_[order_[i]] = 0;
    return countable;
  }

 private:
  // Fills order_ with the nodes reached, levels_ with where each level begins (and the end), and
  // paths_. shown_: the paths of the level before.
  bool forward(NodeId source) {
    levels_.assign(1, 0);
    unfound_.clear();
    bool listed = false, countable = true;
    NodeId end = 0;
    std::uint64_t left = in_.targets.size() + found_.size();  // what a look back would cost
    const auto find = [&](NodeId v) {
      found_[v] = 1;
      left -= in_.degree(v) + 1;
      order_[end++] = v;
    };
    find(source);
    paths_[source] = Count(1);
    while (levels_.back() < end && countable) {
      const NodeId begin = levels_.back();
      levels_.push_back(end);
      std::uint64_t arcs = 0;
      for (NodeId i = begin; i < end; ++i) {
        shown_[order_[i]] = paths_[order_[i]];
        arcs += out_.degree(order_[i]);
      }
      const NodeId level_end = end;
      if (arcs > left / 4) {
        // Most arcs lead on from here: let the nodes not found look back instead.
        if (!listed) {
          for (NodeId v = 0; v < found_.size(); ++v) {
            if (found_[v] == 0) unfound_.push_back(v);
          }
          listed = true;
        }
        std::size_t kept = 0;
        for (const NodeId w : unfound_) {
          if (found_[w] != 0) continue;
          check_.after(in_.degree(w));
          const Count paths = sum_shown(in_, w);
          if (paths == Count{}) {
            unfound_[kept++] = w;
          } else {
            paths_[w] = paths;
            find(w);
          }
        }
        unfound_.resize(kept);
      } else {
        for (NodeId i = begin; i < level_end; ++i) {
          check_.after(out_.degree(order_[i]));
          for (const NodeId w : out_.row(order_[i])) {
            if (found_[w] == 0) {
              paths_[w] = Count{};
              find(w);
              found_[w] = 2;  // in the level being found: more paths may come
            }
            if (found_[w] == 2) paths_[w] += shown_[order_[i]];
          }
        }
        for (NodeId i = level_end; i < end; ++i) found_[order_[i]] = 1;
      }
      for (NodeId i = begin; i < level_end; ++i) shown_[order_[i]] = Count{};
      if constexpr (std::is_same_v<Count, double>) {
        for (NodeId i = level_end; i < end; ++i)
          countable = countable && paths_[order_[i]] <= kMaxPaths;
      }
    }
    if (levels_.back() != end) levels_.push_back(end);
    return countable;
  }

  // From the farthest level to that next to the source. shown_: (1 + dependency) / paths of the
  // level after, what each path that ends there is worth to the nodes before.
  void backward(std::vector<double>& through) {
    const std::size_t last = levels_.size() - 2;
    for (std::size_t level = last; level > 0; --level) {
      for (NodeId i = levels_[level]; i < levels_[level + 1]; ++i) {
        const NodeId v = order_[i];
        double dependency = 0;
        if (level < last) {
          check_.after(out_.degree(v));
          dependency = static_cast<double>(paths_[v] * sum_shown(out_, v));
          through[v] += dependency;
        }
        debt_[v] = Count(1 + dependency) / paths_[v];
      }
      if (level < last) hide(level + 1);
      if (level == 1) continue;
      for (NodeId i = levels_[level]; i < levels_[level + 1]; ++i)
        shown_[order_[i]] = debt_[order_[i]];
    }
  }

  // The same, also for every arc: what the paths that go along it are worth.
  void backward_by_arc(Through& through) {
    const std::size_t last = levels_.size() - 2;
    for (std::size_t level = last + 1; level-- > 0;) {
      for (NodeId i = levels_[level]; i < levels_[level + 1]; ++i) {
        const NodeId v = order_[i];
        Count sum{};
        check_.after(out_.degree(v));
        for (std::uint64_t arc = out_.offsets[v]; arc < out_.offsets[v + 1]; ++arc) {
          const Count& worth = shown_[out_.targets[arc]];
          if (worth == Count{}) continue;
          through.arcs[arc] += static_cast<double>(paths_[v] * worth);
          sum += worth;
        }
        const double dependency = static_cast<double>(paths_[v] * sum);
        if (level > 0) through.nodes[v] += dependency;
        debt_[v] = Count(1 + dependency) / paths_[v];
      }
      if (level < last) hide(level + 1);
      if (level == 0) continue;
      for (NodeId i = levels_[level]; i < levels_[level + 1]; ++i)
        shown_[order_[i]] = debt_[order_[i]];
    }
  }

  void hide(std::size_t level) {
    for (NodeId i = levels_[level]; i < levels_[level + 1]; ++i) shown_[order_[i]] = Count{};
  }

  Count sum_shown(const ArcRows& rows, NodeId v) const {
    Count sum{};
    const std::uint64_t end = rows.offsets[v + 1];
    for (std::uint64_t i = rows.offsets[v]; i < end; ++i) sum += shown_[rows.targets[i]];
    return sum;
  }

  StopCheck check_;
  const ArcRows& out_;
  const ArcRows& in_;
  std::vector<std::uint8_t> found_;
  std::vector<NodeId> order_, levels_, unfound_;
  std::vector<Count> paths_, shown_, debt_;
};

Through dependencies(const Csr& graph, const std::vector<NodeId>& sources, bool by_arc,
                     const RunControl& control) {
  const std::size_t n = graph.nodes(), arcs = by_arc ? graph.out().targets.size() : 0;
  Through result;
  result.reset(n, arcs, control.stop);
  const std::size_t size = std::max(kMinBlock, (sources.size() + kMaxBlocks - 1) / kMaxBlocks);
  const std::size_t blocks = (sources.size() + size - 1) / size;
  WorkCrew crew(static_cast<unsigned>(std::min<std::size_t>(control.threads, blocks)));
  std::vector<Sweep<double>> sweeps(crew.size(), Sweep<double>(graph, control.stop));
  // As many blocks as threads at a time: their sums are added in block order.
  std::vector<Through> sums(crew.size());
  for (std::size_t first = 0; first < blocks; first += crew.size()) {
    const std::size_t count = std::min<std::size_t>(crew.size(), blocks - first);
    crew.run(count, [&](std::size_t i, unsigned worker) {
      sums[i].reset(n, arcs, control.stop);
      const std::size_t begin = (first + i) * size, end = std::min(sources.size(), begin + size);
      for (std::size_t at = begin; at < end; ++at) {
        if (control.stop.stop_requested()) throw Stopped();
        if (sweeps[worker].add(sources[at], sums[i])) continue;
        Sweep<BigCount>(graph, control.stop).add(sources[at], sums[i]);
      }
    });
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t v = 0; v < n; ++v) result.nodes[v] += sums[i].nodes[v];
      for (std::size_t a = 0; a < arcs; ++a) result.arcs[a] += sums[i].arcs[a];
    }
    check_in(control, static_cast<double>(first + count) / static_cast<double>(blocks));
  }
  return result;
}

std::vector<NodeId> all_nodes(const Csr& graph) {
  std::vector<NodeId> nodes(graph.nodes());
  std::iota(nodes.begin(), nodes.end(), NodeId{0});
  return nodes;
}

}  // namespace

std::vector<double> betweenness(const Csr& graph, const RunControl& control) {
  std::vector<double> result = dependencies(graph, all_nodes(graph), false, control).nodes;
  if (!graph.directed()) {
    for (double& value : result) value /= 2;
  }
  return result;
}

SampledBetweenness sampled_betweenness(const Csr& graph, std::size_t samples, std::uint64_t seed,
                                       const RunControl& control) {
  SampledBetweenness result;
  const std::size_t n = graph.nodes();
  std::vector<NodeId> sources = all_nodes(graph);
  if (samples < n) {
    Random random(seed);
    for (std::size_t i = 0; i < samples; ++i) {
      std::swap(sources[i], sources[i + random.below(static_cast<std::uint32_t>(n - i))]);
    }
    sources.resize(samples);
    std::sort(sources.begin(), sources.end());
  }
  result.samples = sources.size();
  result.scores = dependencies(graph, sources, false, control).nodes;
  if (n < 3 || result.samples == 0) return result;
  const double count = static_cast<double>(result.samples), nodes = static_cast<double>(n);
  const double pairs = graph.directed() ? 1 : 2;
  for (double& value : result.scores) value *= nodes / count / pairs;
  if (result.samples < n) {
    // Hoeffding's bound without replacement (Serfling 1974) for means of values in 0 .. n - 2, with
    // the chance of failure shared among the nodes; ln(2 n / (1 - confidence)) = ln(20 n).
    const double log_term = natural_log(std::uint64_t{20} * n);
    const double unseen = 1 - (count - 1) / nodes;
    result.bound = nodes * (nodes - 2) * std::sqrt(log_term * unseen / (2 * count)) / pairs;
  }
  return result;
}

std::vector<EdgeScore> edge_betweenness(const Csr& graph, const RunControl& control) {
  const ArcRows& out = graph.out();
  const std::vector<double> arcs = dependencies(graph, all_nodes(graph), true, control).arcs;
  std::vector<EdgeScore> result;
  result.reserve(graph.edges());
  // An undirected edge is two arcs, met in the order of their rows; a pair of ends counted both.
  std::vector<std::uint64_t> reverse(out.offsets.begin(), out.offsets.end() - 1);
  for (NodeId v = 0; v < graph.nodes(); ++v) {
    for (std::uint64_t i = out.offsets[v]; i < out.offsets[v + 1]; ++i) {
      const NodeId w = out.targets[i];
      if (graph.directed()) {
        result.push_back({v, w, arcs[i]});
        continue;
      }
      const std::uint64_t back = reverse[w]++;
      if (v < w) result.push_back({v, w, (arcs[i] + arcs[back]) / 2});
      if (v == w && i + 1 < out.offsets[v + 1] && out.targets[i + 1] == v) {
        result.push_back({v, v, 0});  // a loop lies twice in its row and carries nothing
        ++i;
        ++reverse[v];
      }
    }
  }
  return result;
}

}  // namespace tercet
