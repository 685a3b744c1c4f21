#include "extract/entity/resolver.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/tsv.h"
#include "extract/entity/literal.h"
#include "extract/entity/names.h"

namespace tercet {
namespace {

constexpr int kWindow = 4;            // sentences back
constexpr std::size_t kOptions = 48;  // most recent mentions looked at

bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::ranges::find(list, word) != list.end();
}

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

/// Quotation marks and an abbreviation in brackets say how a name was written, not what it is.
std::string plain_name(const std::string& name) {
  std::string out;
  for (std::size_t i = 0; i < name.size();) {
    const std::string_view rest = std::string_view(name).substr(i);
    std::size_t skip = 0;
    for (const std::string_view quote : {"\"", "\u201c", "\u201d", "*", "`"}) {
      if (rest.starts_with(quote)) skip = quote.size();
    }
    if (rest.starts_with(" (")) {
      const std::size_t close = rest.find(')');
      if (close != std::string_view::npos && is_acronym(rest.substr(2, close - 2))) skip = close + 1;
    }
    if (skip == 0) out += name[i];
    i += std::max<std::size_t>(skip, 1);
  }
  return trim(out).empty() ? name : out;
}

}  // namespace

Resolver::Resolver(const EntityTables& tables, const Ontology& ontology,
                   const AliasTable& user_aliases, const AnalysedDocument& document,
                   const EntityTrace* trace)
    : tables_(tables),
      document_(document),
      trace_(trace),
      types_(tables, ontology),
      user_aliases_(user_aliases) {
  const std::string& text = document.document->text;
  line_starts_.push_back(0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
  }
}

std::uint32_t Resolver::line_of(int sentence, int token) const {
  const std::uint32_t at =
      document_.block_of(sentence).origin.begin_of(words(sentence)[token].span.begin);
  const auto next = std::ranges::upper_bound(line_starts_, at);
  return static_cast<std::uint32_t>(next - line_starts_.begin());
}

DocumentEntities Resolver::run() {
  collect();
  groups_.join_all(tables_, user_aliases_);
  guess_name_types();
  title_ = ' ' + fold_name(document_.document->title) + ' ';
  topic_ = groups_.most_said();
  const int n = static_cast<int>(document_.sentences.size());
  for (int s = 0; s < n; ++s) walk(s);

  // Entities in order of first mention; mentions in order of the text.
  std::vector<int> order(out_.mentions.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
  std::ranges::sort(order, [&](int a, int b) {
    const Mention& x = out_.mentions[static_cast<std::size_t>(a)];
    const Mention& y = out_.mentions[static_cast<std::size_t>(b)];
    return std::tuple(x.sentence, x.first, x.last, a) < std::tuple(y.sentence, y.first, y.last, b);
  });
  std::vector<int> place(order.size());
  std::vector<Mention> sorted;
  sorted.reserve(order.size());
  for (const int i : order) {
    place[static_cast<std::size_t>(i)] = static_cast<int>(sorted.size());
    sorted.push_back(std::move(out_.mentions[static_cast<std::size_t>(i)]));
  }
  out_.mentions = std::move(sorted);
  for (AliasEvidence& one : out_.aliases) {
    one.name_mention = place[static_cast<std::size_t>(one.name_mention)];
    one.alias_mention = place[static_cast<std::size_t>(one.alias_mention)];
  }
  std::vector<int> number(things_.size(), -1);
  for (Mention& mention : out_.mentions) {
    if (mention.entity < 0) continue;
    int& mine = number[static_cast<std::size_t>(mention.entity)];
    if (mine < 0) {
      Thing& thing = things_[static_cast<std::size_t>(mention.entity)];
      mine = static_cast<int>(out_.entities.size());
      std::set<std::string> aliases(thing.aliases.begin(), thing.aliases.end());
      aliases.erase(thing.name);
      out_.entities.push_back({thing.name,
                               types_.of(thing.type),
                               {aliases.begin(), aliases.end()},
                               thing.confidence});
    }
    mention.entity = mine;
  }
  return std::move(out_);
}

/// "Royalties" at the start of a sentence is the noun that "royalties" is elsewhere.
bool Resolver::in_lower_case_elsewhere(int sentence, const Phrase& phrase) const {
  const Words& w = words(sentence);
  if (phrase.core_last - phrase.core_first != 1) return false;
  if (is_acronym(w.form(phrase.core))) return false;
  return lower_nouns_.contains(w.lower(phrase.core));
}

std::string Resolver::surface(int sentence, const Phrase& phrase) const {
  const Words& w = words(sentence);
  std::string out(w.text(phrase.first, phrase.last));
  const std::string_view form = w.form(phrase.first);
  const bool begins = phrase.first == 0 || is_heading(sentence);
  if (phrase.kind == Mention::Kind::Nominal && begins && w[phrase.first].upos != Upos::Propn &&
      !is_acronym(form) && form.size() > 1 && !has_upper(form.substr(1))) {
    out = w.lower(phrase.first) + out.substr(form.size());
  }
  return plain_name(out);
}

void Resolver::collect() {
  const int n = static_cast<int>(document_.sentences.size());
  words_.reserve(static_cast<std::size_t>(n));
  for (int s = 0; s < n; ++s) {
    words_.emplace_back(document_.block_of(s).text, document_.tree(s));
    const Words& w = words_.back();
    const bool heading = is_heading(s);
    for (int i = 0; i < w.size(); ++i) {
      if (!has_upper(w.form(i))) {
        if (w[i].upos == Upos::Noun) ++lower_nouns_[w.lower(i)];
        ++lower_words_[w.lower(i)];
      } else if (i > 0 && !heading && w[i].upos == Upos::Propn && w[i - 1].upos != Upos::Punct) {
        ++names_[w.lower(i)];
      }
    }
  }
  // A capital at the start of a sentence says nothing; what the word is elsewhere does.
  for (Words& w : words_) {
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
    mine.person = guess.type == "Person";
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
      "also known as", "also called",   "formerly",       "formerly known as",
      "formerly called", "short for",   "abbreviated as", "better known as",
      "known as",      "or simply",     "originally called", "originally named"};
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
  alias_pairs_.emplace_back();
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    if (phrases[i].kind != Mention::Kind::Name) continue;
    int name = expansion_of(sentence, phrases, i);
    if (name < 0) name = said_of(sentence, phrases, i);
    if (name < 0 || name == static_cast<int>(i)) continue;
    const auto& forms = forms_.back();
    const int full = forms[static_cast<std::size_t>(name)];
    if (full < 0 || forms[i] < 0) continue;
    groups_.join(full, forms[i]);
    alias_pairs_.back().emplace_back(name, static_cast<int>(i));
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

int Resolver::entity_for_key(const std::string& key, const std::string& name, const Phrase& phrase,
                             int sentence) {
  const auto [at, added] = by_key_.emplace(key, static_cast<int>(things_.size()));
  if (added) {
    Thing thing;
    thing.name = thing.handy = name;
    if (phrase.kind == Mention::Kind::Literal) {
      thing.type = phrase.date ? "Date" : "Quantity";
      thing.confidence = 0.95;
    } else {
      const TypeGuess guess = type_of_nominal(tables_, words(sentence), phrase);
      thing.type = guess.type;
      thing.confidence = guess.confidence;
      thing.plural = phrase.plural;
      thing.head = words(sentence).lemma(phrase.core);
      by_head_[thing.head].push_back(at->second);
    }
    things_.push_back(std::move(thing));
  }
  return at->second;
}

int Resolver::entity_of_group(int root, const Phrase& phrase, int sentence) {
  const auto [at, added] = by_root_.emplace(root, static_cast<int>(things_.size()));
  if (!added) return at->second;
  Thing thing;
  thing.name = groups_.canonical(root);
  thing.handy = groups_.handy(root);
  thing.aliases = groups_.spellings(root);
  const NameForm* noun = nullptr;
  for (const int form : groups_.members(root)) {
    const NameForm& one = groups_[form];
    if (one.noun_type.empty() || (!one.common && one.name)) continue;
    if (noun == nullptr || one.noun_confidence > noun->noun_confidence) noun = &one;
  }
  if (noun == nullptr) {
    const auto typed = name_types_.find(root);
    const TypeGuess guess = typed == name_types_.end() ? TypeGuess{} : typed->second;
    thing.type = guess.type.empty() ? "Concept" : guess.type;
    thing.confidence = guess.confidence;
    thing.name_kind = true;
  } else {
    // A common noun, perhaps with an acronym: the noun says what it is.
    thing.type = noun->noun_type;
    thing.confidence = noun->noun_confidence;
    thing.plural = phrase.plural;
    thing.head = words(sentence).lemma(phrase.core);
    by_head_[thing.head].push_back(at->second);
  }
  thing.topic = root == topic_;
  if (thing.name_kind && !title_.empty()) {
    for (const int form : groups_.members(root)) {
      std::string words;
      for (const std::string& word : groups_[form].words) words += ' ' + word;
      thing.title = thing.title || title_.find(words + ' ') != std::string::npos ||
                    title_.find(words + "s ") != std::string::npos;
    }
  }
  if (thing.name_kind) {
    const std::vector<std::string> parts = name_words(fold_name(thing.name));
    thing.maybe_person = thing.type != "Place" && parts.size() > 1 && parts.size() < 5 &&
                         !tables_.name_words.contains(parts.back()) &&
                         !tables_.heads.contains(singular(parts.back())) &&
                         !is_acronym(thing.name);
  }
  if (thing.type == "Person" && thing.name_kind) {
    const std::vector<std::string> parts = name_words(fold_name(thing.name));
    if (const auto given = tables_.given_names.find(parts.front());
        given != tables_.given_names.end() && given->second != 'x') {
      thing.gender = given->second;
    }
  }
  things_.push_back(std::move(thing));
  return at->second;
}

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
  for (std::size_t i = seen_.size(); i-- > 0 && looked < kOptions;) {
    Candidate candidate = seen_[i].candidate;
    if (sentence - candidate.sentence > kWindow) break;
    if (candidate.sentence == sentence && candidate.token >= anaphor.token) continue;
    ++looked;
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
  if (own >= 0 && things_[static_cast<std::size_t>(own)].count > 0) none.emplace_back("none known", 1);
  return best_candidate(sentence, anaphor, fit, &none);
}

/// The phrase with the names its pronouns stand for: "their data centers" -> "AWS data centers".
std::string Resolver::rendered(int sentence, const Phrase& phrase, bool& changed) const {
  const Words& w = words(sentence);
  std::string out;
  changed = false;
  int begin = phrase.first;
  if (w[begin].xpos == Xpos::PRPS && entity_at_[static_cast<std::size_t>(begin)] < 0 &&
      begin < phrase.core) {
    ++begin;  // "your customers" are customers
    changed = true;
  }
  for (int i = begin; i < phrase.last;) {
    const auto at = static_cast<std::size_t>(i);
    const Phrase* inner = phrase_at_[at];
    const bool replace = inner != nullptr && replaced_at_[at] && inner->last <= phrase.last &&
                         inner->head != phrase.core && entity_at_[static_cast<std::size_t>(inner->head)] >= 0;
    int end = i + 1;
    std::string word(w.text(i, i + 1));
    if (replace) {
      const Thing& thing = things_[static_cast<std::size_t>(
          entity_at_[static_cast<std::size_t>(inner->head)])];
      word = thing.handy;
      end = inner->last;
      const bool possessor = w[inner->head].deprel == Deprel::NmodPoss;
      const bool s = end < phrase.last && w[end].xpos == Xpos::POS;
      if (possessor && (w[inner->head].xpos == Xpos::PRPS || s)) {
        // Companies and products stand before their nouns bare, people with 's.
        if (thing.type == "Person" || !thing.name_kind) word += word.ends_with('s') ? "'" : "'s";
      }
      if (s) ++end;
      changed = true;
      if (end < phrase.last && w.lower(end) == "own") ++end;
    } else if (i == phrase.first && phrase.kind == Mention::Kind::Nominal) {
      Phrase one = phrase;
      one.last = i + 1;
      word = surface(sentence, one);
    }
    out += word;
    if (end < phrase.last && w[end - 1].space_after) out += ' ';
    i = end;
  }
  return plain_name(out);
}

void Resolver::add_candidate(int sentence, const Phrase& phrase, int entity) {
  Thing& thing = things_[static_cast<std::size_t>(entity)];
  ++thing.count;
  Candidate candidate;
  candidate.entity = entity;
  candidate.sentence = sentence;
  candidate.block = document_.sentences[static_cast<std::size_t>(sentence)].block;
  candidate.token = phrase.head;
  candidate.role = role_of(words(sentence), phrase.head);
  candidate.name = thing.name_kind;
  candidate.plural = thing.name_kind ? false : thing.plural;
  candidate.heading = is_heading(sentence);
  candidate.gender = thing.gender;
  candidate.type = thing.type;
  candidate.topic = thing.topic;
  candidate.title = thing.title;
  candidate.opens = seen_.empty() || seen_.back().candidate.sentence != sentence;
  candidate.person = thing.type == "Person" || thing.maybe_person;
  seen_.push_back({candidate, static_cast<int>(out_.mentions.size())});
}

void Resolver::walk(int sentence) {
  const Words& w = words(sentence);
  const auto n = static_cast<std::size_t>(w.size());
  entity_at_.assign(n, -1);
  phrase_at_.assign(n, nullptr);
  replaced_at_.assign(n, false);
  const auto& phrases = phrases_[static_cast<std::size_t>(sentence)];
  const auto& forms = forms_[static_cast<std::size_t>(sentence)];
  const int first_mention = static_cast<int>(out_.mentions.size());  // one for each phrase
  for (const auto& [name, alias] : alias_pairs_[static_cast<std::size_t>(sentence)]) {
    out_.aliases.push_back({sentence, first_mention + name, first_mention + alias});
  }
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    const Phrase& phrase = phrases[i];
    Mention mention;
    mention.kind = phrase.kind;
    mention.sentence = sentence;
    mention.first = phrase.first;
    mention.last = phrase.last;
    mention.head = phrase.head;
    int entity = -1;
    bool resolved = false;
    chosen_mention_ = -1;
    switch (phrase.kind) {
      case Mention::Kind::Literal: {
        std::string text(w.text(phrase.first, phrase.last));
        if (phrase.date) text = normalise_date(text);
        entity = entity_for_key("literal " + lower_case(text), text, phrase, sentence);
        break;
      }
      case Mention::Kind::Pronoun:
        entity = resolve_pronoun(sentence, phrase);
        resolved = entity >= 0;
        break;
      case Mention::Kind::Name:
        entity = entity_of_group(groups_.root(forms[i]), phrase, sentence);
        break;
      case Mention::Kind::Nominal: {
        const bool measured = phrase.core != phrase.head;
        if (measured && entity_at_[static_cast<std::size_t>(phrase.core)] >= 0) {
          entity = entity_at_[static_cast<std::size_t>(phrase.core)];
          break;
        }
        if (phrase.possessor < 0 && (phrase.article == Phrase::Article::Definite ||
                                     phrase.article == Phrase::Article::Demonstrative)) {
          const auto known = by_root_.find(groups_.root(forms[i]));
          entity = resolve_definite(sentence, phrase, known == by_root_.end() ? -1 : known->second);
          resolved = entity >= 0;
        }
        if (entity >= 0) break;
        bool changed = false;
        const std::string name = rendered(sentence, phrase, changed);
        const int owner =
            phrase.possessor >= 0 ? entity_at_[static_cast<std::size_t>(phrase.possessor)] : -1;
        const int words_end = phrase.core_last;
        if (owner >= 0) {
          int begin = w.last_below(phrase.possessor) + 1;
          while (begin < phrase.core && w.lower(begin) == "own") ++begin;
          const std::string key = "of " + std::to_string(owner) + ' ' +
                                  name_key(w.text(begin, words_end), false) + ' ' +
                                  fold_name(w.text(words_end, phrase.last));
          entity = entity_for_key(key, name, phrase, sentence);
          Thing& thing = things_[static_cast<std::size_t>(entity)];
          const std::string as_written(w.text(phrase.first, phrase.last));
          if (thing.aliases.size() < 8 && !changed) thing.aliases.push_back(as_written);
        } else if (changed) {
          entity = entity_for_key(name_key(name, false), name, phrase, sentence);
        } else {
          entity = entity_of_group(groups_.root(forms[i]), phrase, sentence);
        }
        break;
      }
    }
    mention.entity = entity;
    if (resolved && chosen_mention_ >= 0) {
      const Mention& before = out_.mentions[static_cast<std::size_t>(chosen_mention_)];
      mention.antecedent = Antecedent{
          std::string(words(before.sentence).text(before.first, before.last)),
          line_of(before.sentence, before.first)};
    }
    if (entity >= 0) {
      const auto head = static_cast<std::size_t>(phrase.head);
      entity_at_[head] = entity;
      int start = phrase.first;  // with its determiner, so that "the company's" is replaced whole
      while (start > 0 && (w[start - 1].deprel == Deprel::Det ||
                           w[start - 1].deprel == Deprel::DetPredet) &&
             w[start - 1].head == phrase.core) {
        --start;
      }
      phrase_at_[static_cast<std::size_t>(start)] = &phrase;
      replaced_at_[static_cast<std::size_t>(start)] = resolved;
      if (phrase.kind != Mention::Kind::Literal && phrase.core == phrase.head) {
        add_candidate(sentence, phrase, entity);
      }
    }
    out_.mentions.push_back(std::move(mention));
  }
}

}  // namespace tercet
