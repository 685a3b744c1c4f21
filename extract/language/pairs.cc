#include "extract/language/pairs.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace tercet {
namespace {

constexpr std::int32_t kFarthest = 60;  // words between two ends
constexpr std::size_t kDistances = 24;
constexpr std::size_t kSteps = 5;  // lengths of a way through the tree: 0, 1, 2, 3, more
// Pairs that are scored together: whole tiles of the kernels (6 rows), their values in the first
// cache.
constexpr std::size_t kBlock = 24;

constexpr std::array<std::string_view, 6> kEnds{"NOUN", "PROPN", "PRON", "NUM", "SYM", "VERB"};
constexpr std::array<std::string_view, 5> kInner{"flat", "fixed", "goeswith", "compound",
                                                 "compound:prt"};

bool any_part(const ModelFile& file, const Heads& heads) {
  for (const char* head : {"ps", "pt", "pb", "pu", "pv"}) {
    if (heads.has(head)) return true;
  }
  for (const char* tensor : {"pair.distance", "pair.source_deprel", "pair.target_deprel",
                             "pair.way", "pair.relation.weight", "pair.relation.bias"}) {
    if (file.has(tensor)) return true;
  }
  return file.has_strings("relations");
}

}  // namespace

PairScorer::PairScorer(const ModelFile& file, const Heads& heads) {
  if (!any_part(file, heads)) return;
  source_ = heads.find("ps");
  target_ = heads.find("pt");
  between_ = heads.find("pb");
  source_factor_ = heads.find("pu");
  target_factor_ = heads.find("pv");
  size_ = source_.size;
  if (size_ == 0 || size_ % 16 != 0) file.refuse("the vectors of pairs have no size");
  for (const Heads::Columns& other : {target_, between_, source_factor_, target_factor_}) {
    if (other.size != size_) file.refuse("the vectors of pairs differ in size");
  }
  const std::vector<std::string_view> tags = file.strings("upos"), labels = file.strings("deprel");
  const std::size_t relations = file.strings("relations").size();
  if (relations == 0 || relations > kPanel) file.refuse("there are too many relations");
  const auto table = [&](const char* name, std::size_t rows) {
    return file.floats(name, {rows, size_});
  };
  distance_ = table("pair.distance", kDistances);
  source_deprel_ = table("pair.source_deprel", labels.size());
  target_deprel_ = table("pair.target_deprel", labels.size());
  way_ = table("pair.way", kSteps * kSteps);
  relation_ = Linear(file.floats("pair.relation.weight", {relations, 2 * size_}),
                     vector_of(file, "pair.relation.bias", relations), relations, 2 * size_);
  for (const std::string_view tag : tags) {
    ends_.push_back(std::ranges::count(kEnds, tag) > 0);
    names_.push_back(tag == "PROPN");
  }
  for (const std::string_view label : labels) {
    inner_.push_back(std::ranges::count(kInner, label) > 0);
    compound_.push_back(label == "compound");
  }
}

std::size_t distance_class(std::int32_t distance) {
  const auto far = static_cast<std::size_t>(std::abs(distance));
  std::size_t near = far;
  if (far > 4) {
    // 5 + floor(2 log2(far / 4)), in whole numbers.
    near = 5;
    while (near < 11 && far * far >= std::size_t{32} << (near - 5)) ++near;
  }
  return near + (distance > 0 ? kDistances / 2 : 0);
}

bool PairScorer::is_end(const WordLabels& word) const {
  return ends_[word.upos] != 0 &&
         (inner_[word.deprel] == 0 || (names_[word.upos] != 0 && compound_[word.deprel] != 0));
}

void PairScorer::find(const Kernels& kernels, float* rows, std::size_t stride,
                      std::span<const std::uint32_t> lengths, std::span<const WordLabels> labels,
                      std::size_t first, PairScratch& s, std::vector<PairLabel>& out) const {
  if (empty()) return;
  s.hidden.resize(kBlock * 2 * size_);
  s.scores.resize(kBlock * relation_.stride());
  for (const std::uint32_t length : lengths) {
    find_of_sentence(kernels, {rows, stride, labels.first(length), first}, s, out);
    rows += length * stride;
    labels = labels.subspan(length);
    first += length;
  }
}

void PairScorer::find_of_sentence(const Kernels& kernels, const Sentence& sentence, PairScratch& s,
                                  std::vector<PairLabel>& out) const {
  const std::span<const WordLabels> labels = sentence.labels;
  s.ends.clear();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (!is_end(labels[i])) continue;
    s.ends.push_back(static_cast<std::int32_t>(i));
    float* const row = sentence.rows + i * sentence.stride;
    const std::size_t label = labels[i].deprel * size_;
    kernels.add(source_deprel_.data() + label, size_, row + source_.begin);
    kernels.add(target_deprel_.data() + label, size_, row + target_.begin);
  }
  s.pairs.clear();
  s.above.assign(labels.size(), -1);
  const auto head_of = [&](std::int32_t word) {
    return labels[static_cast<std::size_t>(word)].head - 1;
  };
  const auto above = [&](std::int32_t word) -> std::int32_t& {
    return s.above[static_cast<std::size_t>(word)];
  };
  const auto length = static_cast<std::int32_t>(labels.size());
  std::size_t nearest = 0;  // first end that is not too far left
  for (const std::int32_t i : s.ends) {
    // Steps from i to every word above it. Heads are trees; were they none, walks would still end.
    std::int32_t steps = 0;
    for (std::int32_t at = i; at >= 0 && above(at) < 0; at = head_of(at)) above(at) = steps++;
    while (s.ends[nearest] < i - kFarthest) ++nearest;
    for (std::size_t e = nearest; e < s.ends.size() && s.ends[e] <= i + kFarthest; ++e) {
      const std::int32_t j = s.ends[e];
      if (i == j) continue;
      std::int32_t meeting = j, right = 0;
      for (; meeting >= 0 && right < length && above(meeting) < 0; ++right) {
        meeting = head_of(meeting);
      }
      if (meeting < 0 || above(meeting) < 0) continue;
      const auto step = [](std::int32_t count) {
        return std::min(static_cast<std::size_t>(count), kSteps - 1);
      };
      const std::size_t way = step(above(meeting)) * kSteps + step(right);
      s.pairs.push_back({i, j, meeting, static_cast<std::uint32_t>(way)});
      if (s.pairs.size() == kBlock) score_block(kernels, sentence, s, out);
    }
    for (std::int32_t at = i; at >= 0 && above(at) >= 0; at = head_of(at)) above(at) = -1;
  }
  score_block(kernels, sentence, s, out);
}

void PairScorer::score_block(const Kernels& kernels, const Sentence& sentence, PairScratch& s,
                             std::vector<PairLabel>& out) const {
  const auto part = [&](std::int32_t word, const Heads::Columns& head) {
    return sentence.rows + static_cast<std::size_t>(word) * sentence.stride + head.begin;
  };
  float* hidden = s.hidden.data();
  for (const PairScratch::Pair& pair : s.pairs) {
    std::copy_n(part(pair.from, source_), size_, hidden);
    kernels.add(part(pair.to, target_), size_, hidden);
    kernels.add(part(pair.meeting, between_), size_, hidden);
    kernels.add(distance_.data() + distance_class(pair.to - pair.from) * size_, size_, hidden);
    kernels.add_relu(hidden, way_.data() + pair.way * size_, size_, hidden);
    hidden += size_;
    kernels.multiply(part(pair.from, source_factor_), part(pair.to, target_factor_), size_, hidden);
    hidden += size_;
  }
  const std::size_t stride = relation_.stride();
  kernels.linear(relation_.view(), s.hidden.data(), 2 * size_, s.pairs.size(), s.scores.data(),
                 stride);
  kernels.sigmoid(s.scores.data(), s.pairs.size() * stride, s.scores.data());
  const auto word = [&](std::int32_t i) {
    return static_cast<std::uint32_t>(sentence.first + static_cast<std::size_t>(i));
  };
  for (std::size_t row = 0; row < s.pairs.size(); ++row) {
    for (std::size_t relation = 0; relation < relation_.out(); ++relation) {
      const float score = s.scores[row * stride + relation];
      if (!(score >= kLeastRelation)) continue;
      out.push_back({word(s.pairs[row].from), word(s.pairs[row].to),
                     static_cast<std::uint16_t>(relation), score});
    }
  }
  s.pairs.clear();
}

}  // namespace tercet
