#include <limits>

#include "graph/structure.h"

namespace tercet {

std::vector<double> constraint(const Csr& graph, const RunControl& control) {
  const NodeId n = graph.nodes();
  const Csr ties = undirected(graph);  // a(i,j) = weight of all entries j in row i
  const ArcRows& rows = ties.out();
  const auto weight = [&](std::uint64_t i) { return rows.weights.empty() ? 1.0 : rows.weights[i]; };

  std::vector<double> inverse(n, 0.0);  // 1 / sum over k != i of a(i,k)
  for (NodeId v = 0; v < n; ++v) {
    double sum = 0;
    for (std::uint64_t i = rows.offsets[v]; i < rows.offsets[v + 1]; ++i) {
      if (rows.targets[i] != v) sum += weight(i);
    }
    if (sum > 0) inverse[v] = 1.0 / sum;
  }

  std::vector<double> result(n), invested(n, 0.0);
  std::vector<char> met(n, 0);
  std::vector<NodeId> contacts;
  for (NodeId v = 0; v < n; ++v) {
    if (v % 1024 == 0) check_in(control, static_cast<double>(v) / static_cast<double>(n));
    if (rows.degree(v) == 0) {
      result[v] = std::numeric_limits<double>::quiet_NaN();
      continue;
    }
    contacts.clear();
    const auto add = [&](NodeId contact, double share) {
      if (met[contact] == 0) {
        met[contact] = 1;
        contacts.push_back(contact);
      }
      invested[contact] += share;
    };
    for (std::uint64_t i = rows.offsets[v]; i < rows.offsets[v + 1]; ++i) {
      const NodeId q = rows.targets[i];
      if (q == v) continue;
      const double share = weight(i) * inverse[v];
      add(q, share);
      for (std::uint64_t j = rows.offsets[q]; j < rows.offsets[q + 1]; ++j) {
        const NodeId contact = rows.targets[j];
        if (contact != v && contact != q) add(contact, share * weight(j) * inverse[q]);
      }
    }
    double sum = 0;
    for (const NodeId contact : contacts) {
      sum += invested[contact] * invested[contact];
      invested[contact] = 0;
      met[contact] = 0;
    }
    result[v] = sum;
  }
  return result;
}

}  // namespace tercet
