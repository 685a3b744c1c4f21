#pragma once

#include <cstdint>
#include <span>

namespace tercet {

struct BoundaryWeight {
  std::uint32_t feature;
  std::int16_t weight;  ///< in sixteenths
};

/// Weights of BoundaryFeatures, ascending by feature. Made by train/boundaries.
extern const std::span<const BoundaryWeight> kBoundaryWeights;

}  // namespace tercet
