#pragma once

#include <string>

#include "extract/entity/words.h"

namespace tercet {

/// A word that asks what it stands for.
struct Asking {
  int sentence = 0, token = 0;
  std::string kind;
  bool phrase = false, plural = false;
  int clause = -1;  ///< of a relative word: the head of its clause
};

inline bool is_plural(const Words& words, int i) {
  return words[i].xpos == Xpos::NNS || words[i].xpos == Xpos::NNPS;
}

/// What word `i` of a sentence asks for, with an empty kind where it asks for nothing. O(depth of
/// the tree).
Asking asking_at(const Words& words, int sentence, int i);

}  // namespace tercet
