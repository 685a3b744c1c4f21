#include "extract/clause/condition_words.h"

#include <vector>

namespace tercet {

std::optional<std::string> condition_words(const AnalysedDocument& document,
                                           const DocumentClauses& clauses,
                                           const ConditionRef& ref) {
  if (ref.sentence < 0 || ref.clause < 0) return std::nullopt;
  const Sentence& tree = document.tree(ref.sentence);
  const Clause& clause =
      clauses.clauses[static_cast<std::size_t>(ref.sentence)][static_cast<std::size_t>(ref.clause)];
  const auto count = static_cast<int>(tree.tokens.size());
  const auto at = [&](int i) -> const Token& { return tree.tokens[static_cast<std::size_t>(i)]; };
  // Tokens below the predicate: mark by climbing, each climb ends at a marked word or the root.
  std::vector<signed char> below(tree.tokens.size(), 0);
  below[static_cast<std::size_t>(clause.predicate)] = 1;
  for (int i = 0; i < count; ++i) {
    std::vector<int> path;
    int j = i;
    while (j >= 0 && below[static_cast<std::size_t>(j)] == 0) {
      path.push_back(j);
      j = at(j).head;
    }
    const signed char mark =
        j >= 0 ? below[static_cast<std::size_t>(j)] : static_cast<signed char>(-1);
    for (const int k : path) below[static_cast<std::size_t>(k)] = mark;
  }
  int first = -1, last = -1;
  for (int i = 0; i < count; ++i) {
    if (below[static_cast<std::size_t>(i)] != 1) continue;
    const bool own_marker =
        i < clause.predicate && at(i).head == clause.predicate &&
        (at(i).deprel == Deprel::Mark ||
         (at(i).deprel == Deprel::Advmod && first < 0 && at(i).upos != Upos::Adj));
    if (first < 0 && (own_marker || at(i).upos == Upos::Punct || at(i).upos == Upos::Cconj))
      continue;
    // "even if": the adverb hangs on the marker.
    if (first < 0 && at(i).head >= 0 && at(at(i).head).deprel == Deprel::Mark) continue;
    if (first < 0) first = i;
    if (at(i).upos != Upos::Punct) last = i;
  }
  if (first < 0 || last < first) return std::nullopt;
  return std::string(
      view(document.block_of(ref.sentence).text, {at(first).span.begin, at(last).span.end}));
}

}  // namespace tercet
