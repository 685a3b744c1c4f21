#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tercet {

// Words of a sentence are numbered from 1 here, and 0 is the artificial root: heads[0] is unused,
// heads[d] is the head of word d. A tree has exactly one word whose head is 0.

/// Above this many words the exact decoder's cubic time and quadratic memory are not spent.
inline constexpr std::size_t kExactTreeWords = 250;

/// True if `heads` is a tree with exactly one child of the root. O(words).
bool is_tree(std::span<const std::int32_t> heads);

/// Buffers of best_projective_tree(); reuse saves the allocations.
struct TreeScratch {
  std::vector<float> open_left_ending, open_right;  // ..._ending: by last word, then first
  std::vector<float> closed_left, closed_left_ending, closed_right, closed_right_ending;
};

/// The projective tree of the greatest sum of scores with exactly one child of the root.
/// scores[d * (words + 1) + h] is the score of h as the head of d; heads has words + 1 places.
/// Requires 1 <= words <= kExactTreeWords. Ties: the smallest split point. O(words^3).
/// Source: Eisner 1996, doi:10.3115/992628.992688.
void best_projective_tree(std::span<const float> scores, std::size_t words, TreeScratch& scratch,
                          std::span<std::int32_t> heads);

/// Make a tree of `heads` (each in [0, words], none its own) by changing few of them: of several
/// children of the root the one with the best root score stays, and the others and one word of
/// each cycle (its best root score; ties: the first) become children of that one. O(words).
void repair_tree(std::span<const float> root_scores, std::span<std::int32_t> heads);

}  // namespace tercet
