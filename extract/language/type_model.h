#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/text_hash.h"
#include "extract/language/model_file.h"
#include "extract/language/word_layers.h"

namespace tercet {

/// Says what type of thing a stretch of words names: the weights of its features, and a hidden
/// layer over the vectors that a language model makes of its head word and of all its words
/// (docs/formats/types.md). Immutable; threads may share one.
class TypeModel {
 public:
  /// Throws Error{Io, Version, Corrupt}, as ModelFile does.
  static TypeModel load(const std::filesystem::path& file);

  /// Fingerprint of the language model whose vectors it was fitted to: others mean nothing to it.
  const std::string& fitted_to() const { return fitted_to_; }
  std::size_t width() const { return layers_.width(); }  ///< of those vectors
  std::span<const std::string> types() const { return types_; }

  /// A word as the head of a stretch (first), and as one of its words (second).
  using Views = WordLayers::Views;
  std::vector<Views> views(const WordVectors& vectors, std::span<const std::size_t> rows) const {
    return layers_.views(vectors, rows);
  }

  /// Add to `sums`, one a type, what speaks for it. `words` are those of the stretch, not none. In
  /// any order of threads the same bits.
  void score(std::span<const std::string> features, const Views& head, std::span<const Views> words,
             std::span<float> sums) const;

 private:
  explicit TypeModel(const std::filesystem::path& file);

  ModelFile file_;
  std::string fitted_to_;
  std::vector<std::string> types_;
  std::size_t hidden_ = 0;
  WordLayers layers_;
  std::span<const float> out_;  // [types][hidden]
  ModelFile::Bytes weights_;    // [features][types]
  std::unordered_map<std::string, std::size_t, TextHash, std::equal_to<>> features_;
};

}  // namespace tercet
