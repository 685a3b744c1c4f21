#pragma once

#include <span>
#include <string_view>

#include "graph/analyze.h"

namespace tercet {

enum class Runs : std::uint8_t { One, EveryNode, Samples };

/// What a run is estimated to cost: bytes from what the kernel holds, time from its order. An arc
/// is one end of an edge, of which there are two in memory.
struct Cost {
  double node_bytes, arc_bytes, thread_bytes;  // thread_bytes: per node and thread
  double nanoseconds;                          // per node and arc
  Runs runs = Runs::One;
  double thread_arc_bytes = 0;
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
