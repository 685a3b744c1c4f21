#include "extract/relate/view.h"

#include <algorithm>

#include "base/ascii.h"

namespace tercet {
namespace {

/// Tokens so that every head comes before its children; a tree has no cycles, so this ends.
std::vector<int> top_down(const std::vector<std::vector<int>>& children, int root) {
  std::vector<int> order{root};
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const int child : children[static_cast<std::size_t>(order[i])]) order.push_back(child);
  }
  return order;
}

}  // namespace

SentenceView::SentenceView(const AnalysedDocument& d, const DocumentClauses& c,
                           const DocumentEntities& e, const RelationTables& t, int s)
    : document(d),
      document_clauses(c),
      entities(e),
      tables(t),
      sentence(s),
      tree(d.tree(s)),
      clauses(c.clauses[static_cast<std::size_t>(s)]) {
  const std::size_t count = tree.tokens.size();
  children_.resize(count);
  clause_at_.assign(count, -1);
  clause_of_.assign(count, -1);
  extent_.resize(count);
  int root = 0;
  for (int i = 0; i < size(); ++i) {
    const int head = token(i).head;
    if (head < 0)
      root = i;
    else
      children_[static_cast<std::size_t>(head)].push_back(i);
    extent_[static_cast<std::size_t>(i)] = {i, i};
  }
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    if (clauses[i].predicate >= 0 && clauses[i].predicate < size()) {
      clause_at_[static_cast<std::size_t>(clauses[i].predicate)] = static_cast<int>(i);
    }
  }
  const std::vector<int> order = top_down(children_, root);
  for (const int i : order) {
    int& mine = clause_of_[static_cast<std::size_t>(i)];
    mine = clause_at(i);
    if (mine < 0 && token(i).head >= 0) mine = clause_of(token(i).head);
  }
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    const int head = token(*i).head;
    if (head < 0) continue;
    auto& above = extent_[static_cast<std::size_t>(head)];
    above.first = std::min(above.first, extent(*i).first);
    above.second = std::max(above.second, extent(*i).second);
  }
}

int SentenceView::child(int i, Deprel deprel) const {
  for (const int one : children(i)) {
    if (token(one).deprel == deprel) return one;
  }
  return -1;
}

std::string SentenceView::preposition_of(int i) const {
  for (const int one : children(i)) {
    if (token(one).deprel != Deprel::Case || token(one).upos == Upos::Part) continue;
    std::string out = ascii_lower(word(one));
    for (const int part : children(one)) {
      if (token(part).deprel == Deprel::Fixed) out += ' ' + ascii_lower(word(part));
    }
    return out;
  }
  return {};
}

std::vector<int> SentenceView::with_conjuncts(int i) const {
  std::vector<int> out{i};
  for (const int one : children(i)) {
    if (token(one).deprel == Deprel::Conj) out.push_back(one);
  }
  return out;
}

std::string SentenceView::predicate_lemma(int i) const {
  const int particle = child(i, Deprel::CompoundPrt);
  if (particle < 0) return token(i).lemma;
  return token(i).lemma + ' ' + ascii_lower(word(particle));
}

int SentenceView::mention_at(int i) const {
  // "a comprehensive suite of ML services" is about the services; at most a few such steps.
  for (int step = 0; step < 3; ++step) {
    if (tables.listed("transparent", token(i).lemma)) {
      int inner = -1;
      for (const int one : children(i)) {
        if (token(one).deprel == Deprel::Nmod && preposition_of(one) == "of") inner = one;
      }
      if (inner >= 0) {
        i = inner;
        continue;
      }
    }
    break;
  }
  const int found = entities.mention_at(sentence, i);
  // A pronoun that could not be resolved names nothing.
  return found >= 0 && mention(found).entity < 0 ? -1 : found;
}

std::vector<int> examples_of(const SentenceView& v, int head) {
  std::vector<int> out;
  const auto add = [&](int child) {
    const Deprel deprel = v.token(child).deprel;
    if ((deprel != Deprel::Nmod && deprel != Deprel::Obl) || child < head) return;
    if (!v.tables.listed("example", v.preposition_of(child))) return;
    for (const int each : v.with_conjuncts(child)) out.push_back(each);
  };
  for (const int child : v.children(head)) add(child);
  // "support tools like X": the parser may hang "like X" on the verb.
  const Token& token = v.token(head);
  if (out.empty() && token.deprel == Deprel::Obj && token.head >= 0) {
    for (const int child : v.children(token.head)) {
      if (child == v.extent(head).second + 1 || v.extent(child).first == v.extent(head).second + 1)
        add(child);
    }
  }
  return out;
}

bool passes(const SentenceView& v, const Predicate& predicate, const RoleTest& test) {
  bool found = false;
  for (const Filler& one : fill(v, predicate, test.role)) {
    if (one.head < 0) continue;
    int first = one.head, last = one.head + 1;
    const int own = v.entities.mention_at(v.sentence, one.head);
    if (own >= 0) {
      first = std::min(first, v.mention(own).first);
      last = std::max(last, v.mention(own).last);
    }
    for (int i = first; i < last && !found; ++i) {
      found = std::ranges::any_of(test.words, [&](const std::string& word) {
        return word == v.token(i).lemma || word == ascii_lower(v.word(i));
      });
    }
    // Adjectives and compounds of the head, even if the mention leaves them out.
    for (const int child : v.children(one.head)) {
      const Deprel deprel = v.token(child).deprel;
      if (deprel == Deprel::Amod || deprel == Deprel::Compound || deprel == Deprel::Det) {
        found = found || std::ranges::any_of(test.words, [&](const std::string& word) {
                  return word == v.token(child).lemma || word == ascii_lower(v.word(child));
                });
      }
    }
    if (found) break;
  }
  return found != test.negated;
}

}  // namespace tercet
