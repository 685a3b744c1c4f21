#pragma once

#include <string>
#include <vector>

#include "extract/relate/things.h"

namespace tercet {

/// The words and things of a sentence, and what may be asked of them for a relation of a user's
/// own ontology. Built once per sentence, O(tokens * mentions).
class ForeignSentence {
 public:
  ForeignSentence(const SentenceView& view, const PropertyTable& table);

  const std::vector<Thing>& things() const { return things_; }
  /// Token i in lower case.
  const std::string& word(int i) const { return words_[static_cast<std::size_t>(i)]; }
  std::string text(int first, int last) const;
  /// The thing that token i is a word of, or nullptr.
  const Thing* thing_at(int i) const;

  /// The token behind the cue that starts at token i, or 0. Between its words a few others may
  /// stand ("developed in 1984 for the Sinclair by").
  int match(const PropertyCue& cue, int i) const;
  /// One of the words stands in the property's list, if it has one.
  bool has_word(const ForeignProperty& property, int first, int last) const;
  /// The thing is of a kind the property takes; a name will do where it takes any name.
  bool fits(const ForeignProperty& property, const Thing& thing) const;
  /// As fits(), but a bare name or noun will not do.
  bool strictly(const ForeignProperty& property, const Thing& thing) const;
  /// "Kitt Peak Observatory" names an observatory.
  bool names(const Thing& thing, const std::string& noun) const;
  /// "Ben Moor" in "Ben Moor's book The Low Road" or "the Ben Moor novel The Low Road".
  bool owner_of_next(const ForeignProperty& property, const Thing& thing) const;
  /// The noun of "X is a 1999 Danish crime film" where X ends before token `from`, or -1. By the
  /// words in their order first: a tree may have taken a title apart.
  int kind_noun(int from) const;

 private:
  bool same(const std::string& cue, int i) const;

  const SentenceView& v_;
  std::vector<Thing> things_;
  std::vector<int> thing_of_;  ///< per token: index into things_, or -1
  std::vector<std::string> words_;
};

}  // namespace tercet
