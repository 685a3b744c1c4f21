#pragma once

#include "extract/language/layers.h"
#include "extract/language/network.h"

namespace tercet {

/// The fast model: summed embeddings, a window of three words, layers of bidirectional
/// recurrence, one affine layer for all tags, bilinear arcs.
class RecurrentNetwork final : public Network {
 public:
  /// See make_network().
  RecurrentNetwork(const ModelFile& file, const Kernels& kernels);

  bool knows(std::string_view word) const override { return table_.find(word) >= 0; }
  std::size_t fitting(std::span<const std::string_view> words) const override;
  void label(std::span<const std::string_view> words, std::span<const std::uint32_t> lengths,
             NetworkScratch& scratch, std::vector<WordLabels>& out, std::vector<PairLabel>& pairs,
             WordVectors* vectors) const override;
  LabelCounts label_counts() const override {
    return {upos_.size,    xpos_.size,  lemma_.size, label_.out(),
            mention_.size, outer_.size, 0,           kind_.size};
  }

 private:
  struct Layer {
    std::span<const float> gain, shift;
    Dense gates;
  };

  WordFeatures features(std::string_view word) const;
  void embed(std::span<const WordFeatures> words, std::span<const std::uint32_t> lengths,
             NetworkScratch& scratch) const;

  const Kernels* kernels_;
  WordTable table_;
  ModelFile::Bytes word_rows_, prefix_rows_, suffix_rows_, shape_rows_;
  std::span<const float> embed_gain_, embed_shift_, begin_, end_;
  Dense window_;
  std::vector<Layer> layers_;
  std::span<const float> out_gain_, out_shift_;
  Heads heads_;
  Heads::Columns arc_dependent_, arc_head_, label_dependent_, label_head_;
  Heads::Columns upos_, xpos_, lemma_, mention_, outer_, kind_;
  ArcScorer arcs_;
  Dense label_;
  Floats root_row_;  // the heads' outputs for the artificial root
  std::size_t embedding_ = 0, width_ = 0;
  std::size_t x_stride_ = 0, normal_stride_ = 0, wide_stride_ = 0;
};

}  // namespace tercet
