#include "graph/links.h"

#include <algorithm>
#include <tuple>

#include "graph/natural_log.h"
#include "graph/work_crew.h"

namespace tercet {
namespace {

constexpr std::size_t kBlock = 256;  // nodes

double value_of(const LinkScore& link, LinkOrder order) {
  switch (order) {
    case LinkOrder::AdamicAdar:
      return link.adamic_adar;
    case LinkOrder::Jaccard:
      return link.jaccard;
    case LinkOrder::ResourceAllocation:
      return link.resource_allocation;
  }
  return 0;
}

// The best so far; the worst of them on top of a heap.
class Best {
 public:
  Best(std::size_t top, LinkOrder order) : top_(top), order_(order) {}

  void offer(const LinkScore& link) {
    if (kept_.size() == top_ && !before(link, kept_.front())) return;
    const auto heap = [this](const LinkScore& a, const LinkScore& b) { return before(a, b); };
    if (kept_.size() == top_) {
      std::pop_heap(kept_.begin(), kept_.end(), heap);
      kept_.pop_back();
    }
    kept_.push_back(link);
    std::push_heap(kept_.begin(), kept_.end(), heap);
  }

  std::vector<LinkScore> sorted() && {
    std::sort(kept_.begin(), kept_.end(),
              [this](const LinkScore& a, const LinkScore& b) { return before(a, b); });
    return std::move(kept_);
  }
  const std::vector<LinkScore>& kept() const { return kept_; }

 private:
  bool before(const LinkScore& a, const LinkScore& b) const {
    const double x = value_of(a, order_), y = value_of(b, order_);
    if (x != y) return x > y;
    return std::tie(a.first, a.second) < std::tie(b.first, b.second);
  }

  std::size_t top_;
  LinkOrder order_;
  std::vector<LinkScore> kept_;
};

struct Scratch {
  std::vector<double> adamic_adar, resource;
  std::vector<std::uint32_t> common;
  std::vector<NodeId> met;
};

}  // namespace

std::vector<LinkScore> predict_links(const Csr& graph, std::size_t top, LinkOrder order,
                                     const RunControl& control) {
  const Csr simple = simple_undirected(graph, control.stop);
  const ArcRows& rows = simple.out();
  const NodeId n = simple.nodes();
  if (top == 0 || n == 0) return {};
  std::vector<double> by_log(n, 0.0), by_degree(n, 0.0);
  for (NodeId v = 0; v < n; ++v) {
    if (rows.degree(v) < 2) continue;  // in the middle of no pair
    by_log[v] = 1 / natural_log(rows.degree(v));
    by_degree[v] = 1 / static_cast<double>(rows.degree(v));
  }
  const std::size_t blocks = (std::size_t{n} + kBlock - 1) / kBlock;
  WorkCrew crew(static_cast<unsigned>(std::min<std::size_t>(control.threads, blocks)));
  std::vector<Scratch> scratch(crew.size());
  std::vector<Best> best(crew.size(), Best(top, order));
  crew.run(blocks, [&](std::size_t block, unsigned worker) {
    Scratch& mine = scratch[worker];
    StopCheck check(control.stop);
    mine.adamic_adar.resize(n);
    mine.resource.resize(n);
    mine.common.resize(n);
    const auto end = static_cast<NodeId>(std::min<std::size_t>(n, (block + 1) * kBlock));
    for (auto u = static_cast<NodeId>(block * kBlock); u < end; ++u) {
      mine.met.clear();
      for (const NodeId middle : rows.row(u)) {
        const auto row = rows.row(middle);
        check.after(row.size());
        // Only ends behind u: a pair is met once.
        for (auto at = std::upper_bound(row.begin(), row.end(), u); at != row.end(); ++at) {
          if (mine.common[*at] == 0) mine.met.push_back(*at);
          ++mine.common[*at];
          mine.adamic_adar[*at] += by_log[middle];
          mine.resource[*at] += by_degree[middle];
        }
      }
      check.after(rows.degree(u) + mine.met.size());
      for (const NodeId w : rows.row(u)) mine.common[w] = 0;  // linked already
      for (const NodeId w : mine.met) {
        if (mine.common[w] != 0) {
          LinkScore link{u, w, mine.common[w], 0, mine.adamic_adar[w], mine.resource[w]};
          link.jaccard =
              link.common / static_cast<double>(rows.degree(u) + rows.degree(w) - link.common);
          best[worker].offer(link);
        }
        mine.common[w] = 0;
        mine.adamic_adar[w] = mine.resource[w] = 0;
      }
    }
  });
  // Which worker met a pair is chance; the best of all of them are not.
  Best all(top, order);
  for (const Best& some : best) {
    for (const LinkScore& link : some.kept()) all.offer(link);
  }
  check_in(control, 1);
  return std::move(all).sorted();
}

}  // namespace tercet
