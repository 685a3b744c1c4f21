#pragma once

#include "extract/relate/claim.h"

namespace tercet {

/// What the sentence says of a claim besides its two ends: when (ISO 8601 as far as stated), how
/// much, in which respect, as what, how large a part. Fills what is stated at the claim's own
/// words and still empty in `qualifiers`; guesses nothing. O(mentions of the sentence).
void add_qualifiers(const SentenceView& view, const Claim& claim, Qualifiers& qualifiers);

}  // namespace tercet
