#include "export/places.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "export/dot_text.h"

namespace tercet {
namespace {

constexpr double kCovered = 0.3, kDot = 20;  // of the page by boxes; side of a dot's square
constexpr double kWiden = 1.2;               // names are wider than high, and so are screens

// With room for the words on the lines. Busy things are written larger (model.js does the same).
Box room_for(const Node& node, std::size_t degree) {
  const std::string label = wrapped(node.name, 18, 60);
  std::size_t lines = 1, widest = 0, here = 0;
  for (const char c : label) {
    if (c == '\n') {
      ++lines, here = 0;
    } else if ((c & 0xC0) != 0x80) {
      widest = std::max(widest, ++here);
    }
  }
  const double size = std::clamp(std::sqrt(static_cast<double>(degree)) / 3, 1.0, 4.0);
  return {static_cast<double>(widest) * 7.5 * size + 66,
          static_cast<double>(lines) * 16 * size + 46};
}

}  // namespace

std::vector<Point> place_things(const KnowledgeGraph& graph, const Drawing& drawing, bool boxes) {
  std::vector<std::size_t> degree(graph.nodes().size());
  std::vector<std::uint32_t> index(graph.nodes().size());
  for (const DrawnLink& link : drawing.links) ++degree[link.source], ++degree[link.target];
  std::vector<std::uint64_t> seeds;
  std::vector<Box> room;
  double area = 0;
  for (const NodeId id : drawing.nodes) {
    const Node& node = graph.nodes()[id];
    index[id] = static_cast<std::uint32_t>(seeds.size());
    seeds.push_back(layout_seed(node.name + '\n' + node.type));
    room.push_back(boxes ? room_for(node, degree[id]) : Box{kDot, kDot});
    area += room.back().width * room.back().height;
  }
  std::vector<LayoutLink> links;
  for (const DrawnLink& link : drawing.links) {
    links.push_back({index[link.source], index[link.target], link.status.asserted() ? 1.0 : 0.4});
  }
  std::vector<Point> at = lay_out(seeds, links);
  // As dense as can be read. The extent is a mean over all things: one stray thing more or less
  // must not move the others.
  double extent = 0;
  for (const Point& p : at) extent += p.x * p.x + p.y * p.y;
  extent = extent * 8 / std::max<double>(static_cast<double>(at.size()), 1);
  const double scale = extent > 0 ? std::sqrt(area / kCovered / extent) : 1;
  for (Point& p : at) p.x *= scale * kWiden, p.y *= scale / kWiden;
  if (boxes) part_boxes(at, room, 200);
  return at;
}

}  // namespace tercet
