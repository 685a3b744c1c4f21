#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text_hash.h"
#include "extract/language/model_file.h"
#include "extract/language/word_layers.h"

namespace tercet {

/// A ranking of referents that also looks at the vectors a language model makes of words. Score of
/// an option: the weights of its features; the product of what is asked and what is offered, each
/// turned by a layer of its own; and a hidden layer over both (docs/formats/references.md).
/// Immutable; threads may share one.
class ReferenceModel {
 public:
  /// Throws Error{Io, Version, Corrupt}, as ModelFile does.
  static ReferenceModel load(const std::filesystem::path& file);

  /// Fingerprint of the language model whose vectors it was fitted to: others mean nothing to it.
  const std::string& fitted_to() const { return fitted_to_; }
  std::size_t width() const { return layers_.width(); }  ///< of those vectors

  /// A word as what is asked (first), and as what is offered (second).
  using Views = WordLayers::Views;
  /// Views of the words `rows` of `vectors`, in their order. O(rows * width * size of the layers).
  std::vector<Views> views(const WordVectors& vectors, std::span<const std::size_t> rows) const {
    return layers_.views(vectors, rows);
  }

  using Features = std::vector<std::pair<std::string, int>>;
  struct Option {
    const Views* word = nullptr;
    bool itself = false;  ///< what is asked and what is offered is one word
    bool words = false;   ///< no entity but words of the text
    bool same_sentence = false;
  };
  /// How much speaks for an option; `kind` is what Reference's watch is told. In any order of
  /// threads the same bits.
  float score(const Views& asked, std::string_view kind, const Option& option,
              const Features& features) const;

 private:
  explicit ReferenceModel(const std::filesystem::path& file);

  ModelFile file_;
  std::string fitted_to_;
  std::size_t hidden_ = 0, common_ = 0;
  WordLayers layers_;
  std::vector<float> zeros_;
  std::span<const float> itself_, words_, same_sentence_, out_, kind_rows_;
  std::map<std::string, std::size_t, std::less<>> kinds_;
  std::unordered_map<std::string, float, TextHash, std::equal_to<>> weights_;  // looked up only
};

}  // namespace tercet
