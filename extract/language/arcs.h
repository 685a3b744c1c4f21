#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "extract/language/model_file.h"
#include "extract/language/tree.h"
#include "extract/nn/kernels.h"
#include "extract/nn/linear.h"

namespace tercet {

/// Rows of the fused heads' outputs: of the words of a batch, and of the artificial root.
struct HeadRows {
  const float* words;
  std::size_t stride;
  const float* root;

  /// Row of word `number` (from 1, 0 for the root) of the sentence whose first row is `first`.
  const float* row(std::size_t first, std::size_t number) const {
    return number == 0 ? root : words + (first + number - 1) * stride;
  }
};

/// Buffers of ArcScorer.
struct ArcScratch {
  Floats weighed, head_bias, scores, root_scores;
  std::vector<std::int32_t> heads;
  TreeScratch tree;
};

/// Bilinear scores of heads, and the tree of each sentence they give (docs/formats/model.md).
class ArcScorer {
 public:
  ArcScorer() = default;
  /// Reads Wa, ba and, if it is there, dist.weight. `dependent` and `head` are the columns of the
  /// two vectors, each of `size` values. Throws Error{Corrupt}.
  ArcScorer(const ModelFile& file, std::size_t dependent, std::size_t head, std::size_t size);

  /// The head of every word, 0 for the root. O(length^2) per sentence and more where the greedy
  /// choice is no tree; memory at most kExactTreeWords^2.
  void find_heads(const Kernels& kernels, const HeadRows& rows,
                  std::span<const std::uint32_t> lengths, ArcScratch& scratch,
                  std::vector<std::int32_t>& heads) const;

 private:
  void sentence_tree(const Kernels& kernels, const HeadRows& rows, std::size_t first,
                     std::size_t length, ArcScratch& s, std::span<std::int32_t> heads) const;

  std::size_t dependent_ = 0, head_ = 0, size_ = 0;
  Linear bilinear_;  // transposed Wa
  std::span<const float> bias_, distance_;
  float scale_ = 1.0F;
};

}  // namespace tercet
