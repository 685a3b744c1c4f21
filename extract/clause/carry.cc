#include "extract/clause/carry.h"

#include <utility>

namespace tercet {
namespace {

bool is_negation(const TreeIndex& tree, int token) {
  return tree.lemma(token) == "not" || tree.lemma(token) == "never";
}

/// True if the sentence goes on where a conditional one ended: "Instead, they will ...".
bool continues(const TreeIndex& tree, const std::vector<CueMatch>& cues) {
  const int root = tree.top_down().front();
  for (const CueMatch& match : cues) {
    if (match.cue->scope != Cue::Scope::Carries) continue;
    const bool first = match.first == 0 || (match.first == 1 && tree.at(0).upos == Upos::Cconj);
    if (first && match.last < root) return true;
  }
  // "They would then ...": a modal about somebody known.
  bool modal = false, pronoun = false;
  for (int c : tree.children(root)) {
    const std::string& word = tree.lemma(c);
    modal |= tree.at(c).deprel == Deprel::Aux && (word == "will" || word == "would");
    pronoun |= is_subject(tree.at(c).deprel) && tree.at(c).upos == Upos::Pron;
  }
  return modal && pronoun;
}

Introduction introduction_of(const TreeIndex& tree, const std::vector<CueMatch>& cues) {
  Introduction out;
  const int last = tree.size() - 1;
  if (tree.lower(last) != ":") return out;
  out.open = true;
  const int root = tree.top_down().front();
  for (const CueMatch& match : cues) {
    const Cue& cue = *match.cue;
    const bool hanging = match.last >= last - 2;  // "plans to :", "without :"
    const bool governs = cue.scope == Cue::Scope::Complement || cue.scope == Cue::Scope::Object ||
                         cue.scope == Cue::Scope::Need || cue.scope == Cue::Scope::Preposition ||
                         cue.scope == Cue::Scope::From;
    const bool heading =
        cue.scope == Cue::Scope::Complement && tree.at(match.anchor).upos == Upos::Noun &&
        (match.anchor == root ||
         (tree.head(match.anchor) == root && is_subject(tree.at(match.anchor).deprel)));
    const bool modal = cue.scope == Cue::Scope::Modifier &&
                       (match.anchor == root || tree.head(match.anchor) == root) &&
                       (tree.at(match.anchor).upos == Upos::Aux || is_negation(tree, match.anchor));
    if (!((governs && hanging) || heading || modal)) continue;
    if (cue.words.front() == "can" || cue.words.front() == "would") continue;
    if (cue.negative) out.negative = !out.negative;
    if (weight_of(cue.modality) > weight_of(out.modality)) out.modality = cue.modality;
    if (!out.cue.empty()) out.cue += '+';
    out.cue += cue.label;
  }
  return out;
}

/// Conditions a sentence hands on; without a bound a chain of "Then ..." would gather them all.
constexpr std::size_t kMaxCarried = 4;

StanceMark governed(int token, Modality modality, std::string cue) {
  StanceMark m;
  m.token = token;
  m.reach = StanceMark::Reach::Governed;
  m.modality = modality;
  m.source = -2;  // stands outside the sentence
  m.cue = std::move(cue);
  return m;
}

}  // namespace

Carrier::Carrier(const AnalysedDocument& document)
    : document_(document), introductions_(document.document->blocks.size()) {}

void Carrier::add_to(int sentence, const TreeIndex& tree, const std::vector<CueMatch>& cues,
                     SentenceStance& stance) {
  const auto block_index =
      static_cast<std::size_t>(document_.sentences[static_cast<std::size_t>(sentence)].block);
  const Block& block = document_.document->blocks[block_index];
  const int root = tree.top_down().front();
  if (block.kind == Block::Kind::Item && block.intro >= 0 &&
      static_cast<std::size_t>(block.intro) < introductions_.size()) {
    const Introduction& intro = introductions_[static_cast<std::size_t>(block.intro)];
    const bool says = intro.negative || intro.modality != Modality::Asserted;
    if (intro.open && says) {
      StanceMark m = governed(root, intro.modality, intro.cue);
      m.negative = intro.negative;
      stance.marks.push_back(std::move(m));
    }
  }
  if (!conditions_.empty() && block.kind != Block::Kind::Heading && continues(tree, cues)) {
    for (const ConditionRef& condition : conditions_) {
      StanceMark m = governed(root, Modality::Conditional, "cond.carried");
      m.condition = condition;
      stance.marks.push_back(std::move(m));
    }
  }
  conditions_.clear();
  for (const StanceMark& mark : stance.marks) {
    if (conditions_.size() == kMaxCarried) break;
    if (mark.modality == Modality::Conditional && mark.condition.clause >= 0) {
      conditions_.push_back(mark.condition);
    }
  }
  introductions_[block_index] = introduction_of(tree, cues);
}

}  // namespace tercet
