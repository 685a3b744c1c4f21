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

  std::vector<double> result(n), invested(n, 0.0), indirect(n, 0.0);
  std::vector<char> met(n, 0);
  std::vector<NodeId> contacts;
  for (NodeId v = 0; v < n; ++v) {
    if (v % 1024 == 0) check_in(control, static_cast<double>(v) / static_cast<double>(n));
    if (rows.degree(v) == 0) {
      result[v] = std::numeric_limits<double>::quiet_NaN();
      continue;
    }
    contacts.clear();
    for (std::uint64_t i = rows.offsets[v]; i < rows.offsets[v + 1]; ++i) {
      const NodeId contact = rows.targets[i];
      if (contact == v) continue;
      if (met[contact] == 0) contacts.push_back(contact);
      met[contact] = 1;
      invested[contact] += weight(i) * inverse[v];
    }
    // What goes to a contact by way of the others. Collected apart: invested is still read here.
    for (const NodeId q : contacts) {
      for (std::uint64_t j = rows.offsets[q]; j < rows.offsets[q + 1]; ++j) {
        const NodeId contact = rows.targets[j];
        if (contact == q || met[contact] == 0) continue;
        indirect[contact] += invested[q] * weight(j) * inverse[q];
      }
    }
    double sum = 0;
    for (const NodeId contact : contacts) {
      const double both = invested[contact] + indirect[contact];
      sum += both * both;
      invested[contact] = indirect[contact] = 0;
      met[contact] = 0;
    }
    result[v] = sum;
  }
  return result;
}

}  // namespace tercet
