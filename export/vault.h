#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/knowledge_graph.h"

namespace tercet {

/// A file name (without extension) for each node: the name as far as Obsidian, Windows and macOS
/// can all hold it, other characters as '-'; where that changed the name, or two names differ only
/// in case or normal form, " ~" and 16 hex digits of SHA-256 follow. No two are equal, at most 120
/// bytes. O(n log n).
std::vector<std::string> note_names(const KnowledgeGraph& graph);

/// Write a Markdown note for each thing: front matter (name, type, aliases), what is said of it
/// with wikilinks, quotes and places in the video, and what is said of it elsewhere; with `all`
/// also what is not asserted, under a heading of its own. `file` gets names ("AWS.md") and texts,
/// in node order. Names and quotes are escaped: no text becomes a link, HTML, an embed or a
/// plugin's code. Equal graphs give equal files.
void write_vault(const KnowledgeGraph& graph, bool all,
                 const std::function<void(const std::string& name, const std::string& text)>& file);

}  // namespace tercet
