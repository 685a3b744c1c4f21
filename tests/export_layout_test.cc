#include <algorithm>
#include <cmath>
#include <string>

#include "export/layout.h"
#include "graph/random.h"
#include "tests/catch.h"

namespace {

using tercet::Box;
using tercet::LayoutLink;
using tercet::Point;

struct Net {
  std::vector<std::uint64_t> seeds;
  std::vector<LayoutLink> links;
};

// Groups of ten that hang together, each with a link to the next.
Net groups(std::uint32_t count) {
  Net net;
  tercet::Random random(3);
  for (std::uint32_t g = 0; g < count; ++g) {
    for (std::uint32_t i = 0; i < 10; ++i) {
      net.seeds.push_back(tercet::layout_seed("thing " + std::to_string(10 * g + i)));
      if (i > 0) net.links.push_back({10 * g + i, 10 * g + random.below(i), 1});
    }
    if (g > 0) net.links.push_back({10 * g, 10 * (g - 1), 1});
  }
  return net;
}

double distance(const Point& a, const Point& b) { return std::hypot(a.x - b.x, a.y - b.y); }

}  // namespace

TEST_CASE("linked things stand nearer than others", "[export]") {
  const Net net = groups(12);
  const auto at = tercet::lay_out(net.seeds, net.links);
  double linked = 0, any = 0;
  for (const LayoutLink& link : net.links) linked += distance(at[link.a], at[link.b]);
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < at.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j, ++pairs) any += distance(at[i], at[j]);
  }
  CHECK(linked / static_cast<double>(net.links.size()) < 0.35 * any / static_cast<double>(pairs));
}

TEST_CASE("the same things get the same places, and kept ones do not move", "[export]") {
  const Net net = groups(5);
  const auto at = tercet::lay_out(net.seeds, net.links);
  CHECK(at == tercet::lay_out(net.seeds, net.links));
  std::vector<std::optional<Point>> kept(at.begin(), at.end());
  kept[7].reset();
  const auto again = tercet::lay_out(net.seeds, net.links, kept);
  for (std::size_t i = 0; i < at.size(); ++i) {
    if (i != 7) CHECK(again[i] == at[i]);
  }
  CHECK(std::isfinite(again[7].x));
}

TEST_CASE("things in one place, loops and nothing at all are laid out", "[export]") {
  CHECK(tercet::lay_out({}, {}).empty());
  const std::vector<std::uint64_t> same(50, 7);
  const std::vector<LayoutLink> loops = {{0, 0, 1}, {0, 1, 1}, {1, 0, 1}};
  for (const Point& p : tercet::lay_out(same, loops)) {
    CHECK(std::isfinite(p.x));
    CHECK(std::isfinite(p.y));
  }
}

TEST_CASE("boxes are pushed apart", "[export]") {
  std::vector<Point> at;
  std::vector<Box> boxes;
  tercet::Random random(9);
  for (int i = 0; i < 60; ++i) {
    at.push_back({random.below(1000) * 0.4, random.below(1000) * 0.4});
    boxes.push_back({40.0 + random.below(60), 20});
  }
  tercet::part_boxes(at, boxes, 500);
  for (std::size_t i = 0; i < at.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const bool apart =
          std::abs(at[i].x - at[j].x) + 1e-6 >= (boxes[i].width + boxes[j].width) / 2 ||
          std::abs(at[i].y - at[j].y) + 1e-6 >= (boxes[i].height + boxes[j].height) / 2;
      CHECK(apart);
    }
  }
}
