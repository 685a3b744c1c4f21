#include <string_view>
#include <utility>

#include "extract/clause/grammar.h"
#include "extract/clause/marks.h"

namespace tercet {
namespace {

bool modified_by(const TreeIndex& tree, int token, std::string_view adverb) {
  for (int c : tree.children(token)) {
    if (tree.at(c).deprel == Deprel::Advmod && tree.lower(c) == adverb) return true;
  }
  return false;
}

StanceMark mood(int token, bool negative, Modality modality, const char* label) {
  StanceMark m;
  m.token = token;
  m.reach = StanceMark::Reach::Governed;
  m.negative = negative;
  m.modality = modality;
  m.source = token;
  m.cue = label;
  return m;
}

/// "to meet demand": a purpose, unless the verb makes it happen ("forced it to close").
void purposes(const TreeIndex& tree, const std::vector<WordRoles>& roles,
              std::vector<StanceMark>& marks) {
  for (int t = 0; t < tree.size(); ++t) {
    const Deprel d = tree.at(t).deprel;
    const int up = tree.head(t);
    if (!is_infinitive(tree, t)) continue;
    if (up < 0) {
      // A fragment, often an item of a list: "To cut costs."
      if (tree.child(t, Deprel::Mark) <= 1) {
        marks.push_back(mood(t, false, Modality::Intended, "purpose.to"));
      }
      continue;
    }
    const bool adjective = tree.at(up).upos == Upos::Adj;
    if (adjective && (d == Deprel::Advcl || d == Deprel::Xcomp || d == Deprel::Ccomp) &&
        modified_by(tree, up, "too")) {
      marks.push_back(mood(t, true, Modality::Asserted, "neg.too"));
      continue;
    }
    // Purposes may come out as complements: "sold the unit to pay debts",
    // "built to last".
    const bool passive = tree.at(up).xpos == Xpos::VBN && !tree.has(up, Deprel::Aux);
    const bool extra = d == Deprel::Xcomp && t > up && tree.at(up).upos == Upos::Verb &&
                       (tree.has(up, Deprel::Obj) || passive) &&
                       !roles[static_cast<std::size_t>(up)].governs;
    // "a plant to make tea"; but an ability, a right, the first to do something are facts.
    const bool planned = d == Deprel::Acl && tree.at(t).xpos == Xpos::VB &&
                         !roles[static_cast<std::size_t>(up)].governs &&
                         !roles[static_cast<std::size_t>(up)].implies &&
                         tree.at(up).upos == Upos::Noun && !tree.has(up, Deprel::Cop);
    if (d != Deprel::Advcl && !extra && !planned) continue;
    // "used to sell": a habit of the past.
    if (tree.lower(up) == "used" && t > up && t <= up + 3 && tree.at(up).deprel != Deprel::Acl &&
        !tree.has(up, Deprel::AuxPass) && !tree.has(up, Deprel::Obj)) {
      continue;
    }
    const bool done = roles[static_cast<std::size_t>(up)].implies;
    if (t > up && (done || modified_by(tree, up, "enough"))) {
      continue;
    }
    marks.push_back(mood(t, false, Modality::Intended, "purpose.to"));
  }
}

/// A bare verb at the head of a sentence tells the reader what to do.
void imperative(const TreeIndex& tree, std::vector<StanceMark>& marks) {
  const int root = tree.top_down().front();
  if (tree.at(root).xpos != Xpos::VB || tree.at(root).upos != Upos::Verb) return;
  for (int c : tree.children(root)) {
    const Deprel d = tree.at(c).deprel;
    if (is_subject(d) || d == Deprel::Mark || d == Deprel::Expl || d == Deprel::AuxPass) return;
    if (d == Deprel::Aux && tree.lemma(c) != "do") return;
    // Anything else before the verb that could be a subject after all makes it no order.
    const bool harmless = d == Deprel::Advmod || d == Deprel::Advcl || d == Deprel::Punct ||
                          d == Deprel::Cc || d == Deprel::Discourse || d == Deprel::Aux ||
                          (d == Deprel::Obl && tree.has(c, Deprel::Case));
    if (c < root && !harmless) return;
  }
  marks.push_back(mood(root, false, Modality::Intended, "intent.imperative"));
  marks.back().reach = StanceMark::Reach::Statement;
}

/// The clause that is asked: "It raises a question: should it grow?" states its first part.
int asked(const TreeIndex& tree) {
  const int root = tree.top_down().front();
  for (int c : tree.children(root)) {
    const Deprel d = tree.at(c).deprel;
    const bool clause = d == Deprel::Parataxis || d == Deprel::Ccomp || d == Deprel::Appos ||
                        d == Deprel::Acl || d == Deprel::Conj;
    if (!clause || c < root) continue;
    const int first = tree.first_of(c);
    const bool colon = tree.lower(first) == ":" || (first > 0 && tree.lower(first - 1) == ":");
    if (colon) return c;
  }
  return root;
}

/// What is asked is not said.
void question(const TreeIndex& tree, std::vector<StanceMark>& marks) {
  for (int t = tree.size() - 1; t >= 0; --t) {
    if (tree.at(t).upos != Upos::Punct) return;
    if (tree.lower(t) != "?") continue;
    marks.push_back(mood(asked(tree), false, Modality::Hypothetical, "question"));
    return;
  }
}

}  // namespace

std::vector<WordRoles> roles_of(const TreeIndex& tree, const std::vector<CueMatch>& cues) {
  std::vector<WordRoles> roles(static_cast<std::size_t>(tree.size()));
  for (const CueMatch& match : cues) {
    const auto anchor = static_cast<std::size_t>(match.anchor);
    if (match.cue->scope == Cue::Scope::Implies) roles[anchor].implies = true;
    if (match.cue->scope == Cue::Scope::Complement || match.cue->scope == Cue::Scope::Need ||
        match.cue->scope == Cue::Scope::Lets || match.cue->scope == Cue::Scope::Object) {
      roles[anchor].governs = true;
    }
    if (match.cue->scope == Cue::Scope::Passive && tree.at(match.anchor).xpos == Xpos::VBN) {
      roles[anchor].governs = true;
    }
    if (match.cue->scope == Cue::Scope::Effect) roles[anchor].effect = true;
    if (match.cue->scope == Cue::Scope::Factual && tree.at(match.anchor).upos == Upos::Verb) {
      roles[anchor].factual = true;
    } else if (match.cue->scope == Cue::Scope::Factual && tree.head(match.anchor) >= 0) {
      roles[static_cast<std::size_t>(tree.head(match.anchor))].factual = true;
    }
  }
  return roles;
}

void place_moods(const TreeIndex& tree, const std::vector<WordRoles>& roles,
                 std::vector<StanceMark>& marks) {
  purposes(tree, roles, marks);
  imperative(tree, marks);
  question(tree, marks);
}

}  // namespace tercet
