#include <algorithm>
#include <cmath>
#include <map>

#include "export/places.h"
#include "graph/random.h"
#include "tests/catch.h"
#include "tests/export_samples.h"

namespace {

using tercet::KnowledgeGraph;
using tercet::Point;

// A document of some statements about things, most of them its own and some of all documents.
void add_document(std::vector<tercet::Fact>& facts, std::uint32_t number) {
  tercet::Random random(number + 1);
  const std::string own = "d" + std::to_string(number) + " thing ";
  for (std::uint32_t i = 1; i < 14; ++i) {
    const std::string hub = random.below(3) == 0 ? "hub " + std::to_string(random.below(4))
                                                 : own + std::to_string(random.below(i));
    facts.push_back(samples::fact(own + std::to_string(i), "uses", hub));
    facts.back().object_type = facts.back().subject_type;
    facts.back().doc = "d" + std::to_string(number) + ".md";
  }
}

std::map<std::string, Point> places(const std::vector<tercet::Fact>& facts) {
  const KnowledgeGraph graph = tercet::build_graph(facts);
  const tercet::Drawing all = tercet::select_drawing(graph, tercet::Show::All, false, 0);
  const auto at = tercet::place_things(graph, all, false);
  std::map<std::string, Point> out;
  for (std::size_t i = 0; i < at.size(); ++i) {
    out[graph.nodes()[all.nodes[i]].name] = at[i];
  }
  return out;
}

double extent(const std::map<std::string, Point>& at) {
  double low = 0, high = 0;
  for (const auto& [name, p] : at) low = std::min(low, p.x), high = std::max(high, p.x);
  return high - low;
}

}  // namespace

TEST_CASE("a document more moves few things", "[export]") {
  std::vector<tercet::Fact> facts;
  for (std::uint32_t i = 0; i < 20; ++i) add_document(facts, i);
  auto before = places(facts);
  for (std::uint32_t i = 20; i < 23; ++i) {
    add_document(facts, i);
    const auto after = places(facts);
    std::size_t moved = 0;
    for (const auto& [name, p] : before) {
      const Point& q = after.at(name);
      moved += std::hypot(p.x - q.x, p.y - q.y) > 0.1 * extent(before);
    }
    CAPTURE(i, moved, before.size());
    CHECK(moved * 10 <= before.size());
    before = after;
  }
}
