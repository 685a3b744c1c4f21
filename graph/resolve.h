#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/corrections.h"
#include "base/fact.h"
#include "graph/store.h"

namespace tercet {

/// A name the user has fixed: whatever is called `alias` (and is of `type`, if given) is `name`.
struct NamePin {
  std::string alias, name, type;
};

/// Read names.tsv: lines `alias<TAB>name[<TAB>type]`, `#` comments, empty lines. No file: no pins.
/// Throws Error{Io}, or Error{Syntax} with file and line.
std::vector<NamePin> read_name_pins(const std::filesystem::path& file);

/// The pins that a user's decisions on names come to: an alias is pinned to its name, and two
/// names that are apart each to itself.
std::vector<NamePin> pins_of(const Corrections& corrections);

/// What the things of all documents are called in the store.
class NameResolution {
 public:
  struct Thing {
    std::string name, type;
    friend auto operator<=>(const Thing&, const Thing&) = default;
    friend bool operator==(const Thing&, const Thing&) = default;
  };

  /// The store's name of what a document calls `name`; the name itself if it is not known.
  Thing at(const Thing& local) const;
  /// Put the store's names and types into a fact. Its id and its words stay.
  void apply(Fact& fact) const;

 private:
  friend NameResolution resolve_names(std::span<const DocumentRecord>, std::span<const NamePin>);
  struct Hash {
    std::size_t operator()(const Thing& thing) const {
      const std::hash<std::string> hash;
      return hash(thing.name) * 31 + hash(thing.type);
    }
  };
  std::unordered_map<Thing, Thing, Hash> things_;  // only looked up in, never walked through
};

/// Names across documents; a pure function of the set of documents and pins, in any order.
/// One thing of a type are: equal names; names equal after folding (folded_name); a name and an
/// alias of another name, as long as the alias leads to one thing only (an acronym that stands for
/// two things joins neither, a person's given name joins nobody). Things of different types stay
/// apart; an untyped name joins the one typed thing of that name, if there is exactly one. The
/// thing is called by the name no document gives as a mere alias of another of its names; of
/// several by that of most documents, then the longest, then the first in byte order. Pinned names
/// are never joined with each other. O(n log n) in the names.
NameResolution resolve_names(std::span<const DocumentRecord> documents,
                             std::span<const NamePin> pins = {});

}  // namespace tercet
