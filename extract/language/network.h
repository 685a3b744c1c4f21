#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "extract/language/arcs.h"
#include "extract/language/model_file.h"
#include "extract/language/word_features.h"
#include "extract/language/word_vectors.h"
#include "extract/nn/dense.h"
#include "extract/nn/kernels.h"

namespace tercet {

/// What a network decides about a word: rows of the model's label lists, and the head: 0 for the
/// root, else the number of a word of the sentence, counted from 1. `mention` and `outer` are rows
/// of the list of mention tags with their probabilities, `kind` a row of the list of kinds; 0 where
/// the model has no such heads.
struct WordLabels {
  std::uint16_t upos, xpos, lemma, deprel;
  std::int32_t head;
  std::uint16_t mention = 0, outer = 0;
  float mention_score = 0, outer_score = 0;
  std::uint16_t kind = 0;
  float kind_score = 0;
};

/// A relation between two of the words labelled, counted over all sentences from 0; both are in one
/// sentence.
struct PairLabel {
  std::uint32_t from, to;
  std::uint16_t relation;  ///< row of the list of relations
  float score;             ///< its probability

  friend bool operator==(const PairLabel&, const PairLabel&) = default;
};

/// Buffers of PairScorer.
struct PairScratch {
  struct Pair {
    std::int32_t from, to, meeting;
    std::uint32_t way;
  };
  std::vector<std::int32_t> ends, above;
  std::vector<Pair> pairs;
  Floats hidden, scores;
};

/// Buffers of Network::label, one per thread. They grow with the largest batch.
struct NetworkScratch {
  Floats x, normal, wide, labels;
  ByteRows bytes;
  ArcScratch arcs;
  PairScratch pairs;  // encoder
  std::vector<std::int32_t> heads;
  std::vector<WordFeatures> features;         // recurrent
  Floats inner, scores;                       // encoder
  std::vector<std::uint32_t> pieces, firsts;  // encoder
  std::vector<std::uint8_t> shapes;           // encoder
};

/// What reads the words of sentences and labels them (docs/formats/model.md). Immutable; threads
/// may share one.
class Network {
 public:
  virtual ~Network() = default;

  /// True if the word (lower case) is in the model's word list.
  virtual bool knows(std::string_view word) const = 0;

  /// How many of `words`, from the first on, may be one sentence; at least 1 unless there are none.
  virtual std::size_t fitting(std::span<const std::string_view> words) const = 0;

  /// Label the words of sentences written one after the other; `lengths` (none zero, none more than
  /// fitting() allows) add up to words.size(). A sentence's result does not depend on the others.
  /// Linear in the words, but for arcs and attention, which take O(length^2) time. `out` gets one
  /// entry per word, `pairs` the relations by (from, to, relation), none if the model has none.
  /// The words' vectors are added to `vectors` unless it is null.
  virtual void label(std::span<const std::string_view> words,
                     std::span<const std::uint32_t> lengths, NetworkScratch& scratch,
                     std::vector<WordLabels>& out, std::vector<PairLabel>& pairs,
                     WordVectors* vectors) const = 0;

  struct LabelCounts {
    std::size_t upos, xpos, lemma, deprel;
    std::size_t mention = 0, outer = 0;
    std::size_t relations = 0, kinds = 0;
  };
  virtual LabelCounts label_counts() const = 0;

  /// The row of the label that only a child of the root may have; others never get it.
  void reserve_root_label(std::size_t row) { root_label_ = row; }

 protected:
  /// The best label by its scores.
  std::size_t pick_label(const float* scores, std::size_t count, bool is_root) const;

 private:
  std::size_t root_label_ = static_cast<std::size_t>(-1);
};

/// The network a model file holds. Sizes are those of its tensors. Throws Error{Corrupt} where they
/// do not fit each other, Error{Version} for a kind of network this program does not know. Keeps
/// `file`'s memory, so it must outlive the network.
std::unique_ptr<Network> make_network(const ModelFile& file,
                                      const Kernels& kernels = best_kernels());

}  // namespace tercet
