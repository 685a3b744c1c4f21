#include "extract/entity/reference_ranking.h"

#include <algorithm>
#include <string_view>

namespace tercet {
namespace {

/// About e^(-0.7 x) for x >= 0, the same on every machine.
float share(float x) {
  float out = 1 / (1 + x * (0.7F / 8));
  for (int i = 0; i < 3; ++i) out *= out;
  return out;
}

}  // namespace

ReferenceRanking::ReferenceRanking(const EntityTables& tables, const AnalysedDocument& document,
                                   const ReferenceVectors& vectors)
    : tables_(tables), vectors_(vectors) {
  std::size_t row = vectors.first;
  for (const AnalysedSentence& one : document.sentences) {
    first_row_.push_back(row);
    row += one.sentence.tokens.size();
  }
}

std::size_t ReferenceRanking::best(const Asking& asking, const std::vector<Referent>& options) {
  return vectors_.model != nullptr ? best_by_vectors(asking, options) : best_by_features(options);
}

std::size_t ReferenceRanking::best_by_features(const std::vector<Referent>& options) const {
  std::size_t best = 0;
  long most = 0;
  for (std::size_t i = 0; i < options.size(); ++i) {
    long sum = 0;
    for (const auto& [feature, value] : options[i].features) {
      const auto found = tables_.references.find(feature);
      if (found != tables_.references.end()) sum += static_cast<long>(found->second) * value;
    }
    if (i == 0 || sum > most) {
      most = sum;
      best = i;
    }
  }
  return best;
}

std::size_t ReferenceRanking::best_by_vectors(const Asking& asking,
                                              const std::vector<Referent>& options) {
  see(asking, options);
  const auto word = [&](int sentence, int token) { return &views_.at({sentence, token}); };
  const ReferenceModel::Views& asked = *word(asking.sentence, asking.token);
  std::vector<float> sums;
  for (const Referent& one : options) {
    const bool same = one.sentence == asking.sentence;
    sums.push_back(vectors_.model->score(
        asked, asking.kind,
        {word(one.sentence, one.token), same && one.token == asking.token, one.entity < 0, same},
        one.features));
  }
  // Mentions of one thing speak for it together.
  const float top = *std::ranges::max_element(sums);
  std::map<std::string_view, float> shares;
  for (std::size_t i = 0; i < options.size(); ++i) {
    shares[options[i].name] += share(top - sums[i]);
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i < options.size(); ++i) {
    if (shares[options[i].name] > shares[options[best].name]) best = i;
  }
  return best;
}

/// Views of all words in question; those too far back to be asked for again are forgotten.
void ReferenceRanking::see(const Asking& asking, const std::vector<Referent>& options) {
  views_.erase(views_.begin(), views_.lower_bound({asking.sentence - kReferenceWindow - 1, 0}));
  std::vector<std::pair<int, int>> missing;
  std::vector<std::size_t> rows;
  const auto need = [&](int sentence, int token) {
    if (!views_.try_emplace({sentence, token}).second) return;
    missing.emplace_back(sentence, token);
    rows.push_back(first_row_[static_cast<std::size_t>(sentence)] +
                   static_cast<std::size_t>(token));
  };
  need(asking.sentence, asking.token);
  for (const Referent& one : options) need(one.sentence, one.token);
  std::vector<ReferenceModel::Views> found = vectors_.model->views(*vectors_.words, rows);
  for (std::size_t i = 0; i < found.size(); ++i) views_[missing[i]] = std::move(found[i]);
}

}  // namespace tercet
