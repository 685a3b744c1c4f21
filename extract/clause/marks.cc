#include "extract/clause/marks.h"

#include <algorithm>
#include <array>

namespace tercet {
namespace {

bool is_name(const TreeIndex& tree, int token) {
  const Token& t = tree.at(token);
  return t.upos == Upos::Propn || t.xpos == Xpos::NNP || t.xpos == Xpos::NNPS;
}

bool is_capitalised(const TreeIndex& tree, int token) {
  const std::string_view form = tree.form(token);
  return !form.empty() && form.front() >= 'A' && form.front() <= 'Z';
}

/// "Not Boring", "May 1994": written like a name in the middle of a sentence, or followed by what
/// makes it a date.
bool looks_like_name(const TreeIndex& tree, int token) {
  if (is_name(tree, token)) return true;
  if (!is_capitalised(tree, token)) return false;
  const bool in_the_middle = token > 0 && tree.at(token - 1).upos != Upos::Punct;
  const int next = token + 1;
  if (next < tree.size() && tree.lower(token) == "may" && tree.at(next).upos == Upos::Num) {
    return true;
  }
  if (!in_the_middle) return false;
  // All capitals are emphasis ("does NOT"), one capital letter is a name.
  const std::string_view form = tree.form(token);
  return form.size() < 2 || !(form[1] >= 'A' && form[1] <= 'Z');
}

bool matches_word(const TreeIndex& tree, int token, const std::string& word) {
  return tree.lower(token) == word || tree.lemma(token) == word;
}

bool matches(const TreeIndex& tree, const Cue& cue, int first) {
  if (first + static_cast<int>(cue.words.size()) > tree.size()) return false;
  for (std::size_t i = 0; i < cue.words.size(); ++i) {
    if (!matches_word(tree, first + static_cast<int>(i), cue.words[i])) return false;
  }
  return true;
}

int anchor_of(const TreeIndex& tree, int first, int last) {
  for (int t = first; t <= last; ++t) {
    if (tree.head(t) < first || tree.head(t) > last) return t;
  }
  return first;
}

bool is_clause_arc(Deprel d) {
  return d == Deprel::Xcomp || d == Deprel::Ccomp || d == Deprel::Csubj || d == Deprel::CsubjPass ||
         d == Deprel::Acl;
}

bool has_marker(const TreeIndex& tree, int predicate, std::string_view word) {
  for (int c : tree.children(predicate)) {
    const Deprel d = tree.at(c).deprel;
    if ((d == Deprel::Mark || d == Deprel::Case) && tree.lower(c) == word) return true;
  }
  return false;
}

/// Puts the marks of one cue.
class Placer {
 public:
  Placer(const TreeIndex& tree, std::vector<StanceMark>& marks) : tree_(tree), marks_(marks) {}

  void place(const CueMatch& match) {
    match_ = &match;
    switch (match.cue->scope) {
      case Cue::Scope::Modifier: modifier(); break;
      case Cue::Scope::Self: self(); break;
      case Cue::Scope::Complement: complement(false); break;
      case Cue::Scope::Object: complement(true); break;
      case Cue::Scope::From: from(); break;
      case Cue::Scope::Preposition: preposition(); break;
      case Cue::Scope::Attribution: attribution(); break;
      case Cue::Scope::Subordinator:
      case Cue::Scope::Plain: break;
    }
  }

 private:
  void mark(int token, StanceMark::Reach reach) {
    StanceMark m;
    m.token = token;
    m.reach = reach;
    m.negative = match_->cue->negative;
    m.modality = match_->cue->modality;
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
    int target = tree_.head(match_->anchor);
    if (target < 0) return;
    // "not very often sells": through adverbs up to what they modify.
    for (int steps = tree_.size(); steps > 0; --steps) {
      if (tree_.at(target).upos != Upos::Adv || tree_.at(target).deprel != Deprel::Advmod) break;
      target = tree_.head(target);
    }
    const Deprel how = tree_.at(match_->anchor).deprel;
    if (how == Deprel::Det || how == Deprel::Amod || how == Deprel::Advmod) {
      mark_with_predicate(target, StanceMark::Reach::Statement);
    } else {
      mark(target, StanceMark::Reach::Statement);
    }
  }

  void self() { mark_with_predicate(match_->anchor, StanceMark::Reach::Statement); }

  void complement(bool or_object) {
    const int word = match_->anchor;
    bool found = false;
    const bool noun = tree_.at(word).upos == Upos::Noun || tree_.at(word).upos == Upos::Propn;
    for (int c : tree_.children(word)) {
      const Deprel d = tree_.at(c).deprel;
      const bool purpose = d == Deprel::Advcl && has_marker(tree_, c, "to") && c > word;
      const bool of_phrase = noun && d == Deprel::Nmod &&
                             (has_marker(tree_, c, "of") || has_marker(tree_, c, "for"));
      if ((is_clause_arc(d) && c > word) || purpose || of_phrase) {
        mark(c, StanceMark::Reach::Governed);
        found = true;
      }
    }
    if (noun) {
      // "the goal is to grow": the noun is the subject of what it governs.
      const int up = tree_.head(word);
      if (up > word && is_subject(tree_.at(word).deprel) && tree_.has(up, Deprel::Cop) &&
          (tree_.at(up).upos == Upos::Verb || has_marker(tree_, up, "to") ||
           has_marker(tree_, up, "that"))) {
        mark(up, StanceMark::Reach::Governed);
      } else if (up >= 0 && up > word && is_subject(tree_.at(word).deprel) &&
                 tree_.lemma(up) == "be") {
        for (int c : tree_.children(up)) {
          if (is_clause_arc(tree_.at(c).deprel) && c > up) mark(c, StanceMark::Reach::Governed);
        }
      }
    }
    if (found || !or_object) return;
    for (int c : tree_.children(word)) {
      const Deprel d = tree_.at(c).deprel;
      if (d == Deprel::Obj || d == Deprel::NsubjPass || (d == Deprel::Obl && c > word)) {
        mark(c, StanceMark::Reach::Governed);
      }
    }
  }

  void from() {
    for (int c : tree_.children(match_->anchor)) {
      if (c > match_->anchor && has_marker(tree_, c, "from")) mark(c, StanceMark::Reach::Governed);
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
    m.cue = match_->cue->label;
    marks_.push_back(std::move(m));
  }

  const TreeIndex& tree_;
  std::vector<StanceMark>& marks_;
  const CueMatch* match_ = nullptr;
};

/// "to meet demand": a purpose. The infinitive after "ability" or "first" is none.
void place_purposes(const TreeIndex& tree, std::vector<StanceMark>& marks) {
  for (int t = 0; t < tree.size(); ++t) {
    if (tree.at(t).deprel != Deprel::Advcl || !has_marker(tree, t, "to")) continue;
    StanceMark m;
    m.token = t;
    m.reach = StanceMark::Reach::Governed;
    m.modality = Modality::Intended;
    m.cue = "purpose.to";
    marks.push_back(std::move(m));
  }
}

}  // namespace

std::vector<CueMatch> find_cues(const Cues& cues, const TreeIndex& tree) {
  std::vector<CueMatch> out;
  for (int t = 0; t < tree.size();) {
    int next = t + 1;
    if (!looks_like_name(tree, t)) {
      std::size_t longest = 0;
      const auto try_word = [&](const std::string& word) {
        const auto it = cues.by_first_word.find(word);
        if (it == cues.by_first_word.end()) return;
        for (const Cue& cue : it->second) {
          if (cue.words.size() < longest) break;
          if (!matches(tree, cue, t)) continue;
          const int last = t + static_cast<int>(cue.words.size()) - 1;
          const int anchor = anchor_of(tree, t, last);
          if (!cue.pos.empty() && std::find(cue.pos.begin(), cue.pos.end(),
                                            tree.at(anchor).upos) == cue.pos.end()) {
            continue;
          }
          longest = cue.words.size();
          out.push_back({&cue, t, last, anchor});
          next = last + 1;
        }
      };
      try_word(tree.lower(t));
      if (tree.lemma(t) != tree.lower(t)) try_word(tree.lemma(t));
    }
    t = next;
  }
  return out;
}

void place_marks(const TreeIndex& tree, const std::vector<CueMatch>& cues,
                 std::vector<StanceMark>& marks) {
  Placer placer(tree, marks);
  for (const CueMatch& match : cues) placer.place(match);
  place_purposes(tree, marks);
}

}  // namespace tercet
