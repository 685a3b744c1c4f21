#include "extract/language/network.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tercet {
namespace {

constexpr std::size_t kMaxWidth = 4096;
constexpr int kFarthest = 30;  // distances are clamped to [-30, 30]; row 0 is for the root

std::span<const float> vector_of(const ModelFile& file, const std::string& name, std::size_t size) {
  return file.floats(name, {size});
}

Linear linear_of(const ModelFile& file, const std::string& name, std::size_t out, std::size_t in) {
  return {file.floats(name + ".weight", {out, in}), vector_of(file, name + ".bias", out), out, in};
}

// Rows of a two-dimensional tensor: the size of a layer that only its weights tell.
std::size_t rows_of(const ModelFile& file, const std::string& name) {
  const std::vector<std::size_t>& shape = file.shape(name);
  if (shape.size() != 2 || shape[0] > kMaxWidth) file.refuse(name + " has an unexpected shape");
  return shape[0];
}

ModelFile::Bytes rows_table(const ModelFile& file, const std::string& name, std::size_t width) {
  const ModelFile::Bytes out = file.bytes(name);
  if (out.columns != width) file.refuse(name + " has rows of another length than w.weight");
  if (out.rows > std::numeric_limits<std::int32_t>::max()) file.refuse(name + " is too long");
  return out;
}

// The first of the greatest values; NaN never wins.
std::size_t first_best(const float* values, std::size_t size) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < size; ++i) {
    if (values[i] > values[best]) best = i;
  }
  return best;
}

}  // namespace

Network::Network(const ModelFile& file, const Kernels& kernels)
    : kernels_(&kernels), table_(file.strings("words")) {
  word_rows_ = file.bytes("w.weight");
  embedding_ = word_rows_.columns;
  prefix_rows_ = rows_table(file, "pf.weight", embedding_);
  suffix_rows_ = rows_table(file, "sf.weight", embedding_);
  shape_rows_ = rows_table(file, "sh.weight", embedding_);
  if (word_rows_.rows <= table_.size()) file.refuse("w.weight has no rows for unknown words");
  embed_gain_ = vector_of(file, "lne.weight", embedding_);
  embed_shift_ = vector_of(file, "lne.bias", embedding_);
  begin_ = vector_of(file, "bos", embedding_);
  end_ = vector_of(file, "eos", embedding_);

  width_ = rows_of(file, "conv.weight");
  if (embedding_ % 16 != 0 || width_ % 32 != 0 || embedding_ > kMaxWidth) {
    file.refuse("a layer's size is not a multiple of 16");
  }
  window_ = linear_of(file, "conv", width_, 3 * embedding_);
  for (std::size_t i = 0;; ++i) {
    const std::string prefix = "L." + std::to_string(i);
    if (!file.has(prefix + ".W.weight")) break;
    layers_.push_back({vector_of(file, prefix + ".ln.weight", width_),
                       vector_of(file, prefix + ".ln.bias", width_),
                       linear_of(file, prefix + ".W", 3 * width_, width_)});
  }
  out_gain_ = vector_of(file, "lno.weight", width_);
  out_shift_ = vector_of(file, "lno.bias", width_);

  // All heads read the same vector, so they are one layer; another head is another line here.
  std::vector<float> weight, bias;
  const auto add_head = [&](const std::string& name) {
    const Head head{bias.size(), rows_of(file, name + ".weight")};
    const std::span<const float> w = file.floats(name + ".weight", {head.size, width_});
    const std::span<const float> b = vector_of(file, name + ".bias", head.size);
    weight.insert(weight.end(), w.begin(), w.end());
    bias.insert(bias.end(), b.begin(), b.end());
    return head;
  };
  arc_dependent_ = add_head("ad");
  arc_head_ = add_head("ah");
  label_dependent_ = add_head("rd");
  label_head_ = add_head("rh");
  upos_ = add_head("u");
  xpos_ = add_head("x");
  lemma_ = add_head("l");
  heads_ = Linear(weight, bias, bias.size(), width_);
  const std::size_t arc = arc_dependent_.size;
  if (arc_head_.size != arc || label_head_.size != label_dependent_.size || arc % 16 != 0 ||
      label_head_.size % 16 != 0) {
    file.refuse("the arc or label vectors differ in size");
  }

  const std::span<const float> bilinear = file.floats("Wa", {arc, arc});
  std::vector<float> transposed(arc * arc);
  for (std::size_t i = 0; i < arc; ++i) {
    for (std::size_t j = 0; j < arc; ++j) transposed[j * arc + i] = bilinear[i * arc + j];
  }
  arc_ = Linear(transposed, {}, arc, arc);
  arc_head_bias_ = vector_of(file, "ba", arc);
  arc_scale_ = 1.0F / std::sqrt(static_cast<float>(arc));
  std::vector<std::size_t> distances = file.shape("dist.weight");
  distance_ = file.floats("dist.weight", distances);
  if (distance_.size() < 2 * kFarthest + 2) file.refuse("dist.weight is too short");
  label_ = linear_of(file, "ro", rows_of(file, "ro.weight"), label_dependent_.size);

  words_stride_ = std::max(window_.stride(), label_dependent_.size);
  normal_stride_ = std::max({width_, arc_.stride(), label_.stride()});
  wide_stride_ = std::max({3 * embedding_, 3 * width_ + kPanel, heads_.stride()});

  root_row_.assign(heads_.stride(), 0.0F);
  kernels_->linear(heads_.view(), vector_of(file, "root", width_).data(), width_, 1,
                   root_row_.data(), root_row_.size());
  kernels_->relu(root_row_.data(), 2 * arc);
}

WordFeatures Network::features(std::string_view word) const {
  const auto count = [](std::size_t rows) { return static_cast<std::uint32_t>(rows); };
  return word_features(word, table_,
                       {count(word_rows_.rows - table_.size()), count(prefix_rows_.rows),
                        count(suffix_rows_.rows), count(shape_rows_.rows)});
}

void Network::embed(std::span<const WordFeatures> words, std::span<const std::uint32_t> lengths,
                    NetworkScratch& s) const {
  const std::size_t size = embedding_;
  Floats sum(size), vector(size);
  const auto add = [&](const ModelFile::Bytes& rows, std::uint32_t row) {
    kernels_->add_row(rows.values.data() + row * size, rows.scales[row], size, sum.data());
  };
  std::size_t row = 0;
  for (const std::uint32_t length : lengths) {
    for (std::size_t i = 0; i < length; ++i, ++row) {
      const WordFeatures& word = words[row];
      std::fill(sum.begin(), sum.end(), 0.0F);
      for (const std::uint32_t index : word.word) add(word_rows_, index);
      add(prefix_rows_, word.prefix);
      for (const std::uint32_t index : word.suffix) add(suffix_rows_, index);
      add(shape_rows_, word.shape);
      kernels_->layer_norm(sum.data(), embed_gain_.data(), embed_shift_.data(), size,
                           vector.data());
      // A row holds the word before, the word, and the word after.
      float* const here = s.wide.data() + row * wide_stride_;
      std::copy(vector.begin(), vector.end(), here + size);
      if (i == 0) std::copy(begin_.begin(), begin_.end(), here);
      if (i > 0) std::copy(vector.begin(), vector.end(), here - wide_stride_ + 2 * size);
      if (i + 1 < length) std::copy(vector.begin(), vector.end(), here + wide_stride_);
      if (i + 1 == length) std::copy(end_.begin(), end_.end(), here + 2 * size);
    }
  }
}

void Network::label(std::span<const WordFeatures> words, std::span<const std::uint32_t> lengths,
                    NetworkScratch& s, std::vector<WordLabels>& out) const {
  const std::size_t rows = words.size();
  const auto grow = [](Floats& buffer, std::size_t size) {
    if (buffer.size() < size) buffer.resize(size);
  };
  grow(s.words, rows * words_stride_);
  grow(s.normal, rows * normal_stride_);
  grow(s.wide, rows * wide_stride_);
  float* const x = s.words.data();
  float* const normal = s.normal.data();
  float* const wide = s.wide.data();

  embed(words, lengths, s);
  kernels_->linear(window_.view(), wide, wide_stride_, rows, x, words_stride_);
  for (std::size_t row = 0; row < rows; ++row) kernels_->relu(x + row * words_stride_, width_);
  const auto normalise = [&](std::span<const float> gain, std::span<const float> shift) {
    for (std::size_t row = 0; row < rows; ++row) {
      kernels_->layer_norm(x + row * words_stride_, gain.data(), shift.data(), width_,
                           normal + row * normal_stride_);
    }
  };
  for (const Layer& layer : layers_) {
    normalise(layer.gain, layer.shift);
    kernels_->linear(layer.gates.view(), normal, normal_stride_, rows, wide, wide_stride_);
    std::size_t first = 0;
    for (const std::uint32_t length : lengths) {
      kernels_->recurrence(wide + first * wide_stride_, wide_stride_, length, width_,
                           x + first * words_stride_, words_stride_);
      first += length;
    }
  }
  normalise(out_gain_, out_shift_);
  kernels_->linear(heads_.view(), normal, normal_stride_, rows, wide, wide_stride_);
  for (std::size_t row = 0; row < rows; ++row) {
    kernels_->relu(wide + row * wide_stride_, 2 * arc_dependent_.size);
  }
  find_heads(lengths, s);

  // From here `words` and `normal` are free: they hold the label layer's inputs and outputs.
  std::size_t first = 0;
  for (const std::uint32_t length : lengths) {
    for (std::size_t i = 0; i < length; ++i) {
      const std::size_t row = first + i;
      const float* head = head_row(first, static_cast<std::size_t>(s.heads[row]), s);
      kernels_->add_relu(wide + row * wide_stride_ + label_dependent_.begin,
                         head + label_head_.begin, label_head_.size, x + row * words_stride_);
    }
    first += length;
  }
  kernels_->linear(label_.view(), x, words_stride_, rows, normal, normal_stride_);
  out.clear();
  out.reserve(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const float* scores = wide + row * wide_stride_;
    const auto best = [&](const Head& head) {
      return static_cast<std::uint16_t>(first_best(scores + head.begin, head.size));
    };
    const std::size_t label = pick_label(normal + row * normal_stride_, s.heads[row] == 0);
    out.push_back(
        {best(upos_), best(xpos_), best(lemma_), static_cast<std::uint16_t>(label), s.heads[row]});
  }
}

std::size_t Network::pick_label(const float* scores, bool is_root) const {
  const std::size_t count = label_.out();
  if (root_label_ >= count) return first_best(scores, count);
  if (is_root || count == 1) return root_label_;
  std::size_t best = root_label_ == 0 ? 1 : 0;
  for (std::size_t i = best + 1; i < count; ++i) {
    if (i != root_label_ && scores[i] > scores[best]) best = i;
  }
  return best;
}

const float* Network::head_row(std::size_t first, std::size_t number,
                               const NetworkScratch& s) const {
  return number == 0 ? root_row_.data() : s.wide.data() + (first + number - 1) * wide_stride_;
}

void Network::find_heads(std::span<const std::uint32_t> lengths, NetworkScratch& s) const {
  std::size_t rows = 0;
  for (const std::uint32_t length : lengths) rows += length;
  kernels_->linear(arc_.view(), s.wide.data() + arc_dependent_.begin, wide_stride_, rows,
                   s.normal.data(), normal_stride_);
  s.heads.resize(rows);
  std::size_t first = 0;
  for (const std::uint32_t length : lengths) {
    sentence_tree(first, length, s);
    first += length;
  }
}

void Network::sentence_tree(std::size_t first, std::size_t length, NetworkScratch& s) const {
  const std::size_t n = length + 1;
  const std::size_t arc = arc_head_.size;
  s.head_bias.resize(n);
  for (std::size_t h = 0; h < n; ++h) {
    s.head_bias[h] =
        kernels_->dot(arc_head_bias_.data(), head_row(first, h, s) + arc_head_.begin, arc);
  }
  // A long sentence keeps one row of scores only, and is repaired instead of decoded.
  const bool exact = length <= kExactTreeWords;
  s.scores.resize(exact ? n * n : n);
  s.root_scores.resize(n);
  s.sentence_heads.assign(n, 0);
  for (std::size_t d = 1; d < n; ++d) {
    float* const row = s.scores.data() + (exact ? d * n : 0);
    const float* const dependent = s.normal.data() + (first + d - 1) * normal_stride_;
    std::size_t best = 0;
    for (std::size_t h = 0; h < n; ++h) {
      const float* const head = head_row(first, h, s) + arc_head_.begin;
      const int apart = static_cast<int>(h) - static_cast<int>(d);
      const int near = h == 0 ? 0 : std::clamp(apart, -kFarthest, kFarthest) + kFarthest + 1;
      row[h] = (kernels_->dot(dependent, head, arc) + s.head_bias[h]) * arc_scale_ +
               distance_[static_cast<std::size_t>(near)];
      if (h != d && row[h] > row[best]) best = h;
    }
    s.sentence_heads[d] = static_cast<std::int32_t>(best);
    s.root_scores[d] = row[0];
  }
  if (!is_tree(s.sentence_heads)) {
    if (exact) {
      best_projective_tree(s.scores, length, s.tree, s.sentence_heads);
    } else {
      repair_tree(s.root_scores, s.sentence_heads);
    }
  }
  std::copy(s.sentence_heads.begin() + 1, s.sentence_heads.end(),
            s.heads.begin() + static_cast<std::ptrdiff_t>(first));
}

}  // namespace tercet
