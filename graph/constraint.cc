#include <algorithm>
#include <limits>

#include "graph/structure.h"
#include "graph/work_crew.h"

namespace tercet {
namespace {

constexpr std::size_t kBlock = 256;  // nodes

// The ties a(i,j) of a node: weight of all edges between i and j, either way.
class Ties {
 public:
  Ties(const Csr& graph, const RunControl& control)
      : graph_(undirected(graph, control.stop)), rows_(graph_.out()) {
    inverse_sum_.assign(graph_.nodes(), 0.0);
    inverse_largest_.assign(graph_.nodes(), 0.0);
    StopCheck check(control.stop);
    for (NodeId v = 0; v < graph_.nodes(); ++v) {
      check.after(rows_.degree(v));
      double sum = 0, largest = 0, tie = 0;
      NodeId last = v;
      each(v, [&](NodeId w, double weight) {
        tie = w == last ? tie + weight : weight;  // rows are ascending: parallels are neighbours
        last = w;
        largest = std::max(largest, tie);
        sum += weight;
      });
      if (sum > 0) {
        inverse_sum_[v] = 1 / sum;
        inverse_largest_[v] = 1 / largest;
      }
    }
  }

  NodeId nodes() const { return graph_.nodes(); }
  std::uint64_t arcs(NodeId v) const { return rows_.degree(v); }
  double inverse_sum(NodeId v) const { return inverse_sum_[v]; }
  double inverse_largest(NodeId v) const { return inverse_largest_[v]; }

  template <typename Call>
  void each(NodeId v, const Call& call) const {
    for (std::uint64_t i = rows_.offsets[v]; i < rows_.offsets[v + 1]; ++i) {
      if (rows_.targets[i] == v) continue;
      call(rows_.targets[i], rows_.weights.empty() ? 1.0 : rows_.weights[i]);
    }
  }

 private:
  Csr graph_;
  const ArcRows& rows_;
  std::vector<double> inverse_sum_, inverse_largest_;  // 0 for a node without ties
};

struct Scratch {
  std::vector<double> invested;  // p(v, contact)
  std::vector<double> indirect;  // constraint: what goes to a contact by way of the others
  std::vector<char> met;
  std::vector<NodeId> contacts;
};

// Calls value(v, scratch) for every node, its contacts and p filled in.
template <typename Value>
std::vector<double> for_each_ego(const Ties& ties, const RunControl& control, const Value& value) {
  const NodeId n = ties.nodes();
  std::vector<double> result(n, std::numeric_limits<double>::quiet_NaN());
  const std::size_t blocks = (std::size_t{n} + kBlock - 1) / kBlock;
  WorkCrew crew(static_cast<unsigned>(std::min<std::size_t>(control.threads, blocks)));
  std::vector<Scratch> scratch(crew.size());
  crew.run(blocks, [&](std::size_t block, unsigned worker) {
    Scratch& mine = scratch[worker];
    StopCheck check(control.stop);
    mine.invested.resize(n);
    mine.indirect.resize(n);
    mine.met.resize(n);
    const auto end = static_cast<NodeId>(std::min<std::size_t>(n, (block + 1) * kBlock));
    for (auto v = static_cast<NodeId>(block * kBlock); v < end; ++v) {
      if (ties.arcs(v) == 0) continue;
      check.after(ties.arcs(v));
      mine.contacts.clear();
      ties.each(v, [&](NodeId contact, double weight) {
        if (mine.met[contact] == 0) mine.contacts.push_back(contact);
        mine.met[contact] = 1;
        mine.invested[contact] += weight * ties.inverse_sum(v);
      });
      result[v] = value(mine, check);
      for (const NodeId contact : mine.contacts) {
        mine.invested[contact] = mine.indirect[contact] = 0;
        mine.met[contact] = 0;
      }
    }
  });
  check_in(control, 1);
  return result;
}

}  // namespace

std::vector<double> constraint(const Csr& graph, const RunControl& control) {
  const Ties ties(graph, control);
  return for_each_ego(ties, control, [&](Scratch& ego, StopCheck& check) {
    // Collected apart from `invested`, which is still read.
    for (const NodeId q : ego.contacts) {
      check.after(ties.arcs(q));
      const double through = ego.invested[q] * ties.inverse_sum(q);
      ties.each(q, [&](NodeId contact, double weight) {
        if (ego.met[contact] != 0) ego.indirect[contact] += through * weight;
      });
    }
    double sum = 0;
    for (const NodeId contact : ego.contacts) {
      const double both = ego.invested[contact] + ego.indirect[contact];
      sum += both * both;
    }
    return sum;
  });
}

std::vector<double> effective_size(const Csr& graph, const RunControl& control) {
  const Ties ties(graph, control);
  return for_each_ego(ties, control, [&](Scratch& ego, StopCheck& check) {
    if (ego.contacts.empty()) return std::numeric_limits<double>::quiet_NaN();
    double redundant = 0;
    for (const NodeId j : ego.contacts) {
      check.after(ties.arcs(j));
      double shared = 0;
      ties.each(j, [&](NodeId q, double weight) { shared += ego.invested[q] * weight; });
      redundant += shared * ties.inverse_largest(j);
    }
    return static_cast<double>(ego.contacts.size()) - redundant;
  });
}

}  // namespace tercet
