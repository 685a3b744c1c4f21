#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

/// Precision, recall and their harmonic mean, each 0..1 (0 where nothing was asked or found).
struct ChainScore {
  std::string name;
  double precision = 0, recall = 0, f1 = 0;
};

/// Mentions of the Entity column of `found` against those of `gold` (CoNLL-U in the manner of
/// CorefUD: "Entity=(1-person-2" ... "Entity=1)"): by their words, and by words and type (case
/// folded). Documents begin with "# newdoc"; both files must hold the same words. Throws
/// Error{Syntax} for a bracket that does not match, Error{Schema} for other words, with their line.
std::vector<ChainScore> score_mentions(std::string_view gold, const std::string& gold_file,
                                       std::string_view found, const std::string& found_file);

/// Chains of mentions, likewise: MUC (Vilain et al. 1995), B-cubed (Bagga and Baldwin 1998), entity
/// CEAF (Luo 2005) and their mean F1, as the CoNLL 2012 shared task counts: chains of one mention
/// are left out on both sides; then again with them. O(mentions + cubes of the number of chains
/// that share mentions with each other).
std::vector<ChainScore> score_chains(std::string_view gold, const std::string& gold_file,
                                     std::string_view found, const std::string& found_file);

}  // namespace tercet
