#include "extract/entity/kinds.h"

#include <algorithm>
#include <map>
#include <vector>

namespace tercet {
namespace {

/// Votes of the type that tables and form gave, for a type beyond doubt; chosen on notes kept out
/// of the model's training.
constexpr double kOwnVotes = 0.8;
/// From here on tables and form are believed: "Inc", a known place.
constexpr double kCertain = 0.7, kMostByVote = 0.6;

bool in_own_words(const Mention& mention) {
  return mention.entity >= 0 && mention.kind != Mention::Kind::Pronoun &&
         mention.kind != Mention::Kind::Literal && !mention.antecedent;
}

}  // namespace

void vote_on_types(const Ontology& ontology, const AnalysedDocument& document,
                   DocumentEntities& entities) {
  if (document.kinds.empty()) return;
  std::vector<std::map<std::uint16_t, double>> votes(entities.entities.size());
  for (const Mention& mention : entities.mentions) {
    if (!in_own_words(mention)) continue;
    const std::vector<WordKind>& kinds = document.tree(mention.sentence).kinds;
    if (static_cast<std::size_t>(mention.head) >= kinds.size()) continue;
    const WordKind& kind = kinds[static_cast<std::size_t>(mention.head)];
    const EntityType* type = ontology.find_type(document.kinds[kind.kind]);
    if (type == nullptr || type->literal) continue;
    votes[static_cast<std::size_t>(mention.entity)][kind.kind] += static_cast<double>(kind.score);
  }
  for (std::size_t i = 0; i < votes.size(); ++i) {
    Entity& entity = entities.entities[i];
    double all = kOwnVotes * entity.type_confidence, own = all;
    for (const auto& [kind, weight] : votes[i]) {
      all += weight;
      if (document.kinds[kind] == entity.type) own += weight;
    }
    double best = own;
    std::string chosen = entity.type;
    for (const auto& [kind, weight] : votes[i]) {
      if (weight > best && document.kinds[kind] != entity.type) {
        best = weight;
        chosen = document.kinds[kind];
      }
    }
    if (votes[i].empty() || entity.type_confidence >= kCertain) continue;
    if (chosen == entity.type) continue;
    entity.type = chosen;
    // A relation may still bend it: a vote is no proof.
    entity.type_confidence = std::min(best / all, kMostByVote);
  }
}

}  // namespace tercet
