#pragma once

#include <span>
#include <string_view>

#include "graph/analyze.h"

namespace tercet {

enum class Runs : std::uint8_t { One, EveryNode, Samples };

/// What a run is estimated to cost: bytes from what the kernel holds, time from its order. An arc
/// is one end of an edge, of which there are two in memory.
/// Which graph of its own a measure makes before it starts.
enum class Copies : std::uint8_t {
  None,
  Turned,       // a directed one without directions
  Always,       // the same, and of an undirected one a copy
  Simple,       // one without directions, loops and parallels, unless it is that already
  SimpleAlways  // the same, in any case
};

/// What a measure takes; calibrated with `bench/graph/run --rows estimate`.
struct Cost {
  double node_bytes, edge_bytes, thread_bytes;  // thread_bytes: per node and thread
  double nanoseconds;                           // per node and arc
  Runs runs = Runs::One;
  Copies copies = Copies::None;
  double thread_edge_bytes = 0;
};

/// One row per measure: its name, the function that fills in the result, what several edges between
/// the same two nodes are to it, and what it costs.
struct Measure {
  std::string_view name;
  void (*run)(const Csr&, const AnalyzeOptions&, const RunControl&, AnalysisResult&);
  std::string_view parallel;
  Cost cost;
};

/// The measures, in the order of measures().
std::span<const Measure> measure_table();

}  // namespace tercet
