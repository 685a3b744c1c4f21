#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace tercet {

/// A place on the page; x grows to the right, y downward.
struct Point {
  double x = 0, y = 0;

  friend bool operator==(const Point&, const Point&) = default;
};

/// Two things that belong near each other. Links to oneself are ignored.
struct LayoutLink {
  std::uint32_t a = 0, b = 0;
  double weight = 1;  ///< how strongly they pull, > 0
};

/// A number of the name alone: where a thing starts, so that equal things in two graphs start
/// alike.
std::uint64_t layout_seed(std::string_view name);

/// Positions by forces: all things repel each other, linked ones attract, everything is drawn a
/// little to the middle. A thing starts where its seed says and the forces are cooled slowly, so
/// that a graph with a few things more gives much the same picture. A thing in `kept` (empty, or
/// one per thing) stays where it was, to the bit. The unit is the length of a link of weight 1.
/// Only sums, products and square roots: the same bits on every machine. O(rounds * n log n).
/// Source: Jacomy et al. 2014 (ForceAtlas2), doi:10.1371/journal.pone.0098679; Barnes & Hut 1986.
std::vector<Point> lay_out(std::span<const std::uint64_t> seeds, std::span<const LayoutLink> links,
                           std::span<const std::optional<Point>> kept = {});

/// The room a thing takes round its position.
struct Box {
  double width = 0, height = 0;
};

/// Push boxes apart until none overlaps another, or `rounds` are over; things in `kept` do not
/// move. Small moves only where the boxes have room already. O(rounds * n) for boxes of like size.
void part_boxes(std::vector<Point>& at, std::span<const Box> boxes, unsigned rounds,
                std::span<const std::optional<Point>> kept = {});

}  // namespace tercet
