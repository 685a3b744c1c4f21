// Boost.Graph's algorithms on a store as it lies in its snapshot: nothing is copied.
// usage: tercet_boost STORE_FOLDER
#include <tercet/graph/bgl.h>
#include <tercet/graph/snapshot_store.h>

#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <iostream>
#include <vector>

namespace {

/// Leaves the edges that hold: a Snapshot shows denied and intended ones, too.
struct IsAsserted {
  const tercet::Snapshot* snapshot = nullptr;
  bool operator()(const tercet::BglArc& arc) const {
    return snapshot->state(static_cast<std::uint32_t>(arc.index)) == tercet::EdgeState::Asserted;
  }
};

template <typename Values>
auto by_node(Values& values, const tercet::Snapshot& snapshot) {
  return boost::make_iterator_property_map(values.begin(), get(boost::vertex_index, snapshot));
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2) {
    std::cerr << "usage: tercet_boost STORE_FOLDER\n";
    return 2;
  }
  const tercet::Store store = tercet::Store::open(argv[1], tercet::Store::Mode::ReadOnly);
  const tercet::Snapshot snapshot = tercet::current_snapshot(store);
  const boost::filtered_graph<tercet::Snapshot, IsAsserted> asserted(snapshot, {&snapshot});
  std::cout << num_vertices(snapshot) << " things, " << num_edges(snapshot) << " edges\n";

  std::vector<int> part(snapshot.nodes());
  std::cout << boost::strong_components(asserted, by_node(part, snapshot))
            << " strong components\n";

  if (snapshot.nodes() == 0) return 0;
  std::vector<int> steps(snapshot.nodes(), 0);
  boost::breadth_first_search(asserted, tercet::NodeId{0},
                              boost::visitor(boost::make_bfs_visitor(boost::record_distances(
                                                 by_node(steps, snapshot), boost::on_tree_edge())))
                                  .vertex_index_map(get(boost::vertex_index, snapshot)));
  std::vector<double> between(snapshot.nodes());
  boost::brandes_betweenness_centrality(asserted,
                                        boost::centrality_map(by_node(between, snapshot))
                                            .vertex_index_map(get(boost::vertex_index, snapshot)));
  for (tercet::NodeId v = 0; v < snapshot.nodes(); ++v) {
    std::cout << snapshot.name(v) << ": " << steps[v] << " steps, " << between[v]
              << " paths between\n";
  }
  return 0;
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
