// What bench/graph/run asks of the library itself and of Boost.Graph; see bench/graph/run.
//   tercet_graph_bench own all EDGES DIRECTED      warm PageRank, dynamic components, memory
//   tercet_graph_bench boost MEASURE EDGES DIRECTED
// One JSON object on stdout. EDGES: an edge list with nodes 0, 1, 2 … in order of first use.
#include <sys/resource.h>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/core_numbers.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/version.hpp>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "graph/centrality.h"
#include "graph/dynamic_components.h"
#include "graph/random.h"
#include "graph/read_graph.h"

namespace {

using namespace tercet;

template <typename Run>
double cpu_seconds(const Run& run) {
  const std::clock_t begin = std::clock();
  run();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

template <typename Run>
double best_of_three(const Run& run) {
  double best = cpu_seconds(run);
  for (int i = 0; i < 2; ++i) best = std::min(best, cpu_seconds(run));
  return best;
}

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

Pairs pairs_of(const Csr& graph) {
  Pairs pairs;
  for (NodeId v = 0; v < graph.nodes(); ++v) {
    for (const NodeId w : graph.out().row(v)) {
      if (graph.directed() || v < w) pairs.emplace_back(v, w);
    }
  }
  return pairs;
}

Csr csr_of(NodeId nodes, const Pairs& pairs, std::size_t count) {
  EdgeColumns edges;
  for (std::size_t i = 0; i < count; ++i) {
    edges.sources.push_back(pairs[i].first);
    edges.targets.push_back(pairs[i].second);
  }
  return {nodes, edges, false};
}

void own(const Csr& graph) {
  Pairs pairs = pairs_of(graph);
  Random random(9);
  shuffle(pairs, random);
  const std::size_t before = pairs.size() - pairs.size() / 1000;
  const Csr old = csr_of(graph.nodes(), pairs, before);
  PageRankOptions warm;
  warm.start = pagerank(old);
  std::vector<double> cold_ranks, warm_ranks;
  const double cold = best_of_three([&] { cold_ranks = pagerank(graph); });
  const double hot = best_of_three([&] { warm_ranks = pagerank(graph, warm); });
  double difference = 0;
  for (std::size_t v = 0; v < cold_ranks.size(); ++v)
    difference += std::fabs(cold_ranks[v] - warm_ranks[v]);

  DynamicComponents dynamic(old);
  const std::size_t edits = 2 * (pairs.size() - before);
  const double edit_seconds = cpu_seconds([&] {
    for (std::size_t i = before; i < pairs.size(); ++i) {
      dynamic.insert(pairs[i].first, pairs[i].second);
      dynamic.erase(pairs[i - before].first, pairs[i - before].second);
    }
  });
  const Pairs rest(pairs.begin() + static_cast<std::ptrdiff_t>(edits / 2), pairs.end());
  const bool same =
      dynamic.partition().part == components(csr_of(graph.nodes(), rest, rest.size())).part;
  std::printf(
      "{\"cold\": %.6f, \"warm\": %.6f, \"difference\": %.3e, \"components\": %.6f, "
      "\"edits\": %zu, \"same\": %s, \"bytes_per_edge\": %.3f}\n",
      cold, hot, difference, edit_seconds, edits, same ? "true" : "false",
      static_cast<double>(graph.bytes()) / static_cast<double>(graph.edges()));
}

// Boost's own graph types: what its users would take.
double boost_seconds(const std::string& measure, const Csr& graph) {
  const NodeId n = graph.nodes();
  const Pairs pairs = pairs_of(graph);
  using Rows =
      boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                         boost::no_property, std::uint32_t, std::uint32_t>;
  using Lists = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;
  std::vector<std::uint32_t> value(n);
  if (measure == "core" || measure == "scc") {
    Pairs arcs = pairs;
    if (!graph.directed()) {
      for (const auto& [u, v] : pairs) arcs.emplace_back(v, u);
    }
    const Rows rows(boost::edges_are_unsorted_multi_pass, arcs.begin(), arcs.end(), n);
    const auto map =
        boost::make_iterator_property_map(value.begin(), get(boost::vertex_index, rows));
    if (measure == "core") return best_of_three([&] { boost::core_numbers(rows, map); });
    return best_of_three([&] { boost::strong_components(rows, map); });
  }
  if (measure == "articulation") {
    const Lists lists(pairs.begin(), pairs.end(), n);
    return best_of_three([&] {
      std::vector<std::uint32_t> points;
      boost::articulation_points(lists, std::back_inserter(points));
    });
  }
  using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
  using Flow = boost::adjacency_list<
      boost::vecS, boost::vecS, boost::directedS,
      boost::property<
          boost::vertex_color_t, boost::default_color_type,
          boost::property<boost::vertex_distance_t, long,
                          boost::property<boost::vertex_predecessor_t, Traits::edge_descriptor>>>,
      boost::property<
          boost::edge_capacity_t, int,
          boost::property<boost::edge_residual_capacity_t, int,
                          boost::property<boost::edge_reverse_t, Traits::edge_descriptor>>>>;
  std::vector<std::uint32_t> by_degree(n);
  for (NodeId v = 0; v < n; ++v) by_degree[v] = v;
  std::stable_sort(by_degree.begin(), by_degree.end(), [&](NodeId a, NodeId b) {
    return graph.out().degree(a) > graph.out().degree(b);
  });
  return best_of_three([&] {  // as for the others, from the graph to the value
    Flow flow(n);
    const auto capacity = get(boost::edge_capacity, flow);
    const auto reverse = get(boost::edge_reverse, flow);
    for (const auto& [u, v] : pairs) {
      const auto there = add_edge(u, v, flow).first, back = add_edge(v, u, flow).first;
      capacity[there] = capacity[back] = 1;
      reverse[there] = back;
      reverse[back] = there;
    }
    value[0] = static_cast<std::uint32_t>(
        boost::boykov_kolmogorov_max_flow(flow, by_degree[0], by_degree[1]));
  });
}

}  // namespace

int main(int count, char** words) {
  if (count != 5) return 2;
  const std::string mode = words[1], measure = words[2], file = words[3], directed = words[4];
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const LabelledGraph graph = read_edge_list(text, file, directed == "1");
  if (mode == "own") {
    own(graph.graph);
    return 0;
  }
  const double seconds = boost_seconds(measure, graph.graph);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("{\"peer\": \"boost\", \"version\": \"%s\", \"seconds\": %.6f, \"rss\": %ld}\n",
              BOOST_LIB_VERSION, seconds, usage.ru_maxrss / 1024);
  return 0;
}
