#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/clause/stance.h"
#include "extract/entity/entity.h"
#include "extract/relate/tables.h"

namespace tercet {

/// What stands in a role: a mention, a whole clause ("reach customers directly"), or a label
/// outside the sentence.
struct Filler {
  int head = -1;              ///< token that stands in the sentence, or -1 if outside
  int mention = -1;           ///< index into DocumentEntities::mentions, or -1
  int clause = -1;            ///< a clause as argument: index into the sentence's clauses, or -1
  std::string label;          ///< lead-in outside the sentence; empty otherwise
  std::string name;           ///< to be named so, whatever its entity is called; or empty
  int first = -1, last = -1;  ///< tokens [first, last) that stand for themselves, without mention
  std::string type;           ///< of such words, or empty
  bool inherited = false;     ///< not written in this clause
  double weight = 1.0;        ///< what the way here costs in confidence
  std::string via;            ///< greppable: "+appos"
};

/// One sentence with everything the rules ask of it. Built once per sentence, O(tokens + clauses).
class SentenceView {
 public:
  SentenceView(const AnalysedDocument& document, const DocumentClauses& clauses,
               const DocumentEntities& entities, const RelationTables& tables, int sentence);

  const AnalysedDocument& document;
  const DocumentClauses& document_clauses;
  const DocumentEntities& entities;
  const RelationTables& tables;
  const int sentence;
  const Sentence& tree;
  const std::vector<Clause>& clauses;

  int size() const { return static_cast<int>(tree.tokens.size()); }
  const Token& token(int i) const { return tree.tokens[static_cast<std::size_t>(i)]; }
  const std::vector<int>& children(int i) const { return children_[static_cast<std::size_t>(i)]; }
  std::string_view text() const { return document.block_of(sentence).text; }
  std::string_view word(int i) const { return view(text(), token(i).span); }
  /// The clause whose predicate is token i, or -1.
  int clause_at(int i) const { return clause_at_[static_cast<std::size_t>(i)]; }
  /// The innermost clause that token i stands in, or -1.
  int clause_of(int i) const { return clause_of_[static_cast<std::size_t>(i)]; }
  /// First child of i with this relation, or -1.
  int child(int i, Deprel deprel) const;
  /// The preposition of a nominal ("because of"), lower case, or empty.
  std::string preposition_of(int i) const;
  /// i and the words conjoined with it, in text order.
  std::vector<int> with_conjuncts(int i) const;
  /// Lemma with particle: "set up".
  std::string predicate_lemma(int i) const;
  /// The mention that token i heads, seen through "a suite of ...", or -1.
  int mention_at(int i) const;
  /// First and last token below i.
  std::pair<int, int> extent(int i) const { return extent_[static_cast<std::size_t>(i)]; }
  const Mention& mention(int i) const { return entities.mentions[static_cast<std::size_t>(i)]; }
  const Entity& entity_of(int mention_index) const {
    return entities.entities[static_cast<std::size_t>(mention(mention_index).entity)];
  }

 private:
  std::vector<std::vector<int>> children_;
  std::vector<int> clause_at_, clause_of_;
  std::vector<std::pair<int, int>> extent_;
};

/// A predicate of a sentence: a verb, noun or adjective that the tables may know.
struct Predicate {
  RelationRow::Kind kind = RelationRow::Kind::Verb;
  int token = -1;
  int clause = -1;  ///< the clause it heads (verb, copular), or that a light verb makes of it
};

/// What fills `role` of `predicate`, best first; empty if nothing does.
std::vector<Filler> fill(const SentenceView& view, const Predicate& predicate,
                         std::string_view role);

/// Heads of the examples given of the noun at token `head`: "tools like X and Y".
std::vector<int> examples_of(const SentenceView& view, int head);

/// True if a word of what fills the role is one of the test's (or none, for a negated test).
bool passes(const SentenceView& view, const Predicate& predicate, const RoleTest& test);

}  // namespace tercet
