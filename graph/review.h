#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/corrections.h"
#include "base/fact.h"

namespace tercet {

/// The facts nothing has been decided of yet, the least certain first: by ascending confidence,
/// then document, place and id. Facts that a rejected rule takes out are left out. O(n log n).
std::vector<std::uint32_t> review_order(std::span<const Fact> facts,
                                        const Corrections& corrections);

/// A rule that decisions imply: what `by` reads as `relation` is wrong.
struct RuleProposal {
  RejectedRule rule;
  std::size_t rejected = 0, accepted = 0;  ///< of the facts reviewed so far
  std::size_t waiting = 0;                 ///< undecided facts it would take out

  /// Share of the reviewed facts that the rule is right about, 0..1.
  double precision() const {
    const std::size_t reviewed = rejected + accepted;
    return reviewed == 0 ? 0 : static_cast<double>(rejected) / static_cast<double>(reviewed);
  }
};

/// Every rule whose facts were rejected at least `least` times with at least `precision`, and which
/// is not yet in `corrections`; most rejections first, then by relation and rule. A fact with a
/// corrected relation counts as rejected: the rule read it wrongly. O(n log n).
std::vector<RuleProposal> propose_rules(std::span<const Fact> facts, const Corrections& corrections,
                                        std::size_t least = 3, double precision = .8);

}  // namespace tercet
