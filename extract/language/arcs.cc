#include "extract/language/arcs.h"

#include <algorithm>
#include <cmath>

namespace tercet {
namespace {

constexpr int kFarthest = 30;  // distances are clamped to [-30, 30]; row 0 is for the root

}  // namespace

ArcScorer::ArcScorer(const ModelFile& file, std::size_t dependent, std::size_t head,
                     std::size_t size)
    : dependent_(dependent), head_(head), size_(size) {
  const std::span<const float> bilinear = file.floats("Wa", {size, size});
  std::vector<float> transposed(size * size);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) transposed[j * size + i] = bilinear[i * size + j];
  }
  bilinear_ = Linear(transposed, {}, size, size);
  bias_ = file.floats("ba", {size});
  scale_ = 1.0F / std::sqrt(static_cast<float>(size));
  if (!file.has("dist.weight")) return;
  distance_ = file.floats("dist.weight", file.shape("dist.weight"));
  if (distance_.size() < 2 * kFarthest + 2) file.refuse("dist.weight is too short");
}

void ArcScorer::find_heads(const Kernels& kernels, const HeadRows& rows,
                           std::span<const std::uint32_t> lengths, ArcScratch& s,
                           std::vector<std::int32_t>& heads) const {
  std::size_t count = 0;
  for (const std::uint32_t length : lengths) count += length;
  if (s.weighed.size() < count * bilinear_.stride()) s.weighed.resize(count * bilinear_.stride());
  kernels.linear(bilinear_.view(), rows.words + dependent_, rows.stride, count, s.weighed.data(),
                 bilinear_.stride());
  heads.resize(count);
  std::size_t first = 0;
  for (const std::uint32_t length : lengths) {
    sentence_tree(kernels, rows, first, length, s, std::span(heads).subspan(first, length));
    first += length;
  }
}

void ArcScorer::sentence_tree(const Kernels& kernels, const HeadRows& rows, std::size_t first,
                              std::size_t length, ArcScratch& s,
                              std::span<std::int32_t> heads) const {
  const std::size_t n = length + 1;
  s.head_bias.resize(n);
  for (std::size_t h = 0; h < n; ++h) {
    s.head_bias[h] = kernels.dot(bias_.data(), rows.row(first, h) + head_, size_);
  }
  // A long sentence keeps one row of scores only, and is repaired instead of decoded.
  const bool exact = length <= kExactTreeWords;
  s.scores.resize(exact ? n * n : n);
  s.root_scores.resize(n);
  s.heads.assign(n, 0);
  for (std::size_t d = 1; d < n; ++d) {
    float* const row = s.scores.data() + (exact ? d * n : 0);
    const float* const dependent = s.weighed.data() + (first + d - 1) * bilinear_.stride();
    std::size_t best = 0;
    for (std::size_t h = 0; h < n; ++h) {
      row[h] =
          (kernels.dot(dependent, rows.row(first, h) + head_, size_) + s.head_bias[h]) * scale_;
      if (!distance_.empty()) {
        const int apart = static_cast<int>(h) - static_cast<int>(d);
        const int near = h == 0 ? 0 : std::clamp(apart, -kFarthest, kFarthest) + kFarthest + 1;
        row[h] += distance_[static_cast<std::size_t>(near)];
      }
      if (h != d && row[h] > row[best]) best = h;
    }
    s.heads[d] = static_cast<std::int32_t>(best);
    s.root_scores[d] = row[0];
  }
  if (!is_tree(s.heads)) {
    if (exact) {
      best_projective_tree(s.scores, length, s.tree, s.heads);
    } else {
      repair_tree(s.root_scores, s.heads);
    }
  }
  std::copy(s.heads.begin() + 1, s.heads.end(), heads.begin());
}

}  // namespace tercet
