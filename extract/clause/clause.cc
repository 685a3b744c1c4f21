#include "extract/clause/clause.h"

#include <algorithm>

#include "extract/clause/arguments.h"
#include "extract/clause/tree_index.h"

namespace tercet {
namespace {

bool is_clausal(Deprel deprel) {
  switch (deprel) {
    case Deprel::Root:
    case Deprel::Acl:
    case Deprel::AclRelcl:
    case Deprel::Advcl:
    case Deprel::AdvclRelcl:
    case Deprel::Ccomp:
    case Deprel::Csubj:
    case Deprel::CsubjOuter:
    case Deprel::CsubjPass:
    case Deprel::Dep:
    case Deprel::Discourse:
    case Deprel::List:
    case Deprel::Orphan:
    case Deprel::Parataxis:
    case Deprel::Xcomp:
    case Deprel::Appos:
      return true;
    default:
      return false;
  }
}

bool is_nominal(Upos upos) {
  return upos == Upos::Noun || upos == Upos::Propn || upos == Upos::Adj || upos == Upos::Num ||
         upos == Upos::Pron || upos == Upos::Sym || upos == Upos::Adv;
}

/// "the company and its rival": a noun beside a copular predicate is one too, unless it is part of
/// another clause of its own kind.
bool shares_copula(const TreeIndex& tree, int token, int first) {
  if (!is_nominal(tree.at(token).upos)) return false;
  for (int c : tree.children(token)) {
    if (is_subject(tree.at(c).deprel)) return false;
  }
  return tree.at(first).upos != Upos::Verb;
}

bool is_finite(const TreeIndex& tree, int predicate) {
  const auto finite_form = [&](int token) {
    const Xpos x = tree.at(token).xpos;
    return x == Xpos::VBD || x == Xpos::VBP || x == Xpos::VBZ || x == Xpos::MD;
  };
  if (tree.at(predicate).upos == Upos::Verb && finite_form(predicate)) return true;
  for (int c : tree.children(predicate)) {
    const Deprel d = tree.at(c).deprel;
    if ((d == Deprel::Aux || d == Deprel::AuxPass || d == Deprel::Cop) && finite_form(c)) {
      return true;
    }
  }
  return false;
}

bool is_passive(const TreeIndex& tree, int predicate) {
  if (tree.has(predicate, Deprel::AuxPass) || tree.has(predicate, Deprel::NsubjPass) ||
      tree.has(predicate, Deprel::CsubjPass)) {
    return true;
  }
  const Token& token = tree.at(predicate);
  if (token.xpos != Xpos::VBN || tree.has(predicate, Deprel::Aux)) return false;
  if (tree.has(predicate, Deprel::OblAgent)) return true;
  return token.deprel == Deprel::Acl || token.deprel == Deprel::Advcl;
}

/// The words a reader would put on the arrow, in text order.
std::vector<int> relation_words(const TreeIndex& tree, int predicate, Clause::Kind kind) {
  std::vector<int> words{predicate};
  for (int c : tree.children(predicate)) {
    switch (tree.at(c).deprel) {
      case Deprel::Aux:
      case Deprel::AuxPass:
      case Deprel::Cop:
      case Deprel::CompoundPrt:
        words.push_back(c);
        break;
      case Deprel::Case:
        if (kind == Clause::Kind::Copular) words.push_back(c);
        break;
      case Deprel::Advmod:
        // An adverb inside the verb group, or a negation: "did not quickly sell".
        if (tree.lower(c) == "not" || tree.lower(c) == "n't" || tree.lower(c) == "never") {
          words.push_back(c);
        } else if (c < predicate && tree.children(c).empty() && tree.at(c).upos == Upos::Adv &&
                   predicate - c <= 3 && tree.lower(c) != "when" && tree.lower(c) != "where") {
          words.push_back(c);
        }
        break;
      default:
        break;
    }
  }
  std::sort(words.begin(), words.end());
  return words;
}

}  // namespace

std::vector<Clause> find_clauses(std::string_view text, const Sentence& sentence) {
  const TreeIndex tree(text, sentence);
  const auto n = static_cast<std::size_t>(tree.size());
  std::vector<char> kind(n, 0);  // 0 none, 1 verbal, 2 copular
  for (int t : tree.top_down()) {
    const Token& token = tree.at(t);
    char& mine = kind[static_cast<std::size_t>(t)];
    const bool conj = token.deprel == Deprel::Conj;
    const char above = conj ? kind[static_cast<std::size_t>(token.head)] : char{0};
    if (tree.has(t, Deprel::Cop)) {
      mine = 2;
    } else if (token.upos == Upos::Verb || (token.upos == Upos::Aux && is_clausal(token.deprel))) {
      if (is_clausal(token.deprel) || (conj && (above != 0 || tree.child(t, Deprel::Obj) >= 0))) {
        mine = 1;
      }
    } else if (conj && above == 2 && shares_copula(tree, t, token.head)) {
      mine = 2;
    } else if (token.deprel == Deprel::Xcomp && is_nominal(token.upos)) {
      mine = 2;  // "is considered a leader", "became popular"
    } else if (is_clausal(token.deprel) && is_nominal(token.upos) &&
               (tree.has(t, Deprel::Obj) || tree.has(t, Deprel::Aux) ||
                (token.deprel == Deprel::Advcl && tree.has(t, Deprel::Mark)))) {
      // A verb that the tagger took for a noun: "once a customer stores its data". What hangs on
      // "once" or "if" must not be lost, whatever the tag.
      mine = 1;
    } else if (is_clausal(token.deprel) && token.deprel != Deprel::Appos &&
               is_nominal(token.upos)) {
      // A predicate whose copula was left out still has a subject of its own.
      for (int c : tree.children(t)) {
        if (is_subject(tree.at(c).deprel)) mine = 2;
      }
    }
  }

  std::vector<Clause> clauses;
  std::vector<int> clause_at(n, -1);
  for (int t = 0; t < tree.size(); ++t) {
    if (kind[static_cast<std::size_t>(t)] == 0) continue;
    Clause clause;
    clause.kind =
        kind[static_cast<std::size_t>(t)] == 1 ? Clause::Kind::Verbal : Clause::Kind::Copular;
    clause.predicate = t;
    clause.passive = clause.kind == Clause::Kind::Verbal && is_passive(tree, t);
    clause.finite = is_finite(tree, t);
    clause.link = tree.at(t).deprel;
    clause.marker = tree.marker_of(t);
    clause.words = relation_words(tree, t, clause.kind);
    clause_at[static_cast<std::size_t>(t)] = static_cast<int>(clauses.size());
    clauses.push_back(std::move(clause));
  }
  // nearest[t]: the clause that t or its nearest ancestor heads.
  std::vector<int> nearest = clause_at;
  for (int t : tree.top_down()) {
    const int up = tree.head(t);
    if (up < 0) continue;
    const int above = nearest[static_cast<std::size_t>(up)];
    int& mine = nearest[static_cast<std::size_t>(t)];
    if (mine < 0) {
      mine = above;
    } else {
      clauses[static_cast<std::size_t>(mine)].parent = above;
    }
  }
  find_arguments(tree, clause_at, clauses);
  return clauses;
}

}  // namespace tercet
