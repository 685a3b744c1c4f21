#include "extract/clause/marks.h"

#include <algorithm>

#include "extract/clause/grammar.h"

namespace tercet {
namespace {

bool is_clause_arc(Deprel d) {
  return d == Deprel::Xcomp || d == Deprel::Ccomp || d == Deprel::Acl;
}

bool is_clausal_subject(Deprel d) {
  return d == Deprel::Csubj || d == Deprel::CsubjPass || d == Deprel::CsubjOuter;
}

/// Puts the marks of one cue.
class Placer {
 public:
  Placer(const TreeIndex& tree, const std::vector<WordRoles>& roles, std::vector<StanceMark>& marks)
      : tree_(tree), roles_(roles), marks_(marks) {}

  void place(const CueMatch& match) {
    match_ = &match;
    switch (match.cue->scope) {
      case Cue::Scope::Modifier:
        modifier();
        break;
      case Cue::Scope::Verb: {
        const int target = tree_.head(match.anchor);
        if (target >= 0 && tree_.at(target).upos == Upos::Verb) modifier();
        break;
      }
      case Cue::Scope::Self:
        self();
        break;
      case Cue::Scope::Complement:
        complement(false);
        break;
      case Cue::Scope::Passive:
        if (tree_.has(match.anchor, Deprel::AuxPass) || tree_.at(match.anchor).xpos == Xpos::VBN) {
          complement(false);
        }
        break;
      case Cue::Scope::Gerund:
        gerund();
        break;
      case Cue::Scope::Object:
        complement(true);
        break;
      case Cue::Scope::Need:
        need(false);
        break;
      case Cue::Scope::Lets:
        need(true);
        break;
      case Cue::Scope::From:
        led_in_by("from", true);
        break;
      case Cue::Scope::Over:
        led_in_by("over", false);
        break;
      case Cue::Scope::Preposition:
        preposition();
        break;
      case Cue::Scope::Attribution:
        attribution();
        break;
      case Cue::Scope::Subordinator:
      case Cue::Scope::Carries:
      case Cue::Scope::Implies:
      case Cue::Scope::Effect:
      case Cue::Scope::Factual:
      case Cue::Scope::Plain:
        break;
    }
  }

 private:
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
    // "It is said that tea isn't cheap" denies the price, not the saying.
    if (is_clausal_subject(d)) return;
    if (is_subject(d) || d == Deprel::Obj) mark(tree_.head(token), reach);
  }

  void modifier() {
    const std::string& word = match_->cue->words.front();
    int target = tree_.head(match_->anchor);
    const Deprel how = tree_.at(match_->anchor).deprel;
    // "planned sales", "sales planned for spring"; not "said she planned".
    if (tree_.at(match_->anchor).upos == Upos::Verb &&
        (tree_.has(match_->anchor, Deprel::Xcomp) || (how != Deprel::Amod && how != Deprel::Acl))) {
      return;
    }
    // An auxiliary on its own has left its verb out: "and Finn can't either".
    const bool elliptic = tree_.at(match_->anchor).upos == Upos::Aux && how != Deprel::Aux;
    if (target < 0 || elliptic) {
      mark(match_->anchor, StanceMark::Reach::Statement);
      return;
    }
    // "neither sells nor buys", "neither tea nor mugs": the first word denies both.
    if (word == "nor" && tree_.at(target).deprel == Deprel::Conj && !has_subject(tree_, target) &&
        !has_auxiliary(tree_, target)) {
      return;
    }
    // "not very often sells": through adverbs up to what they modify.
    for (int steps = tree_.size(); steps > 0; --steps) {
      if (tree_.at(target).upos != Upos::Adv || tree_.at(target).deprel != Deprel::Advmod) break;
      target = tree_.head(target);
    }
    if (how == Deprel::Aux && word == "would" && would_is_fact(target)) return;
    // "could not compete" is a fact; and what one can do is a fact in a way, see Stance::ability.
    const bool able = how == Deprel::Aux && (word == "can" || word == "could");
    if (able && is_denied(tree_, target)) return;
    if (able && word == "can" && !roles_[static_cast<std::size_t>(target)].effect) {
      mark(target, StanceMark::Reach::Statement);
      marks_.back().ability = true;
      return;
    }
    if (how == Deprel::Amod && match_->anchor > target) return;  // "all that is possible there"
    if (match_->cue->negative && how == Deprel::Advmod && tree_.at(target).xpos == Xpos::JJR &&
        match_->cue->words.front() == "never") {
      return;  // "has never been higher"
    }
    if (match_->cue->negative && how == Deprel::Advmod && waits(tree_, target)) return;
    if (how == Deprel::Det || how == Deprel::Amod || how == Deprel::Advmod ||
        how == Deprel::CcPreconj || how == Deprel::Cc) {
      mark_with_predicate(target, StanceMark::Reach::Statement);
    } else {
      mark(target, StanceMark::Reach::Statement);
    }
  }

  /// "would later sue", "firms that would often refuse" tell the past.
  bool would_is_fact(int predicate) const {
    for (int c : tree_.children(predicate)) {
      if (tree_.at(c).deprel == Deprel::Aux && tree_.lemma(c) == "have") return false;
      const bool condition = tree_.at(c).deprel == Deprel::Advcl && has_marker(tree_, c, "if");
      if (condition) return false;
    }
    if (roles_[static_cast<std::size_t>(predicate)].factual) return true;
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
    if (!match_->cue->negative) {
      // "talks between X and Y" may come to nothing; that the talks helped is a fact.
      mark(match_->anchor, StanceMark::Reach::Statement, true);
      return;
    }
    mark_with_predicate(match_->anchor, StanceMark::Reach::Statement);
    if (!match_->cue->negative || tree_.at(match_->anchor).upos != Upos::Verb) return;
    for (int c : tree_.children(match_->anchor)) {
      if (tree_.at(c).deprel == Deprel::Obj) mark(c, StanceMark::Reach::Governed);
    }
  }

  void complement(bool or_object) {
    const int word = match_->anchor;
    const Upos upos = tree_.at(word).upos;
    const Deprel how = tree_.at(word).deprel;
    // "is yet to open": the tree makes the cue an auxiliary of what it governs.
    // "Far from selling, it buys": it hangs on what it governs.
    const int above = tree_.head(word);
    const bool before = how == Deprel::Advmod && above > match_->last && marked_inside(above);
    if (how == Deprel::Cop || how == Deprel::Aux || how == Deprel::Mark || before) {
      const int governed = above;
      if (governed > word) mark(governed, StanceMark::Reach::Governed);
      return;
    }
    // "stopped short of selling": what the cue governs may hang on any of its words.
    for (int t = match_->first; t <= match_->last; ++t) {
      for (int c : tree_.children(t)) {
        const Deprel d = tree_.at(c).deprel;
        if (t == word || c <= match_->last || (d != Deprel::Advcl && d != Deprel::Obl)) continue;
        if (marked_inside(c)) mark(c, StanceMark::Reach::Governed);
      }
    }
    const bool noun = upos == Upos::Noun || upos == Upos::Propn;
    bool found = false;
    for (int c : tree_.children(word)) {
      const Deprel d = tree_.at(c).deprel;
      const bool purpose = d == Deprel::Advcl && has_marker(tree_, c, "to") && c > word;
      const bool aimed = or_object && !noun && c > word &&
                         (d == Deprel::Advcl || d == Deprel::Obl) &&
                         match_->cue->modality == Modality::Intended &&
                         (has_marker(tree_, c, "at") || has_marker(tree_, c, "for") ||
                          has_marker(tree_, c, "towards") || has_marker(tree_, c, "toward"));
      // "advised against selling": the cue names the preposition.
      const bool named = match_->cue->words.size() > 1 && c > word &&
                         (d == Deprel::Advcl || d == Deprel::Obl || d == Deprel::Ccomp) &&
                         (has_marker(tree_, c, match_->cue->words.back()) || marked_inside(c));
      const bool phrase =
          noun && (d == Deprel::Nmod || d == Deprel::Obl || d == Deprel::Advcl) && c > word &&
          (has_marker(tree_, c, "of") || has_marker(tree_, c, match_->cue->words.back()) ||
           (match_->cue->modality == Modality::Intended &&
            (has_marker(tree_, c, "for") || has_marker(tree_, c, "to") ||
             has_marker(tree_, c, "towards"))));
      // "a future where"; "the rumour that it closed" may come out as a relative clause.
      const bool content = match_->cue->modality == Modality::Possible && has_subject(tree_, c) &&
                           tree_.lower(tree_.first_of(c)) == "that";
      const bool described = noun && d == Deprel::AclRelcl && (content || placed_in(c));
      const bool it_is = is_clausal_subject(d) && (upos == Upos::Adj || c > word);
      // "a plan, costing $20": what is told of the plan is no part of it.
      // "ruled out using drones": the parser may take the gerund for an adverbial.
      const bool bare = or_object && !noun && d == Deprel::Advcl && c > word &&
                        tree_.at(c).xpos == Xpos::VBG && !tree_.has(c, Deprel::Mark) &&
                        !tree_.has(word, Deprel::Obj) && tree_.lower(c - 1) != ",";
      const bool told =
          noun && d == Deprel::Acl && tree_.at(c).xpos == Xpos::VBG && !tree_.has(c, Deprel::Mark);
      if ((is_clause_arc(d) && c > word && !told) || purpose || aimed || named || bare || phrase ||
          described || it_is) {
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

  /// The words that lead in `token` are among those of the cue: "out of" of "backed out of".
  bool marked_inside(int token) const {
    for (int c : tree_.children(token)) {
      const Deprel d = tree_.at(c).deprel;
      if ((d == Deprel::Mark || d == Deprel::Case) && c >= match_->first && c <= match_->last)
        return true;
    }
    return false;
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

  /// "considered selling", not "considered a friend".
  void gerund() {
    for (int c : tree_.children(match_->anchor)) {
      const Deprel d = tree_.at(c).deprel;
      if (c > match_->anchor && tree_.at(c).xpos == Xpos::VBG &&
          (d == Deprel::Xcomp || d == Deprel::Ccomp || d == Deprel::Advcl || d == Deprel::Obj)) {
        mark(c, StanceMark::Reach::Governed);
      }
    }
  }

  /// "the goal is to grow": the noun is the subject of what it governs.
  bool subject_of_infinitive(int noun) {
    const int up = tree_.head(noun);
    if (up <= noun || !is_subject(tree_.at(noun).deprel)) return false;
    if (tree_.has(up, Deprel::Cop) &&
        (tree_.at(up).upos == Upos::Verb || has_marker(tree_, up, "to") ||
         has_marker(tree_, up, "that"))) {
      mark(up, StanceMark::Reach::Governed);
      // "the plan is to ensure stock is there" may be read as a clause about the plan.
      const int above = tree_.head(up);
      if (above > up && is_clausal_subject(tree_.at(up).deprel)) {
        mark(above, StanceMark::Reach::Governed);
      }
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
  /// With `lets`, of "lets it grow": growth is made possible.
  void need(bool lets) {
    const int word = match_->anchor;
    // "had to move", "allowed it to move" mean it moved.
    const bool done = lets || tree_.lemma(word) == "have";
    if (done && is_past(tree_, word) && !is_denied(tree_, word)) return;
    for (int c : tree_.children(word)) {
      const Deprel d = tree_.at(c).deprel;
      const bool infinitive =
          (d == Deprel::Xcomp || d == Deprel::Ccomp || d == Deprel::Acl || d == Deprel::Advcl) &&
          c > word &&
          ((lets && d != Deprel::Advcl && d != Deprel::Acl) || has_marker(tree_, c, "to"));
      if (infinitive || (is_clausal_subject(d) && tree_.at(word).upos == Upos::Adj)) {
        mark(c, StanceMark::Reach::Governed, true);
        marks_.back().ability = lets;
        // "need not grow": it may or may not.
        if (!lets && is_denied(tree_, word)) marks_.back().modality = Modality::Possible;
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
    // "everything but sell": the preposition is the last word.
    const bool behind = tree_.head(match_->last) > match_->last;
    const int word = behind ? match_->last : match_->anchor;
    const int target = tree_.head(word);
    if (target < 0) return;
    const Deprel how = tree_.at(word).deprel;
    if (how == Deprel::Case || how == Deprel::Mark || how == Deprel::Cc || how == Deprel::Advmod) {
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
      const Deprel d = tree_.at(c).deprel;
      if (d == Deprel::Ccomp || (is_clausal_subject(d) && c > word)) attribute(c, source);
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
  const std::vector<WordRoles>& roles_;
  std::vector<StanceMark>& marks_;
  const CueMatch* match_ = nullptr;
};

}  // namespace

void place_marks(const TreeIndex& tree, const std::vector<CueMatch>& cues,
                 std::vector<StanceMark>& marks) {
  const std::vector<WordRoles> roles = roles_of(tree, cues);
  Placer placer(tree, roles, marks);
  for (const CueMatch& match : cues) placer.place(match);
  place_moods(tree, roles, marks);
}

}  // namespace tercet
