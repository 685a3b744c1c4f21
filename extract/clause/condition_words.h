#pragma once

#include <optional>
#include <string>

#include "extract/clause/stance.h"

namespace tercet {

/// The words of a condition without its "if": the clause from its first word to its last.
/// nullopt if `ref` names no clause. O(tokens).
std::optional<std::string> condition_words(const AnalysedDocument& document,
                                           const DocumentClauses& clauses, const ConditionRef& ref);

}  // namespace tercet
