#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fact.h"
#include "base/ontology.h"
#include "extract/evaluate/argument_names.h"
#include "extract/evaluate/gold.h"

namespace tercet {

/// When a fact counts as a gold fact.
/// Strict: same relation (symmetric ones in both orders, inverse ones folded), same arguments after
/// normalisation and alias folding; a literal may be worded longer or shorter. Soft: arguments of
/// open classes (concepts, products, ...) may also differ in wording, Jaccard index of their words
/// at least .5. Relaxed: soft arguments in either order, any relation of the same group.
enum class MatchLevel : std::uint8_t { Strict, Soft, Relaxed };
inline constexpr std::array kMatchLevels = {MatchLevel::Strict, MatchLevel::Soft,
                                            MatchLevel::Relaxed};
std::string_view name_of(MatchLevel level);

/// A gold fact and the prediction matched with it: indexes into the two lists.
using MatchedPair = std::pair<std::uint32_t, std::uint32_t>;

/// 0, 1, ... below `count`: all facts of a list.
std::vector<std::uint32_t> indexes(std::size_t count);

/// What one note's facts are compared by.
class FactComparison {
 public:
  /// Keeps views of all four: they must outlive it. O(distinct gold arguments x predicted ones).
  FactComparison(const std::vector<GoldFact>& gold, const std::vector<Fact>& predicted,
                 const Ontology& ontology, const ArgumentNames& names);

  bool matches(MatchLevel level, std::uint32_t gold, std::uint32_t predicted) const;
  /// True if both arguments of the prediction occur in the gold under the strict test.
  bool in_scope(std::uint32_t predicted) const;
  /// True if subject and object agree in this order under the soft test.
  bool same_order(std::uint32_t gold, std::uint32_t predicted) const;
  /// Jaccard index of the words of the two quotes, 0..1.
  double evidence_overlap(std::uint32_t gold, std::uint32_t predicted) const;

  /// A one-to-one matching of maximum size between the given gold facts and predictions (ascending
  /// indexes): best agreeing pairs first, then augmenting paths (Kuhn 1955). Sorted by gold index.
  /// O(pairs log pairs + gold x pairs).
  std::vector<MatchedPair> best_pairs(MatchLevel level, const std::vector<std::uint32_t>& gold,
                                      const std::vector<std::uint32_t>& predicted) const;

 private:
  enum Sameness : std::uint8_t { kDifferent, kSoft, kSame };
  struct Argument {
    std::string text, type, normal, literal;
    std::vector<std::string> runs;
  };
  struct Ends {
    std::uint32_t subject = 0, object = 0;
  };
  std::vector<Argument> arguments_of(bool gold, std::vector<Ends>& ends) const;
  Sameness compare(const Argument& gold, const Argument& predicted) const;
  Sameness sameness(std::uint32_t gold, std::uint32_t predicted) const {
    return table_[std::size_t{gold} * columns_ + predicted];
  }
  bool arguments_match(std::uint32_t gold, std::uint32_t predicted, bool soft, bool turned) const;
  bool accepts(std::uint32_t gold, std::string_view relation) const;
  bool same_group(std::uint32_t gold, std::string_view relation) const;
  std::array<double, 4> agreement(std::uint32_t gold, std::uint32_t predicted) const;

  const std::vector<GoldFact>& gold_;
  const std::vector<Fact>& predicted_;
  const Ontology& ontology_;
  const ArgumentNames& names_;
  std::vector<Ends> gold_ends_, predicted_ends_;
  std::vector<Argument> gold_arguments_, predicted_arguments_;
  std::vector<Sameness> table_;  // gold argument x predicted argument
  std::vector<char> known_;      // by predicted argument: some gold argument is the same
  std::size_t columns_ = 0;
  std::vector<std::vector<std::string>> gold_words_, predicted_words_;  // of the evidence
};

/// Counts of one note, or their sum over notes; keys are documented in docs/formats/facts.md.
struct FactScore {
  std::map<std::string, std::int64_t> counts;
  std::vector<GoldFact> missed;  ///< without a match at the level attributes are measured on

  void add(const FactScore& other);  ///< counts only
  /// Recall, precision, F1 by tier and level; accuracy of the attributes; negatives found, sign
  /// errors, leaks, overhedged share. In a fixed order; shares in 0..1, 0 where nothing was asked.
  std::vector<std::pair<std::string, double>> metrics() const;
  double metric(std::string_view name) const;  ///< one of metrics(), 0 if there is none
};

/// Compare one note. The order of either list does not matter. Sign, modality, quote and time are
/// measured on the matches of `attributes_on`.
FactScore score_facts(std::vector<GoldFact> gold, std::vector<Fact> predicted,
                      const Ontology& ontology, const ArgumentNames& names,
                      MatchLevel attributes_on = MatchLevel::Strict);

}  // namespace tercet
