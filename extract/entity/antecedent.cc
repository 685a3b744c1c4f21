#include <algorithm>
#include <set>

#include "base/one_of.h"
#include "extract/entity/resolver.h"

namespace tercet {
namespace {

constexpr int kWindow = 4;            // sentences back
constexpr std::size_t kOptions = 48;  // most recent mentions looked at

/// Which kind of anaphor a pronoun is; empty for those that stand for no third thing.
std::string pronoun_kind(std::string_view low) {
  if (one_of(low, {"it", "its", "itself"})) return "it";
  if (one_of(low, {"they", "them", "their", "theirs", "themselves", "themself"})) return "they";
  if (one_of(low, {"he", "him", "his", "himself"})) return "he";
  if (one_of(low, {"she", "her", "hers", "herself"})) return "she";
  if (low == "this") return "this";
  if (one_of(low, {"these", "those"})) return "these";
  return {};
}

}  // namespace

int Resolver::best_candidate(int sentence, const Anaphor& anaphor, const Fit& fit,
                             const Features* none) {
  const Words& w = words(sentence);
  double best = -1e18;
  int chosen = -1;
  chosen_mention_ = -1;
  std::map<int, std::pair<double, EntityTrace::Option>> options;
  const auto offer = [&](int entity, int mention, Features features) {
    const double score = coreference_score(tables_, features);
    if (score > best) {
      best = score;
      chosen = entity;
      chosen_mention_ = mention;
    }
    if (trace_ != nullptr && trace_->on_anaphor) {
      auto& [old, option] = options[entity];
      if (option.features.empty() || score > old) {
        old = score;
        option = {entity, entity < 0 ? "" : things_[static_cast<std::size_t>(entity)].name,
                  std::move(features)};
      }
    }
  };
  int between = 0;
  std::size_t looked = 0;
  // "Guests who leave their keys with them": neither the guests nor any other word for them.
  std::set<int> barred;
  for (std::size_t i = seen_.size(); i-- > 0 && seen_.size() - i <= kOptions;) {
    if (seen_[i].candidate.sentence != sentence) break;
    if (are_coarguments(w, anaphor, seen_[i].candidate)) barred.insert(seen_[i].candidate.entity);
  }
  for (std::size_t i = seen_.size(); i-- > 0 && looked < kOptions;) {
    Candidate candidate = seen_[i].candidate;
    if (sentence - candidate.sentence > kWindow) break;
    if (candidate.sentence == sentence && candidate.token >= anaphor.token) continue;
    ++looked;
    if (barred.contains(candidate.entity)) continue;
    const Thing& thing = things_[static_cast<std::size_t>(candidate.entity)];
    candidate.count = thing.count;
    Features more;
    if (!may_corefer(w, anaphor, candidate) || !fit(candidate, thing, more)) continue;
    Features features = coreference_features(w, anaphor, candidate, between);
    features.insert(features.end(), more.begin(), more.end());
    ++between;
    offer(candidate.entity, seen_[i].mention, std::move(features));
  }
  if (none != nullptr) offer(-1, -1, *none);
  if (trace_ != nullptr && trace_->on_anaphor) {
    std::vector<EntityTrace::Option> list;
    for (auto& [entity, option] : options) list.push_back(std::move(option.second));
    trace_->on_anaphor(anaphor, list);
  }
  return chosen;
}

void Resolver::forget(int sentence) {
  const int first_asked = sentence + 1 - kWindow;
  while (!seen_.empty() && seen_.front().candidate.sentence < first_asked) seen_.pop_front();
  for (; forgotten_ < first_asked; ++forgotten_) words_.pop_front();
  phrases_[static_cast<std::size_t>(sentence)] = {};
  forms_[static_cast<std::size_t>(sentence)] = {};
}

int Resolver::resolve_pronoun(int sentence, const Phrase& phrase) {
  const Words& w = words(sentence);
  Anaphor anaphor;
  anaphor.kind = pronoun_kind(w.lower(phrase.head));
  if (anaphor.kind.empty() || is_expletive(w, phrase.head)) return -1;
  if (anaphor.kind == "this") return -1;  // stands for a whole statement
  anaphor.sentence = sentence;
  anaphor.block = document_.sentences[static_cast<std::size_t>(sentence)].block;
  anaphor.token = phrase.head;
  anaphor.role = role_of(w, phrase.head);
  anaphor.plural = phrase.plural;
  return best_candidate(
      sentence, anaphor,
      [](const Candidate& candidate, const Thing&, Features&) {
        return candidate.type != "Date" && candidate.type != "Quantity";
      },
      nullptr);
}

int Resolver::resolve_definite(int sentence, const Phrase& phrase, int own) {
  const Words& w = words(sentence);
  const std::string& lemma = w.lemma(phrase.core);
  const auto found = tables_.heads.find(lemma);
  const HeadNoun head = found == tables_.heads.end() ? HeadNoun{"Concept", false} : found->second;
  const bool bare = phrase.last - phrase.first == 1;
  const bool demonstrative = phrase.article == Phrase::Article::Demonstrative;
  Anaphor anaphor;
  anaphor.kind = "the " + head.type;
  anaphor.sentence = sentence;
  anaphor.block = document_.sentences[static_cast<std::size_t>(sentence)].block;
  anaphor.token = phrase.core;
  anaphor.role = role_of(w, phrase.core);
  anaphor.plural = phrase.plural;
  const std::string how = std::string(demonstrative ? "this" : "the") + (bare ? " bare" : " more");
  const auto fit = [&](const Candidate& candidate, const Thing& thing, Features& more) {
    if (candidate.entity == own) return false;
    const bool same_head = !thing.head.empty() && thing.head == lemma;
    const bool same_type = candidate.type == head.type;
    if (same_head) {
      // "The deal" after "the Rockwell deal", not "the new deal" after "the Rockwell deal".
      if (!bare || candidate.plural != phrase.plural) return false;
      more.emplace_back(how + " head", 1);
      return true;
    }
    if (candidate.name && head.refers && !phrase.plural) {
      if (!same_type && (candidate.type == "Person" || candidate.type == "Place" ||
                         head.type == "Person" || head.type == "Place" || head.type == "Event" ||
                         head.type == "Strategy" || head.type == "Metric")) {
        return false;
      }
      more.emplace_back(how + (same_type ? " name" : " other name"), 1);
      more.emplace_back("the " + head.type + " name", 1);
      return true;
    }
    if (demonstrative && !candidate.name && same_type && head.type != "Concept" &&
        candidate.plural == phrase.plural) {
      more.emplace_back(how + " kind", 1);
      return true;
    }
    return false;
  };
  Features none = {{"none", 1}, {"none " + how, 1}, {"none " + head.type, 1}};
  if (head.refers) none.emplace_back("none refers", 1);
  if (phrase.plural) none.emplace_back("none plural", 1);
  if (own >= 0 && things_[static_cast<std::size_t>(own)].count > 0) {
    none.emplace_back("none known", 1);
  }
  return best_candidate(sentence, anaphor, fit, &none);
}

}  // namespace tercet
