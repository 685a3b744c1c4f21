#pragma once

#include <string>
#include <string_view>

#include "graph/knowledge_graph.h"

namespace tercet {

/// "1 claim", "2 claims".
std::string counted(std::size_t n, std::string_view one, std::string_view many);

/// The title of a picture or page: `given`, else that of the only document, or what its file name
/// says ("notes/the_rise_of_rye.md" is "The rise of rye"), else "Knowledge graph".
std::string page_title(const KnowledgeGraph& graph, const std::string& given);

/// "41 claims from 1 document, 27 asserted"; `source` stands for the documents unless empty.
std::string page_counts(const KnowledgeGraph& graph, const std::string& source);

}  // namespace tercet
