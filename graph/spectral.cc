#include <algorithm>
#include <cmath>

#include "graph/centrality.h"
#include "graph/dominant_vector.h"
#include "graph/structure.h"
#include "graph/work_crew.h"

namespace tercet {
namespace {

constexpr std::size_t kBlock = 4096;  // rows

// y[v] = sum over the row of v of weight * x[target]
void gather(const ArcRows& rows, const std::vector<double>& x, std::vector<double>& y,
            WorkCrew& crew) {
  const std::size_t n = x.size();
  crew.run((n + kBlock - 1) / kBlock, [&](std::size_t block, unsigned) {
    const std::size_t end = std::min(n, (block + 1) * kBlock);
    for (std::size_t v = block * kBlock; v < end; ++v) {
      const std::uint64_t last = rows.offsets[v + 1];
      double sum = 0;
      if (rows.weights.empty()) {
        for (std::uint64_t i = rows.offsets[v]; i < last; ++i) sum += x[rows.targets[i]];
      } else {
        for (std::uint64_t i = rows.offsets[v]; i < last; ++i) {
          sum += x[rows.targets[i]] * rows.weights[i];
        }
      }
      y[v] = sum;
    }
  });
}

std::vector<double> row_sums(const ArcRows& rows, std::size_t n) {
  std::vector<double> sums(n);
  for (NodeId v = 0; v < n; ++v) {
    sums[v] = static_cast<double>(rows.degree(v));
    if (rows.weights.empty()) continue;
    sums[v] = 0;
    for (const double weight : rows.row_weights(v)) sums[v] += weight;
  }
  return sums;
}

bool all_zero(const std::vector<double>& x) {
  return std::all_of(x.begin(), x.end(), [](double value) { return value == 0; });
}

void scale_to_largest(std::vector<double>& x) {
  double largest = 0;
  for (const double value : x) largest = std::max(largest, value);
  if (largest == 0) return;
  for (double& value : x) value /= largest;
}

bool is_acyclic(const Csr& graph) {
  if (strong_components(graph).parts != graph.nodes()) return false;
  for (NodeId v = 0; v < graph.nodes(); ++v) {
    const auto row = graph.out().row(v);
    if (std::binary_search(row.begin(), row.end(), v)) return false;
  }
  return true;
}

unsigned useful_threads(const RunControl& control, std::size_t n) {
  return std::min<unsigned>(control.threads, static_cast<unsigned>(n / kBlock + 1));
}

}  // namespace

std::vector<double> eigenvector(const Csr& graph, const RunControl& control) {
  const std::size_t n = graph.nodes();
  std::vector<double> start = row_sums(graph.in(), n);
  if (all_zero(start)) return std::vector<double>(n, 1.0);
  if (graph.directed() && is_acyclic(graph)) {
    std::vector<double> sinks(n);
    for (NodeId v = 0; v < n; ++v) sinks[v] = graph.out().degree(v) == 0 ? 1.0 : 0.0;
    return sinks;
  }
  WorkCrew crew(useful_threads(control, n));
  std::vector<double> result = dominant_vector(
      [&](const std::vector<double>& x, std::vector<double>& y) { gather(graph.in(), x, y, crew); },
      std::move(start), control);
  scale_to_largest(result);
  return result;
}

double katz_alpha(const Csr& graph) {
  double largest = 0;
  for (const double sum : row_sums(graph.in(), graph.nodes())) largest = std::max(largest, sum);
  return std::min(0.1, 1 / (1 + largest));
}

std::vector<double> katz(const Csr& graph, const KatzOptions& options, const RunControl& control) {
  constexpr unsigned kMaxIterations = 100000;
  const std::size_t n = graph.nodes();
  const double alpha = options.alpha != 0 ? options.alpha : katz_alpha(graph);
  WorkCrew crew(useful_threads(control, n));
  std::vector<double> x(n, options.beta), y(n);
  for (unsigned iteration = 0; iteration < kMaxIterations; ++iteration) {
    gather(graph.in(), x, y, crew);
    double change = 0, largest = 0;
    for (std::size_t v = 0; v < n; ++v) {
      const double value = alpha * y[v] + options.beta;
      change = std::max(change, std::fabs(value - x[v]));
      largest = std::max(largest, std::fabs(value));
      x[v] = value;
    }
    if (change <= 1e-14 * largest) break;
    check_in(control, 0);
  }
  double length = 0;
  for (const double value : x) length += value * value;
  length = std::sqrt(length);
  for (double& value : x) value = length > 0 ? value / length : 0;
  return x;
}

Hits hits(const Csr& graph, const RunControl& control) {
  const std::size_t n = graph.nodes();
  Hits result;
  std::vector<double> start = row_sums(graph.out(), n);
  if (all_zero(start)) {
    result.hubs.assign(n, 1.0);
    result.authorities.assign(n, 1.0);
    return result;
  }
  if (!graph.directed()) {
    result.hubs = result.authorities = eigenvector(graph, control);
    return result;
  }
  WorkCrew crew(useful_threads(control, n));
  std::vector<double> between(n);
  result.hubs = dominant_vector(
      [&](const std::vector<double>& x, std::vector<double>& y) {
        gather(graph.in(), x, between, crew);
        gather(graph.out(), between, y, crew);
      },
      std::move(start), control);
  result.authorities.resize(n);
  gather(graph.in(), result.hubs, result.authorities, crew);
  scale_to_largest(result.hubs);
  scale_to_largest(result.authorities);
  return result;
}

}  // namespace tercet
