#include "extract/entity/find_entities.h"

#include "extract/entity/kinds.h"
#include "extract/entity/resolver.h"

namespace tercet {

DocumentEntities find_entities(const EntityTables& tables, const Ontology& ontology,
                               const AliasTable& user_aliases, const AnalysedDocument& document) {
  DocumentEntities out = Resolver(tables, ontology, user_aliases, document).run();
  vote_on_types(ontology, document, out);
  return out;
}

int DocumentEntities::mention_at(int sentence, int head) const {
  // The mentions of a sentence stand together; within it the longest one with this head.
  std::size_t low = 0, high = mentions.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (mentions[middle].sentence < sentence)
      low = middle + 1;
    else
      high = middle;
  }
  int best = -1, longest = -1;
  for (std::size_t i = low; i < mentions.size() && mentions[i].sentence == sentence; ++i) {
    const Mention& mention = mentions[i];
    if (mention.head == head && mention.last - mention.first > longest) {
      longest = mention.last - mention.first;
      best = static_cast<int>(i);
    }
  }
  return best;
}

}  // namespace tercet
