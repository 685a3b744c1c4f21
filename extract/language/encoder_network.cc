#include "extract/language/encoder_network.h"

#include <algorithm>

namespace tercet {
namespace {

constexpr float kEpsilon = 1e-12F;
// Enough rows for the matrix kernels to run at full speed, few enough for the widest layer's values
// (6 KB a row) to stay in the second-level cache.
constexpr std::size_t kBatchPieces = 128;

void grow(Floats& buffer, std::size_t size) {
  if (buffer.size() < size) buffer.resize(size);
}

}  // namespace

EncoderNetwork::EncoderNetwork(const ModelFile& file, const Kernels& kernels)
    : kernels_(&kernels), pieces_(file.strings("pieces")) {
  begin_ = piece_of(file, "[CLS]");
  end_ = piece_of(file, "[SEP]");
  unknown_ = piece_of(file, "[UNK]");
  piece_rows_ = file.bytes("pieces.weight");
  width_ = piece_rows_.columns;
  if (width_ % (2 * kHeadChannels) != 0 || width_ > kMaxWidth / 4) {
    file.refuse("the encoder's width is none");
  }
  attention_heads_ = width_ / kHeadChannels;
  if (piece_rows_.rows != pieces_.size()) file.refuse("pieces.weight has not a row per piece");
  position_rows_ = rows_table(file, "positions.weight", width_);
  if (position_rows_.rows < kMostPieces + 2) file.refuse("positions.weight is too short");
  shape_rows_ = rows_table(file, "shapes.weight", width_);
  if (shape_rows_.rows != kShapeClasses) file.refuse("shapes.weight has not a row per class");
  embedded_ = norm_of(file, "norm");
  for (std::size_t i = 0;; ++i) {
    const std::string prefix = "L." + std::to_string(i) + ".";
    if (!file.has(prefix + "qkv.weight")) break;
    const std::size_t inner = rows_of(file, prefix + "up.weight");
    if (inner % kPanel != 0 || (i > 0 && inner != inner_)) file.refuse("an inner layer's size");
    inner_ = inner;
    layers_.push_back({dense_of(file, prefix + "qkv", 3 * width_, width_),
                       dense_of(file, prefix + "out", width_, width_),
                       dense_of(file, prefix + "up", inner, width_),
                       dense_of(file, prefix + "down", width_, inner),
                       norm_of(file, prefix + "norm1"), norm_of(file, prefix + "norm2")});
  }
  if (layers_.empty()) file.refuse("there is no layer");

  heads_ = heads_of(file, width_, {});
  arc_dependent_ = heads_.find("ad");
  arc_head_ = heads_.find("ah");
  label_dependent_ = heads_.find("rd");
  label_head_ = heads_.find("rh");
  upos_ = heads_.find("u");
  xpos_ = heads_.find("x");
  lemma_ = heads_.find("l");
  mention_ = heads_.find("m");
  outer_ = heads_.find("mo");
  pairs_ = PairScorer(file, heads_);
  kind_ = heads_.find("k");
  const std::size_t arc = arc_dependent_.size, label = label_dependent_.size;
  if (arc == 0 || arc_head_.size != arc || label == 0 || label_head_.size != label ||
      arc % 16 != 0 || label % 16 != 0) {
    file.refuse("the arc or label vectors differ in size");
  }
  arcs_ = ArcScorer(file, arc_dependent_.begin, arc_head_.begin, arc);
  labels_ = file.strings("deprel").size();
  if (labels_ == 0 || labels_ > kPanel) file.refuse("there are too many labels");
  label_ = byte_linear_of(file, "ro", (label + 1) * kPanel, label);

  // Both the queries and the heads need whole panels.
  wide_stride_ = std::max((3 * width_ + kPanel - 1) / kPanel * kPanel, heads_.layer.stride());
  root_row_.assign(heads_.layer.stride(), 0.0F);
  ByteRows bytes;
  heads_.layer.apply(*kernels_, vector_of(file, "root", width_).data(), width_, 1, root_row_.data(),
                     root_row_.size(), bytes);
  kernels_->relu(root_row_.data() + arc_head_.begin, arc);
  kernels_->relu(root_row_.data() + label_head_.begin, label);
}

EncoderNetwork::Norm EncoderNetwork::norm_of(const ModelFile& file, const std::string& name) const {
  return {vector_of(file, name + ".weight", width_), vector_of(file, name + ".bias", width_)};
}

std::uint32_t EncoderNetwork::piece_of(const ModelFile& file, const char* piece) const {
  const std::int32_t row = pieces_.find(piece);
  if (row < 0) file.refuse(std::string("there is no piece ") + piece);
  return static_cast<std::uint32_t>(row);
}

bool EncoderNetwork::knows(std::string_view word) const { return pieces_.find(word) >= 0; }

std::size_t EncoderNetwork::fitting(std::span<const std::string_view> words) const {
  const std::size_t room = position_rows_.rows - 2;
  if (words.size() <= room / kMostPieces) return words.size();
  std::vector<std::uint32_t> pieces;
  std::size_t count = 0, used = 0;
  for (; count < words.size(); ++count) {
    pieces.clear();
    pieces_.append(words[count], unknown_, pieces);
    used += pieces.size();
    if (used > room) break;
  }
  return count;
}

void EncoderNetwork::cut(std::span<const std::string_view> words,
                         std::span<const std::uint32_t> lengths, std::vector<std::uint32_t>& pieces,
                         NetworkScratch& s) const {
  s.pieces.clear();
  s.shapes.clear();
  s.firsts.clear();
  const auto put = [&](std::uint32_t row) {
    s.pieces.push_back(row);
    s.shapes.push_back(0);
  };
  std::size_t word = 0;
  for (const std::uint32_t length : lengths) {
    const std::size_t before = s.pieces.size();
    put(begin_);
    for (const std::size_t end = word + length; word < end; ++word) {
      s.firsts.push_back(static_cast<std::uint32_t>(s.pieces.size() - before));
      pieces_.append(words[word], unknown_, s.pieces);
      s.shapes.resize(s.pieces.size(), shape_class(words[word]));
    }
    put(end_);
    pieces.push_back(static_cast<std::uint32_t>(s.pieces.size() - before));
  }
}

void EncoderNetwork::label(std::span<const std::string_view> words,
                           std::span<const std::uint32_t> lengths, NetworkScratch& s,
                           std::vector<WordLabels>& out, std::vector<PairLabel>& pairs,
                           WordVectors* vectors) const {
  out.clear();
  pairs.clear();
  out.reserve(words.size());
  std::vector<std::uint32_t> pieces;
  cut(words, lengths, pieces, s);
  std::size_t first_piece = 0, first_word = 0;
  for (std::size_t from = 0; from < lengths.size();) {
    Batch batch;
    std::size_t to = from;
    while (to < lengths.size() && (to == from || batch.piece_rows + pieces[to] <= kBatchPieces)) {
      batch.piece_rows += pieces[to];
      batch.word_rows += lengths[to++];
    }
    batch.words = lengths.subspan(from, to - from);
    batch.pieces = std::span(pieces).subspan(from, to - from);
    run(batch, first_piece, first_word, s, out, pairs, vectors);
    first_piece += batch.piece_rows;
    first_word += batch.word_rows;
    from = to;
  }
}

void EncoderNetwork::run(const Batch& batch, std::size_t first_piece, std::size_t first_word,
                         NetworkScratch& s, std::vector<WordLabels>& out,
                         std::vector<PairLabel>& pairs, WordVectors* vectors) const {
  const std::size_t rows = batch.piece_rows;
  grow(s.x, rows * width_);
  grow(s.normal, rows * width_);
  grow(s.wide, rows * wide_stride_);
  grow(s.inner, rows * inner_);
  embed(batch, first_piece, s);
  for (std::size_t i = 0; i + 1 < layers_.size(); ++i) {
    attend(layers_[i], batch, s);
    feed(layers_[i], rows, s);
  }
  // Only the first pieces of words are looked at behind the last layer, so only they go through its
  // second half. They come in order, so that rows can move forward in place.
  attend(layers_.back(), batch, s);
  std::size_t word = 0, first = 0;
  for (std::size_t i = 0; i < batch.words.size(); ++i) {
    for (const std::size_t end = word + batch.words[i]; word < end; ++word) {
      const std::size_t from = first + s.firsts[first_word + word];
      std::copy_n(s.x.data() + from * width_, width_, s.x.data() + word * width_);
      std::copy_n(s.normal.data() + from * width_, width_, s.normal.data() + word * width_);
    }
    first += batch.pieces[i];
  }
  feed(layers_.back(), batch.word_rows, s);

  const std::size_t words = batch.word_rows;
  for (std::size_t row = 0; vectors != nullptr && row < words; ++row) {
    vectors->add({s.x.data() + row * width_, width_});
  }
  float* const wide = s.wide.data();
  heads_.layer.apply(*kernels_, s.x.data(), width_, words, wide, wide_stride_, s.bytes);
  for (std::size_t row = 0; row < words; ++row) {
    for (const Heads::Columns& head : {arc_dependent_, arc_head_, label_dependent_, label_head_}) {
      kernels_->relu(wide + row * wide_stride_ + head.begin, head.size);
    }
  }
  arcs_.find_heads(*kernels_, {wide, wide_stride_, root_row_.data()}, batch.words, s.arcs, s.heads);
  score_labels(batch, s);
  for (std::size_t row = 0; row < words; ++row) {
    const float* scores = wide + row * wide_stride_;
    const auto best = [&](const Heads::Columns& head) {
      return static_cast<std::uint16_t>(first_best(scores + head.begin, head.size));
    };
    const std::size_t label =
        pick_label(s.labels.data() + row * kPanel, labels_, s.heads[row] == 0);
    const BestTag mention = best_tag(*kernels_, scores, mention_);
    const BestTag outer = best_tag(*kernels_, scores, outer_);
    const BestTag kind = best_class(*kernels_, scores, kind_);
    out.push_back({best(upos_), best(xpos_), best(lemma_), static_cast<std::uint16_t>(label),
                   s.heads[row], mention.tag, outer.tag, mention.score, outer.score, kind.tag,
                   kind.score});
  }
  pairs_.find(*kernels_, wide, wide_stride_, batch.words, std::span(out).last(words), first_word,
              s.pairs, pairs);
}

void EncoderNetwork::embed(const Batch& batch, std::size_t first_piece, NetworkScratch& s) const {
  std::size_t row = 0;
  for (const std::uint32_t length : batch.pieces) {
    for (std::size_t position = 0; position < length; ++position, ++row) {
      float* const x = s.x.data() + row * width_;
      std::fill_n(x, width_, 0.0F);
      const auto add = [&](const ModelFile::Bytes& table, std::size_t index) {
        kernels_->add_row(table.values.data() + index * width_, table.scales[index], width_, x);
      };
      add(piece_rows_, s.pieces[first_piece + row]);
      add(position_rows_, position);
      add(shape_rows_, s.shapes[first_piece + row]);
      kernels_->layer_norm(x, embedded_.gain.data(), embedded_.shift.data(), kEpsilon, width_, x);
    }
  }
}

void EncoderNetwork::attend(const Layer& layer, const Batch& batch, NetworkScratch& s) const {
  const std::size_t rows = batch.piece_rows;
  layer.queries.apply(*kernels_, s.x.data(), width_, rows, s.wide.data(), wide_stride_, s.bytes);
  std::size_t first = 0;
  for (const std::uint32_t length : batch.pieces) {
    grow(s.scores, attention_scratch(length));
    kernels_->attention(s.wide.data() + first * wide_stride_, wide_stride_, length,
                        attention_heads_, s.scores.data(), s.normal.data() + first * width_,
                        width_);
    first += length;
  }
}

void EncoderNetwork::feed(const Layer& layer, std::size_t rows, NetworkScratch& s) const {
  const auto add_and_normalise = [&](const Norm& norm, const float* added, std::size_t stride) {
    for (std::size_t row = 0; row < rows; ++row) {
      float* const x = s.x.data() + row * width_;
      kernels_->add(added + row * stride, width_, x);
      kernels_->layer_norm(x, norm.gain.data(), norm.shift.data(), kEpsilon, width_, x);
    }
  };
  layer.out.apply(*kernels_, s.normal.data(), width_, rows, s.wide.data(), wide_stride_, s.bytes);
  add_and_normalise(layer.attended, s.wide.data(), wide_stride_);
  layer.up.apply(*kernels_, s.x.data(), width_, rows, s.inner.data(), inner_, s.bytes);
  kernels_->gelu(s.inner.data(), rows * inner_);
  layer.down.apply(*kernels_, s.inner.data(), inner_, rows, s.wide.data(), wide_stride_, s.bytes);
  add_and_normalise(layer.fed, s.wide.data(), wide_stride_);
}

void EncoderNetwork::score_labels(const Batch& batch, NetworkScratch& s) const {
  // scores[r] = sum over j of head[j] * (sum over i of W[i][r][j] dependent[i] + W[last][r][j]):
  // a panel of the layer is the inner sum for one j and all labels r.
  const std::size_t rows = batch.word_rows, size = label_dependent_.size;
  const HeadRows head_rows{s.wide.data(), wide_stride_, root_row_.data()};
  grow(s.labels, rows * kPanel);
  grow(s.inner, rows * (size + 1 + kPanel));
  float* const heads = s.inner.data();
  float* const part = heads + rows * (size + 1);
  std::size_t first = 0;
  for (const std::uint32_t length : batch.words) {
    for (std::size_t row = first; row < first + length; ++row) {
      const float* head = head_rows.row(first, static_cast<std::size_t>(s.heads[row]));
      std::copy_n(head + label_head_.begin, size, heads + row * (size + 1));
      heads[row * (size + 1) + size] = 1.0F;
    }
    first += length;
  }
  std::fill_n(s.labels.begin(), rows * kPanel, 0.0F);
  const ByteRowsView dependents =
      s.bytes.round(*kernels_, s.wide.data() + label_dependent_.begin, wide_stride_, rows, size);
  for (std::size_t j = 0; j <= size; ++j) {
    kernels_->linear_bytes(label_.panel(j), dependents, rows, part, kPanel);
    kernels_->add_scaled(part, heads + j, size + 1, rows, kPanel, s.labels.data());
  }
}

}  // namespace tercet
