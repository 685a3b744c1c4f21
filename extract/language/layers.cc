#include "extract/language/layers.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <vector>

namespace tercet {

std::span<const float> vector_of(const ModelFile& file, const std::string& name, std::size_t size) {
  return file.floats(name, {size});
}

std::size_t rows_of(const ModelFile& file, const std::string& name) {
  const std::vector<std::size_t>& shape = file.shape(name);
  if (shape.size() != 2 || shape[0] > kMaxWidth) file.refuse(name + " has an unexpected shape");
  return shape[0];
}

ByteLinear byte_linear_of(const ModelFile& file, const std::string& name, std::size_t out,
                          std::size_t in) {
  const ModelFile::Panels panels = file.panels(name + ".weight");
  if (panels.out != out || panels.in != in) file.refuse(name + " has an unexpected shape");
  return {panels.values, panels.scales, vector_of(file, name + ".bias", out), in};
}

Dense dense_of(const ModelFile& file, const std::string& name, std::size_t out, std::size_t in) {
  if (file.is_panels(name + ".weight")) return Dense(byte_linear_of(file, name, out, in));
  return Dense(Linear(file.floats(name + ".weight", {out, in}),
                      vector_of(file, name + ".bias", out), out, in));
}

ModelFile::Bytes rows_table(const ModelFile& file, const std::string& name, std::size_t width) {
  const ModelFile::Bytes out = file.bytes(name);
  if (out.columns != width) file.refuse(name + " has rows of another length than its layer");
  if (out.rows > std::numeric_limits<std::int32_t>::max()) file.refuse(name + " is too long");
  return out;
}

Heads::Columns Heads::find(std::string_view name) const {
  const auto it = columns.find(name);
  return it == columns.end() ? Columns{} : it->second;
}

Heads heads_of(const ModelFile& file, std::size_t width, std::initializer_list<const char*> names) {
  Heads out;
  std::size_t total = 0;
  const auto add = [&](std::string name, std::size_t size) {
    if (size == 0 || size > kMaxWidth || total + size > kMaxWidth) file.refuse("too many heads");
    if (!out.columns.emplace(std::move(name), Heads::Columns{total, size}).second) {
      file.refuse("two heads have one name");
    }
    total += size;
  };
  if (file.has_strings("heads")) {
    for (const std::string_view line : file.strings("heads")) {
      const std::size_t space = std::min(line.find(' '), line.size());
      std::size_t size = 0;
      const char* const end = line.data() + line.size();
      const auto [rest, error] =
          std::from_chars(line.data() + std::min(space + 1, line.size()), end, size);
      if (error != std::errc() || rest != end) file.refuse("the list of heads cannot be read");
      add(std::string(line.substr(0, space)), size);
    }
    out.layer = dense_of(file, "heads", total, width);
    return out;
  }
  std::vector<float> weight, bias;
  for (const std::string name : names) {
    if (!file.has(name + ".weight")) continue;
    const std::size_t size = rows_of(file, name + ".weight");
    add(name, size);
    const std::span<const float> w = file.floats(name + ".weight", {size, width});
    const std::span<const float> b = vector_of(file, name + ".bias", size);
    weight.insert(weight.end(), w.begin(), w.end());
    bias.insert(bias.end(), b.begin(), b.end());
  }
  out.layer = Dense(Linear(weight, bias, total, width));
  return out;
}

std::size_t first_best(const float* values, std::size_t size) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < size; ++i) {
    if (values[i] > values[best]) best = i;
  }
  return best;
}

BestTag best_class(const Kernels& kernels, const float* row, Heads::Columns head) {
  if (head.size == 0) return {};
  const float* const scores = row + head.begin;
  const std::size_t best = first_best(scores, head.size);
  float total = 0.0F;
  for (std::size_t begin = 0; begin < head.size; begin += 16) {
    float part[16];
    const std::size_t used = std::min<std::size_t>(16, head.size - begin);
    std::copy_n(scores + begin, used, part);
    std::fill(part + used, part + 16, -1e30F);
    total += kernels.sum_exp(part, scores[best], 16);
  }
  return {static_cast<std::uint16_t>(best), 1.0F / total};
}

BestTag best_tag(const Kernels& kernels, const float* row, Heads::Columns head) {
  if (head.size == 0 || first_best(row + head.begin, head.size) == 0) return {};
  return best_class(kernels, row, head);
}

}  // namespace tercet
