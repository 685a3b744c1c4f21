#include <algorithm>
#include <cmath>
#include <type_traits>

#include "graph/centrality.h"
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

// Above this a double is given up for BigCount; far below where 1 / paths would underflow.
constexpr double kMaxPaths = 1e290;

// Brandes' two sweeps from one source. Both gather along out-arcs: the way back visits nodes by
// falling distance and adds up what lies one step farther, so that no list of predecessors is kept.
template <typename Count>
class Sweep {
 public:
  explicit Sweep(const Csr& graph)
      : arcs_(graph.out()),
        order_(graph.nodes()),
        distance_(graph.nodes(), kFar),
        paths_(graph.nodes()),
        owed_(graph.nodes()) {}

  // Adds the dependencies of `source`; false, and nothing added, if Count cannot hold the paths.
  bool add(NodeId source, std::vector<double>& through) {
    const NodeId found = forward(source);
    const bool countable = countable_;
    for (NodeId i = found; countable && i-- > 1;) {
      const NodeId v = order_[i];
      const std::uint32_t farther = distance_[v] + 1;
      Count sum{};
      for (const NodeId w : arcs_.row(v)) sum += distance_[w] == farther ? owed_[w] : Count{};
      // owed = (1 + dependency) / paths: what each path that ends in v is worth to the node before.
      const auto dependency = static_cast<double>(paths_[v] * sum);
      owed_[v] = Count(1 + dependency) / paths_[v];
      through[v] += dependency;
    }
    for (NodeId i = 0; i < found; ++i) distance_[order_[i]] = kFar;
    return countable;
  }

 private:
  static constexpr std::uint32_t kFar = 0xFFFFFFF0;  // distance + 1 must not wrap

  NodeId forward(NodeId source) {
    NodeId found = 0;
    order_[found++] = source;
    distance_[source] = 0;
    paths_[source] = Count(1);
    countable_ = true;
    for (NodeId i = 0; i < found; ++i) {
      const NodeId v = order_[i];
      const std::uint32_t next = distance_[v] + 1;
      const Count paths = paths_[v];
      if constexpr (std::is_same_v<Count, double>) {
        if (paths > kMaxPaths) countable_ = false;
      }
      for (const NodeId w : arcs_.row(v)) {
        if (distance_[w] == kFar) {
          distance_[w] = next;
          paths_[w] = Count{};
          order_[found++] = w;
        }
        paths_[w] += distance_[w] == next ? paths : Count{};
      }
    }
    return found;
  }

  const ArcRows& arcs_;
  std::vector<NodeId> order_;
  std::vector<std::uint32_t> distance_;
  std::vector<Count> paths_, owed_;
  bool countable_ = true;
};

}  // namespace

std::vector<double> betweenness(const Csr& graph, const RunControl& control) {
  const std::size_t n = graph.nodes();
  std::vector<double> result(n);
  const std::size_t size = std::max(kMinBlock, (n + kMaxBlocks - 1) / kMaxBlocks);
  const std::size_t blocks = (n + size - 1) / size;
  WorkCrew crew(static_cast<unsigned>(std::min<std::size_t>(control.threads, blocks)));
  std::vector<Sweep<double>> sweeps(crew.size(), Sweep<double>(graph));
  // As many blocks as threads at a time: their sums are added in block order.
  std::vector<std::vector<double>> sums(crew.size());
  for (std::size_t first = 0; first < blocks; first += crew.size()) {
    const std::size_t count = std::min<std::size_t>(crew.size(), blocks - first);
    crew.run(count, [&](std::size_t i, unsigned worker) {
      sums[i].assign(n, 0.0);
      const std::size_t begin = (first + i) * size, end = std::min(n, begin + size);
      for (std::size_t source = begin; source < end; ++source) {
        if (source % 64 == 0 && control.stop.stop_requested()) throw Stopped();
        if (sweeps[worker].add(static_cast<NodeId>(source), sums[i])) continue;
        Sweep<BigCount>(graph).add(static_cast<NodeId>(source), sums[i]);
      }
    });
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t v = 0; v < n; ++v) result[v] += sums[i][v];
    }
    check_in(control, static_cast<double>(first + count) / static_cast<double>(blocks));
  }
  if (!graph.directed()) {
    for (double& value : result) value /= 2;
  }
  return result;
}

}  // namespace tercet
