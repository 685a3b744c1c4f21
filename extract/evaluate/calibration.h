#pragma once

#include <cstddef>
#include <vector>

#include "extract/evaluate/score.h"

namespace tercet {

/// A prediction somebody can check: what the program thought of it and whether it was right.
struct Judged {
  double confidence = 0;  ///< 0..1
  bool right = false;
};

/// The predictions whose arguments both occur in the gold, or which match a gold fact. Right = a
/// soft match with the same polarity and modality.
std::vector<Judged> judge_predictions(const std::vector<GoldFact>& gold,
                                      const std::vector<Fact>& predicted, const Ontology& ontology,
                                      const ArgumentNames& names);

/// Predictions of similar confidence.
struct CalibrationBin {
  std::size_t count = 0;
  double lowest = 0, highest = 0;  ///< confidences in the bin
  double confidence = 0;           ///< their mean
  double right = 0;                ///< share that is right
};

struct Calibration {
  std::vector<CalibrationBin> bins;  ///< by ascending confidence
  std::size_t count = 0;
  double error = 0;       ///< expected calibration error: mean of |confidence - right| over bins
  double brier = 0;       ///< mean squared difference of confidence and outcome (Brier 1950)
  double base_brier = 0;  ///< the same for always saying the share that is right
};

/// Bins of equal mass (sizes differ by at most one; at most `bins`, which is at least 1). Equal
/// confidences are cut by outcome order, so that the order of `judged` does not matter. O(n log n).
Calibration calibrate(std::vector<Judged> judged, std::size_t bins = 10);

}  // namespace tercet
