#pragma once

#include <vector>

#include "base/fact.h"
#include "extract/analysed.h"
#include "extract/relate/draft.h"

namespace tercet {

/// Give each draft what only the document as a whole knows: id, document, place in the original,
/// time, link and the ids of the facts inside its conditions. Facts come out in the order of their
/// evidence, equal ids once. O(n log n).
std::vector<Fact> finish_facts(const AnalysedDocument& analysed, std::vector<DraftFact> drafts);

/// "HH:MM:SS" of `seconds` (hours may take more than two digits).
std::string timecode(std::uint32_t seconds);

}  // namespace tercet
