// Any bytes are a query or an Error; what is read can be asked of a graph.
#include "graph/query.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "graph/snapshot_write.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const tercet::Snapshot snapshot = [] {
    tercet::TripleSet set;
    for (const char* name : {"a", "b", "c"}) set.nodes.insert(name);
    for (const char* name : {"r", "s"}) set.relations.insert(name);
    set.triples = {{0, 0, 1}, {1, 1, 2}, {2, 0, 0}, {1, 0, 1}};
    return snapshot_of(std::move(set));
  }();
  try {
    const tercet::PreparedQuery query(
        snapshot, tercet::parse_query({reinterpret_cast<const char*>(data), size}));
    int rows = 0;
    query.run([&](const tercet::QueryRow&) { return ++rows < 1000; });
  } catch (const tercet::Error&) {
  }
  return 0;
}
