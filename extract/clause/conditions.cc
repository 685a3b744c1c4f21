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

}  // namespace

void place_conditions(const TreeIndex& tree, const std::vector<CueMatch>& cues, int sentence,
                      const std::vector<int>& clause_at, std::vector<StanceMark>& marks) {
  for (const CueMatch& match : cues) {
    if (match.cue->scope != Cue::Scope::Subordinator) continue;
    const int clause = tree.head(match.anchor);
    if (clause < 0) continue;
    const Deprel how = tree.at(match.anchor).deprel;
    if (how != Deprel::Mark && how != Deprel::Advmod && how != Deprel::Case) continue;
    const Deprel link = tree.at(clause).deprel;
    const int main = tree.head(clause);
    const std::string& word = match.cue->words.back();
    const bool temporal = word == "when" || word == "whenever" || word == "once";
    if (temporal) {
      // "when it launched" tells a date, "when you launch, you must" a condition.
      if (link != Deprel::Advcl || main < 0 || is_past(tree, clause) || is_past(tree, main)) {
        continue;
      }
      if (word == "when" && !has_modal(tree, main)) continue;
    }
    mark_hypothetical(clause, match.cue->label, marks);
    if (main < 0 || (link != Deprel::Advcl && link != Deprel::AdvclRelcl)) continue;
    mark_conditional(main, {sentence, clause_at[static_cast<std::size_t>(clause)]},
                     match.cue->label, marks);
  }
}

}  // namespace tercet
