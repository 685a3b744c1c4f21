#include "extract/language/type_model.h"

#include <algorithm>

#include "extract/language/layers.h"

namespace tercet {

TypeModel TypeModel::load(const std::filesystem::path& file) { return TypeModel(file); }

TypeModel::TypeModel(const std::filesystem::path& path) : file_(path) {
  if (file_.network() != "types") file_.refuse("it is no model of types");
  fitted_to_ = tercet::fitted_to(file_);
  for (const std::string_view type : file_.strings("types")) types_.emplace_back(type);
  const std::vector<std::size_t>& shape = file_.shape("out");
  if (types_.empty() || shape.size() != 2) file_.refuse("it knows no types");
  hidden_ = shape[1];
  layers_ = WordLayers(file_, "head", "words", hidden_);
  out_ = file_.floats("out", {types_.size(), hidden_});
  weights_ = rows_table(file_, "features.weight", types_.size());
  const std::vector<std::string_view> features = file_.strings("features");
  if (features.size() != weights_.rows) file_.refuse("not every feature has its weights");
  features_.reserve(features.size());
  for (std::size_t i = 0; i < features.size(); ++i) features_.emplace(features[i], i);
}

void TypeModel::score(std::span<const std::string> features, const Views& head,
                      std::span<const Views> words, std::span<float> sums) const {
  const std::size_t types = types_.size();
  for (const std::string& feature : features) {
    const auto found = features_.find(std::string_view(feature));
    if (found == features_.end()) continue;
    const std::int8_t* const row = weights_.values.data() + found->second * types;
    const float step = weights_.scales[found->second];
    for (std::size_t t = 0; t < types; ++t) sums[t] += step * static_cast<float>(row[t]);
  }
  Floats hidden(hidden_, 0.0F);
  for (const Views& word : words) {
    for (std::size_t i = 0; i < hidden_; ++i) hidden[i] += word.second[i];
  }
  const float share = 1.0F / static_cast<float>(words.size());
  for (std::size_t i = 0; i < hidden_; ++i) {
    hidden[i] = std::max(0.0F, head.first[i] + share * hidden[i]);
  }
  for (std::size_t t = 0; t < types; ++t) {
    float sum = 0;
    for (std::size_t i = 0; i < hidden_; ++i) sum += out_[t * hidden_ + i] * hidden[i];
    sums[t] += sum;
  }
}

}  // namespace tercet
