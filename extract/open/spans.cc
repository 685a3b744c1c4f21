#include "extract/open/spans.h"

#include <algorithm>

namespace tercet {
namespace {

bool is_clause_function(Deprel deprel) {
  if (is_subject(deprel)) return true;
  switch (deprel) {
    case Deprel::Expl:
    case Deprel::Aux:
    case Deprel::AuxPass:
    case Deprel::Cop:
    case Deprel::Mark:
    case Deprel::Discourse:
    case Deprel::Parataxis:
    case Deprel::Advcl:
    case Deprel::Vocative:
    case Deprel::List:
      return true;
    default:
      return false;
  }
}

bool is_dropped_at_head(Deprel deprel, const SpanOptions& options) {
  switch (deprel) {
    case Deprel::AclRelcl:
    case Deprel::Appos:
    case Deprel::CcPreconj:
      return true;
    case Deprel::Cc:
    case Deprel::Conj:
      return !options.conjuncts;
    case Deprel::Case:
      return !options.prepositions;
    case Deprel::Nmod:
    case Deprel::Obl:
      return !options.modifiers;
    case Deprel::Acl:
      return !options.participles;
    default:
      return is_clause_function(deprel);
  }
}

/// A comma opens the subtree of `token`, or stands before it.
bool follows_comma(const TreeIndex& tree, int token) {
  const int first = tree.first_of(token);
  return tree.form(first) == "," || (first > 0 && tree.form(first - 1) == ",");
}

/// "and", "but"; "both" and "either" belong to the phrase.
bool opens(const TreeIndex& tree, int token) {
  const std::string& word = tree.lower(token);
  return tree.at(token).upos == Upos::Cconj && word != "both" && word != "either" &&
         word != "neither";
}

}  // namespace

void trim_marks(const TreeIndex& tree, std::vector<int>& tokens) {
  const auto quotes = [&](int token) {
    const std::string& word = tree.lower(token);
    return word == "``" || word == "''" || word == "\"" || word == "\u201c" || word == "\u201d";
  };
  // "`` Sahara ''" keeps its marks; one whose partner is not here goes.
  const auto goes = [&](int token) {
    if (tree.at(token).upos != Upos::Punct) return false;
    return !quotes(token) || std::ranges::count_if(tokens, quotes) % 2 != 0;
  };
  while (!tokens.empty() && goes(tokens.back())) tokens.pop_back();
  while (!tokens.empty() && goes(tokens.front())) tokens.erase(tokens.begin());
}

std::vector<int> phrase(const TreeIndex& tree, int head, const SpanOptions& options) {
  std::vector<int> out, todo = {head};
  while (!todo.empty()) {
    const int token = todo.back();
    todo.pop_back();
    out.push_back(token);
    for (const int child : tree.children(token)) {
      if (token == head && is_dropped_at_head(tree.at(child).deprel, options)) continue;
      // ", who sells maps" is said of the noun, wherever in the phrase it stands.
      if (tree.at(child).deprel == Deprel::AclRelcl && follows_comma(tree, child)) continue;
      if (token == head && tree.at(child).deprel == Deprel::Acl && child > head &&
          follows_comma(tree, child)) {
        continue;
      }
      todo.push_back(child);
    }
  }
  std::ranges::sort(out);
  trim_marks(tree, out);
  // "and maps": the parser hangs an opening conjunction on the noun behind it.
  while (out.size() > 1 && out.front() != head && opens(tree, out.front())) out.erase(out.begin());
  return out;
}

int head_of(const TreeIndex& tree, const std::vector<int>& tokens) {
  for (const int t : tokens) {
    if (std::ranges::find(tokens, tree.head(t)) == tokens.end()) return t;
  }
  return -1;
}

std::string words_of(const TreeIndex& tree, const std::vector<int>& tokens) {
  std::string out;
  int before = -2;
  for (const int index : tokens) {
    const bool glued = before == index - 1 && !tree.at(before).space_after;
    if (!out.empty() && !glued) out += ' ';
    out += tree.form(index);
    before = index;
  }
  return out;
}

}  // namespace tercet
