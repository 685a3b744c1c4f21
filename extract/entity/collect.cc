#include <algorithm>
#include <array>

#include "extract/entity/names.h"
#include "extract/entity/resolver.h"

namespace tercet {

/// "Red" of "at Red Sails": a word with a capital before a proper noun that it belongs to.
static bool begins_name(const Words& w, int i) {
  if (i + 1 >= w.size() || !starts_upper(w.form(i + 1)) || w[i + 1].upos != Upos::Propn)
    return false;
  const Deprel deprel = w[i].deprel;
  return (deprel == Deprel::Amod || deprel == Deprel::Compound) &&
         (w[i].head == i + 1 || w[i].head == w[i + 1].head);
}

/// What the tagger says of the name at `token`: 1 a person, -1 something else, 0 nothing.
static int says_person(const Sentence& sentence, int token) {
  const auto at = static_cast<std::uint32_t>(token);
  for (const TypedSpan& span : sentence.mentions) {
    if (span.outer || at < span.first || at >= span.last) continue;
    return span.type == "Person" ? 1 : -1;
  }
  return 0;
}

/// "Royalties" at the start of a sentence is the noun that "royalties" is elsewhere.
bool Resolver::in_lower_case_elsewhere(int sentence, const Phrase& phrase) const {
  const Words& w = words(sentence);
  if (phrase.core_last - phrase.core_first != 1) return false;
  if (is_acronym(w.form(phrase.core))) return false;
  return lower_nouns_.contains(w.lower(phrase.core));
}

void Resolver::collect() {
  const int n = static_cast<int>(document_.sentences.size());
  for (int s = 0; s < n; ++s) {
    words_.emplace_back(document_.block_of(s).text, document_.tree(s));
    const Words& w = words_.back();
    const bool heading = is_heading(s);
    for (int i = 0; i < w.size(); ++i) {
      if (!has_upper(w.form(i))) {
        if (w[i].upos == Upos::Noun) ++lower_nouns_[w.lower(i)];
        ++lower_words_[w.lower(i)];
      } else if (i > 0 && !heading && w[i - 1].upos != Upos::Punct) {
        if (w[i].upos == Upos::Propn) ++names_[w.lower(i)];
        if (begins_name(w, i)) name_pairs_.insert(w.lower(i) + ' ' + w.lower(i + 1));
      }
    }
  }
  // A capital at the start of a sentence says nothing; what the word is elsewhere does.
  for (Words& w : words_) {
    if (w.size() > 1 && starts_upper(w.form(0)) && starts_upper(w.form(1)) &&
        name_pairs_.contains(w.lower(0) + ' ' + w.lower(1))) {
      w.set_upos(0, Upos::Propn);  // "Brown Sugar grew": a colour nowhere else
    }
    for (int i = 0; i < w.size(); ++i) {
      if (!starts_upper(w.form(i)) || w[i].upos == Upos::Propn || w[i].upos == Upos::Pron) continue;
      if (w[i].upos != Upos::Noun && w[i].upos != Upos::Adj && w[i].upos != Upos::Verb &&
          w[i].upos != Upos::X && w[i].upos != Upos::Intj) {
        continue;
      }
      if (names_.contains(w.lower(i)) && !lower_words_.contains(w.lower(i))) {
        w.set_upos(i, Upos::Propn);
      }
    }
  }
  int order = 0;
  phrases_.reserve(static_cast<std::size_t>(n));
  forms_.reserve(static_cast<std::size_t>(n));
  for (int s = 0; s < n; ++s) {
    phrases_.push_back(find_phrases(tables_, words(s), document_.block_of(s).links));
    forms_.emplace_back();
    for (Phrase& phrase : phrases_.back()) {
      int form = -1;
      if (phrase.kind == Mention::Kind::Name && in_lower_case_elsewhere(s, phrase) &&
          (phrase.core_first == 0 || is_heading(s))) {
        phrase.kind = Mention::Kind::Nominal;
      }
      if (phrase.kind == Mention::Kind::Name || phrase.kind == Mention::Kind::Nominal) {
        const bool name = phrase.kind == Mention::Kind::Name;
        const std::string text = surface(s, phrase);
        form = groups_.form(name_key(text, name));
        NameForm& mine = groups_[form];
        const bool body = !is_heading(s);
        if (mine.surface.empty() || (body && !mine.body)) mine.surface = text;
        mine.body = mine.body || body;
        mine.name = mine.name || name;
        if (!name && (body || !mine.body)) {
          mine.common = mine.common || body;
          if (mine.noun_type.empty()) {
            const TypeGuess guess = type_of_nominal(tables_, words(s), phrase);
            mine.noun_type = guess.type;
            mine.noun_confidence = guess.confidence;
          }
        }
        if (name && body) person_votes_[form] += says_person(document_.tree(s), phrase.core);
        if (body && mine.spellings.empty()) mine.first = ++order;
        if (body) ++mine.spellings[text];
        if (name && (body || !features_.contains(form))) {
          std::vector<std::string> features = type_features(tables_, words(s), phrase);
          auto& all = features_[form];
          if (all.size() < 400) all.insert(all.end(), features.begin(), features.end());
        }
      }
      forms_.back().push_back(form);
    }
    collect_aliases(s, phrases_.back());
  }
  for (const AliasRow& row : tables_.aliases) {  // "EV" is a product because a vehicle is
    const int form = groups_.find(name_key(row.alias, true));
    if (form < 0 || starts_upper(row.name) || groups_[form].surface != row.alias) continue;
    const TypeGuess guess = type_of_noun(tables_, row.name);
    groups_[form].common = true;
    groups_[form].noun_type = guess.type;
    groups_[form].noun_confidence = guess.confidence;
  }
  for (auto& [form, features] : features_) {
    const NameForm& before = groups_[form];
    if (before.words.size() > 1) {  // "Acme Rocketmail" where Acme is known by itself
      const int first = groups_.find('=' + before.words.front());
      if (first >= 0 && groups_[first].name) features.emplace_back("kin");
    }
    NameForm& mine = groups_[form];
    const TypeGuess guess = guess_type(tables_, features);
    const auto votes = person_votes_.find(form);
    mine.person = guess.type == "Person" || (votes != person_votes_.end() && votes->second > 0);
  }
}

int Resolver::expansion_of(int sentence, const std::vector<Phrase>& phrases,
                           std::size_t alias) const {
  const Words& w = words(sentence);
  if (phrases[alias].core_last - phrases[alias].core_first != 1) return -1;
  const int at = phrases[alias].core_first;
  if (at < 2 || at + 1 >= w.size() || w.lower(at - 1) != "(" || w.lower(at + 1) != ")") return -1;
  if (!is_acronym(w.form(at)) || w.form(at).size() > 8) return -1;
  int best = -1;
  for (std::size_t k = 0; k < phrases.size(); ++k) {
    const Phrase& full = phrases[k];
    if (full.last != at - 1 ||
        (full.kind != Mention::Kind::Name && full.kind != Mention::Kind::Nominal)) {
      continue;
    }
    const std::string name = fold_name(w.text(full.core_first, full.core_last));
    const bool initials = is_initials(w.form(at), name_words(name));
    if (best < 0 || initials) best = static_cast<int>(k);
    if (initials) break;
  }
  return best;
}

int Resolver::said_of(int sentence, const std::vector<Phrase>& phrases, std::size_t alias) const {
  static constexpr std::array<std::string_view, 12> kWords = {
      "also known as",   "also called", "formerly",          "formerly known as",
      "formerly called", "short for",   "abbreviated as",    "better known as",
      "known as",        "or simply",   "originally called", "originally named"};
  const Words& w = words(sentence);
  const int begin = phrases[alias].first;
  for (std::size_t k = 0; k < phrases.size(); ++k) {
    const Phrase& full = phrases[k];
    if (full.kind != Mention::Kind::Name || full.last >= begin || begin - full.last > 6) continue;
    std::string between;
    for (int i = full.last; i < begin; ++i) {
      const std::string& low = w.lower(i);
      if (w[i].upos == Upos::Punct || (i + 1 == begin && low == "the")) continue;
      between += (between.empty() ? "" : " ") + low;
    }
    if (std::ranges::find(kWords, between) != kWords.end()) return static_cast<int>(k);
  }
  return -1;
}

/// "Acme Container Service (ACS)", "Acme, formerly Windmill Works".
void Resolver::collect_aliases(int sentence, const std::vector<Phrase>& phrases) {
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    if (phrases[i].kind != Mention::Kind::Name) continue;
    int name = expansion_of(sentence, phrases, i);
    if (name < 0) name = said_of(sentence, phrases, i);
    if (name < 0 || name == static_cast<int>(i)) continue;
    const auto& forms = forms_.back();
    const int full = forms[static_cast<std::size_t>(name)];
    if (full < 0 || forms[i] < 0) continue;
    groups_.join(full, forms[i]);
    alias_pairs_[sentence].emplace_back(name, static_cast<int>(i));
  }
}

void Resolver::guess_name_types() {
  std::map<int, std::vector<std::string>> by_root;
  for (const auto& [form, features] : features_) {
    auto& all = by_root[groups_.root(form)];
    all.insert(all.end(), features.begin(), features.end());
  }
  for (const auto& [root, features] : by_root) {
    name_types_[root] = guess_type(tables_, features);
    bool common = false;
    for (const int form : groups_.members(root)) common = common || groups_[form].common;
    if (common) continue;
    if (trace_ != nullptr && trace_->on_name) trace_->on_name(groups_.canonical(root), features);
  }
}

}  // namespace tercet
