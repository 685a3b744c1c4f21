#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "graph/centrality.h"
#include "graph/work_crew.h"

namespace tercet {
namespace {

constexpr std::size_t kWords = 4;  // 256 sources at a time
constexpr std::size_t kSources = kWords * 64;
constexpr std::size_t kBlock = 4096;  // nodes

struct Bits {
  std::array<std::uint64_t, kWords> word{};
  Bits& operator|=(const Bits& other) {
    for (std::size_t i = 0; i < kWords; ++i) word[i] |= other.word[i];
    return *this;
  }
  bool full() const { return (word[0] & word[1] & word[2] & word[3]) == ~std::uint64_t{0}; }
};

// A search from a batch of targets against the arcs: bit t of a node says that it reaches t.
// So every node counts, level by level, how many of the targets it reaches at that distance.
class Batch {
 public:
  Batch(const Csr& graph, Reach& sums, WorkCrew& crew)
      : out_(graph.out()),
        in_(graph.in()),
        n_(graph.nodes()),
        sums_(sums),
        crew_(crew),
        seen_(n_),
        front_(n_),
        next_(n_),
        listed_(n_, false) {}

  void search(NodeId first, NodeId end, const std::stop_token& stop) {
    std::fill(seen_.begin(), seen_.end(), Bits{});
    std::fill(front_.begin(), front_.end(), Bits{});
    nodes_.clear();
    for (NodeId target = first; target < end; ++target) {
      const NodeId bit = target - first;
      front_[target].word[bit / 64] |= std::uint64_t{1} << (bit % 64);
      seen_[target] = front_[target];
      nodes_.push_back(target);
    }
    for (std::uint64_t level = 1; !nodes_.empty(); ++level) {
      std::uint64_t arcs = 0;
      for (const NodeId v : nodes_) arcs += in_.degree(v);
      // Many arcs: let every node look along its own. Few: walk back from the front alone, or a
      // long thin graph would cost a scan of all nodes at each of its many levels.
      if (arcs + nodes_.size() > out_.targets.size() / 8 + n_ / 4) {
        pull(level, stop);
      } else {
        push(level, stop);
      }
    }
  }

 private:
  void pull(std::uint64_t level, const std::stop_token& stop) {
    const std::size_t blocks = (n_ + kBlock - 1) / kBlock;
    crew_.run(blocks, [&](std::size_t block, unsigned) {
      if (stop.stop_requested()) throw Stopped();
      const std::size_t end = std::min<std::size_t>(n_, (block + 1) * kBlock);
      for (std::size_t v = block * kBlock; v < end; ++v) {
        Bits found;
        if (!seen_[v].full()) {
          const std::uint64_t last = out_.offsets[v + 1];
          for (std::uint64_t i = out_.offsets[v]; i < last; ++i) found |= front_[out_.targets[i]];
        }
        settle(static_cast<NodeId>(v), found, level);
        next_[v] = found;
      }
    });
    front_.swap(next_);
    nodes_.clear();
    for (NodeId v = 0; v < n_; ++v) {
      if (front_[v].word != Bits{}.word) nodes_.push_back(v);
    }
  }

  void push(std::uint64_t level, const std::stop_token& stop) {
    met_.clear();
    StopCheck check(stop);
    for (const NodeId v : nodes_) {
      check.after(in_.degree(v));
      for (const NodeId w : in_.row(v)) {
        if (!listed_[w]) {
          listed_[w] = true;
          next_[w] = Bits{};
          met_.push_back(w);
        }
        next_[w] |= front_[v];
      }
    }
    for (const NodeId v : nodes_) front_[v] = Bits{};
    nodes_.clear();
    for (const NodeId w : met_) {
      listed_[w] = false;
      if (settle(w, next_[w], level)) {
        front_[w] = next_[w];
        nodes_.push_back(w);
      }
    }
  }

  // Takes out of `found` what was seen before and counts the rest.
  bool settle(NodeId v, Bits& found, std::uint64_t level) {
    int count = 0;
    for (std::size_t i = 0; i < kWords; ++i) {
      found.word[i] &= ~seen_[v].word[i];
      seen_[v].word[i] |= found.word[i];
      count += std::popcount(found.word[i]);
    }
    if (count == 0) return false;
    sums_.reached[v] += static_cast<NodeId>(count);
    sums_.distance_sum[v] += static_cast<std::uint64_t>(count) * level;
    sums_.harmonic[v] += static_cast<double>(count) / static_cast<double>(level);
    return true;
  }

  const ArcRows& out_;
  const ArcRows& in_;
  NodeId n_;
  Reach& sums_;
  WorkCrew& crew_;
  std::vector<Bits> seen_, front_, next_;
  std::vector<NodeId> nodes_, met_;  // the front's nodes
  std::vector<char> listed_;
};

}  // namespace

Reach reach(const Csr& graph, const RunControl& control) {
  const NodeId n = graph.nodes();
  Reach sums;
  sums.distance_sum.assign(n, 0);
  sums.reached.assign(n, 0);
  sums.harmonic.assign(n, 0.0);
  const std::size_t blocks = (std::size_t{n} + kBlock - 1) / kBlock;
  WorkCrew crew(std::min<unsigned>(control.threads, static_cast<unsigned>(blocks)));
  Batch batch(graph, sums, crew);
  for (std::size_t first = 0; first < n; first += kSources) {
    const std::size_t end = std::min<std::size_t>(n, first + kSources);
    batch.search(static_cast<NodeId>(first), static_cast<NodeId>(end), control.stop);
    check_in(control, static_cast<double>(end) / static_cast<double>(n));
  }
  return sums;
}

std::vector<double> closeness(const Csr& graph, const RunControl& control) {
  const Reach sums = reach(graph, control);
  std::vector<double> result(graph.nodes(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t v = 0; v < result.size(); ++v) {
    if (sums.reached[v] == 0) continue;
    result[v] = static_cast<double>(sums.reached[v]) / static_cast<double>(sums.distance_sum[v]);
  }
  return result;
}

std::vector<double> harmonic(const Csr& graph, const RunControl& control) {
  return reach(graph, control).harmonic;
}

}  // namespace tercet
