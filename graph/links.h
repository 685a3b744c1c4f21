#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/csr.h"
#include "graph/run_control.h"

namespace tercet {

/// What two nodes that are not linked have in common.
struct LinkScore {
  NodeId first = 0, second = 0;    ///< first < second
  std::uint32_t common = 0;        ///< common neighbours, 1 or more
  double jaccard = 0;              ///< common / neighbours of either, 0..1
  double adamic_adar = 0;          ///< sum over common neighbours of 1 / ln(degree)
  double resource_allocation = 0;  ///< sum over common neighbours of 1 / degree
};

enum class LinkOrder : std::uint8_t { AdamicAdar, Jaccard, ResourceAllocation };

/// The `top` pairs of nodes most likely to be linked next, best first, ties by node numbers.
/// Neighbours and degrees are those without directions, loops and parallel edges.
/// O(sum of degree^2), memory O(threads * n + top).
/// Sources: Adamic & Adar 2003, doi:10.1016/S0378-8733(03)00009-1; Zhou, Lü & Zhang 2009,
/// doi:10.1140/epjb/e2009-00335-8.
std::vector<LinkScore> predict_links(const Csr& graph, std::size_t top,
                                     LinkOrder order = LinkOrder::AdamicAdar,
                                     const RunControl& control = {});

}  // namespace tercet
