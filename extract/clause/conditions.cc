#include <algorithm>
#include <string_view>

#include "extract/clause/grammar.h"
#include "extract/clause/marks.h"

namespace tercet {
namespace {

bool has_modal(const TreeIndex& tree, int predicate) {
  for (int c : tree.children(predicate)) {
    if (tree.at(c).deprel == Deprel::Aux && tree.at(c).xpos == Xpos::MD) return true;
  }
  return false;
}

void mark_hypothetical(int clause, const std::string& cue, std::vector<StanceMark>& marks) {
  StanceMark m;
  m.token = clause;
  m.reach = StanceMark::Reach::Governed;
  m.modality = Modality::Hypothetical;
  m.cue = cue;
  marks.push_back(std::move(m));
}

void mark_conditional(int main, ConditionRef condition, const std::string& cue,
                      std::vector<StanceMark>& marks) {
  StanceMark m;
  m.token = main;
  m.reach = StanceMark::Reach::Governed;
  m.modality = Modality::Conditional;
  m.condition = condition;
  m.cue = cue;
  marks.push_back(std::move(m));
}

/// The subject is "a shop", "shops", "you" or left out, not this or that shop.
bool speaks_of_anyone(const TreeIndex& tree, int clause) {
  if (tree.at(clause).xpos != Xpos::VBZ && tree.at(clause).xpos != Xpos::VBP) {
    bool present = false;
    for (int c : tree.children(clause)) {
      const bool helper = tree.at(c).deprel == Deprel::Cop || tree.at(c).deprel == Deprel::Aux ||
                          tree.at(c).deprel == Deprel::AuxPass;
      present |= helper && (tree.at(c).xpos == Xpos::VBZ || tree.at(c).xpos == Xpos::VBP);
    }
    if (!present) return false;
  }
  for (int c : tree.children(clause)) {
    if (!is_subject(tree.at(c).deprel)) continue;
    const std::string& word = tree.lower(c);
    if (word == "you" || word == "one" || word == "someone" || word == "somebody") return true;
    if (tree.at(c).upos != Upos::Noun || tree.has(c, Deprel::NmodPoss)) return false;
    const int det = tree.child(c, Deprel::Det);
    return det < 0 || tree.lower(det) == "a" || tree.lower(det) == "an" ||
           tree.lower(det) == "any" || tree.lower(det) == "most";
  }
  return false;
}

/// "Should it rain", "Had it rained", "Were it to rain": the verb before its subject says if.
bool is_inverted(const TreeIndex& tree, int clause) {
  int subject = tree.size();
  for (int c : tree.children(clause)) {
    if (is_subject(tree.at(c).deprel)) subject = std::min(subject, tree.first_of(c));
  }
  for (int c : tree.children(clause)) {
    const Deprel d = tree.at(c).deprel;
    if (d != Deprel::Aux && d != Deprel::Cop && d != Deprel::AuxPass) continue;
    const std::string& word = tree.lower(c);
    if (word != "should" && word != "had" && word != "were") continue;
    return c < subject && subject < tree.size() && c == tree.first_of(clause);
  }
  return false;
}

}  // namespace

void place_conditions(const TreeIndex& tree, const std::vector<CueMatch>& cues, int sentence,
                      const std::vector<int>& clause_at, std::vector<StanceMark>& marks) {
  for (const CueMatch& match : cues) {
    if (match.cue->scope != Cue::Scope::Subordinator) continue;
    // Of "only if" it is "if" that hangs on the condition.
    int anchor = match.anchor;
    for (int t = match.first; t <= match.last; ++t) {
      const bool outward = tree.head(t) < match.first || tree.head(t) > match.last;
      if (outward && tree.at(t).deprel == Deprel::Mark) anchor = t;
    }
    int clause = tree.head(anchor);
    if (clause < 0) continue;
    // "Only if it rains will he stay": the parser may hang "if" on the main verb.
    for (int c : tree.children(clause)) {
      if (tree.at(c).deprel == Deprel::Advcl && c > anchor && c < clause &&
          tree.first_of(c) == anchor + 1) {
        clause = c;
        break;
      }
    }
    const Deprel how = tree.at(anchor).deprel;
    // "Assuming approval, it will grow": the subordinator is a verb and heads the condition.
    const bool verb = how == Deprel::Advcl && tree.at(anchor).upos == Upos::Verb;
    if (verb) clause = anchor;
    if (!verb && how != Deprel::Mark && how != Deprel::Advmod && how != Deprel::Case) continue;
    const Deprel link = tree.at(clause).deprel;
    const int main = tree.head(clause);
    const std::string& word = match.cue->words.back();
    const bool temporal = word == "when" || word == "whenever" || word == "once";
    if (temporal) {
      // "when it launched" tells a date, "when you launch, you must" a condition.
      if (link != Deprel::Advcl || main < 0 || is_past(tree, clause) || is_past(tree, main)) {
        continue;
      }
      // Of the present it is a rule if it speaks of anyone: "when a shop closes, its staff leave".
      if (word == "when" && !has_modal(tree, main) && !speaks_of_anyone(tree, clause)) continue;
    }
    mark_hypothetical(clause, match.cue->label, marks);
    if (main < 0 || (link != Deprel::Advcl && link != Deprel::AdvclRelcl)) continue;
    mark_conditional(main, {sentence, clause_at[static_cast<std::size_t>(clause)]},
                     match.cue->label, marks);
  }
  const bool asks = tree.lower(tree.size() - 1) == "?";
  for (int clause = 0; clause < tree.size() && !asks; ++clause) {
    const int number = clause_at[static_cast<std::size_t>(clause)];
    if (number < 0 || !is_inverted(tree, clause)) continue;
    int main = -1;
    if (tree.at(clause).deprel == Deprel::Advcl) {
      main = tree.head(clause);
    } else {
      // The tree may have it upside down: the consequence as what the condition governs.
      for (int c : tree.children(clause)) {
        const Deprel d = tree.at(c).deprel;
        const bool below = d == Deprel::Ccomp || d == Deprel::Parataxis || d == Deprel::Conj;
        if (below && c > clause && has_modal(tree, c)) main = c;
      }
    }
    if (main < 0) continue;
    mark_hypothetical(clause, "cond.inversion", marks);
    mark_conditional(main, {sentence, number}, "cond.inversion", marks);
  }
}

}  // namespace tercet
