#pragma once

#include <string>
#include <vector>

#include "extract/clause/marks.h"

namespace tercet {

/// What a list's introduction lays on each of its items: "The firm plans to:".
struct Introduction {
  bool open = false;  ///< the sentence ends in a colon
  bool negative = false;
  Modality modality = Modality::Asserted;
  std::string cue;
};

/// Hands on from sentence to sentence what a tree alone does not show: the condition that "Instead,
/// they will ..." goes on with, and what the introduction of a list says of its items.
class Carrier {
 public:
  explicit Carrier(const AnalysedDocument& document);

  /// Add to `stance` what comes from before, and remember what goes on from here. Call once for
  /// every sentence, in order.
  void add_to(int sentence, const TreeIndex& tree, const std::vector<CueMatch>& cues,
              SentenceStance& stance);

 private:
  const AnalysedDocument& document_;
  std::vector<Introduction> introductions_;  // per block: its last sentence
  std::vector<ConditionRef> conditions_;     // of the sentence before
};

}  // namespace tercet
