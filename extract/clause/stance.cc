#include "extract/clause/stance.h"

#include <algorithm>
#include <utility>

#include "extract/clause/marks.h"

namespace tercet {
namespace {

bool has_subject(const TreeIndex& tree, int predicate) {
  for (int c : tree.children(predicate)) {
    if (is_subject(tree.at(c).deprel)) return true;
  }
  return false;
}

bool has_auxiliary(const TreeIndex& tree, int predicate) {
  for (int c : tree.children(predicate)) {
    const Deprel d = tree.at(c).deprel;
    if (d == Deprel::Aux || d == Deprel::AuxPass || d == Deprel::Cop) return true;
  }
  return false;
}

bool has_word(const TreeIndex& tree, int head, Deprel deprel, std::string_view word) {
  for (int c : tree.children(head)) {
    if (tree.at(c).deprel == deprel && tree.lower(c) == word) return true;
  }
  return false;
}

/// Which marks of the first conjunct hold for this one too.
std::uint8_t conjunct_passes(const TreeIndex& tree, int token) {
  const int first = tree.head(token);
  std::uint8_t pass = kPassAll;
  const bool own_subject = has_subject(tree, token);
  const bool same_form = tree.at(token).xpos == tree.at(first).xpos ||
                         tree.at(token).upos != Upos::Verb;
  if (own_subject || has_auxiliary(tree, token) || !same_form) {
    pass &= static_cast<std::uint8_t>(~(kPassOwnSign | kPassOwnModality));
  }
  // "not X but Y", "did not buy but built".
  if (has_word(tree, token, Deprel::Cc, "but")) {
    pass &= static_cast<std::uint8_t>(~(kPassOwnSign | kPassSign));
  }
  return pass;
}

/// "a shop": brought up by this very statement, so real only if the statement is.
bool is_new(const TreeIndex& tree, int noun) {
  const int det = tree.child(noun, Deprel::Det);
  return det >= 0 && (tree.lower(det) == "a" || tree.lower(det) == "an" ||
                      tree.lower(det) == "any" || tree.lower(det) == "no");
}

constexpr std::uint8_t kModalities = kPassModality | kPassOwnModality;
constexpr std::uint8_t kSigns = kPassSign | kPassOwnSign;

struct Passes {
  std::uint8_t nearby = kPassAll, beyond = kPassAll;
};

Passes passes_of(const TreeIndex& tree, int token) {
  const int head = tree.head(token);
  switch (tree.at(token).deprel) {
    case Deprel::Conj: return {conjunct_passes(tree, token), kPassAll};
    case Deprel::Xcomp: return {};
    case Deprel::Ccomp: {
      // "does not mean that", "is not true that"; but "did not say that" denies the saying.
      const std::string& lemma = tree.lemma(head);
      const bool raises = lemma == "mean" || lemma == "think" || lemma == "believe" ||
                          lemma == "ensure" || tree.has(head, Deprel::Cop);
      if (raises) return {};
      return {static_cast<std::uint8_t>(kPassAll & ~kPassOwnSign), kPassAll};
    }
    case Deprel::Advcl:
    case Deprel::AdvclRelcl: {
      const std::string marker = tree.marker_of(token);
      const bool loose = marker.empty() || marker == "to" || marker == "thereby";
      if (marker == "by") return {kPassCondition | kModalities, kPassAll};
      if (!loose || token < head) return {0, kPassCondition | kModalities};
      return {kPassCondition | kModalities, kPassAll};
    }
    case Deprel::Acl:
    case Deprel::AclRelcl:
      if (!is_new(tree, head)) return {0, 0};
      return {kPassCondition | kModalities, kPassCondition | kModalities};
    case Deprel::Appos: return {0, 0};
    case Deprel::Parataxis:
    case Deprel::List: return {0, 0};
    case Deprel::Csubj:
    case Deprel::CsubjPass: return {kPassCondition | kModalities, kPassAll};
    case Deprel::Nsubj:
    case Deprel::NsubjPass:
    case Deprel::NsubjOuter: return {0, kPassAll};
    case Deprel::Obj:
    case Deprel::Obl:
    case Deprel::Iobj:
      // What a noun phrase says of itself is taken for granted: "plans to buy Acme, a brewer".
      if (!is_new(tree, token)) return {0, 0};
      return {};
    case Deprel::Nmod: {
      const std::string preposition = tree.preposition_of(token);
      if (preposition == "such as" || preposition == "like" || preposition == "including" ||
          preposition == "unlike" || preposition == "as well as" || preposition == "than") {
        return {0, 0};
      }
      return {};
    }
    default: return {};
  }
}

}  // namespace

void find_passes(const TreeIndex& tree, SentenceStance& stance) {
  const auto n = static_cast<std::size_t>(tree.size());
  stance.nearby.assign(n, kPassAll);
  stance.beyond.assign(n, kPassAll);
  for (int t = 0; t < tree.size(); ++t) {
    if (tree.head(t) < 0) continue;
    const Passes passes = passes_of(tree, t);
    stance.nearby[static_cast<std::size_t>(t)] = passes.nearby;
    stance.beyond[static_cast<std::size_t>(t)] = passes.beyond;
  }
}

DocumentClauses find_document_clauses(const Cues& cues, const AnalysedDocument& document) {
  DocumentClauses out;
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
    std::stable_sort(stance.marks.begin(), stance.marks.end(),
                     [](const StanceMark& a, const StanceMark& b) { return a.token < b.token; });
    find_passes(tree, stance);
    out.stances.push_back(std::move(stance));
  }
  return out;
}

namespace {

/// Conditional > Hypothetical > Intended > Possible > Asserted.
int weight(Modality modality) {
  switch (modality) {
    case Modality::Asserted: return 0;
    case Modality::Possible: return 1;
    case Modality::Intended: return 2;
    case Modality::Hypothetical: return 3;
    case Modality::Conditional: return 4;
  }
  return 0;
}

/// Walks up a tree and gathers what the marks on the way do.
class Gatherer {
 public:
  Gatherer(const AnalysedDocument& document, const DocumentClauses& clauses, int sentence)
      : tokens_(document.tree(sentence).tokens),
        stance_(clauses.stances[static_cast<std::size_t>(sentence)]) {}

  /// From `from` up to the root, all that reaches it.
  void statement(int from) {
    std::uint8_t open = kPassAll, near = kPassAll;
    for (int t = from; t >= 0; t = head(t)) {
      below_ = t != from && (near & kPassOwnModality) == 0;
      if (t != from && tokens_[static_cast<std::size_t>(t)].deprel != Deprel::Conj &&
          tokens_[static_cast<std::size_t>(from)].deprel != Deprel::Conj) {
        below_ = true;
      }
      apply(t, static_cast<std::uint8_t>(open & near));
      near = stance_.nearby[static_cast<std::size_t>(t)];
      open &= stance_.beyond[static_cast<std::size_t>(t)];
    }
  }

  /// The words between `about` and the predicate above it.
  void between(int about, int predicate) {
    for (int t = about; t >= 0; t = head(t)) {
      if (t == predicate) break;
      if (head(t) < 0) return;
    }
    // A word inside "if ..." or "because ..." is no argument of the main clause; only what stands
    // above that clause says something about it here.
    for (int t = about; t != predicate; t = head(t)) {
      if (tokens_[static_cast<std::size_t>(t)].deprel == Deprel::Advcl &&
          stance_.nearby[static_cast<std::size_t>(t)] == 0) {
        about = head(t);
      }
    }
    std::uint8_t near = kPassAll;
    between_ = true;
    for (int t = about; t != predicate; t = head(t)) {
      apply(t, near);
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
      if (!out_.cue.empty()) out_.cue += ' ';
      out_.cue += "ability.can";
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
  int head(int token) const { return tokens_[static_cast<std::size_t>(token)].head; }

  void apply(int token, std::uint8_t pass) {
    auto it = std::lower_bound(
        stance_.marks.begin(), stance_.marks.end(), token,
        [](const StanceMark& mark, int t) { return mark.token < t; });
    for (; it != stance_.marks.end() && it->token == token; ++it) apply(*it, pass);
  }

  void apply(const StanceMark& mark, std::uint8_t pass) {
    if (between_ && mark.inner_only) return;
    if (mark.ability) {
      able_ |= !below_;
      return;
    }
    const bool own = mark.reach == StanceMark::Reach::Statement;
    bool used = false;
    const bool repeated =
        mark.negative && std::find(denied_by_.begin(), denied_by_.end(), mark.source) !=
                             denied_by_.end();
    if (mark.negative && !repeated && (pass & (own ? kPassOwnSign : kPassSign)) != 0) {
      denied_by_.push_back(mark.source);
      out_.polarity =
          out_.polarity == Polarity::Negative ? Polarity::Positive : Polarity::Negative;
      used = true;
    }
    const std::uint8_t needed = mark.modality == Modality::Conditional ? kPassCondition
                                : own                                  ? kPassOwnModality
                                                                       : kPassModality;
    if (mark.modality != Modality::Asserted && (pass & needed) != 0) {
      if (weight(mark.modality) > weight(out_.modality)) out_.modality = mark.modality;
      if (mark.condition.clause >= 0) out_.conditions.push_back(mark.condition);
      used = true;
    }
    if (mark.attributed_to >= 0 && out_.attributed_to < 0) {
      out_.attributed_to = mark.attributed_to;
    }
    if (!used) return;
    if (!out_.cue.empty()) out_.cue += ' ';
    out_.cue += mark.cue;
  }

  const std::vector<Token>& tokens_;
  const SentenceStance& stance_;
  std::vector<int> denied_by_;  // a cue that marks two words on the way counts once
  bool between_ = false;
  bool below_ = false;  // looking at what governs the statement, not at the statement
  bool able_ = false;
  Stance out_;
};

}  // namespace

Stance stance_of(const AnalysedDocument& document, const DocumentClauses& clauses, int sentence,
                 int clause, std::span<const int> about) {
  const int predicate = clauses.clauses[static_cast<std::size_t>(sentence)]
                                       [static_cast<std::size_t>(clause)].predicate;
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
