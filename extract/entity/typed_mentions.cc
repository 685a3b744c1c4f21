#include "extract/entity/typed_mentions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <span>
#include <string_view>

#include "extract/entity/names.h"
#include "extract/entity/typing.h"

namespace tercet {
namespace {

constexpr std::array<std::string_view, 16> kTypes = {
    "Capability",   "Concept",  "Date",       "Event",   "MarketSegment", "Metric",
    "Organization", "Person",   "Place",      "Product", "Quantity",      "Resource",
    "Service",      "Strategy", "Technology", "Work"};

/// A common noun, adjective or verb as the tables spell it, or empty: names teach nothing.
std::string common(const Words& w, int i) {
  if (w[i].upos == Upos::Propn || (i > 0 && has_upper(w.form(i)))) return {};
  const std::string& lemma = w.lemma(i);
  const bool plain =
      std::ranges::all_of(lemma, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
  return plain ? lemma : std::string();
}

std::string_view level(double value) {
  return value >= 0.85 ? "4" : value >= 0.7 ? "3" : value >= 0.5 ? "2" : value >= 0.3 ? "1" : "0";
}

void add_context(const Words& w, const MentionSpan& span, std::vector<std::string>& out) {
  const Token& head = w[span.head];
  const std::string rel(name_of(head.deprel));
  out.push_back("rel=" + rel);
  if (head.head >= 0) {
    if (const std::string governor = common(w, head.head); !governor.empty()) {
      out.push_back("gov=" + rel + ':' + governor);
    }
  }
  if (const int preposition = w.child(span.head, Deprel::Case); preposition >= 0) {
    out.push_back("case=" + w.lower(preposition));
  }
}

void add_words(const EntityTables& tables, const Words& w, const MentionSpan& span,
               std::vector<std::string>& out) {
  const std::string noun = common(w, span.head);
  const bool digits = std::ranges::any_of(w.text(span.first, span.last),
                                          [](char c) { return c >= '0' && c <= '9'; });
  out.push_back("words=" + std::to_string(std::min(span.size(), 5)));
  if (digits) out.emplace_back("digits");
  if (span.coordination) out.emplace_back("coordination");
  if (noun.empty()) {
    out.push_back(is_acronym(w.form(span.head)) ? "acronym" : "proper");
  } else if (span.gerund) {
    out.emplace_back("gerund");
    out.push_back("verb=" + noun);
  } else {
    out.push_back("head=" + noun);
    for (const std::size_t letters : {3, 4}) {
      if (noun.size() > letters) out.push_back("end=" + noun.substr(noun.size() - letters));
    }
    const TypeGuess guess = type_of_noun(tables, w.text(span.first, span.head + 1));
    out.push_back("table=" + (guess.confidence > 0.3 ? guess.type : std::string("?")));
    if (w[span.head].xpos == Xpos::NNS) out.emplace_back("plural");
  }
  for (const int child : w.children(span.head)) {
    if (child < span.first || child >= span.last) continue;
    const std::string word = common(w, child);
    switch (w[child].deprel) {
      case Deprel::Amod:
      case Deprel::Compound:
      case Deprel::Acl:
        out.push_back("mod=" + (word.empty() ? std::string("*") : word));
        if (child + 1 == span.head && !word.empty() && !noun.empty()) {
          out.push_back("two=" + word + ' ' + noun);
        }
        break;
      case Deprel::NmodPoss:
        out.emplace_back("owned");
        break;
      case Deprel::Nummod:
        out.emplace_back("number");
        break;
      case Deprel::Nmod:
        if (const int of = w.child(child, Deprel::Case); of >= 0) {
          out.push_back("with=" + w.lower(of));
        }
        if (!word.empty()) out.push_back("of=" + word);
        break;
      case Deprel::Obj:
        if (!word.empty()) out.push_back("obj=" + word);
        break;
      default:
        break;
    }
  }
}

double weight(const EntityTables& tables, const std::string& feature, std::string_view type) {
  const auto found = tables.mention_types.find(feature + ' ' + std::string(type));
  return found == tables.mention_types.end() ? 0.0 : found->second;
}

/// What is known of all places with the same words.
struct Named {
  std::map<std::string, double> features;  ///< in how many places
  std::vector<float> sums;                 ///< of the model of types
  std::string type;
  int chain = -1;
};

template <class Sums>
std::size_t best_of(const Sums& sums) {
  return static_cast<std::size_t>(std::ranges::max_element(sums) - sums.begin());
}

std::string_view type_by_tables(const EntityTables& tables, const Named& one, bool kinds) {
  std::array<double, kTypes.size()> sums{};
  for (std::size_t t = 0; t < kTypes.size(); ++t) {
    double base = 0, kind = 0;
    for (const auto& [feature, places] : one.features) {
      (feature.starts_with("kind=") ? kind : base) += places * weight(tables, feature, kTypes[t]);
    }
    if (kinds) base *= weight(tables, "beside-kinds", "*");
    sums[t] = base + kind;
  }
  return kTypes[best_of(sums)];
}

std::vector<WordLayers::Views> views_of(const TypeVectors& vectors, std::size_t first,
                                        std::size_t count) {
  std::vector<std::size_t> rows(count);
  std::iota(rows.begin(), rows.end(), first);
  return vectors.model->views(*vectors.words, rows);
}

}  // namespace

std::vector<std::string> mention_features(const EntityTables& tables, const Words& words,
                                          const AnalysedDocument& document,
                                          const DocumentEntities& entities,
                                          const MentionSpan& span) {
  std::vector<std::string> out = {"bias"};
  const Sentence& tree = document.tree(span.sentence);
  const auto entity_of = [&](int mention) -> const Entity& {
    const Mention& m = entities.mentions[static_cast<std::size_t>(mention)];
    return entities.entities[static_cast<std::size_t>(m.entity)];
  };
  const int near = span.mention >= 0 ? span.mention : span.near;
  if (near >= 0 && entities.mentions[static_cast<std::size_t>(near)].entity >= 0) {
    const Mention::Kind kind = entities.mentions[static_cast<std::size_t>(near)].kind;
    const std::string form = kind == Mention::Kind::Name      ? "name="
                             : kind == Mention::Kind::Literal ? "literal="
                                                              : "noun=";
    const Entity& entity = entity_of(near);
    const std::string where = span.mention >= 0 ? "" : "in-";
    out.push_back(where + form + entity.type);
    out.push_back(where + form + entity.type + '/' + std::string(level(entity.type_confidence)));
  }
  if (span.span >= 0) {
    const TypedSpan& own = tree.mentions[static_cast<std::size_t>(span.span)];
    out.push_back("span=" + own.type);
    out.push_back("span=" + own.type + '/' + std::string(level(static_cast<double>(own.score))));
  } else {
    for (const TypedSpan& other : tree.mentions) {
      const int first = static_cast<int>(other.first), last = static_cast<int>(other.last);
      if (first > span.head || last <= span.head) continue;
      out.push_back((last - 1 == span.head ? "in-span=" : "cut-span=") + other.type);
    }
  }
  add_words(tables, words, span, out);
  add_context(words, span, out);
  if (static_cast<std::size_t>(span.head) < tree.kinds.size()) {
    const WordKind& kind = tree.kinds[static_cast<std::size_t>(span.head)];
    out.push_back("kind=" + document.kinds[kind.kind] + '/' +
                  std::string(level(static_cast<double>(kind.score))));
  }
  return out;
}

std::vector<ChainMention> typed_mentions(const EntityTables& tables, const Ontology& ontology,
                                         const AnalysedDocument& document,
                                         const DocumentEntities& entities,
                                         const TypeVectors& vectors) {
  std::vector<ChainMention> out;
  std::vector<std::string> texts;  // of `out`, folded
  std::vector<int> entity_of;
  std::map<std::string, Named, std::less<>> named;
  std::size_t row = vectors.first_row;
  for (int s = 0; s < static_cast<int>(document.sentences.size()); ++s) {
    const Words words(document.block_of(s).text, document.tree(s));
    const std::vector<MentionSpan> spans = mention_spans(words, document, entities, s);
    const auto size = static_cast<std::size_t>(words.size());
    std::vector<WordLayers::Views> views;
    if (vectors.model != nullptr && !spans.empty()) views = views_of(vectors, row, size);
    row += size;
    for (const MentionSpan& span : spans) {
      std::string text = fold_name(words.text(span.first, span.last));
      if (text.empty()) continue;
      Named& one = named[text];
      std::vector<std::string> features = mention_features(tables, words, document, entities, span);
      if (vectors.model != nullptr) {
        one.sums.resize(vectors.model->types().size());
        const auto first = static_cast<std::size_t>(span.first);
        const auto count = static_cast<std::size_t>(span.size());
        vectors.model->score(features, views[static_cast<std::size_t>(span.head)],
                             std::span(views).subspan(first, count), one.sums);
      } else {
        for (std::string& f : features) ++one.features[std::move(f)];
      }
      ChainMention mention;
      mention.sentence = s;
      mention.first = span.first;
      mention.last = span.last;
      mention.head = span.head;
      out.push_back(std::move(mention));
      texts.push_back(std::move(text));
      entity_of.push_back(
          span.mention < 0 ? -1 : entities.mentions[static_cast<std::size_t>(span.mention)].entity);
    }
  }
  const TypeMap map(tables, ontology);
  for (auto& [text, one] : named) {
    const std::string type(vectors.model != nullptr
                               ? vectors.model->types()[best_of(one.sums)]
                               : type_by_tables(tables, one, !document.kinds.empty()));
    const EntityType* theirs = ontology.find_type(type);
    one.type = theirs != nullptr ? type : map.of(text, {type, 0.5}).type;
  }
  std::map<int, int> of_entity;
  int chains = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    Named& one = named.find(texts[i])->second;
    out[i].type = one.type;
    if (entity_of[i] >= 0) {
      const auto [found, fresh] = of_entity.try_emplace(entity_of[i], one.chain);
      if (found->second < 0) found->second = one.chain = one.chain < 0 ? chains++ : one.chain;
      out[i].chain = found->second;
      if (one.chain < 0) one.chain = found->second;
    } else {
      if (one.chain < 0) one.chain = chains++;
      out[i].chain = one.chain;
    }
  }
  return out;
}

}  // namespace tercet
