#include "extract/open/nominal.h"

#include <algorithm>
#include <string_view>

#include "extract/open/spans.h"

namespace tercet {
namespace {

bool is_nominal(const TreeIndex& tree, int token) {
  const Upos upos = tree.at(token).upos;
  return upos == Upos::Noun || upos == Upos::Propn;
}

bool is_plural(const TreeIndex& tree, int head) {
  return tree.at(head).xpos == Xpos::NNS || tree.has(head, Deprel::Conj);
}

/// "Mr." tells nothing of who somebody is.
bool courtesy(const TreeIndex& tree, int token) {
  static constexpr std::string_view kTitles[] = {"mr.", "mrs.", "ms.",  "dr.",  "mr", "mrs", "ms",
                                                 "dr",  "sir",  "lady", "miss", "st", "st."};
  return std::ranges::find(kTitles, tree.lower(token)) != std::end(kTitles);
}

/// "Ada, one of the founders": a number or pronoun that takes out of many.
bool is_one_of_many(const TreeIndex& tree, int token) {
  const Upos upos = tree.at(token).upos;
  return (upos == Upos::Num || upos == Upos::Pron) && tree.has(token, Deprel::Nmod);
}

/// The head of the phrase that ends where the oblique `token` of the same verb begins, or -1.
int phrase_before(const TreeIndex& tree, int token) {
  const int head = tree.head(token);
  if (head < 0 || token < head || tree.at(token).deprel != Deprel::Obl) return -1;
  if (!is_nominal(tree, token)) return -1;
  for (const int before : tree.children(head)) {
    if (before >= token || !is_nominal(tree, before)) continue;
    const Deprel deprel = tree.at(before).deprel;
    const bool argument = deprel == Deprel::Obl || deprel == Deprel::Obj ||
                          deprel == Deprel::OblAgent || is_subject(deprel);
    if (argument && tree.last_of(before) + 1 == tree.first_of(token)) return before;
  }
  return -1;
}

void drop(std::vector<int>& from, const std::vector<int>& what) {
  std::erase_if(from, [&](int t) { return std::ranges::binary_search(what, t); });
}

/// `tokens` without edge punctuation, possessive marks and opening conjunctions.
void trim(const TreeIndex& tree, std::vector<int>& tokens) {
  const auto is_edge = [&](int t) {
    const Upos upos = tree.at(t).upos;
    return upos == Upos::Punct || upos == Upos::Part || upos == Upos::Cconj;
  };
  while (!tokens.empty() && is_edge(tokens.back())) tokens.pop_back();
  while (!tokens.empty() && is_edge(tokens.front())) tokens.erase(tokens.begin());
}

}  // namespace

std::vector<NominalCandidate> nominal_candidates(const TreeIndex& tree) {
  std::vector<NominalCandidate> out;
  const auto be = [&](int subject, const std::string& rest = {}) {
    const bool many = is_plural(tree, subject);
    NominalCandidate::Tenses forms = {many ? "are" : "is", many ? "were" : "was"};
    if (!rest.empty()) {
      for (std::string& one : forms) one += ' ' + rest;
    }
    return forms;
  };
  const NominalCandidate::Tenses have = {"has", "had"};
  const auto denies = [&](int t) {
    static constexpr std::string_view kDenying[] = {"no",   "not",    "never", "neither", "nor",
                                                    "none", "nobody", "n't",   "without", "any"};
    return std::ranges::find(kDenying, tree.lower(t)) != std::end(kDenying);
  };
  const auto add = [&](NominalCandidate one) {
    trim(tree, one.subject);
    trim(tree, one.object);
    // "no office in Ohio" would state what the phrase denies.
    if (std::ranges::any_of(one.subject, denies) || std::ranges::any_of(one.object, denies)) return;
    if (!one.subject.empty() && !one.object.empty()) out.push_back(std::move(one));
  };
  for (int i = 0; i < tree.size(); ++i) {
    const int head = tree.head(i);
    // "opened a store in Ohio": where the tree hangs the place on the verb, the store is there too.
    if (phrase_before(tree, i) >= 0) {
      const int before = phrase_before(tree, i);
      const std::string preposition = tree.preposition_of(i);
      if (!preposition.empty()) {
        add({"prep.near", phrase(tree, before), phrase(tree, i),
             preposition == "with" ? have : be(before, preposition), i});
      }
    }
    if (head < 0 || !is_nominal(tree, head)) continue;
    const Token& token = tree.at(i);
    switch (token.deprel) {
      case Deprel::Appos:
        if (!is_nominal(tree, i) && !is_one_of_many(tree, i)) break;
        // Readers say who somebody is, in either order: "the founder, Ada" is "Ada is the founder".
        if (token.upos == Upos::Propn && tree.at(head).upos == Upos::Noun) {
          add({"appos.name", phrase(tree, i), phrase(tree, head), be(i), head});
          break;
        }
        // "Paris, Texas": one name behind another may say where it is.
        if (token.upos == Upos::Propn && tree.at(head).upos == Upos::Propn && i > head) {
          add({"appos.in", phrase(tree, head), phrase(tree, i), be(head, "in"), i});
        }
        add({"appos", phrase(tree, head), phrase(tree, i), be(head), i});
        for (const int more : tree.children(i)) {
          if (tree.at(more).deprel != Deprel::Conj || !is_nominal(tree, more)) continue;
          add({"appos", phrase(tree, head), phrase(tree, more), be(head), more});
        }
        break;
      case Deprel::Compound:
      case Deprel::NmodDesc:
      case Deprel::Nmod:
        // "finance minister Ada Byron": the words up to the title's last are what the name is.
        if ((token.upos == Upos::Noun || (token.deprel == Deprel::NmodDesc &&
                                          token.upos == Upos::Propn && !courtesy(tree, i))) &&
            tree.at(head).upos == Upos::Propn && i < head && !tree.has(i, Deprel::Case)) {
          std::vector<int> name = phrase(tree, head), title;
          for (const int t : name) {
            if (t <= i) title.push_back(t);
          }
          drop(name, title);
          add({"title", std::move(name), std::move(title), be(head), i});
        } else if (token.deprel == Deprel::Nmod && i > head) {
          const std::string preposition = tree.preposition_of(i);
          if (preposition.empty()) break;
          std::vector<int> subject = phrase(tree, head), object = phrase(tree, i);
          std::vector<int> below = phrase(tree, i, {.conjuncts = true, .prepositions = true});
          drop(subject, below);
          std::erase_if(subject, [&](int t) { return t > i; });
          if (preposition == "with") {
            add({"prep", std::move(subject), std::move(object), have, i});
          } else {
            add({"prep", std::move(subject), std::move(object), be(head, preposition), i});
          }
        }
        break;
      case Deprel::Flat:
        // "folk singer Woody Guthrie", where the tree makes the title the head.
        if (token.upos == Upos::Propn && tree.at(head).upos == Upos::Noun && i == head + 1) {
          std::vector<int> name = phrase(tree, head), title;
          for (const int t : name) {
            if (t <= head) title.push_back(t);
          }
          drop(name, title);
          add({"title", std::move(name), std::move(title), be(i), head});
        }
        break;
      case Deprel::NmodPoss:
        if (token.upos != Upos::Pron) {
          std::vector<int> object = phrase(tree, head);
          std::vector<int> owner = phrase(tree, i, {.conjuncts = true, .prepositions = true});
          drop(object, owner);
          add({"poss", phrase(tree, i), std::move(object), have, head});
        }
        break;
      default:
        break;
    }
  }
  return out;
}

}  // namespace tercet
