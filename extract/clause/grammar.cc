#include "extract/clause/grammar.h"

namespace tercet {

bool has_marker(const TreeIndex& tree, int head, std::string_view word) {
  for (int c : tree.children(head)) {
    const Deprel d = tree.at(c).deprel;
    if ((d == Deprel::Mark || d == Deprel::Case) && tree.lower(c) == word) return true;
  }
  return false;
}

bool is_infinitive(const TreeIndex& tree, int predicate) {
  if (!has_marker(tree, predicate, "to")) return false;
  if (tree.at(predicate).xpos != Xpos::VBG) return true;
  return tree.has(predicate, Deprel::Aux) || tree.has(predicate, Deprel::Cop);
}

bool is_past(const TreeIndex& tree, int predicate) {
  if (tree.at(predicate).xpos == Xpos::VBD) return true;
  for (int c : tree.children(predicate)) {
    const Deprel d = tree.at(c).deprel;
    if ((d == Deprel::Aux || d == Deprel::AuxPass || d == Deprel::Cop) &&
        tree.at(c).xpos == Xpos::VBD) {
      return true;
    }
  }
  return false;
}

bool waits(const TreeIndex& tree, int predicate) {
  for (int c : tree.children(predicate)) {
    if (c < predicate) continue;
    const Deprel d = tree.at(c).deprel;
    if (d != Deprel::Obl && d != Deprel::Advcl && d != Deprel::OblUnmarked) continue;
    if (has_marker(tree, c, "until") || has_marker(tree, c, "till")) return true;
  }
  return false;
}

bool is_denied(const TreeIndex& tree, int predicate) {
  for (int c : tree.children(predicate)) {
    if (tree.at(c).deprel != Deprel::Advmod) continue;
    const std::string& word = tree.lemma(c);
    if (word == "not" || word == "never") return true;
    if (word == "long" && c > 0 && tree.lower(c) == "longer" && tree.lower(c - 1) == "no") {
      return true;
    }
  }
  return false;
}

bool is_elliptic_denial(const TreeIndex& tree, int token) {
  const Token& noun = tree.at(token);
  return (noun.upos == Upos::Noun || noun.upos == Upos::Propn) && noun.deprel == Deprel::Advcl &&
         is_denied(tree, token) && !has_subject(tree, token) && !has_auxiliary(tree, token);
}

bool has_subject(const TreeIndex& tree, int predicate) {
  for (int c : tree.children(predicate)) {
    if (is_subject(tree.at(c).deprel)) return true;
  }
  return false;
}

bool has_auxiliary(const TreeIndex& tree, int predicate) {
  for (int c : tree.children(predicate)) {
    const Deprel d = tree.at(c).deprel;
    if (d == Deprel::Aux || d == Deprel::AuxPass || d == Deprel::Cop) return true;
  }
  return false;
}

}  // namespace tercet
