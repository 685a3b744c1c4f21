#include "extract/clause/stance.h"

#include <algorithm>
#include <utility>

#include "extract/clause/carry.h"
#include "extract/clause/marks.h"

namespace tercet {

/// Conditional > Hypothetical > Intended > Possible > Asserted.
int weight_of(Modality modality) {
  switch (modality) {
    case Modality::Asserted:
      return 0;
    case Modality::Possible:
      return 1;
    case Modality::Intended:
      return 2;
    case Modality::Hypothetical:
      return 3;
    case Modality::Conditional:
      return 4;
  }
  return 0;
}

DocumentClauses find_document_clauses(const Cues& cues, const AnalysedDocument& document) {
  DocumentClauses out;
  out.clauses.reserve(document.sentences.size());
  out.stances.reserve(document.sentences.size());
  Carrier carrier(document);
  for (std::size_t i = 0; i < document.sentences.size(); ++i) {
    const int s = static_cast<int>(i);
    const Sentence& sentence = document.tree(s);
    const std::string& text = document.block_of(s).text;
    out.clauses.push_back(find_clauses(text, sentence));
    const TreeIndex tree(text, sentence);
    std::vector<int> clause_at(sentence.tokens.size(), -1);
    for (std::size_t c = 0; c < out.clauses.back().size(); ++c) {
      clause_at[static_cast<std::size_t>(out.clauses.back()[c].predicate)] = static_cast<int>(c);
    }
    const std::vector<CueMatch> matches = find_cues(cues, tree);
    SentenceStance stance;
    place_marks(tree, matches, stance.marks);
    place_conditions(tree, matches, s, clause_at, stance.marks);
    carrier.add_to(s, tree, matches, stance);
    std::stable_sort(stance.marks.begin(), stance.marks.end(),
                     [](const StanceMark& a, const StanceMark& b) { return a.token < b.token; });
    find_passes(tree, stance);
    out.stances.push_back(std::move(stance));
  }
  return out;
}

namespace {

/// More denials than a reader could follow are not counted.
constexpr std::size_t kMaxDenials = 16;

/// Walks up a tree and gathers what the marks on the way do.
class Gatherer {
 public:
  Gatherer(const AnalysedDocument& document, const DocumentClauses& clauses, int sentence)
      : tokens_(document.tree(sentence).tokens),
        stance_(clauses.stances[static_cast<std::size_t>(sentence)]) {}

  /// From `from` up to the root, all that reaches it.
  void statement(int from) {
    constexpr std::uint8_t all = kPassAll | kPassDoubt;
    std::uint8_t open = all, near = all, far = all;  // near, far: of the arc just climbed
    below_ = false;
    for (int t = from; t >= 0; t = head(t)) {
      // "not by X but by Y" affirms Y.
      const std::uint8_t here = t == from && contrast_ ? all & ~(kPassOwnSign | kPassDoubt) : all;
      apply(t, static_cast<std::uint8_t>(open & near & here));
      open &= far;
      near = stance_.nearby[static_cast<std::size_t>(t)];
      far = stance_.beyond[static_cast<std::size_t>(t)];
      below_ |= tokens_[static_cast<std::size_t>(t)].deprel != Deprel::Conj;
    }
  }

  /// The words between `about` and the predicate above it.
  void between(int about, int predicate) {
    for (int t = about; t >= 0; t = head(t)) {
      if (t == predicate) break;
      if (head(t) < 0) return;
    }
    below_ = false;
    // A word inside "if ..." or "because ..." is no argument of the main clause; only what stands
    // above that clause says something about it here.
    for (int t = about; t != predicate; t = head(t)) {
      if (tokens_[static_cast<std::size_t>(t)].deprel == Deprel::Advcl &&
          (stance_.nearby[static_cast<std::size_t>(t)] & kPassCondition) == 0 && !is_purpose(t) &&
          !is_elliptic(t)) {
        about = head(t);
      }
    }
    std::uint8_t near = kPassAll;
    between_ = true;
    for (int t = about; t != predicate; t = head(t)) {
      apply(t, near);
      contrast_ |= tokens_[static_cast<std::size_t>(t)].deprel == Deprel::Conj &&
                   (stance_.nearby[static_cast<std::size_t>(t)] & kPassSign) == 0;
      near = tokens_[static_cast<std::size_t>(t)].deprel == Deprel::Conj
                 ? stance_.nearby[static_cast<std::size_t>(t)]
                 : std::uint8_t{kPassAll};
    }
    between_ = false;
  }

  Stance take() {
    if (able_ && out_.modality == Modality::Asserted) {
      out_.modality = Modality::Possible;
      out_.ability = true;
      add_cue("ability.can");
    }
    std::sort(out_.conditions.begin(), out_.conditions.end(),
              [](const ConditionRef& a, const ConditionRef& b) {
                return std::pair(a.sentence, a.clause) < std::pair(b.sentence, b.clause);
              });
    out_.conditions.erase(std::unique(out_.conditions.begin(), out_.conditions.end()),
                          out_.conditions.end());
    return std::move(out_);
  }

 private:
  bool is_purpose(int token) const {
    const auto it = std::lower_bound(stance_.marks.begin(), stance_.marks.end(), token,
                                     [](const StanceMark& mark, int t) { return mark.token < t; });
    return std::any_of(it, stance_.marks.end(), [token](const StanceMark& mark) {
      return mark.token == token && mark.modality == Modality::Intended;
    });
  }

  /// "coffee" of "sells tea, though not coffee" is an argument of the selling.
  bool is_elliptic(int token) const {
    const Token& noun = tokens_[static_cast<std::size_t>(token)];
    if (noun.upos != Upos::Noun && noun.upos != Upos::Propn) return false;
    for (auto it = first_mark(token); it != stance_.marks.end() && it->token == token; ++it) {
      if (it->negative && it->reach == StanceMark::Reach::Statement) return true;
    }
    return false;
  }

  std::vector<StanceMark>::const_iterator first_mark(int token) const {
    return std::lower_bound(stance_.marks.begin(), stance_.marks.end(), token,
                            [](const StanceMark& mark, int t) { return mark.token < t; });
  }

  int head(int token) const { return tokens_[static_cast<std::size_t>(token)].head; }

  void apply(int token, std::uint8_t pass) {
    auto it = std::lower_bound(stance_.marks.begin(), stance_.marks.end(), token,
                               [](const StanceMark& mark, int t) { return mark.token < t; });
    for (; it != stance_.marks.end() && it->token == token; ++it) apply(*it, pass);
  }

  void apply(const StanceMark& mark, std::uint8_t pass) {
    if (between_ && mark.inner_only) return;
    const bool own = mark.reach == StanceMark::Reach::Statement;
    if (mark.ability) {
      able_ |= !below_ && (pass & (own ? kPassOwnModality : kPassModality)) != 0;
      return;
    }
    bool used = false;
    // Blocked denials take the doubt in them along: "not necessarily X but Y".
    if (mark.negative && (pass & (own ? kPassOwnSign : kPassSign)) == 0) {
      if ((pass & kPassDoubt) == 0 || out_.modality != Modality::Asserted) return;
      out_.modality = Modality::Possible;
      add_cue(mark.cue);
      return;
    }
    const bool repeated = mark.negative && (denied_by_.size() >= kMaxDenials ||
                                            std::find(denied_by_.begin(), denied_by_.end(),
                                                      mark.source) != denied_by_.end());
    if (mark.negative && !repeated && (pass & (own ? kPassOwnSign : kPassSign)) != 0) {
      denied_by_.push_back(mark.source);
      out_.polarity = out_.polarity == Polarity::Negative ? Polarity::Positive : Polarity::Negative;
      used = true;
    }
    const std::uint8_t needed = mark.modality == Modality::Conditional ? kPassCondition
                                : own                                  ? kPassOwnModality
                                                                       : kPassModality;
    if (mark.modality != Modality::Asserted && (pass & needed) != 0) {
      if (weight_of(mark.modality) > weight_of(out_.modality)) out_.modality = mark.modality;
      if (mark.condition.clause >= 0) out_.conditions.push_back(mark.condition);
      used = true;
    }
    if (mark.attributed_to >= 0 && out_.attributed_to < 0) {
      out_.attributed_to = mark.attributed_to;
    }
    if (used) add_cue(mark.cue);
  }

  void add_cue(const std::string& cue) {
    if (!out_.cue.empty()) out_.cue += ' ';
    out_.cue += cue;
  }

  const std::vector<Token>& tokens_;
  const SentenceStance& stance_;
  std::vector<int> denied_by_;  // a cue that marks two words on the way counts once
  bool between_ = false;
  bool contrast_ = false;  // "but" stands between the word and what is denied
  bool below_ = false;     // looking at what governs the statement, not at the statement
  bool able_ = false;
  Stance out_;
};

}  // namespace

Stance stance_of(const AnalysedDocument& document, const DocumentClauses& clauses, int sentence,
                 int clause, std::span<const int> about) {
  const int predicate =
      clauses.clauses[static_cast<std::size_t>(sentence)][static_cast<std::size_t>(clause)]
          .predicate;
  Gatherer gather(document, clauses, sentence);
  for (int word : about) {
    if (word >= 0 && word != predicate) gather.between(word, predicate);
  }
  gather.statement(predicate);
  return gather.take();
}

Stance stance_of(const AnalysedDocument& document, const DocumentClauses& clauses, int sentence,
                 int clause, int about) {
  return stance_of(document, clauses, sentence, clause, std::span<const int>(&about, 1));
}

Stance stance_of_word(const AnalysedDocument& document, const DocumentClauses& clauses,
                      int sentence, int head) {
  Gatherer gather(document, clauses, sentence);
  gather.statement(head);
  return gather.take();
}

}  // namespace tercet
