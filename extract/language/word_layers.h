#pragma once

#include <span>
#include <string>
#include <vector>

#include "extract/language/model_file.h"
#include "extract/language/word_vectors.h"
#include "extract/nn/aligned.h"
#include "extract/nn/dense.h"

namespace tercet {

/// Two layers of one size over the vectors that a language model makes of words.
class WordLayers {
 public:
  /// A word as each of the layers sees it.
  struct Views {
    Floats first, second;
  };

  WordLayers() = default;
  /// The layers called `first` and `second` of `size` outputs. Throws Error{Corrupt}.
  WordLayers(const ModelFile& file, const std::string& first, const std::string& second,
             std::size_t size);

  std::size_t width() const { return width_; }  ///< of the vectors
  /// Views of the words `rows` of `vectors`, in their order. O(rows * width * size).
  std::vector<Views> views(const WordVectors& vectors, std::span<const std::size_t> rows) const;

 private:
  std::size_t width_ = 0, size_ = 0;
  Dense first_, second_;
};

/// The one line of the string table "model": the fingerprint of the language model that a file of
/// such layers was fitted to. Throws Error{Corrupt}.
std::string fitted_to(const ModelFile& file);

}  // namespace tercet
