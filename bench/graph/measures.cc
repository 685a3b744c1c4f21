// What bench/graph/run asks of the library itself and of Boost.Graph; see bench/graph/run.
//   tercet_graph_bench own all EDGES DIRECTED      warm PageRank, dynamic components, memory
//   tercet_graph_bench boost MEASURE EDGES DIRECTED
//   tercet_graph_bench memory all EDGES DIRECTED   estimated and measured memory of every measure
//   tercet_graph_bench stop all EDGES DIRECTED     how long every measure runs on after a stop
//   tercet_graph_bench stop MEASURE rmat:SCALE DIRECTED   the same on 20 * 2^SCALE random edges
// One JSON object on stdout. EDGES: an edge list with nodes 0, 1, 2 … in order of first use.
#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/core_numbers.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/version.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "graph/analyze.h"
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

// An R-MAT multigraph (Graph500's parameters) of 20 edges a node, its nodes in random order.
LabelledGraph rmat(unsigned scale, bool directed) {
  Random random(1);
  const NodeId nodes = NodeId{1} << scale;
  std::vector<NodeId> name(nodes);
  for (NodeId v = 0; v < nodes; ++v) name[v] = v;
  shuffle(name, random);
  EdgeColumns edges;
  for (std::uint64_t i = 0; i < std::uint64_t{20} * nodes; ++i) {
    NodeId u = 0, v = 0;
    for (unsigned bit = 0; bit < scale; ++bit) {
      const std::uint32_t x = random.below(100);
      u = 2 * u + (x >= 76 ? 1 : 0);
      v = 2 * v + ((x >= 57 && x < 76) || x >= 95 ? 1 : 0);
    }
    edges.sources.push_back(name[u]);
    edges.targets.push_back(name[v]);
  }
  LabelledGraph graph;
  graph.graph = Csr(nodes, edges, directed);
  graph.names.resize(nodes);
  return graph;
}

// Largest resident memory since the last call, in bytes; 0 where the kernel does not tell.
std::uint64_t peak_memory() {
  std::ifstream status("/proc/self/status");
  std::string word;
  std::uint64_t peak = 0;
  while (status >> word) {
    if (word == "VmHWM:") status >> peak;
  }
  ::malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
  return peak * 1024;
}

// What estimate() says and what a measure took, the graph included; cut after four seconds.
void memory(const LabelledGraph& graph, const std::string& wanted) {
  AnalyzeOptions options;
  options.from = {0};
  options.to = 1;
  std::printf("{");
  const char* between = "";
  for (const std::string_view measure : measures()) {
    if (wanted != "all" && wanted != measure) continue;
    const Estimate guess = estimate(graph, measure, options);
    peak_memory();
    const std::uint64_t before = peak_memory();
    std::stop_source source;
    std::atomic<bool> done = false;
    std::thread impatient([&] {
      for (int i = 0; i < 40 && !done; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
      }
      source.request_stop();
    });
    RunControl control;
    control.stop = source.get_token();
    bool finished = true;
    try {
      analyze(graph, measure, options, control);
    } catch (const Stopped&) {
      finished = false;
    }
    done = true;
    impatient.join();
    const std::uint64_t after = peak_memory();
    std::printf("%s\"%s\": [%llu, %llu, %llu, %s]", between, std::string(measure).c_str(),
                static_cast<unsigned long long>(guess.graph_bytes),
                static_cast<unsigned long long>(guess.work_bytes),
                static_cast<unsigned long long>(after > before ? after - before : 0),
                finished ? "true" : "false");
    std::fflush(stdout);
    between = ", ";
  }
  std::printf("}\n");
}

// The longest time from a request to stop until the measure has given up, over requests at ten
// moments: a millisecond after the start, each next one 2.3 times later, up to three seconds.
void stop(const LabelledGraph& graph, const std::string& wanted) {
  using Clock = std::chrono::steady_clock;
  AnalyzeOptions options;
  std::vector<NodeId> by_degree(graph.graph.nodes());
  for (NodeId v = 0; v < graph.graph.nodes(); ++v) by_degree[v] = v;
  std::stable_sort(by_degree.begin(), by_degree.end(), [&](NodeId a, NodeId b) {
    return graph.graph.out().degree(a) > graph.graph.out().degree(b);
  });
  options.from = {by_degree[0]};
  options.to = by_degree[1];
  std::printf("{");
  const char* between = "";
  for (const std::string_view measure : measures()) {
    if (wanted != "all" && wanted != measure) continue;
    double worst = 0, worst_at = 0;
    for (double after = 0.001; after < 3; after *= 2.3) {
      std::stop_source source;
      RunControl control;
      control.stop = source.get_token();
      std::atomic<bool> done = false;
      Clock::time_point asked;
      std::thread impatient([&] {
        const auto until = Clock::now() + std::chrono::duration<double>(after);
        while (Clock::now() < until && !done) {
          std::this_thread::sleep_for(std::chrono::microseconds(200));
        }
        asked = Clock::now();
        source.request_stop();
      });
      bool stopped = false;
      try {
        analyze(graph, measure, options, control);
      } catch (const Stopped&) {
        stopped = true;
      }
      const auto end = Clock::now();
      done = true;
      impatient.join();
      const double late = std::chrono::duration<double>(end - asked).count();
      if (late > worst) {
        worst = late;
        worst_at = after;
      }
      if (!stopped) break;  // it ends by itself before
    }
    std::printf("%s\"%s\": [%.4f, %.3f]", between, std::string(measure).c_str(), worst, worst_at);
    std::fflush(stdout);
    between = ", ";
  }
  std::printf("}\n");
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
  if (file.starts_with("rmat:")) {
    const LabelledGraph made =
        rmat(static_cast<unsigned>(std::stoul(file.substr(5))), directed == "1");
    if (mode == "stop") {
      stop(made, measure);
    } else {
      memory(made, measure);
    }
    return 0;
  }
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const LabelledGraph graph = read_edge_list(text, file, directed == "1");
  if (mode == "memory") {
    memory(graph, measure);
    return 0;
  }
  if (mode == "stop") {
    stop(graph, measure);
    return 0;
  }
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
