// A fingerprint of every measure's results on graphs made from seeds, for one, two and four
// threads: what tests/compilers/run compares between two compilers. Exit 1: the threads differ.
#include <array>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>

#include "graph/analyze.h"
#include "tests/graph_fixture.h"

namespace {

using namespace tercet;

// FNV-1a over numbers.
class Fingerprint {
 public:
  void add(std::uint64_t value) {
    for (int byte = 0; byte < 8; ++byte) {
      hash_ = (hash_ ^ (value & 255)) * 0x100000001B3u;
      value >>= 8;
    }
  }
  void add(double value) { add(value != value ? 1 : std::bit_cast<std::uint64_t>(value)); }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xCBF29CE484222325u;
};

void add(const AnalysisResult& result, Fingerprint& print) {
  for (const double score : result.scores) print.add(score);
  for (const std::uint32_t cluster : result.clusters) print.add(std::uint64_t{cluster});
  for (const auto& [name, values] : result.columns) {
    for (const double value : values) print.add(value);
  }
  if (result.modularity) print.add(*result.modularity);
  if (!result.pairs) return;
  for (const auto& [source, target] : result.pairs->ends) {
    print.add(std::uint64_t{source});
    print.add(std::uint64_t{target});
  }
  for (const auto& [name, values] : result.pairs->columns) {
    for (const double value : values) print.add(value);
  }
}

LabelledGraph graph_of(std::uint64_t seed) {
  // Every fourth is so large that it is cut into several blocks.
  const test::RandomGraph random(seed, seed % 4 == 0 ? 6000 : 60);
  LabelledGraph graph;
  graph.graph = random.csr();
  for (NodeId v = 0; v < graph.graph.nodes(); ++v) graph.names.push_back(std::to_string(v));
  return graph;
}

}  // namespace

int main() {
  constexpr std::array<unsigned, 3> kThreads = {1, 2, 4};
  std::map<std::string_view, std::array<Fingerprint, kThreads.size()>> prints;
  for (std::uint64_t seed = 0; seed < 24; ++seed) {
    const LabelledGraph graph = graph_of(seed);
    if (graph.graph.nodes() < 2) continue;
    AnalyzeOptions options;
    options.from = {0};
    options.to = 1;
    options.samples = 16;
    for (const std::string_view measure : measures()) {
      for (std::size_t i = 0; i < kThreads.size(); ++i) {
        RunControl control;
        control.threads = kThreads[i];
        add(analyze(graph, measure, options, control), prints[measure][i]);
      }
    }
  }
  bool same = true;
  for (const auto& [measure, print] : prints) {
    for (const Fingerprint& other : print) same = same && other.value() == print[0].value();
    std::printf("%.*s %016llx\n", static_cast<int>(measure.size()), measure.data(),
                static_cast<unsigned long long>(print[0].value()));
  }
  return same ? 0 : 1;
}
