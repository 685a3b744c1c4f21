#pragma once

#include <cstddef>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "extract/language/model_file.h"
#include "extract/language/network.h"
#include "extract/nn/dense.h"

namespace tercet {

// Parts of networks as they lie in a model file. All throw Error{Corrupt} for what does not fit.

/// Layers wider than this are not believed.
inline constexpr std::size_t kMaxWidth = 8192;

/// The f32 tensor `name` of `size` values.
std::span<const float> vector_of(const ModelFile& file, const std::string& name, std::size_t size);

/// The first dimension of a tensor of two: the size of a layer that only its weights tell.
std::size_t rows_of(const ModelFile& file, const std::string& name);

/// `name`.weight, in panels or f32, and `name`.bias.
Dense dense_of(const ModelFile& file, const std::string& name, std::size_t out, std::size_t in);

/// The same where only the 8-bit form is known.
ByteLinear byte_linear_of(const ModelFile& file, const std::string& name, std::size_t out,
                          std::size_t in);

/// An i8 table with rows of `width` values.
ModelFile::Bytes rows_table(const ModelFile& file, const std::string& name, std::size_t width);

/// All heads read the same vector, so they are one layer.
struct Heads {
  struct Columns {
    std::size_t begin = 0, size = 0;
  };
  Dense layer;
  std::map<std::string, Columns, std::less<>> columns;

  bool has(std::string_view name) const { return columns.contains(name); }
  /// Columns of size 0 where there is no such head.
  Columns find(std::string_view name) const;
};

/// The layer "heads" with its string table of "NAME SIZE" in order of its columns; in files without
/// it the layers called `names`, as far as they are there.
Heads heads_of(const ModelFile& file, std::size_t width, std::initializer_list<const char*> names);

/// The first of the greatest values; NaN never wins.
std::size_t first_best(const float* values, std::size_t size);

/// The best class of one of a row's heads and its probability; {0, 0} for a head without columns.
struct BestTag {
  std::uint16_t tag = 0;
  float score = 0;
};
BestTag best_class(const Kernels& kernels, const float* row, Heads::Columns head);
/// The same for a head of mention tags: {0, 0} for the first, O; nobody asks how sure that is.
BestTag best_tag(const Kernels& kernels, const float* row, Heads::Columns head);

}  // namespace tercet
