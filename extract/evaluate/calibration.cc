#include "extract/evaluate/calibration.h"

#include <algorithm>
#include <cmath>

namespace tercet {
namespace {

CalibrationBin bin_of(const std::vector<Judged>& judged, std::size_t begin, std::size_t end) {
  CalibrationBin bin;
  bin.count = end - begin;
  bin.lowest = judged[begin].confidence;
  bin.highest = judged[end - 1].confidence;
  for (std::size_t i = begin; i < end; ++i) {
    bin.confidence += judged[i].confidence;
    bin.right += judged[i].right ? 1 : 0;
  }
  bin.confidence /= static_cast<double>(bin.count);
  bin.right /= static_cast<double>(bin.count);
  return bin;
}

}  // namespace

std::vector<Judged> judge_predictions(const std::vector<GoldFact>& gold,
                                      const std::vector<Fact>& predicted, const Ontology& ontology,
                                      const ArgumentNames& names) {
  const FactComparison comparison(gold, predicted, ontology, names);
  std::vector<char> matched(predicted.size(), 0), right(predicted.size(), 0);
  for (const auto& [g, p] :
       comparison.best_pairs(MatchLevel::Soft, indexes(gold.size()), indexes(predicted.size()))) {
    matched[p] = 1;
    right[p] = gold[g].fact.polarity == predicted[p].polarity &&
               gold[g].fact.modality == predicted[p].modality;
  }
  std::vector<Judged> out;
  for (std::uint32_t p = 0; p < predicted.size(); ++p) {
    if (matched[p] != 0 || comparison.in_scope(p)) {
      out.push_back({predicted[p].confidence, right[p] != 0});
    }
  }
  return out;
}

Calibration calibrate(std::vector<Judged> judged, std::size_t bins) {
  Calibration out;
  out.count = judged.size();
  if (judged.empty()) return out;
  std::ranges::sort(judged, [](const Judged& a, const Judged& b) {
    return a.confidence != b.confidence ? a.confidence < b.confidence : a.right < b.right;
  });
  const auto total = static_cast<double>(judged.size());
  bins = std::clamp<std::size_t>(bins, 1, judged.size());
  for (std::size_t i = 0; i < bins; ++i) {
    const std::size_t begin = judged.size() * i / bins, end = judged.size() * (i + 1) / bins;
    const CalibrationBin bin = bin_of(judged, begin, end);
    out.error += std::abs(bin.confidence - bin.right) * static_cast<double>(bin.count) / total;
    out.bins.push_back(bin);
  }
  double share = 0;
  for (const Judged& one : judged) {
    const double miss = one.confidence - (one.right ? 1 : 0);
    out.brier += miss * miss / total;
    share += (one.right ? 1 : 0) / total;
  }
  out.base_brier = share * (1 - share);
  return out;
}

}  // namespace tercet
