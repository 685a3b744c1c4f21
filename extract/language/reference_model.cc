#include "extract/language/reference_model.h"

#include <algorithm>
#include <array>

#include "extract/language/layers.h"

namespace tercet {
namespace {

constexpr std::size_t kLanes = 8;

}  // namespace

ReferenceModel ReferenceModel::load(const std::filesystem::path& file) {
  return ReferenceModel(file);
}

ReferenceModel::ReferenceModel(const std::filesystem::path& path) : file_(path) {
  if (file_.network() != "references") file_.refuse("it is no ranking of references");
  fitted_to_ = tercet::fitted_to(file_);
  const std::vector<std::size_t>& shape = file_.shape("asked.weight");
  hidden_ = file_.shape("out").front();
  if (shape.size() != 2 || shape[0] <= hidden_ || shape[0] > kMaxWidth) {
    file_.refuse("the layers' sizes are none");
  }
  common_ = shape[0] - hidden_;
  if (hidden_ % kLanes != 0 || common_ % kLanes != 0) file_.refuse("the layers' sizes are odd");
  zeros_.assign(hidden_, 0.0F);
  layers_ = WordLayers(file_, "asked", "offered", hidden_ + common_);
  itself_ = vector_of(file_, "itself", hidden_);
  words_ = vector_of(file_, "words", hidden_);
  same_sentence_ = vector_of(file_, "same_sentence", hidden_);
  out_ = vector_of(file_, "out", hidden_);
  const std::vector<std::string_view> kinds = file_.strings("kinds");
  kind_rows_ = file_.floats("kinds", {kinds.size(), hidden_});
  for (std::size_t i = 0; i < kinds.size(); ++i) kinds_.emplace(kinds[i], i * hidden_);
  const std::vector<std::string_view> features = file_.strings("features");
  const std::span<const float> weights = vector_of(file_, "features", features.size());
  weights_.reserve(features.size());
  for (std::size_t i = 0; i < features.size(); ++i) weights_.emplace(features[i], weights[i]);
}

float ReferenceModel::score(const Views& asked, std::string_view kind, const Option& option,
                            const Features& features) const {
  float sum = 0;
  for (const auto& [feature, value] : features) {
    const auto found = weights_.find(std::string_view(feature));
    if (found != weights_.end()) sum += found->second * static_cast<float>(value);
  }
  const auto row = kinds_.find(kind);
  const float* const of_kind =
      row == kinds_.end() ? zeros_.data() : kind_rows_.data() + row->second;
  const float* const itself = option.itself ? itself_.data() : zeros_.data();
  const float* const words = option.words ? words_.data() : zeros_.data();
  const float* const same = option.same_sentence ? same_sentence_.data() : zeros_.data();
  const float* const a = asked.first.data();
  const float* const b = option.word->second.data();
  // Sums in lanes: in a row, each addition would wait for the one before.
  std::array<float, kLanes> lanes{};
  for (std::size_t i = 0; i < hidden_; i += kLanes) {
    for (std::size_t k = 0; k < kLanes; ++k) {
      const std::size_t at = i + k;
      const float x = a[at] + b[at] + of_kind[at] + itself[at] + words[at] + same[at];
      lanes[k] += (x > 0 ? x : 0.0F) * out_[at];
    }
  }
  for (std::size_t i = hidden_; i < hidden_ + common_; i += kLanes) {
    for (std::size_t k = 0; k < kLanes; ++k) lanes[k] += a[i + k] * b[i + k];
  }
  for (const float lane : lanes) sum += lane;
  return sum;
}

}  // namespace tercet
