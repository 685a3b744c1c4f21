#pragma once

#include <string>

#include "base/ontology.h"

namespace tercet::cli {

/// The ontology of these two tables, each the one that comes with the program if it is not named.
/// Its warnings are printed. Throws Error{Io, Syntax, Schema}.
Ontology load_ontology(const std::string& relations, const std::string& types);

}  // namespace tercet::cli
