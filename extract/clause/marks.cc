#include "extract/clause/marks.h"

#include <algorithm>
#include <array>

namespace tercet {
namespace {

bool is_clause_arc(Deprel d) {
  return d == Deprel::Xcomp || d == Deprel::Ccomp || d == Deprel::Acl;
}

bool is_clausal_subject(Deprel d) {
  return d == Deprel::Csubj || d == Deprel::CsubjPass || d == Deprel::CsubjOuter;
}

/// The infinitive, not the preposition of "the key to winning".
bool is_infinitive(const TreeIndex& tree, int predicate) {
  if (!has_marker(tree, predicate, "to")) return false;
  if (tree.at(predicate).xpos != Xpos::VBG) return true;
  return tree.has(predicate, Deprel::Aux) || tree.has(predicate, Deprel::Cop);
}

/// "did not open until 1999": it did open.
bool waits(const TreeIndex& tree, int predicate) {
  for (int c : tree.children(predicate)) {
    if (c < predicate) continue;
    const Deprel d = tree.at(c).deprel;
    if (d != Deprel::Obl && d != Deprel::Advcl && d != Deprel::OblUnmarked) continue;
    if (has_marker(tree, c, "until") || has_marker(tree, c, "till")) return true;
  }
  return false;
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

/// Puts the marks of one cue.
class Placer {
 public:
  Placer(const TreeIndex& tree, const std::vector<CueMatch>& cues, std::vector<StanceMark>& marks)
      : tree_(tree), marks_(marks), flags_(static_cast<std::size_t>(tree.size())) {
    for (const CueMatch& match : cues) {
      const auto anchor = static_cast<std::size_t>(match.anchor);
      if (match.cue->scope == Cue::Scope::Implies) flags_[anchor].implies = true;
      if (match.cue->scope == Cue::Scope::Complement || match.cue->scope == Cue::Scope::Need ||
          match.cue->scope == Cue::Scope::Object) {
        flags_[anchor].governs = true;
      }
      if (match.cue->scope == Cue::Scope::Effect) flags_[anchor].effect = true;
      if (match.cue->scope == Cue::Scope::Factual && tree.head(match.anchor) >= 0) {
        flags_[static_cast<std::size_t>(tree.head(match.anchor))].factual = true;
      }
    }
  }

  void place(const CueMatch& match) {
    match_ = &match;
    switch (match.cue->scope) {
      case Cue::Scope::Modifier: modifier(); break;
      case Cue::Scope::Self: self(); break;
      case Cue::Scope::Complement: complement(false); break;
      case Cue::Scope::Passive:
        if (tree_.has(match.anchor, Deprel::AuxPass) ||
            tree_.at(match.anchor).xpos == Xpos::VBN) {
          complement(false);
        }
        break;
      case Cue::Scope::Object: complement(true); break;
      case Cue::Scope::Need: need(); break;
      case Cue::Scope::From: led_in_by("from", true); break;
      case Cue::Scope::Over: led_in_by("over", false); break;
      case Cue::Scope::Preposition: preposition(); break;
      case Cue::Scope::Attribution: attribution(); break;
      case Cue::Scope::Subordinator:
      case Cue::Scope::Implies:
      case Cue::Scope::Effect:
      case Cue::Scope::Factual:
      case Cue::Scope::Plain: break;
    }
  }

  /// "to meet demand": a purpose, unless the verb makes it happen ("forced it to close").
  void purposes() {
    for (int t = 0; t < tree_.size(); ++t) {
      const Deprel d = tree_.at(t).deprel;
      const int up = tree_.head(t);
      if (!is_infinitive(tree_, t)) continue;
      const bool rootless = up < 0 && tree_.first_of(t) + 1 >= 0 && tree_.has(t, Deprel::Mark) &&
                            tree_.child(t, Deprel::Mark) <= 1;
      if (rootless) {
        plain_mark(t, false, Modality::Intended, "purpose.to");
        continue;
      }
      if (up < 0) continue;
      const bool adjective = tree_.at(up).upos == Upos::Adj;
      if (adjective && (d == Deprel::Advcl || d == Deprel::Xcomp || d == Deprel::Ccomp) &&
          modified_by(up, "too")) {
        plain_mark(t, true, Modality::Asserted, "neg.too");
        continue;
      }
      // Purposes may come out as complements: "sold the unit to pay debts".
      const bool extra = d == Deprel::Xcomp && t > up && tree_.at(up).upos == Upos::Verb &&
                         tree_.has(up, Deprel::Obj) &&
                         !flags_[static_cast<std::size_t>(up)].governs;
      // "a plant to make tea"; but an ability, a right, the first to do something are facts.
      const bool planned = d == Deprel::Acl && tree_.at(t).xpos == Xpos::VB &&
                           !flags_[static_cast<std::size_t>(up)].governs &&
                           !flags_[static_cast<std::size_t>(up)].implies &&
                           tree_.at(up).upos == Upos::Noun && !tree_.has(up, Deprel::Cop);
      if (d != Deprel::Advcl && !extra && !planned) continue;
      if (t > up && (flags_[static_cast<std::size_t>(up)].implies || modified_by(up, "enough"))) {
        continue;
      }
      plain_mark(t, false, Modality::Intended, "purpose.to");
    }
  }

  /// A bare verb at the head of a sentence tells the reader what to do.
  void imperative() {
    const int root = tree_.top_down().front();
    if (tree_.at(root).xpos != Xpos::VB || tree_.at(root).upos != Upos::Verb) return;
    for (int c : tree_.children(root)) {
      const Deprel d = tree_.at(c).deprel;
      if (is_subject(d) || d == Deprel::Mark || d == Deprel::Expl || d == Deprel::AuxPass) return;
      if (d == Deprel::Aux && tree_.lemma(c) != "do") return;
    }
    plain_mark(root, false, Modality::Intended, "intent.imperative");
    marks_.back().reach = StanceMark::Reach::Statement;
  }

  /// What is asked is not said.
  void question() {
    for (int t = tree_.size() - 1; t >= 0; --t) {
      if (tree_.at(t).upos != Upos::Punct) return;
      if (tree_.lower(t) != "?") continue;
      plain_mark(tree_.top_down().front(), false, Modality::Hypothetical, "question");
      return;
    }
  }

 private:
  struct Flags {
    bool implies = false, effect = false, factual = false, governs = false;
  };

  bool modified_by(int token, std::string_view adverb) const {
    for (int c : tree_.children(token)) {
      if (tree_.at(c).deprel == Deprel::Advmod && tree_.lower(c) == adverb) return true;
    }
    return false;
  }

  void plain_mark(int token, bool negative, Modality modality, const char* label) {
    StanceMark m;
    m.token = token;
    m.reach = StanceMark::Reach::Governed;
    m.negative = negative;
    m.modality = modality;
    m.source = token;
    m.cue = label;
    marks_.push_back(std::move(m));
  }

  void mark(int token, StanceMark::Reach reach, bool inner_only = false) {
    StanceMark m;
    m.token = token;
    m.reach = reach;
    m.negative = match_->cue->negative;
    m.modality = match_->cue->modality;
    m.source = match_->anchor;
    m.inner_only = inner_only;
    m.cue = match_->cue->label;
    marks_.push_back(std::move(m));
  }

  /// A denied subject or object denies the statement it takes part in: "has no rivals".
  void mark_with_predicate(int token, StanceMark::Reach reach) {
    mark(token, reach);
    if (!match_->cue->negative) return;
    const Deprel d = tree_.at(token).deprel;
    if (is_subject(d) || d == Deprel::Obj) mark(tree_.head(token), reach);
  }

  void modifier() {
    const std::string& word = match_->cue->words.front();
    int target = tree_.head(match_->anchor);
    if (target < 0) {
      mark(match_->anchor, StanceMark::Reach::Statement);
      return;
    }
    // "not very often sells": through adverbs up to what they modify.
    for (int steps = tree_.size(); steps > 0; --steps) {
      if (tree_.at(target).upos != Upos::Adv || tree_.at(target).deprel != Deprel::Advmod) break;
      target = tree_.head(target);
    }
    const Deprel how = tree_.at(match_->anchor).deprel;
    if (how == Deprel::Aux && word == "would" && would_is_fact(target)) return;
    // "could not compete" is a fact; and what one can do is a fact in a way, see Stance::ability.
    const bool able = how == Deprel::Aux && (word == "can" || word == "could");
    if (able && denied(target)) return;
    if (able && word == "can" && !flags_[static_cast<std::size_t>(target)].effect) {
      mark(target, StanceMark::Reach::Statement);
      marks_.back().ability = true;
      return;
    }
    if (match_->cue->negative && how == Deprel::Advmod && tree_.at(target).xpos == Xpos::JJR &&
        match_->cue->words.front() == "never") {
      return;  // "has never been higher"
    }
    if (match_->cue->negative && how == Deprel::Advmod && waits(tree_, target)) return;
    if (how == Deprel::Det || how == Deprel::Amod || how == Deprel::Advmod) {
      mark_with_predicate(target, StanceMark::Reach::Statement);
    } else {
      mark(target, StanceMark::Reach::Statement);
    }
  }

  bool denied(int predicate) const {
    for (int c : tree_.children(predicate)) {
      if (tree_.at(c).deprel == Deprel::Advmod && tree_.lemma(c) == "not") return true;
    }
    return false;
  }

  /// "would later sue", "firms that would often refuse" tell the past.
  bool would_is_fact(int predicate) const {
    for (int c : tree_.children(predicate)) {
      if (tree_.at(c).deprel == Deprel::Aux && tree_.lemma(c) == "have") return false;
      const bool condition = tree_.at(c).deprel == Deprel::Advcl && has_marker(tree_, c, "if");
      if (condition) return false;
    }
    if (flags_[static_cast<std::size_t>(predicate)].factual ||
        flags_[static_cast<std::size_t>(predicate)].implies) {
      return true;
    }
    int up = predicate;
    for (int steps = tree_.size(); steps > 0 && tree_.at(up).deprel == Deprel::Conj; --steps) {
      up = tree_.head(up);
    }
    if (tree_.at(up).deprel != Deprel::AclRelcl) return false;
    for (int steps = tree_.size(); steps > 0 && tree_.head(up) >= 0; --steps) {
      up = tree_.head(up);
      if (tree_.at(up).upos == Upos::Verb) return is_past(tree_, up);
    }
    return false;
  }

  void self() {
    mark_with_predicate(match_->anchor, StanceMark::Reach::Statement);
    if (!match_->cue->negative || tree_.at(match_->anchor).upos != Upos::Verb) return;
    for (int c : tree_.children(match_->anchor)) {
      if (tree_.at(c).deprel == Deprel::Obj) mark(c, StanceMark::Reach::Governed);
    }
  }

  void complement(bool or_object) {
    const int word = match_->anchor;
    const Upos upos = tree_.at(word).upos;
    const bool noun = upos == Upos::Noun || upos == Upos::Propn;
    bool found = false;
    for (int c : tree_.children(word)) {
      const Deprel d = tree_.at(c).deprel;
      const bool purpose = d == Deprel::Advcl && is_infinitive(tree_, c) && c > word;
      const bool aimed = !noun && (d == Deprel::Advcl || d == Deprel::Obl) && c > word &&
                         match_->cue->modality == Modality::Intended &&
                         (has_marker(tree_, c, "at") || has_marker(tree_, c, "for") ||
                          has_marker(tree_, c, "towards") || has_marker(tree_, c, "toward"));
      const bool phrase =
          noun && (d == Deprel::Nmod || d == Deprel::Obl) && c > word &&
          (has_marker(tree_, c, "of") || has_marker(tree_, c, "for") ||
           has_marker(tree_, c, "to") || has_marker(tree_, c, "towards"));
      const bool described = noun && d == Deprel::AclRelcl && placed_in(c);
      const bool it_is = upos == Upos::Adj && is_clausal_subject(d);
      if ((is_clause_arc(d) && c > word) || purpose || aimed || phrase || described || it_is) {
        mark(c, StanceMark::Reach::Governed);
        found = true;
      }
    }
    if (noun) found |= subject_of_infinitive(word);
    if (found || !or_object) return;
    for (int c : tree_.children(word)) {
      const Deprel d = tree_.at(c).deprel;
      const bool adjectival = upos == Upos::Adj && d == Deprel::Obl && c > word;
      if (d == Deprel::Obj || d == Deprel::NsubjPass || adjectival) {
        mark(c, StanceMark::Reach::Governed);
      }
    }
  }

  /// "a future where", "a scenario in which"
  bool placed_in(int relative) const {
    for (int c : tree_.children(relative)) {
      const std::string& word = tree_.lower(c);
      if (c < relative && (word == "where" || (word == "which" && has_marker(tree_, c, "in")))) {
        return true;
      }
    }
    return false;
  }

  /// "the goal is to grow": the noun is the subject of what it governs.
  bool subject_of_infinitive(int noun) {
    const int up = tree_.head(noun);
    if (up <= noun || !is_subject(tree_.at(noun).deprel)) return false;
    if (tree_.has(up, Deprel::Cop) &&
        (tree_.at(up).upos == Upos::Verb || has_marker(tree_, up, "to") ||
         has_marker(tree_, up, "that"))) {
      mark(up, StanceMark::Reach::Governed);
      return true;
    }
    if (tree_.lemma(up) != "be") return false;
    bool found = false;
    for (int c : tree_.children(up)) {
      if ((is_clause_arc(tree_.at(c).deprel) || tree_.at(c).deprel == Deprel::Advcl) && c > up) {
        mark(c, StanceMark::Reach::Governed);
        found = true;
      }
    }
    return found;
  }

  /// "needs to grow", "it is crucial to grow": growth is wanted, the need is a fact.
  void need() {
    const int word = match_->anchor;
    for (int c : tree_.children(word)) {
      const Deprel d = tree_.at(c).deprel;
      const bool infinitive = (d == Deprel::Xcomp || d == Deprel::Ccomp || d == Deprel::Acl ||
                               d == Deprel::Advcl) && c > word && has_marker(tree_, c, "to");
      if (infinitive || (is_clausal_subject(d) && tree_.at(word).upos == Upos::Adj)) {
        mark(c, StanceMark::Reach::Governed, true);
      }
    }
    if (tree_.at(word).upos == Upos::Noun) subject_of_infinitive(word);
  }

  void led_in_by(std::string_view preposition, bool inner_only) {
    const int word = match_->anchor;
    for (int c : tree_.children(word)) {
      if (c < word) continue;
      if (has_marker(tree_, c, preposition)) {
        mark(c, StanceMark::Reach::Governed, inner_only);
      } else if (tree_.at(c).deprel == Deprel::Obj) {
        for (int below : tree_.children(c)) {
          if (below > c && has_marker(tree_, below, preposition)) {
            mark(below, StanceMark::Reach::Governed, inner_only);
          }
        }
      }
    }
  }

  void preposition() {
    const int target = tree_.head(match_->anchor);
    if (target < 0) return;
    const Deprel how = tree_.at(match_->anchor).deprel;
    if (how == Deprel::Case || how == Deprel::Mark || how == Deprel::Cc ||
        how == Deprel::Advmod) {
      mark(target, StanceMark::Reach::Governed);
    }
  }

  void attribution() {
    const int word = match_->anchor;
    if (tree_.at(word).upos == Upos::Adp || tree_.at(word).deprel == Deprel::Case) {
      const int source = tree_.head(word);
      if (source >= 0 && tree_.head(source) >= 0) attribute(tree_.head(source), source);
      return;
    }
    int source = tree_.child(word, Deprel::Nsubj);
    if (source < 0) source = tree_.child(word, Deprel::OblAgent);
    if (source < 0) return;
    for (int c : tree_.children(word)) {
      if (tree_.at(c).deprel == Deprel::Ccomp) attribute(c, source);
    }
    if (tree_.at(word).deprel == Deprel::Parataxis) attribute(tree_.head(word), source);
  }

  void attribute(int token, int source) {
    StanceMark m;
    m.token = token;
    m.reach = StanceMark::Reach::Governed;
    m.attributed_to = source;
    m.source = match_->anchor;
    m.cue = match_->cue->label;
    marks_.push_back(std::move(m));
  }

  const TreeIndex& tree_;
  std::vector<StanceMark>& marks_;
  std::vector<Flags> flags_;
  const CueMatch* match_ = nullptr;
};

}  // namespace

bool has_marker(const TreeIndex& tree, int head, std::string_view word) {
  for (int c : tree.children(head)) {
    const Deprel d = tree.at(c).deprel;
    if ((d == Deprel::Mark || d == Deprel::Case) && tree.lower(c) == word) return true;
  }
  return false;
}

void place_marks(const TreeIndex& tree, const std::vector<CueMatch>& cues,
                 std::vector<StanceMark>& marks) {
  Placer placer(tree, cues, marks);
  for (const CueMatch& match : cues) placer.place(match);
  placer.purposes();
  placer.imperative();
  placer.question();
}

}  // namespace tercet
