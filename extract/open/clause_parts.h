#pragma once

#include <utility>
#include <vector>

#include "extract/clause/clause.h"
#include "extract/clause/tree_index.h"

namespace tercet {

/// The parts of a sentence's clauses that tuples are made of, as tokens in text order. Keeps
/// references: tree and clauses must outlive it. Each call is linear in the sentence's words
/// times the clause's arguments (at most 64).
struct ClauseParts {
  using Tokens = std::vector<int>;

  const TreeIndex& tree;
  const std::vector<Clause>& clauses;

  const Token& token(int i) const { return tree.at(i); }
  const Clause& clause(int i) const { return clauses[static_cast<std::size_t>(i)]; }

  /// The phrase of an argument with its preposition in front.
  Tokens with_preposition(int head) const;
  /// The words of the preposition alone.
  Tokens preposition_of(int head) const;
  /// True if the argument it is joined to stands in the same role of `of`.
  bool is_conjunct_of_another(int head, Role role, const Clause& of) const;
  /// At most one: conjoined subjects stay together.
  std::vector<Tokens> subjects(const Clause& of) const;
  /// What follows the object: further phrases with their prepositions, and adverbs behind the verb.
  std::vector<std::pair<int, Tokens>> tail(const Clause& of) const;
  /// "became a leader", "remains popular and rich": what the verb makes of its subject or object.
  std::vector<int> predicates(const Clause& of) const;
  /// Direct and indirect ones, a relative clause's noun among them.
  std::vector<int> objects(const Clause& of) const;
  Tokens object_words(int head) const;
  /// The words of an infinitive or gerund with its "to" or preposition.
  Tokens with_mark(const Clause& of) const;
  /// All words below a token, in text order, without edge punctuation.
  Tokens whole(int head) const;
  /// `head` and what is joined to it by "and", "or".
  std::vector<int> conjoined(int head) const;
  /// An infinitive that is written with the verb above it.
  bool is_chained(const Clause& of) const;
  /// "is charged with reviewing", "was designed to run": read as one verb where nothing is between.
  bool is_led_to(const Clause& of, const Clause& lower) const;
  /// "began to try to sell": the infinitives from `index` on that lead to one another.
  std::vector<int> chained_below(int index) const;
  /// "They win, she added": the saying verb stands beside what is said, or above it.
  bool says(const Clause& of) const;
  /// Everything below the clause that `of` stands beside, without `of` itself.
  Tokens said(const Clause& of) const;
};

}  // namespace tercet
