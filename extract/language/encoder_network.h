#pragma once

#include "extract/language/layers.h"
#include "extract/language/network.h"
#include "extract/language/pairs.h"
#include "extract/language/word_pieces.h"

namespace tercet {

/// The accurate model: a small BERT over word pieces, a word being its first piece; one affine
/// layer for all tags, bilinear arcs and labels.
class EncoderNetwork final : public Network {
 public:
  /// See make_network().
  EncoderNetwork(const ModelFile& file, const Kernels& kernels);

  bool knows(std::string_view word) const override;
  std::size_t fitting(std::span<const std::string_view> words) const override;
  void label(std::span<const std::string_view> words, std::span<const std::uint32_t> lengths,
             NetworkScratch& scratch, std::vector<WordLabels>& out, std::vector<PairLabel>& pairs,
             WordVectors* vectors) const override;
  LabelCounts label_counts() const override {
    return {upos_.size,    xpos_.size,  lemma_.size,        labels_,
            mention_.size, outer_.size, pairs_.relations(), kind_.size};
  }

 private:
  struct Norm {
    std::span<const float> gain, shift;
  };
  struct Layer {
    Dense queries, out, up, down;  // queries: those, keys and values
    Norm attended, fed;
  };
  /// Sentences that go through the layers together.
  struct Batch {
    std::span<const std::uint32_t> words, pieces;  // lengths
    std::size_t word_rows = 0, piece_rows = 0;
  };

  Norm norm_of(const ModelFile& file, const std::string& name) const;
  std::uint32_t piece_of(const ModelFile& file, const char* piece) const;
  void cut(std::span<const std::string_view> words, std::span<const std::uint32_t> lengths,
           std::vector<std::uint32_t>& pieces, NetworkScratch& s) const;
  void run(const Batch& batch, std::size_t first_piece, std::size_t first_word, NetworkScratch& s,
           std::vector<WordLabels>& out, std::vector<PairLabel>& pairs, WordVectors* vectors) const;
  void embed(const Batch& batch, std::size_t first_piece, NetworkScratch& s) const;
  /// Attention of a layer: s.normal holds what it adds to s.x.
  void attend(const Layer& layer, const Batch& batch, NetworkScratch& s) const;
  /// The rest of a layer, of the first `rows` rows.
  void feed(const Layer& layer, std::size_t rows, NetworkScratch& s) const;
  void score_labels(const Batch& batch, NetworkScratch& s) const;

  const Kernels* kernels_;
  WordPieces pieces_;
  std::uint32_t begin_ = 0, end_ = 0, unknown_ = 0;
  ModelFile::Bytes piece_rows_, position_rows_, shape_rows_;
  std::size_t width_ = 0, attention_heads_ = 0, inner_ = 0;
  Norm embedded_;
  std::vector<Layer> layers_;
  Heads heads_;
  Heads::Columns arc_dependent_, arc_head_, label_dependent_, label_head_;
  Heads::Columns upos_, xpos_, lemma_, mention_, outer_, kind_;
  ArcScorer arcs_;
  PairScorer pairs_;
  ByteLinear label_;  // panel j: the labels' weights for channel j of the head, the last for 1
  std::size_t labels_ = 0;
  Floats root_row_;  // the heads' outputs for the artificial root
  std::size_t wide_stride_ = 0;
};

}  // namespace tercet
