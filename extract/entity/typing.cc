#include "extract/entity/typing.h"

#include <algorithm>
#include <cmath>

#include "base/ascii.h"
#include "extract/entity/names.h"

namespace tercet {
namespace {

/// Type of a common noun that describes a name ("a retailer"), or empty.
std::string described_as(const EntityTables& tables, const Words& words, int head) {
  if (words[head].upos != Upos::Noun) return {};
  const auto found = tables.heads.find(words.lemma(head));
  return found == tables.heads.end() ? std::string() : found->second.type;
}

bool is_nominal_subject(Deprel deprel) {
  return deprel == Deprel::Nsubj || deprel == Deprel::NsubjOuter || deprel == Deprel::NsubjPass;
}

}  // namespace

std::vector<std::string> type_features(const EntityTables& tables, const Words& words,
                                       const Phrase& phrase) {
  std::vector<std::string> out;
  const std::string folded = fold_name(words.text(phrase.first, phrase.last));
  const std::vector<std::string> parts = name_words(folded);
  if (parts.empty()) return {"bias"};

  // The name itself.
  if (const auto place = tables.places.find(folded); place != tables.places.end()) {
    out.push_back("place=" + place->second);
  }
  if (parts.size() > 1 && tables.places.contains(parts.front())) out.push_back("placefirst");
  const std::string last_word = singular(parts.back());
  for (const std::string& word : {parts.back(), last_word}) {
    if (const auto end = tables.name_words.find(word); end != tables.name_words.end()) {
      out.push_back("end=" + end->second.type);
      if (end->second.legal) out.push_back("legal");
      break;
    }
  }
  if (parts.size() > 1 && out.empty()) {
    if (const auto head = tables.heads.find(last_word); head != tables.heads.end()) {
      out.push_back("head=" + head->second.type);
    }
  }
  if (const auto first = tables.name_words.find(parts.front());
      first != tables.name_words.end() && parts.size() > 1) {
    out.push_back("begin=" + first->second.type);
  }
  if (is_person_name(tables, parts))
    out.push_back("given");
  else if (parts.size() == 1 && tables.given_names.contains(parts.front()))
    out.push_back("given1");
  for (const auto& [ending, type] : tables.endings) {
    if (last_word.size() > ending.size() + 1 && last_word.ends_with(ending)) {
      out.push_back("ending=" + type);
      break;
    }
  }
  const std::string_view form = words.form(phrase.core);
  bool digits = false;
  for (int i = phrase.first; i < phrase.last; ++i) {
    for (const char c : words.form(i)) digits = digits || is_ascii_digit(c);
  }
  if (words[phrase.core].xpos == Xpos::NNPS || words[phrase.core].xpos == Xpos::NNS) {
    out.emplace_back("plural");
  }
  if (digits) out.emplace_back("digits");
  if (is_acronym(form))
    out.emplace_back("acronym");
  else if (form.size() > 1 && has_upper(form.substr(1)))
    out.emplace_back("camel");
  out.push_back("words=" + std::to_string(std::min<std::size_t>(parts.size(), 4)));
  if (form.ends_with(".com") || form.ends_with(".ai") || form.ends_with(".io")) {
    out.emplace_back("domain");
  }

  // What the sentence calls it.
  const int at = phrase.core;
  const Token& token = words[at];
  for (const int child : words.children(at)) {
    if (words[child].deprel == Deprel::Appos) {
      if (const std::string type = described_as(tables, words, child); !type.empty()) {
        out.push_back("is=" + type);
      }
    } else if (words[child].deprel == Deprel::NmodDesc || words[child].deprel == Deprel::Compound) {
      if (const std::string type = described_as(tables, words, child); !type.empty()) {
        out.push_back("title=" + type);
      }
    }
  }
  if (token.head >= 0) {
    const Token& head = words[token.head];
    const std::string& lemma = words.lemma(token.head);
    if (token.deprel == Deprel::Appos) {
      if (const std::string type = described_as(tables, words, token.head); !type.empty()) {
        out.push_back("is=" + type);
      }
    }
    if (is_nominal_subject(token.deprel) && words.child(token.head, Deprel::Cop) >= 0) {
      if (const std::string type = described_as(tables, words, token.head); !type.empty()) {
        out.push_back("is=" + type);
      }
    } else if (is_nominal_subject(token.deprel)) {
      out.push_back(token.deprel == Deprel::NsubjPass ? "passive=" + lemma : "subj=" + lemma);
      out.emplace_back("subj");
    } else if (token.deprel == Deprel::Obj) {
      out.push_back("obj=" + lemma);
      out.emplace_back("obj");
    } else if (token.deprel == Deprel::NmodPoss) {
      out.push_back("of=" + lemma);
      out.emplace_back("poss");
    } else if (token.deprel == Deprel::Compound && head.upos == Upos::Noun) {
      out.push_back("comp=" + lemma);
      out.emplace_back("comp");
    }
    const int preposition = words.child(at, Deprel::Case);
    if (preposition >= 0 && token.deprel != Deprel::NmodPoss) {
      const std::string& in = words.lower(preposition);
      out.push_back("prep=" + in);
      if (head.upos == Upos::Noun || head.upos == Upos::Propn) out.push_back(in + "=" + lemma);
      if (token.deprel == Deprel::Nmod && (in == "like" || in == "as")) {
        if (const std::string type = described_as(tables, words, token.head); !type.empty()) {
          out.push_back("like=" + type);
        }
      }
    }
    if (token.deprel == Deprel::Conj) out.emplace_back("conj");
  }
  return out;
}

TypeGuess guess_type(const EntityTables& tables, const std::vector<std::string>& features) {
  static constexpr std::string_view kNameTypes[] = {
      "Capability", "Concept", "Event",    "MarketSegment", "Metric",   "Organization", "Person",
      "Place",      "Product", "Resource", "Service",       "Strategy", "Technology",   "Work"};
  std::map<std::string, double, std::less<>> shares;
  int mentions = 0;
  for (const std::string& feature : features) {
    ++shares[feature];
    if (feature.starts_with("words=")) ++mentions;
  }
  for (auto& [feature, share] : shares) {
    share = std::min(1.0, share / std::sqrt(std::max(1, mentions)));  // IEEE sqrt: same everywhere
  }
  std::string_view best = "Concept";
  double first = -1e9, second = -1e9;
  for (const std::string_view type : kNameTypes) {
    const auto weight = [&](std::string feature) {
      feature += ' ';
      feature += type;
      const auto found = tables.typing.find(feature);
      return found == tables.typing.end() ? 0.0 : found->second;
    };
    double sum = weight("bias");
    for (const auto& [feature, share] : shares) sum += weight(feature) * share;
    if (sum > first) {
      second = first;
      first = sum;
      best = type;
    } else {
      second = std::max(second, sum);
    }
  }
  const double margin = std::min(first - second, 4.0);
  return {std::string(best), 0.5 + margin / (2 * (margin + 1))};
}

TypeGuess type_of_nominal(const EntityTables& tables, const Words& words, const Phrase& phrase) {
  const std::string& lemma = words.lemma(phrase.core);
  if (phrase.core > 0 && words[phrase.core - 1].head == phrase.core) {
    const auto two = tables.heads.find(words.lower(phrase.core - 1) + ' ' + lemma);
    if (two != tables.heads.end()) return {two->second.type, 0.8};
  }
  for (const std::string& head : {lemma, singular(words.lower(phrase.core))}) {
    if (const auto one = tables.heads.find(head); one != tables.heads.end()) {
      return {one->second.type, 0.7};
    }
  }
  for (const auto& [ending, type] : tables.endings) {
    if (lemma.size() > ending.size() + 1 && lemma.ends_with(ending)) return {type, 0.4};
  }
  return {"Concept", 0.3};
}

TypeGuess type_of_noun(const EntityTables& tables, std::string_view phrase) {
  std::vector<std::string> parts = name_words(fold_name(phrase));
  if (parts.empty()) return {"Concept", 0.3};
  parts.back() = singular(parts.back());
  if (parts.size() > 1) {
    const auto two = tables.heads.find(parts[parts.size() - 2] + ' ' + parts.back());
    if (two != tables.heads.end()) return {two->second.type, 0.8};
  }
  const auto one = tables.heads.find(parts.back());
  return one == tables.heads.end() ? TypeGuess{"Concept", 0.3} : TypeGuess{one->second.type, 0.7};
}

TypeMap::TypeMap(const EntityTables& tables, const Ontology& ontology) {
  for (const EntityType& type : ontology.types()) {
    const std::string low = lower_case(type.name);
    if (low == "concept" || low == "thing" || low == "entity" || low == "other") {
      fallback_ = type.name;
      break;
    }
  }
  for (const EntityType& type : ontology.types()) {
    if (fallback_.empty() && type.parent.empty() && !type.literal) fallback_ = type.name;
  }
  if (fallback_.empty()) {
    fallback_ = ontology.types().empty() ? "Concept" : ontology.types().front().name;
  }
  for (const auto& [type, synonyms] : tables.type_synonyms) {
    std::string found;
    if (ontology.types().empty() || ontology.find_type(type) != nullptr) found = type;
    for (const std::string& synonym : synonyms) {
      if (!found.empty()) break;
      for (const EntityType& theirs : ontology.types()) {
        if (lower_case(theirs.name) == synonym) {
          found = theirs.name;
          break;
        }
      }
    }
    if (found.empty()) unmapped_.insert(type);
    map_[type] = found.empty() ? fallback_ : found;
  }
  const auto last_word = [](std::string_view text) {
    const std::vector<std::string> parts = name_words(fold_name(text));
    return parts.empty() ? std::string() : singular(parts.back());
  };
  for (const EntityType& type : ontology.types()) {
    if (type.literal || tables.type_synonyms.contains(type.name)) continue;
    by_word_.try_emplace(last_word(type.name), type.name);
    for (const std::string& example : type.examples) {
      by_word_.try_emplace(last_word(example), type.name);
    }
  }
}

TypeGuess TypeMap::of(const std::string& name, const TypeGuess& own) const {
  if (!by_word_.empty()) {
    const std::vector<std::string> parts = name_words(fold_name(name));
    const auto found = parts.empty() ? by_word_.end() : by_word_.find(singular(parts.back()));
    if (found != by_word_.end()) return {found->second, 0.9};
  }
  if (unmapped_.contains(own.type)) return {fallback_, std::min(own.confidence, 0.3)};
  return {of(own.type), own.confidence};
}

const std::string& TypeMap::of(const std::string& type) const {
  const auto found = map_.find(type);
  return found == map_.end() ? fallback_ : found->second;
}

}  // namespace tercet
