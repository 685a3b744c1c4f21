#include "extract/entity/resolver.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

#include "base/tsv.h"
#include "extract/entity/literal.h"
#include "extract/entity/names.h"

namespace tercet {
namespace {

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
      if (close != std::string_view::npos && is_acronym(rest.substr(2, close - 2))) {
        skip = close + 1;
      }
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

/// Mentions in order of the text, sentence by sentence in place; where each one has gone.
std::vector<int> Resolver::sort_mentions() {
  std::vector<Mention>& all = out_.mentions;
  std::vector<int> place(all.size());
  std::vector<std::size_t> order;
  std::vector<Mention> sorted;
  for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    while (end < all.size() && all[end].sentence == all[begin].sentence) ++end;
    order.resize(end - begin);
    std::iota(order.begin(), order.end(), begin);
    std::ranges::sort(order, {},
                      [&](std::size_t i) { return std::tuple(all[i].first, all[i].last, i); });
    sorted.clear();
    for (const std::size_t i : order) {
      place[i] = static_cast<int>(begin + sorted.size());
      sorted.push_back(std::move(all[i]));
    }
    std::ranges::move(sorted, all.begin() + static_cast<std::ptrdiff_t>(begin));
  }
  return place;
}

DocumentEntities Resolver::run() {
  collect();
  groups_.join_all(tables_, user_aliases_);
  guess_name_types();
  title_ = ' ' + fold_name(document_.document->title) + ' ';
  topic_ = groups_.most_said();
  const int n = static_cast<int>(document_.sentences.size());
  std::size_t mentions = 0;
  for (const auto& phrases : phrases_) mentions += phrases.size();
  out_.mentions.reserve(mentions);
  for (int s = 0; s < n; ++s) {
    walk(s);
    forget(s);
  }
  const std::vector<int> place = sort_mentions();
  for (AliasEvidence& one : out_.aliases) {
    one.name_mention = place[static_cast<std::size_t>(one.name_mention)];
    one.alias_mention = place[static_cast<std::size_t>(one.alias_mention)];
  }
  std::vector<int> number(things_.size(), -1);  // entities in order of first mention
  for (Mention& mention : out_.mentions) {
    if (mention.entity < 0) continue;
    int& mine = number[static_cast<std::size_t>(mention.entity)];
    if (mine < 0) {
      Thing& thing = things_[static_cast<std::size_t>(mention.entity)];
      mine = static_cast<int>(out_.entities.size());
      std::set<std::string> aliases(thing.aliases.begin(), thing.aliases.end());
      aliases.erase(thing.name);
      const TypeGuess type = types_.of(thing.name, {thing.type, thing.confidence});
      out_.entities.push_back(
          {thing.name, type.type, {aliases.begin(), aliases.end()}, type.confidence});
    }
    mention.entity = mine;
  }
  return std::move(out_);
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
                         !tables_.heads.contains(singular(parts.back())) && !is_acronym(thing.name);
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

/// The phrase with the names its pronouns stand for: "their data centers" -> "AWS data centers".
std::string Resolver::rendered(int sentence, const Phrase& phrase, bool& changed) const {
  const Words& w = words(sentence);
  std::string out;
  changed = false;
  int begin = phrase.first;
  if (w[begin].xpos == Xpos::PRPS && begin < phrase.core) {
    const int owner = entity_at_[static_cast<std::size_t>(begin)];
    if (owner < 0 || !things_[static_cast<std::size_t>(owner)].name_kind) {
      ++begin;  // "your customers" are customers, and customers' "their data" is data
      if (begin < phrase.core && w.lower(begin) == "own") ++begin;
      changed = true;
    }
  }
  if (phrase.possessor >= 0) {
    // "The company's engines": the article is the company's, and stands before the phrase.
    for (int i = begin - 1; i >= 0 && i >= begin - 3; --i) {
      const auto at = static_cast<std::size_t>(i);
      if (phrase_at_[at] == nullptr) continue;
      const int owner = entity_at_[static_cast<std::size_t>(phrase_at_[at]->head)];
      const bool named = owner >= 0 && things_[static_cast<std::size_t>(owner)].name_kind;
      const bool article = w[phrase.possessor].xpos != Xpos::PRPS;
      if (named && article && replaced_at_[at] && phrase_at_[at]->head == phrase.possessor)
        begin = i;
      break;
    }
  }
  for (int i = begin; i < phrase.last;) {
    const auto at = static_cast<std::size_t>(i);
    const Phrase* inner = phrase_at_[at];
    const bool replace = inner != nullptr && replaced_at_[at] && inner->last <= phrase.last &&
                         inner->head != phrase.core &&
                         entity_at_[static_cast<std::size_t>(inner->head)] >= 0;
    int end = i + 1;
    std::string word(w.text(i, i + 1));
    if (replace) {
      const Thing& thing =
          things_[static_cast<std::size_t>(entity_at_[static_cast<std::size_t>(inner->head)])];
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
    if (end < phrase.last && w[end].span.begin > w[end - 1].span.end) out += ' ';
    i = end;
  }
  return plain_name(out);
}

/// "Acme's engines surpass Zephyr's": what Zephyr's stands for, or -1 if phrase `i` says it all.
int Resolver::elliptic(int sentence, std::size_t i, int owner) {
  const Words& w = words(sentence);
  const auto& phrases = phrases_[static_cast<std::size_t>(sentence)];
  const Phrase& phrase = phrases[i];
  const int mark = w.child(phrase.core, Deprel::Case);
  if (mark < phrase.core || w[mark].xpos != Xpos::POS) return -1;
  if (w[phrase.core].deprel == Deprel::NmodPoss || w[phrase.core].deprel == Deprel::Compound) {
    return -1;
  }
  for (std::size_t k = i; k-- > 0;) {
    const Phrase& like = phrases[k];
    if (like.possessor < 0 || like.kind != Mention::Kind::Nominal) continue;
    const int begin = w.last_below(like.possessor) + 1;
    if (begin >= like.core_last) continue;
    const std::string what(w.text(begin, like.core_last));
    return entity_for_key("of " + std::to_string(owner) + ' ' + name_key(what, false) + ' ',
                          things_[static_cast<std::size_t>(owner)].handy + ' ' + what, like,
                          sentence);
  }
  return -1;
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
  if (const auto pairs = alias_pairs_.find(sentence); pairs != alias_pairs_.end()) {
    for (const auto& [name, alias] : pairs->second) {
      out_.aliases.push_back({sentence, first_mention + name, first_mention + alias});
    }
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
        if (const int meant = elliptic(sentence, i, entity); meant >= 0) entity = meant;
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
      mention.antecedent =
          Antecedent{std::string(words(before.sentence).text(before.first, before.last)),
                     line_of(before.sentence, before.first)};
    }
    if (entity >= 0) {
      const auto head = static_cast<std::size_t>(phrase.head);
      entity_at_[head] = entity;
      int start = phrase.first;  // with its determiner, so that "the company's" is replaced whole
      while (start > 0 &&
             (w[start - 1].deprel == Deprel::Det || w[start - 1].deprel == Deprel::DetPredet) &&
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
