#pragma once

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "extract/entity/asking.h"
#include "extract/entity/reference.h"

namespace tercet {

/// Sentences back in which a mention is looked for.
inline constexpr int kReferenceWindow = 5;

/// Says which of the referents on offer ranks highest: by the weights of their features, or, where
/// there is such a model, by the vectors of the words as well. Words must ask in the order of the
/// document. The vectors' views of words in reach are kept.
class ReferenceRanking {
 public:
  /// The arguments must outlive this value.
  ReferenceRanking(const EntityTables& tables, const AnalysedDocument& document,
                   const ReferenceVectors& vectors);

  /// Index of the best of `options`, not none; the first on a tie. O(features of the options).
  std::size_t best(const Asking& asking, const std::vector<Referent>& options);

 private:
  std::size_t best_by_features(const std::vector<Referent>& options) const;
  std::size_t best_by_vectors(const Asking& asking, const std::vector<Referent>& options);
  void see(const Asking& asking, const std::vector<Referent>& options);

  const EntityTables& tables_;
  const ReferenceVectors& vectors_;
  std::vector<std::size_t> first_row_;                          // of each sentence in the vectors
  std::map<std::pair<int, int>, ReferenceModel::Views> views_;  // by sentence and token
};

}  // namespace tercet
