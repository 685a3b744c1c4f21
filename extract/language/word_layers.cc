#include "extract/language/word_layers.h"

#include <algorithm>

#include "extract/language/layers.h"

namespace tercet {
namespace {

constexpr std::size_t kBatch = 64;  // words that go through the layers together

}  // namespace

WordLayers::WordLayers(const ModelFile& file, const std::string& first, const std::string& second,
                       std::size_t size)
    : size_(size) {
  const std::vector<std::size_t>& shape = file.shape(first + ".weight");
  if (shape.size() != 2 || size == 0 || size > kMaxWidth) {
    file.refuse("the layers' sizes are none");
  }
  width_ = shape[1];
  first_ = dense_of(file, first, size, width_);
  second_ = dense_of(file, second, size, width_);
}

std::vector<WordLayers::Views> WordLayers::views(const WordVectors& vectors,
                                                 std::span<const std::size_t> rows) const {
  std::vector<Views> out;
  out.reserve(rows.size());
  const Kernels& kernels = best_kernels();
  ByteRows bytes;
  const std::size_t most = std::min(rows.size(), kBatch);
  Floats x(most * width_), y(most * first_.stride());
  while (!rows.empty()) {
    const std::size_t count = std::min(rows.size(), kBatch);
    for (std::size_t i = 0; i < count; ++i) {
      const auto row = vectors.row(rows[i]);
      const float step = vectors.scales[rows[i]];
      for (std::size_t k = 0; k < width_; ++k) {
        x[i * width_ + k] = step * static_cast<float>(row[k]);
      }
    }
    const std::size_t begin = out.size();
    out.resize(begin + count);
    const auto apply = [&](const Dense& layer, Floats Views::*part) {
      layer.apply(kernels, x.data(), width_, count, y.data(), layer.stride(), bytes);
      for (std::size_t i = 0; i < count; ++i) {
        const float* const values = y.data() + i * layer.stride();
        (out[begin + i].*part).assign(values, values + size_);
      }
    };
    apply(first_, &Views::first);
    apply(second_, &Views::second);
    rows = rows.subspan(count);
  }
  return out;
}

std::string fitted_to(const ModelFile& file) {
  const std::vector<std::string_view> model = file.strings("model");
  if (model.size() != 1) file.refuse("it does not say which language model it was fitted to");
  return std::string(model.front());
}

}  // namespace tercet
