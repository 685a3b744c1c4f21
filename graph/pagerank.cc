#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "graph/centrality.h"
#include "graph/structure.h"
#include "graph/work_crew.h"

namespace tercet {
namespace {

constexpr std::size_t kBlock = 2048;  // nodes; fixed, so that sums do not depend on the threads
constexpr std::size_t kStages = 16;   // of an iteration; each sees what the ones before it found
constexpr std::size_t kCycle = 5;     // iterations from one extrapolation to the next
constexpr std::size_t kHistory = 3;   // iterates before the present one that it looks at

// Ranks are the solution x of x = (1 - d) restart + d P x, scaled to sum 1: what a dead end gives
// back would only scale it (it follows `restart` too), so dead ends simply keep what they get. The
// system is solved stage by stage in place, which takes fewer iterations than the power method, as
// long as the sum of the ranks in every component is set right after each: it is known, and left
// alone it would be the last to settle.
// Within a stage all nodes are computed from the same values: the result does not depend on who
// computes what.
// What is left of the error after some iterations lies in a few directions, each shrinking at its
// own steady rate. So now and then the last iterates are combined into the one whose change is
// least (reduced rank extrapolation: Sidi 1991, doi:10.1016/0377-0427(91)90013-A), which takes a
// quarter of the iterations off. What decides when to stop is the change of an iteration as before.
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
    remember();
    for (std::size_t first = 0; first < blocks_; first += stage_size_) {
      const std::size_t count = std::min(stage_size_, blocks_ - first);
      crew.run(count, [&](std::size_t i, unsigned) {
        if (!control.stop.stop_requested()) update(first + i);
      });
      if (control.stop.stop_requested()) throw Stopped();
      const std::size_t end = std::min<std::size_t>(n_, (first + count) * kBlock);
      for (std::size_t v = first * kBlock; v < end; ++v) {
        given_[v] = fresh_[v] * share_[v];
        add_to_sums(v, fresh_[v]);
      }
    }
    rank_.swap(fresh_);
    double change = 0;
    for (const double sum : sums_) change += sum;
    const double moved = set_sums_right();
    return (change + moved) / total_;
  }

  // Moves on to the combination of the last iterates whose change is least, at the end of a cycle.
  void extrapolate() {
    if (++in_cycle_ < kCycle) return;
    in_cycle_ = 0;
    // The changes from one to the next are u[0], u[1], u[2]; least squares over how much of
    // u[0] - u[2] and u[1] - u[2] to add to u[2].
    double aa = 0, ab = 0, bb = 0, ac = 0, bc = 0;
    for (std::size_t v = 0; v < n_; ++v) {
      const double last = rank_[v] - past_[2][v];
      const double a = past_[1][v] - past_[0][v] - last, b = past_[2][v] - past_[1][v] - last;
      aa += a * a;
      ab += a * b;
      bb += b * b;
      ac += a * last;
      bc += b * last;
    }
    const double determinant = aa * bb - ab * ab;
    if (!(determinant > 1e-10 * aa * bb)) return;  // one direction, or none: nothing to tell apart
    const double first = (ab * bc - bb * ac) / determinant;
    const double second = (ab * ac - aa * bc) / determinant;
    for (std::size_t v = 0; v < n_; ++v) {
      const double now = rank_[v];
      rank_[v] = std::max(0.0, now + first * (past_[1][v] - now) + second * (past_[2][v] - now));
      given_[v] = rank_[v] * share_[v];
    }
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
    for (std::size_t v = 0; v < n_; ++v) add_to_sums(v, rank_[v]);
    set_sums_right();
  }

  // Before the last kHistory + 1 iterations of a cycle.
  void remember() {
    for (std::size_t i = 0; i < kHistory; ++i) {
      if (in_cycle_ == kCycle - kHistory + i) past_[i] = rank_;
    }
  }

  void add_to_sums(std::size_t v, double value) {
    Sums& mine = parts_[part_[v]];
    mine.total += value;
    if (share_[v] == 0) mine.dead += value;
  }

  // Nothing flows between components, so that in each x = (1 - d) restart + d P x sums up to
  // total = restart + d (total - dead). Scales the ranks, whose sums were added up, to that;
  // returns by how much they moved.
  double set_sums_right() {
    double moved = 0;
    total_ = 0;
    for (Sums& sums : parts_) {
      const double lost = sums.total - damping_ * (sums.total - sums.dead);
      const double scale = lost > 0 ? sums.restart / lost : 0.0;
      moved += std::fabs(scale - 1) * sums.total;
      total_ += scale * sums.total;
      sums.scale = scale;
      sums.total = sums.dead = 0;  // for the next time
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
  std::array<std::vector<double>, kHistory> past_;  // the iterates before rank_, oldest first
  std::size_t in_cycle_ = 0;                        // iterations done
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
    solver.extrapolate();
    check_in(control, 0);
  }
  return std::move(solver).result();
}

}  // namespace tercet
