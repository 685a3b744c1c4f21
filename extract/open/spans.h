#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/clause/tree_index.h"

namespace tercet {

/// What of a subtree belongs to an argument's words.
struct SpanOptions {
  bool conjuncts = false;     ///< keep "and Y" behind the head
  bool modifiers = true;      ///< keep prepositional phrases
  bool participles = true;    ///< keep reduced relatives ("made by X")
  bool prepositions = false;  ///< keep the head's own prepositions
};

/// The tokens of the phrase headed by `head`, ascending: its subtree without relative clauses,
/// appositions, edge punctuation and, for a predicate, without its subject and auxiliaries.
std::vector<int> phrase(const TreeIndex& tree, int head, const SpanOptions& options = {});

/// Take punctuation off both ends, but quotation marks that are both there.
void trim_marks(const TreeIndex& tree, std::vector<int>& tokens);

/// The token of a phrase that hangs on one outside it, or -1. O(tokens^2).
int head_of(const TreeIndex& tree, const std::vector<int>& tokens);

/// The words of `tokens` joined by single spaces where the text has white space or a token ends:
/// the sentence's own tokens (white-space separated words stay whole).
std::string words_of(const TreeIndex& tree, const std::vector<int>& tokens);

}  // namespace tercet
