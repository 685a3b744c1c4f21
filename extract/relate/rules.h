#pragma once

#include <vector>

#include "extract/relate/claim.h"

namespace tercet {

/// Claims of the predicates that the tables know.
void claims_of_predicates(const SentenceView& view, std::vector<Claim>& out);

/// What something is: "X is a Y", "Y such as X", apposition, "considered a Y", and other names in
/// brackets.
void claims_of_kinds(const SentenceView& view, std::vector<Claim>& out);

/// Kinds and their members in enumerations, by the words on the page.
void claims_of_lists(const SentenceView& view, std::vector<Claim>& out);

/// What the model itself relates (Sentence::relations): pairs of words that no row need know.
void claims_of_pairs(const SentenceView& view, std::vector<Claim>& out);

/// The word where the ways of two words to the root of the tree meet; O(tokens).
int meeting_word(const SentenceView& view, int a, int b);

/// Numbers and dates: whose they are and what they measure.
void claims_of_quantities(const SentenceView& view, std::vector<Claim>& out);

}  // namespace tercet
