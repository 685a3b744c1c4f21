#pragma once

#include <cstdint>
#include <vector>

#include "graph/csr.h"
#include "graph/run_control.h"

namespace tercet {

/// A number per node; parts are numbered from 0 in the order of their smallest node.
struct Partition {
  std::vector<std::uint32_t> part;  ///< indexed by NodeId
  std::uint32_t parts = 0;
};

/// Weakly connected components (directions do not matter). O(n + m), nearly.
/// Source: Sutton et al. 2018 (Afforest), doi:10.1109/IPDPS.2018.00012.
Partition components(const Csr& graph, const RunControl& control = {});

/// Strongly connected components. O(n + m), no recursion. A giant one is taken first.
/// Source: Tarjan 1972, doi:10.1137/0201010; one number per node: Pearce 2016,
/// doi:10.1016/j.ipl.2015.08.010.
Partition strong_components(const Csr& graph, const RunControl& control = {});

/// Largest k such that the node lies in a subgraph where every node has k or more edges. Directions
/// do not matter, parallel edges and loops count as in the degree (a loop twice; igraph's rule).
/// O(n + m). Source: Seidman 1983, doi:10.1016/0378-8733(83)90028-X; level by level as Dasari, Desh
/// & Zubair 2014, doi:10.1109/BigData.2014.7004366.
std::vector<std::uint32_t> core_numbers(const Csr& graph, const RunControl& control = {});

struct Triangles {
  std::vector<std::uint64_t> at;  ///< triangles that hold the node; their sum is 3 * total
  std::vector<double>
      clustering;  ///< share of its pairs of neighbours that are linked; 0 below two
  std::uint64_t total = 0;
  double average = 0;       ///< mean of `clustering` over all nodes; 0 without nodes
  double transitivity = 0;  ///< share of all pairs of neighbours that are linked; 0 without any
};
/// Triangles of the graph without directions, loops and parallel edges. O(m^1.5), memory O(n + m).
/// Source: Latapy 2008, doi:10.1016/j.tcs.2008.07.017; clustering: Watts & Strogatz 1998.
Triangles triangles(const Csr& graph, const RunControl& control = {});

/// Burt's constraint: how far a node's contacts are tied to each other. With a(i,j) the weight of
/// all edges between i and j in both directions and p(i,j) = a(i,j) / sum of a(i,k) over k != i:
/// sum over i's contacts j of (p(i,j) + sum over contacts q of p(i,q) p(q,j))^2. Loops do not
/// count; NaN for a node without any edge, 0 with loops only. O(sum of degree^2). Source: Burt
/// 2004, doi:10.1086/421787; igraph's definition.
std::vector<double> constraint(const Csr& graph, const RunControl& control = {});

/// Burt's effective size: a node's contacts less what they have in common. With a and p as for
/// constraint() and m(j,q) = a(j,q) / largest a(j,k) over k != j: sum over i's contacts j of
/// 1 - sum over contacts q of p(i,q) m(j,q); without weights contacts - 2 links among them /
/// contacts (networkx's definition). NaN for a node without contacts. O(sum of degree^2).
/// Source: Burt 1992, Structural Holes; Borgatti 1997.
std::vector<double> effective_size(const Csr& graph, const RunControl& control = {});

}  // namespace tercet
