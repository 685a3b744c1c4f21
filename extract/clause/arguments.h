#pragma once

#include <vector>

#include "extract/clause/clause.h"
#include "extract/clause/tree_index.h"

namespace tercet {

/// Fill Clause::arguments of every clause. `clause_at` gives the clause of a token, or -1.
/// Clauses are visited heads first, so that what is inherited is already known.
void find_arguments(const TreeIndex& tree, const std::vector<int>& clause_at,
                    std::vector<Clause>& clauses);

}  // namespace tercet
