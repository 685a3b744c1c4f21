#pragma once

#include <string_view>

#include "extract/clause/tree_index.h"

namespace tercet {

// Questions about the grammar of a word that several cues ask.

/// True if a preposition or subordinator of `head` is `word`.
bool has_marker(const TreeIndex& tree, int head, std::string_view word);
/// "to grow", not the preposition of "the key to growing".
bool is_infinitive(const TreeIndex& tree, int predicate);
/// A past tense: "sold", "did sell", "was sold"; not "has sold".
bool is_past(const TreeIndex& tree, int predicate);
/// "did not open until 1999": it did open.
bool waits(const TreeIndex& tree, int predicate);
/// Has a "not", "never" or "no longer" of its own.
bool is_denied(const TreeIndex& tree, int predicate);
/// "coffee" of "sells tea, though not coffee": a denied noun where a clause should stand.
bool is_elliptic_denial(const TreeIndex& tree, int token);
bool has_subject(const TreeIndex& tree, int predicate);
/// Has an auxiliary or a copula.
bool has_auxiliary(const TreeIndex& tree, int predicate);

}  // namespace tercet
