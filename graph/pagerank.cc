#include <algorithm>
#include <cmath>
#include <numeric>

#include "graph/centrality.h"
#include "graph/structure.h"
#include "graph/work_crew.h"

namespace tercet {
namespace {

constexpr std::size_t kBlock = 2048;  // nodes; fixed, so that sums do not depend on the threads
constexpr std::size_t kStages = 16;   // of an iteration; each sees what the ones before it found

// Ranks are the solution x of x = (1 - d) restart + d P x, scaled to sum 1: what a dead end gives
// back would only scale it (it follows `restart` too), so dead ends simply keep what they get. The
// system is solved stage by stage in place, which takes fewer iterations than the power method, as
// long as the sum of the ranks in every component is set right after each: it is known, and left
// alone it would be the last to settle.
// Within a stage all nodes are computed from the same values: the result does not depend on who
// computes what.
class Solver {
 public:
  Solver(const Csr& graph, const PageRankOptions& options, const RunControl& control)
      : in_(graph.in()),
        n_(graph.nodes()),
        damping_(options.damping),
        share_(n_),
        restart_(options.restart),
        rank_(n_),
        given_(n_),
        fresh_(n_) {
    const ArcRows& out = graph.out();
    for (NodeId v = 0; v < n_; ++v) {
      double strength = static_cast<double>(out.degree(v));
      if (graph.weighted()) {
        strength = 0;
        for (const double weight : out.row_weights(v)) strength += weight;
      }
      share_[v] = strength > 0 ? 1.0 / strength : 0.0;
    }
    const double sum = std::accumulate(restart_.begin(), restart_.end(), 0.0);
    for (double& value : restart_) value *= (1 - damping_) / sum;
    uniform_ = (1 - damping_) / static_cast<double>(n_);
    Partition components_of =
        components(graph, {.threads = control.threads, .stop = control.stop, .progress = {}});
    part_ = std::move(components_of.part);
    parts_.resize(components_of.parts);
    for (std::size_t v = 0; v < n_; ++v) parts_[part_[v]].restart += restart(v);
    begin(options.start);
    blocks_ = (std::size_t{n_} + kBlock - 1) / kBlock;
    stage_size_ = (blocks_ + kStages - 1) / kStages;
    sums_.resize(blocks_);
  }

  std::size_t blocks_in_stage() const { return stage_size_; }

  // One iteration; returns by how much the ranks changed, as a share of their sum.
  double iterate(WorkCrew& crew, const RunControl& control) {
    for (std::size_t first = 0; first < blocks_; first += stage_size_) {
      const std::size_t count = std::min(stage_size_, blocks_ - first);
      crew.run(count, [&](std::size_t i, unsigned) {
        if (!control.stop.stop_requested()) update(first + i);
      });
      if (control.stop.stop_requested()) throw Stopped();
      const std::size_t end = std::min<std::size_t>(n_, (first + count) * kBlock);
      for (std::size_t v = first * kBlock; v < end; ++v) given_[v] = fresh_[v] * share_[v];
    }
    rank_.swap(fresh_);
    double change = 0;
    for (const double sum : sums_) change += sum;
    const double moved = set_sums_right();
    return (change + moved) / total_;
  }

  std::vector<double> result() && {
    double total = 0;
    for (const double value : rank_) total += value;
    for (double& value : rank_) value /= total;
    return std::move(rank_);
  }

 private:
  // Of a component; dead: rank of its nodes without out-edges.
  struct Sums {
    double restart = 0, total = 0, dead = 0, scale = 1;
  };

  double restart(std::size_t v) const { return restart_.empty() ? uniform_ : restart_[v]; }

  void begin(const std::vector<double>& start) {
    for (std::size_t v = 0; v < n_; ++v) {
      rank_[v] = start.empty() ? restart(v) / (1 - damping_) : v < start.size() ? start[v] : 0.0;
    }
    set_sums_right();
  }

  // Nothing flows between components, so that in each x = (1 - d) restart + d P x sums up to
  // total = restart + d (total - dead). Scales the ranks to that; returns by how much they moved.
  double set_sums_right() {
    for (Sums& sums : parts_) sums.total = sums.dead = 0;
    for (std::size_t v = 0; v < n_; ++v) {
      Sums& mine = parts_[part_[v]];
      mine.total += rank_[v];
      if (share_[v] == 0) mine.dead += rank_[v];
    }
    double moved = 0;
    total_ = 0;
    for (Sums& sums : parts_) {
      const double lost = sums.total - damping_ * (sums.total - sums.dead);
      const double scale = lost > 0 ? sums.restart / lost : 0.0;
      moved += std::fabs(scale - 1) * sums.total;
      total_ += scale * sums.total;
      sums.scale = scale;
    }
    for (std::size_t v = 0; v < n_; ++v) {
      rank_[v] *= parts_[part_[v]].scale;
      given_[v] = rank_[v] * share_[v];
    }
    return moved;
  }

  void update(std::size_t block) {
    double change = 0;
    const std::size_t end = std::min<std::size_t>(n_, (block + 1) * kBlock);
    const bool weighted = !in_.weights.empty();
    const double* const given = given_.data();
    const NodeId* const targets = in_.targets.data();
    for (std::size_t v = block * kBlock; v < end; ++v) {
      double received = 0;
      const std::uint64_t last = in_.offsets[v + 1];
      if (weighted) {
        for (std::uint64_t i = in_.offsets[v]; i < last; ++i) {
          received += given[targets[i]] * in_.weights[i];
        }
      } else {
        for (std::uint64_t i = in_.offsets[v]; i < last; ++i) received += given[targets[i]];
      }
      const double value = restart(v) + damping_ * received;
      change += std::fabs(value - rank_[v]);
      fresh_[v] = value;
    }
    sums_[block] = change;
  }

  const ArcRows& in_;
  NodeId n_;
  double damping_, uniform_ = 0;
  std::vector<double> share_;    // of its rank that a node gives away per unit of weight
  std::vector<double> restart_;  // empty: uniform_ for all
  std::vector<double> rank_, given_, fresh_;
  std::size_t blocks_ = 0, stage_size_ = 0;
  std::vector<double> sums_;         // of what changed, by block
  std::vector<std::uint32_t> part_;  // component of every node
  std::vector<Sums> parts_;
  double total_ = 1;  // sum of all ranks before they are scaled to 1
};

}  // namespace

std::vector<double> pagerank(const Csr& graph, const PageRankOptions& options,
                             const RunControl& control) {
  if (graph.nodes() == 0) return {};
  Solver solver(graph, options, control);
  WorkCrew crew(
      std::min<unsigned>(control.threads, static_cast<unsigned>(solver.blocks_in_stage())));
  for (unsigned iteration = 0; iteration < options.max_iterations; ++iteration) {
    if (solver.iterate(crew, control) < options.tolerance) break;
    check_in(control, 0);
  }
  return std::move(solver).result();
}

}  // namespace tercet
