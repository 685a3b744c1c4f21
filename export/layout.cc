#include "export/layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/sha256.h"

namespace tercet {
namespace {

constexpr double kGravity = 0.05;
constexpr double kHome = 0.1;  // pull to where the seed says: large pictures keep their bearings
constexpr double kMassOfLink = 0.25;   // more and hubs stand far from everything
constexpr double kTheta2 = 1.2 * 1.2;  // a cell narrower than 1.2 times its distance is one thing
constexpr int kMostDepth = 40;         // two things in one place end somewhere

// A tree of squares for the repulsion of many things at once (Barnes & Hut).
class Squares {
 public:
  void build(const std::vector<Point>& at, const std::vector<double>& mass) {
    cells_.clear();
    double low = 0, high = 1;
    for (const Point& p : at) {
      low = std::min({low, p.x, p.y});
      high = std::max({high, p.x, p.y});
    }
    cells_.push_back({low, low, high - low});
    for (std::uint32_t i = 0; i < at.size(); ++i) insert(i, at, mass[i]);
  }

  /// Sum of mass / distance, away from the others.
  Point push(const Point& p) const {
    Point force;
    std::array<std::uint32_t, 4 * kMostDepth + 8> stack;
    std::size_t size = 0;
    stack[size++] = 0;
    while (size > 0) {
      const Cell& cell = cells_[stack[--size]];
      if (cell.mass == 0) continue;
      const double dx = p.x - cell.x / cell.mass, dy = p.y - cell.y / cell.mass;
      const double d2 = dx * dx + dy * dy;
      if (cell.child == 0 || cell.side * cell.side < kTheta2 * d2) {
        if (d2 < 1e-12) continue;  // itself
        force.x += dx * cell.mass / d2;
        force.y += dy * cell.mass / d2;
        continue;
      }
      for (std::uint32_t k = 0; k < 4; ++k) stack[size++] = cell.child + k;
    }
    return force;
  }

 private:
  struct Cell {
    double left, top, side;
    double mass = 0, x = 0, y = 0;  // x, y: mass times place
    std::uint32_t child = 0;        // first of four, 0 for a leaf
    Point only{};                   // of a leaf with something in it
  };

  std::uint32_t child_for(std::uint32_t cell, const Point& p) const {
    const Cell& c = cells_[cell];
    return c.child + (p.x >= c.left + c.side / 2 ? 1U : 0U) + (p.y >= c.top + c.side / 2 ? 2U : 0U);
  }

  static void add(Cell& cell, const Point& p, double mass) {
    cell.mass += mass;
    cell.x += p.x * mass;
    cell.y += p.y * mass;
  }

  void split(std::uint32_t cell) {
    const Cell old = cells_[cell];
    const double half = old.side / 2;
    cells_[cell].child = static_cast<std::uint32_t>(cells_.size());
    for (int k = 0; k < 4; ++k) {
      cells_.push_back({old.left + (k % 2 == 1 ? half : 0), old.top + (k >= 2 ? half : 0), half});
    }
    Cell& below = cells_[child_for(cell, old.only)];
    add(below, old.only, old.mass);
    below.only = old.only;
  }

  void insert(std::uint32_t i, const std::vector<Point>& at, double mass) {
    std::uint32_t cell = 0;
    for (int depth = 0;; ++depth) {
      const bool empty = cells_[cell].mass == 0;
      if (!empty && cells_[cell].child == 0 && depth < kMostDepth) split(cell);
      add(cells_[cell], at[i], mass);
      if (empty) cells_[cell].only = at[i];
      if (cells_[cell].child == 0) return;
      cell = child_for(cell, at[i]);
    }
  }

  std::vector<Cell> cells_;
};

// Evenly in a disc of this radius, by rejection: no sine or cosine, whose bits differ.
Point in_disc(std::uint64_t seed, double radius) {
  for (;;) {
    seed += 0x9E3779B97F4A7C15u;
    std::uint64_t z = seed;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    z ^= z >> 31;
    const double x = static_cast<double>(z >> 32) / 2147483648.0 - 1;
    const double y = static_cast<double>(z & 0xFFFFFFFFu) / 2147483648.0 - 1;
    if (x * x + y * y <= 1) return {x * radius, y * radius};
  }
}

}  // namespace

std::uint64_t layout_seed(std::string_view name) {
  const auto digest = sha256(name);
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < 8; ++i) out = out << 8 | digest[i];
  return out;
}

std::vector<Point> lay_out(std::span<const std::uint64_t> seeds, std::span<const LayoutLink> links,
                           std::span<const std::optional<Point>> kept) {
  const std::size_t n = seeds.size();
  std::vector<double> mass(n, 1);
  for (const LayoutLink& link : links) {
    if (link.a != link.b) mass[link.a] += kMassOfLink, mass[link.b] += kMassOfLink;
  }
  const double radius = std::sqrt(static_cast<double>(n)) + 1;
  std::vector<Point> at(n), home(n), force(n), before(n);
  const auto fixed = [&](std::size_t i) { return i < kept.size() && kept[i].has_value(); };
  for (std::size_t i = 0; i < n; ++i)
    home[i] = at[i] = fixed(i) ? *kept[i] : in_disc(seeds[i], radius);
  if (!kept.empty()) {  // a new thing starts beside those it is linked to
    std::vector<Point> sum(n);
    std::vector<double> count(n);
    for (const LayoutLink& link : links) {
      for (const auto& [from, to] : {std::pair(link.a, link.b), std::pair(link.b, link.a)}) {
        if (!fixed(from)) continue;
        sum[to].x += at[from].x, sum[to].y += at[from].y, count[to] += 1;
      }
    }
    for (std::size_t i = 0; i < n; ++i) {
      if (fixed(i) || count[i] == 0) continue;
      const Point aside = in_disc(seeds[i], 1);
      home[i] = at[i] = {sum[i].x / count[i] + aside.x, sum[i].y / count[i] + aside.y};
    }
  }
  const auto rounds = static_cast<unsigned>(
      std::clamp<std::size_t>(3'000'000 / std::max<std::size_t>(n, 1), 60, 300));
  Squares squares;
  for (unsigned round = 0; round < rounds; ++round) {
    squares.build(at, mass);
    for (std::size_t i = 0; i < n; ++i) {
      force[i] = squares.push(at[i]);
      force[i].x =
          force[i].x * mass[i] - kGravity * mass[i] * at[i].x + kHome * (home[i].x - at[i].x);
      force[i].y =
          force[i].y * mass[i] - kGravity * mass[i] * at[i].y + kHome * (home[i].y - at[i].y);
    }
    for (const LayoutLink& link : links) {
      if (link.a == link.b) continue;
      const double dx = (at[link.b].x - at[link.a].x) * link.weight;
      const double dy = (at[link.b].y - at[link.a].y) * link.weight;
      force[link.a].x += dx, force[link.a].y += dy;
      force[link.b].x -= dx, force[link.b].y -= dy;
    }
    // No step longer than the heat of the round; what swings to and fro is slowed at once.
    const double heat = 0.03 * radius * (1 - static_cast<double>(round) / rounds) + 0.01;
    for (std::size_t i = 0; i < n; ++i) {
      if (fixed(i)) continue;
      const double sx = force[i].x - before[i].x, sy = force[i].y - before[i].y;
      const double swing = std::sqrt(sx * sx + sy * sy);
      const double size = std::sqrt(force[i].x * force[i].x + force[i].y * force[i].y);
      before[i] = force[i];
      if (size < 1e-12) continue;
      const double step = std::min(heat, size / (mass[i] + 2 * swing));
      at[i].x += force[i].x / size * step;
      at[i].y += force[i].y / size * step;
    }
  }
  return at;
}

void part_boxes(std::vector<Point>& at, std::span<const Box> boxes, unsigned rounds,
                std::span<const std::optional<Point>> kept) {
  const auto fixed = [&](std::size_t i) { return i < kept.size() && kept[i].has_value(); };
  std::vector<std::uint32_t> order(at.size());
  std::iota(order.begin(), order.end(), 0U);
  for (unsigned round = 0; round < rounds; ++round) {
    bool moved = false;
    // From left to right: only boxes whose sides overlap are compared.
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return at[a].x - boxes[a].width / 2 < at[b].x - boxes[b].width / 2;
    });
    for (std::size_t i = 0; i < order.size(); ++i) {
      const std::uint32_t a = order[i];
      for (std::size_t j = i + 1; j < order.size(); ++j) {
        const std::uint32_t b = order[j];
        if (at[b].x - boxes[b].width / 2 > at[a].x + boxes[a].width / 2) break;
        const double dx = at[b].x - at[a].x, dy = at[b].y - at[a].y;
        const double over_x = (boxes[a].width + boxes[b].width) / 2 - std::abs(dx);
        const double over_y = (boxes[a].height + boxes[b].height) / 2 - std::abs(dy);
        if (over_x <= 1e-9 || over_y <= 1e-9 || (fixed(a) && fixed(b))) continue;
        moved = true;
        const double share = fixed(a) || fixed(b) ? 1 : 0.5;
        Point push;
        if (over_y <= over_x) {
          push.y = (dy > 0 || (dy == 0 && a < b) ? 1 : -1) * (over_y + 1e-6) * share;
        } else {
          push.x = (dx > 0 || (dx == 0 && a < b) ? 1 : -1) * (over_x + 1e-6) * share;
        }
        if (!fixed(a)) at[a].x -= push.x, at[a].y -= push.y;
        if (!fixed(b)) at[b].x += push.x, at[b].y += push.y;
      }
    }
    if (!moved) return;
  }
}

}  // namespace tercet
