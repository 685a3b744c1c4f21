#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/language/model_file.h"
#include "extract/language/tree.h"
#include "extract/language/word_features.h"
#include "extract/nn/kernels.h"
#include "extract/nn/linear.h"

namespace tercet {

/// What the network decides about a word: rows of the model's label lists, and the head: 0 for
/// the root, else the number of a word of the sentence, counted from 1.
struct WordLabels {
  std::uint16_t upos, xpos, lemma, deprel;
  std::int32_t head;
};

/// Buffers of Network::label, one per thread. They grow with the largest batch.
struct NetworkScratch {
  Floats words, normal, wide, head_bias, scores, root_scores;
  std::vector<std::int32_t> heads, sentence_heads;
  TreeScratch tree;
};

/// The fast model: summed embeddings, a window of three words, layers of bidirectional
/// recurrence, one affine layer for all tags, bilinear arcs (docs/formats/model.md). Immutable.
class Network {
 public:
  /// Sizes are those of the tensors. Throws Error{Corrupt} where they do not fit each other.
  /// Keeps `file`'s memory, so it must outlive the network.
  explicit Network(const ModelFile& file, const Kernels& kernels = best_kernels());

  /// Embedding rows of a word.
  WordFeatures features(std::string_view word) const;

  /// True if the word (lower case) is in the model's word list.
  bool knows(std::string_view word) const { return table_.find(word) >= 0; }

  /// Label the words of sentences written one after the other; `lengths` (none zero, at most
  /// 4,000) add up to words.size(). A sentence's result does not depend on the others.
  /// Linear in the words, but for arcs, which take O(length^2) time, and at most
  /// kExactTreeWords^2 memory. `out` gets one entry per word.
  void label(std::span<const WordFeatures> words, std::span<const std::uint32_t> lengths,
             NetworkScratch& scratch, std::vector<WordLabels>& out) const;

  struct LabelCounts {
    std::size_t upos, xpos, lemma, deprel;
  };
  LabelCounts label_counts() const { return {upos_.size, xpos_.size, lemma_.size, label_.out()}; }
  /// The row of the label that only a child of the root may have; others never get it.
  void reserve_root_label(std::size_t row) { root_label_ = row; }

 private:
  struct Layer {
    std::span<const float> gain, shift;
    Linear gates;
  };
  struct Head {  // columns of the fused layer
    std::size_t begin = 0, size = 0;
  };

  void embed(std::span<const WordFeatures> words, std::span<const std::uint32_t> lengths,
             NetworkScratch& scratch) const;
  void find_heads(std::span<const std::uint32_t> lengths, NetworkScratch& scratch) const;
  void sentence_tree(std::size_t first, std::size_t length, NetworkScratch& scratch) const;
  const float* head_row(std::size_t first, std::size_t number, const NetworkScratch& s) const;
  std::size_t pick_label(const float* scores, bool is_root) const;

  const Kernels* kernels_;
  WordTable table_;
  ModelFile::Bytes word_rows_, prefix_rows_, suffix_rows_, shape_rows_;
  std::span<const float> embed_gain_, embed_shift_, begin_, end_;
  Linear window_;
  std::vector<Layer> layers_;
  std::span<const float> out_gain_, out_shift_;
  Linear heads_;
  Head arc_dependent_, arc_head_, label_dependent_, label_head_, upos_, xpos_, lemma_;
  Linear arc_;  // transposed Wa
  Linear label_;
  std::span<const float> arc_head_bias_, distance_;
  Floats root_row_;  // the heads' outputs for the artificial root
  std::size_t embedding_ = 0, width_ = 0;
  std::size_t words_stride_ = 0, normal_stride_ = 0, wide_stride_ = 0;
  float arc_scale_ = 1.0F;
  std::size_t root_label_ = static_cast<std::size_t>(-1);
};

}  // namespace tercet
