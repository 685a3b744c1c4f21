// Any bytes are a graph or an Error; a graph's arcs end at nodes that exist.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/error.h"
#include "graph/read_graph.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const tercet::LabelledGraph graph =
        tercet::read_graph({reinterpret_cast<const char*>(data), size}, "x");
    if (graph.names.size() != graph.graph.nodes()) std::abort();
    for (const tercet::NodeId target : graph.graph.out().targets) {
      if (target >= graph.graph.nodes()) std::abort();
    }
  } catch (const tercet::Error&) {
  }
  return 0;
}
