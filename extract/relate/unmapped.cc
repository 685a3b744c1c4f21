#include "extract/relate/unmapped.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace tercet {
namespace {

struct Ends {
  int subject = -1, object = -1;  // mentions
  std::string preposition;
};

std::optional<int> thing_at(const DocumentEntities& entities, int sentence, int head) {
  const int mention = entities.mention_at(sentence, head);
  if (mention < 0) return std::nullopt;
  const Mention& one = entities.mentions[static_cast<std::size_t>(mention)];
  if (one.entity < 0 || one.kind == Mention::Kind::Literal) return std::nullopt;
  return mention;
}

std::optional<Ends> ends_of(const DocumentEntities& entities, int sentence, const Clause& clause) {
  Ends ends;
  int oblique = -1;
  for (const Argument& argument : clause.arguments) {
    const auto mention = thing_at(entities, sentence, argument.head);
    if (!mention) continue;
    const bool doer = argument.role == (clause.passive ? Role::Agent : Role::Subject);
    const bool target = argument.role == (clause.passive ? Role::Subject : Role::Object);
    if (doer && ends.subject < 0) ends.subject = *mention;
    if (target && ends.object < 0) ends.object = *mention;
    if (argument.role == Role::Oblique && oblique < 0) {
      oblique = *mention;
      ends.preposition = argument.preposition;
    }
  }
  if (ends.object >= 0) {
    ends.preposition.clear();
  } else {
    ends.object = clause.passive ? -1 : oblique;
  }
  if (ends.subject < 0 || ends.object < 0) return std::nullopt;
  return ends;
}

std::string words_of(const Sentence& sentence, const Clause& clause,
                     const std::string& preposition) {
  const auto token = [&](int index) -> const Token& {
    return sentence.tokens[static_cast<std::size_t>(index)];
  };
  std::string out = token(clause.predicate).lemma;
  for (const int word : clause.words) {
    if (token(word).head == clause.predicate && token(word).deprel == Deprel::CompoundPrt) {
      out += ' ' + token(word).lemma;
    }
  }
  if (!preposition.empty()) out += ' ' + preposition;
  return out;
}

}  // namespace

std::vector<UnmappedPredicate> find_unmapped(const AnalysedDocument& document,
                                             const DocumentClauses& clauses,
                                             const DocumentEntities& entities,
                                             const std::vector<DraftFact>& drafts) {
  constexpr std::array<std::string_view, 3> kEmptyVerbs = {"be", "do", "have"};
  std::set<std::pair<int, int>> mapped;
  for (const DraftFact& draft : drafts) mapped.insert({draft.own.sentence, draft.own.clause});
  std::vector<UnmappedPredicate> out;
  for (int s = 0; s < static_cast<int>(document.sentences.size()); ++s) {
    const Sentence& sentence = document.tree(s);
    const std::vector<Clause>& here = clauses.clauses[static_cast<std::size_t>(s)];
    for (int c = 0; c < static_cast<int>(here.size()); ++c) {
      const Clause& clause = here[static_cast<std::size_t>(c)];
      if (clause.kind != Clause::Kind::Verbal || mapped.contains({s, c})) continue;
      const auto ends = ends_of(entities, s, clause);
      if (!ends) continue;
      std::string words = words_of(sentence, clause, ends->preposition);
      if (std::ranges::find(kEmptyVerbs, words) != kEmptyVerbs.end()) continue;
      const auto entity = [&](int mention) -> const Entity& {
        return entities.entities[static_cast<std::size_t>(
            entities.mentions[static_cast<std::size_t>(mention)].entity)];
      };
      const Entity &subject = entity(ends->subject), &object = entity(ends->object);
      if (&subject == &object) continue;
      const Block& block = document.block_of(s);
      out.push_back({std::move(words), subject.name, subject.type, object.name, object.type,
                     std::string(view(block.text, sentence.span)),
                     block.origin.begin_of(sentence.span.begin)});
    }
  }
  return out;
}

}  // namespace tercet
