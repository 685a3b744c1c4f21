#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "graph/knowledge_graph.h"

namespace tercet {

/// Why two names may be one thing.
enum class AliasReason : std::uint8_t {
  Spelling,  ///< the same letters and digits: "Open AI", "OpenAI"
  Initials,  ///< "AWS", "Amazon Web Services"
  Prefix,    ///< the only longer name that begins with it: "Tideline", "Tideline Systems"
  Typo,      ///< one letter more, less or other, in names of seven letters and more
};
std::string_view name_of(AliasReason reason);

struct AliasSuggestion {
  NodeId name = 0, alias = 0;  ///< of the two the one with more mentions, then the longer, is name
  AliasReason reason = AliasReason::Spelling;
};

/// Pairs of nodes a person should look at: named things whose types agree or are not known, each
/// pair once with its first reason, by reason, then name and alias. O(letters log nodes): names
/// meet by keys, never all with all; at most 20 pairs a key.
std::vector<AliasSuggestion> suggest_aliases(const KnowledgeGraph& graph);

}  // namespace tercet
