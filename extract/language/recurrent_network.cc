#include "extract/language/recurrent_network.h"

#include <algorithm>

namespace tercet {
namespace {

constexpr float kEpsilon = 1e-5F;
constexpr std::size_t kMostWords = 1000;  // of a sentence

}  // namespace

RecurrentNetwork::RecurrentNetwork(const ModelFile& file, const Kernels& kernels)
    : kernels_(&kernels), table_(file.strings("words")) {
  word_rows_ = file.bytes("w.weight");
  embedding_ = word_rows_.columns;
  prefix_rows_ = rows_table(file, "pf.weight", embedding_);
  suffix_rows_ = rows_table(file, "sf.weight", embedding_);
  shape_rows_ = rows_table(file, "sh.weight", embedding_);
  if (word_rows_.rows <= table_.size()) file.refuse("w.weight has no rows for unknown words");
  if (word_rows_.rows > std::size_t{1} << 30) file.refuse("w.weight is too long");
  embed_gain_ = vector_of(file, "lne.weight", embedding_);
  embed_shift_ = vector_of(file, "lne.bias", embedding_);
  begin_ = vector_of(file, "bos", embedding_);
  end_ = vector_of(file, "eos", embedding_);

  width_ = rows_of(file, "conv.weight");
  if (embedding_ % 16 != 0 || width_ % 32 != 0 || embedding_ > kMaxWidth / 3) {
    file.refuse("a layer's size is not a multiple of 16");
  }
  window_ = dense_of(file, "conv", width_, 3 * embedding_);
  for (std::size_t i = 0;; ++i) {
    const std::string prefix = "L." + std::to_string(i);
    if (!file.has(prefix + ".W.weight")) break;
    layers_.push_back({vector_of(file, prefix + ".ln.weight", width_),
                       vector_of(file, prefix + ".ln.bias", width_),
                       dense_of(file, prefix + ".W", 3 * width_, width_)});
  }
  out_gain_ = vector_of(file, "lno.weight", width_);
  out_shift_ = vector_of(file, "lno.bias", width_);

  heads_ = heads_of(file, width_, {"ad", "ah", "rd", "rh", "u", "x", "l", "m", "mo"});
  arc_dependent_ = heads_.find("ad");
  arc_head_ = heads_.find("ah");
  label_dependent_ = heads_.find("rd");
  label_head_ = heads_.find("rh");
  upos_ = heads_.find("u");
  xpos_ = heads_.find("x");
  lemma_ = heads_.find("l");
  mention_ = heads_.find("m");
  outer_ = heads_.find("mo");
  kind_ = heads_.find("k");
  const std::size_t arc = arc_dependent_.size;
  if (arc == 0 || arc_head_.size != arc || label_head_.size == 0 ||
      label_head_.size != label_dependent_.size || arc % 16 != 0 || label_head_.size % 16 != 0) {
    file.refuse("the arc or label vectors differ in size");
  }
  arcs_ = ArcScorer(file, arc_dependent_.begin, arc_head_.begin, arc);
  label_ = dense_of(file, "ro", rows_of(file, "ro.weight"), label_dependent_.size);

  x_stride_ = std::max(window_.stride(), label_dependent_.size);
  normal_stride_ = std::max(width_, label_.stride());
  wide_stride_ = std::max({3 * embedding_, 3 * width_ + kPanel, heads_.layer.stride()});

  root_row_.assign(heads_.layer.stride(), 0.0F);
  ByteRows bytes;
  heads_.layer.apply(*kernels_, vector_of(file, "root", width_).data(), width_, 1, root_row_.data(),
                     root_row_.size(), bytes);
  kernels_->relu(root_row_.data() + arc_head_.begin, arc);
}

std::size_t RecurrentNetwork::fitting(std::span<const std::string_view> words) const {
  return std::min(words.size(), kMostWords);
}

WordFeatures RecurrentNetwork::features(std::string_view word) const {
  const auto count = [](std::size_t rows) { return static_cast<std::uint32_t>(rows); };
  return word_features(word, table_,
                       {count(word_rows_.rows - table_.size()), count(prefix_rows_.rows),
                        count(suffix_rows_.rows), count(shape_rows_.rows)});
}

void RecurrentNetwork::embed(std::span<const WordFeatures> words,
                             std::span<const std::uint32_t> lengths, NetworkScratch& s) const {
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
      kernels_->layer_norm(sum.data(), embed_gain_.data(), embed_shift_.data(), kEpsilon, size,
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

void RecurrentNetwork::label(std::span<const std::string_view> words,
                             std::span<const std::uint32_t> lengths, NetworkScratch& s,
                             std::vector<WordLabels>& out, std::vector<PairLabel>& pairs,
                             WordVectors* vectors) const {
  pairs.clear();
  const std::size_t rows = words.size();
  const auto grow = [](Floats& buffer, std::size_t size) {
    if (buffer.size() < size) buffer.resize(size);
  };
  grow(s.x, rows * x_stride_);
  grow(s.normal, rows * normal_stride_);
  grow(s.wide, rows * wide_stride_);
  float* const x = s.x.data();
  float* const normal = s.normal.data();
  float* const wide = s.wide.data();

  s.features.clear();
  for (const std::string_view word : words) s.features.push_back(features(word));
  embed(s.features, lengths, s);
  window_.apply(*kernels_, wide, wide_stride_, rows, x, x_stride_, s.bytes);
  for (std::size_t row = 0; row < rows; ++row) kernels_->relu(x + row * x_stride_, width_);
  const auto normalise = [&](std::span<const float> gain, std::span<const float> shift) {
    for (std::size_t row = 0; row < rows; ++row) {
      kernels_->layer_norm(x + row * x_stride_, gain.data(), shift.data(), kEpsilon, width_,
                           normal + row * normal_stride_);
    }
  };
  for (const Layer& layer : layers_) {
    normalise(layer.gain, layer.shift);
    layer.gates.apply(*kernels_, normal, normal_stride_, rows, wide, wide_stride_, s.bytes);
    std::size_t first = 0;
    for (const std::uint32_t length : lengths) {
      kernels_->recurrence(wide + first * wide_stride_, wide_stride_, length, width_,
                           x + first * x_stride_, x_stride_);
      first += length;
    }
  }
  normalise(out_gain_, out_shift_);
  for (std::size_t row = 0; vectors != nullptr && row < rows; ++row) {
    vectors->add({normal + row * normal_stride_, width_});
  }
  heads_.layer.apply(*kernels_, normal, normal_stride_, rows, wide, wide_stride_, s.bytes);
  for (std::size_t row = 0; row < rows; ++row) {
    kernels_->relu(wide + row * wide_stride_ + arc_dependent_.begin, arc_dependent_.size);
    kernels_->relu(wide + row * wide_stride_ + arc_head_.begin, arc_head_.size);
  }
  const HeadRows head_rows{wide, wide_stride_, root_row_.data()};
  arcs_.find_heads(*kernels_, head_rows, lengths, s.arcs, s.heads);

  // From here x and normal are free: they hold the label layer's inputs and outputs.
  std::size_t first = 0;
  for (const std::uint32_t length : lengths) {
    for (std::size_t row = first; row < first + length; ++row) {
      const float* head = head_rows.row(first, static_cast<std::size_t>(s.heads[row]));
      kernels_->add_relu(wide + row * wide_stride_ + label_dependent_.begin,
                         head + label_head_.begin, label_head_.size, x + row * x_stride_);
    }
    first += length;
  }
  label_.apply(*kernels_, x, x_stride_, rows, normal, normal_stride_, s.bytes);
  out.clear();
  out.reserve(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const float* scores = wide + row * wide_stride_;
    const auto best = [&](const Heads::Columns& head) {
      return static_cast<std::uint16_t>(first_best(scores + head.begin, head.size));
    };
    const std::size_t label =
        pick_label(normal + row * normal_stride_, label_.out(), s.heads[row] == 0);
    const BestTag mention = best_tag(*kernels_, scores, mention_);
    const BestTag outer = best_tag(*kernels_, scores, outer_);
    const BestTag kind = best_class(*kernels_, scores, kind_);
    out.push_back({best(upos_), best(xpos_), best(lemma_), static_cast<std::uint16_t>(label),
                   s.heads[row], mention.tag, outer.tag, mention.score, outer.score, kind.tag,
                   kind.score});
  }
}

}  // namespace tercet
