#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/knowledge_graph.h"

namespace tercet {

/// Checks a `--base` and ends it with '/' (urn: ':') where that is missing. Throws Error{Usage}
/// unless it is an absolute http, https or urn IRI (RFC 3987) without '#': a relative one would get
/// an invented host in one reader, a path of this machine in another and vanish in a third.
std::string checked_base(std::string_view base);

/// The local part of the IRI of a thing called `name`: NFC, white-space runs to '_', ASCII letters,
/// digits, '-', '.' and letters, digits and marks of other scripts as they are, all else (also '_'
/// and '~') as %XX. Over 120 characters are cut and '~' and 16 hex digits of SHA-256 follow. Never
/// empty, "." or "..". Two names give one result only if they differ in normal form or white space.
std::string name_slug(std::string_view name);

/// The same for identifiers that programs chose (relations, types, claims; with `path` also
/// documents, whose '/' stays): '_' is kept, white space is %XX. Injective: '~' and 16 hex digits
/// follow where the text is not in NFC.
std::string id_slug(std::string_view id, bool path = false);
void append_id_slug(std::string& out, std::string_view id);

/// `text` with each %XX as the byte it stands for; a '%' without two hex digits stays.
std::string percent_decoded(std::string_view text);

/// True if `id` can be read back from its id_slug().
bool slug_tells(std::string_view slug, std::string_view id);

/// True for an absolute http, https or urn IRI, with or without a fragment.
bool is_absolute_iri(std::string_view iri);

/// The local parts of the IRIs of a graph's things. Two nodes never share one: nodes with the same
/// name end in '~' and their type; of names that differ only in normal form or white space, those
/// that are not normal end in '~' and 16 hex digits. An IRI thus depends on a name and, in these
/// two cases only, on its namesakes.
class EntitySlugs {
 public:
  explicit EntitySlugs(const KnowledgeGraph& graph);  ///< keeps a reference; O(size of the names)
  /// Valid until the next call.
  std::string_view of(NodeId node);

 private:
  const KnowledgeGraph& graph_;
  std::vector<std::pair<NodeId, std::string>> special_;  // sorted
  std::string scratch_;
};

}  // namespace tercet
