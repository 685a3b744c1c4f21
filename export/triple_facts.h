#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "export/read_facts.h"

namespace tercet {

/// Takes triples in any order and gives the facts that they state. Identifiers are kept once.
class TripleFacts {
 public:
  /// A triple; `object` is an IRI (or a blank node "_:x") if `is_link`, else the text of a literal.
  void add(std::string_view subject, std::string_view predicate, std::string_view object,
           bool is_link);
  /// The facts, in the order of their subjects' first triples. Throws Error{Schema} naming `file`
  /// and the claim for a value that is none.
  FactFile finish(const std::string& file) const;

 private:
  friend class FactsOfTriples;
  using Word = std::uint32_t;
  struct Triple {
    Word subject, predicate, object;
    bool is_link;
  };
  Word word(std::string_view text);

  std::deque<std::string> words_;  // stays where it is when it grows
  std::unordered_map<std::string_view, Word> index_;
  std::vector<Triple> triples_;
};

}  // namespace tercet
