#include <algorithm>

#include "graph/centrality.h"
#include "graph/work_crew.h"

namespace tercet {
namespace {

constexpr std::size_t kMinBlock = 16;     // sources
constexpr std::size_t kMaxBlocks = 64;    // each keeps a sum per node

// Brandes' two sweeps from one source. Both gather along out-arcs: the way back visits nodes by
// falling distance and adds up what lies one step farther, so that no list of predecessors is kept.
class Sweep {
 public:
  explicit Sweep(const Csr& graph)
      : arcs_(graph.out()),
        order_(graph.nodes()),
        distance_(graph.nodes(), kFar),
        paths_(graph.nodes()),
        owed_(graph.nodes()) {}

  void add(NodeId source, std::vector<double>& through) {
    NodeId found = forward(source);
    for (NodeId i = found; i-- > 1;) {
      const NodeId v = order_[i];
      const std::uint32_t farther = distance_[v] + 1;
      double sum = 0;
      for (const NodeId w : arcs_.row(v)) sum += distance_[w] == farther ? owed_[w] : 0.0;
      // owed = (1 + dependency) / paths: what each path that ends in v is worth to the node before.
      const double dependency = paths_[v] * sum;
      owed_[v] = (1 + dependency) / paths_[v];
      through[v] += dependency;
    }
    for (NodeId i = 0; i < found; ++i) distance_[order_[i]] = kFar;
  }

 private:
  static constexpr std::uint32_t kFar = 0xFFFFFFF0;  // distance + 1 must not wrap

  NodeId forward(NodeId source) {
    NodeId found = 0;
    order_[found++] = source;
    distance_[source] = 0;
    paths_[source] = 1;
    for (NodeId i = 0; i < found; ++i) {
      const NodeId v = order_[i];
      const std::uint32_t next = distance_[v] + 1;
      const double paths = paths_[v];
      for (const NodeId w : arcs_.row(v)) {
        if (distance_[w] == kFar) {
          distance_[w] = next;
          paths_[w] = 0;
          order_[found++] = w;
        }
        paths_[w] += distance_[w] == next ? paths : 0.0;
      }
    }
    return found;
  }

  const ArcRows& arcs_;
  std::vector<NodeId> order_;
  std::vector<std::uint32_t> distance_;
  std::vector<double> paths_, owed_;
};

}  // namespace

std::vector<double> betweenness(const Csr& graph, const RunControl& control) {
  const std::size_t n = graph.nodes();
  std::vector<double> result(n);
  const std::size_t size = std::max(kMinBlock, (n + kMaxBlocks - 1) / kMaxBlocks);
  const std::size_t blocks = (n + size - 1) / size;
  WorkCrew crew(std::min<unsigned>(control.threads, static_cast<unsigned>(std::max<std::size_t>(blocks, 1))));
  std::vector<Sweep> sweeps(crew.size(), Sweep(graph));
  // As many blocks as threads at a time: their sums are added in block order.
  std::vector<std::vector<double>> sums(crew.size());
  for (std::size_t first = 0; first < blocks; first += crew.size()) {
    const std::size_t count = std::min<std::size_t>(crew.size(), blocks - first);
    crew.run(count, [&](std::size_t i, unsigned worker) {
      sums[i].assign(n, 0.0);
      const std::size_t begin = (first + i) * size, end = std::min(n, begin + size);
      for (std::size_t source = begin; source < end; ++source) {
        if (source % 64 == 0 && control.stop.stop_requested()) throw Stopped();
        sweeps[worker].add(static_cast<NodeId>(source), sums[i]);
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
