#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "extract/language/layers.h"
#include "extract/language/network.h"
#include "extract/nn/linear.h"

namespace tercet {

/// Relations with a lower probability are not told.
inline constexpr float kLeastRelation = 0.03F;

/// Scores relations between pairs of words (docs/formats/model.md): from, to, and the word where
/// their ways to the root meet.
class PairScorer {
 public:
  PairScorer() = default;
  /// Reads the tensors pair.*, the heads ps, pt, pb, pu and pv; without any of them the scorer
  /// finds nothing. Throws Error{Corrupt} if only some are there or they do not fit.
  PairScorer(const ModelFile& file, const Heads& heads);

  bool empty() const { return relation_.out() == 0; }
  std::size_t relations() const { return relation_.out(); }

  /// Append the relations of sentences by (from, to, relation). `rows` are the outputs of the heads
  /// for their words, `stride` apart; `labels` belong to them, their heads being trees; `first` is
  /// the number of the first of these words. Changes `rows`. O(words * kFarthest * depth of the
  /// tree); memory does not depend on the words.
  void find(const Kernels& kernels, float* rows, std::size_t stride,
            std::span<const std::uint32_t> lengths, std::span<const WordLabels> labels,
            std::size_t first, PairScratch& scratch, std::vector<PairLabel>& out) const;

 private:
  struct Sentence {
    float* rows;
    std::size_t stride;
    std::span<const WordLabels> labels;
    std::size_t first;
  };

  bool is_end(const WordLabels& word) const;
  void find_of_sentence(const Kernels& kernels, const Sentence& sentence, PairScratch& s,
                        std::vector<PairLabel>& out) const;
  void score_block(const Kernels& kernels, const Sentence& sentence, PairScratch& s,
                   std::vector<PairLabel>& out) const;

  Heads::Columns source_, target_, between_, source_factor_, target_factor_;
  std::size_t size_ = 0;
  std::span<const float> distance_, source_deprel_, target_deprel_, way_;
  Linear relation_;
  std::vector<std::uint8_t> ends_, names_;      // by tag: may be an end, is a proper noun
  std::vector<std::uint8_t> inner_, compound_;  // by label
};

/// 0..23: up to 4 words each, then by half powers of two; the second half for going right.
std::size_t distance_class(std::int32_t distance);

}  // namespace tercet
