#include "extract/entity/reference.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "base/one_of.h"
#include "extract/entity/asking.h"
#include "extract/entity/coreference.h"
#include "extract/entity/names.h"
#include "extract/entity/reference_ranking.h"
#include "extract/entity/words.h"

namespace tercet {
namespace {

constexpr std::size_t kOptions = 48;  // mentions looked at

/// How much a quantity is, in steps of powers of two: 0, 1, 2, 4, 8...
int steps(int n) {
  int out = 0;
  for (; n > 0; n /= 2) ++out;
  return out;
}

/// The words of a statement as it is named: from its verb on, without what is set behind.
std::string statement(const Words& w, int verb) {
  int end = w.last_below(verb) + 1;
  for (const int child : w.children(verb)) {
    const Deprel deprel = w[child].deprel;
    if (child <= verb) continue;
    if (deprel == Deprel::Advcl || deprel == Deprel::Conj || deprel == Deprel::Parataxis ||
        deprel == Deprel::Punct) {
      int begin = w.first_below(child);
      while (begin > verb + 1 && w[begin - 1].upos == Upos::Punct) --begin;
      end = std::min(end, begin);
    }
  }
  return std::string(w.text(verb, std::max(end, verb + 1)));
}

struct Said {
  int sentence = 0, token = 0;
  const Mention* mention = nullptr;
  int nth = 0;  ///< how often its entity had been spoken of
  bool opens = false;
};

class References {
 public:
  References(const EntityTables& tables, const AnalysedDocument& document,
             const DocumentEntities& entities, const ReferenceWatch& watch,
             const ReferenceVectors& vectors)
      : tables_(tables),
        document_(document),
        entities_(entities),
        watch_(watch),
        ranking_(tables, document, vectors) {
    for (int s = 0; s < static_cast<int>(document.sentences.size()); ++s) {
      words_.emplace_back(document.block_of(s).text, document.tree(s));
    }
    count_.resize(entities.entities.size());
    named_.resize(entities.entities.size());
    for (const Mention& one : entities.mentions) {
      if (one.entity >= 0 && one.kind == Mention::Kind::Name) {
        named_[static_cast<std::size_t>(one.entity)] += 1;
      }
    }
    for (std::size_t i = 0; i < named_.size(); ++i) {
      int& top =
          most_said_.try_emplace(entities.entities[i].type, static_cast<int>(i)).first->second;
      if (named_[i] > named_[static_cast<std::size_t>(top)]) top = static_cast<int>(i);
      if (topic_ < 0 || named_[i] > named_[static_cast<std::size_t>(topic_)]) {
        topic_ = static_cast<int>(i);
      }
    }
    total_.resize(entities.entities.size());
    for (const Mention& one : entities.mentions) {
      if (one.entity >= 0) ++total_[static_cast<std::size_t>(one.entity)];
    }
    title_ = ' ' + fold_name(document.document->title) + ' ';
    describe();
  }

  std::vector<Reference> run() {
    auto mention = entities_.mentions.begin();
    for (int s = 0; s < static_cast<int>(words_.size()); ++s) {
      const Words& w = words_[static_cast<std::size_t>(s)];
      std::map<int, const Mention*> here;
      for (; mention != entities_.mentions.end() && mention->sentence == s; ++mention) {
        const Mention*& longest = here[mention->head];
        if (longest == nullptr || mention->last - mention->first > longest->last - longest->first) {
          longest = &*mention;
        }
      }
      bool first = true;
      for (int i = 0; i < w.size(); ++i) {
        const auto at = here.find(i);
        const Mention* mine = at == here.end() ? nullptr : at->second;
        const Asking asking = asking_at(w, s, i);
        if (!asking.kind.empty()) resolve(asking, mine, said_ahead(asking, here));
        if (mine == nullptr || mine->entity < 0) continue;
        const int nth = count_[static_cast<std::size_t>(mine->entity)]++;
        last_[mine->entity] = seen_.size();
        seen_.push_back({s, i, mine, nth, first});
        first = false;
      }
    }
    return std::move(out_);
  }

 private:
  using Features = std::vector<std::pair<std::string, int>>;

  const Words& words(int sentence) const { return words_[static_cast<std::size_t>(sentence)]; }
  const Entity& entity(int i) const { return entities_.entities[static_cast<std::size_t>(i)]; }

  /// "Acme, an agency", "Acme is an agency": which noun an entity was called.
  void describe() {
    for (const Mention& one : entities_.mentions) {
      if (one.entity < 0) continue;
      const Words& w = words(one.sentence);
      const Token& token = w[one.head];
      if (token.head >= 0 && (token.deprel == Deprel::Appos || token.deprel == Deprel::Nsubj)) {
        const bool appositive = token.deprel == Deprel::Appos;
        if (appositive || w.child(token.head, Deprel::Cop) >= 0) {
          called_.emplace(one.entity, w.lemma(token.head));
        }
      }
      for (const int child : w.children(one.head)) {
        if (w[child].deprel == Deprel::Appos || w[child].deprel == Deprel::Compound) {
          called_.emplace(one.entity, w.lemma(child));
        }
      }
    }
  }

  std::string type_of_noun(const std::string& lemma) const {
    const auto found = tables_.heads.find(lemma);
    return found == tables_.heads.end() ? "?" : found->second.type;
  }

  /// What a pronoun of the note's hero would be: he of a person, it and they of a company.
  static std::string_view hero_type(std::string_view kind) {
    return kind == "he" || kind == "she" || kind == "who" ? "Person" : "Organization";
  }
  int most_named(std::string_view type) const {
    const auto found = most_said_.find(type);
    return found == most_said_.end() || named_[static_cast<std::size_t>(found->second)] == 0
               ? -1
               : found->second;
  }

  bool in_title(const std::string& name) const {
    return title_.find(' ' + fold_name(name) + ' ') != std::string::npos;
  }

  /// "at this time", "the sum": a date or an amount may be meant.
  static bool takes_literals(const Asking& asking, const std::string& lemma) {
    return (asking.phrase &&
            one_of(lemma, {"time",   "period", "year",  "decade", "era",        "date",
                           "day",    "month",  "week",  "point",  "sum",        "amount",
                           "figure", "number", "price", "money",  "percentage", "valuation",
                           "level",  "rate",   "value", "total",  "growth"})) ||
           asking.kind == "this" || asking.kind == "that?";
  }

  /// "Despite its size, Acme sank": the subject that the pronoun's clause or phrase stands before.
  const Said* said_ahead(const Asking& asking, const std::map<int, const Mention*>& here) {
    const Words& w = words(asking.sentence);
    for (int i = asking.token, up = 0; i >= 0 && up < 16; i = w[i].head, ++up) {
      const Deprel deprel = w[i].deprel;
      if (deprel != Deprel::Advcl && deprel != Deprel::Obl) continue;
      if (w[i].head < i) continue;
      for (const int child : w.children(w[i].head)) {
        if (child <= asking.token || child < w.last_below(i)) continue;
        if (w[child].deprel != Deprel::Nsubj && w[child].deprel != Deprel::NsubjPass) continue;
        const auto found = here.find(child);
        if (found == here.end() || found->second->entity < 0) continue;
        if (found->second->kind == Mention::Kind::Pronoun) continue;
        ahead_ = {asking.sentence, child, found->second,
                  count_[static_cast<std::size_t>(found->second->entity)], false};
        return &ahead_;
      }
    }
    return nullptr;
  }

  void resolve(const Asking& asking, const Mention* mine, const Said* ahead) {
    const Words& w = words(asking.sentence);
    const std::string lemma = asking.phrase ? w.lemma(asking.token) : std::string();
    const std::string type = asking.phrase ? type_of_noun(lemma) : std::string();
    const std::string role(1, role_of(w, asking.token));
    const bool self = !asking.phrase && w.lower(asking.token).find("sel") != std::string::npos;
    const int resolved = mine == nullptr ? -1 : mine->entity;
    const bool is_resolved = resolved >= 0 && (!asking.phrase || mine->antecedent);
    Anaphor anaphor;
    anaphor.kind = asking.phrase ? "the X" : asking.kind;
    anaphor.sentence = asking.sentence;
    anaphor.token = asking.token;
    anaphor.role = role[0];
    anaphor.plural = asking.plural;
    std::vector<Referent> options;
    int between = 0;
    std::size_t looked = 0;
    std::set<int> offered;
    std::map<int, int> again;
    const auto offer_mention = [&](const Said& said) {
      const Mention& one = *said.mention;
      const Entity& thing = entity(one.entity);
      const Words& v = words(said.sentence);
      const bool same = said.sentence == asking.sentence;
      const bool name = one.kind == Mention::Kind::Name;
      if (one.entity == resolved && asking.phrase && !is_resolved) return;
      const int distance = std::min(asking.sentence - said.sentence, kReferenceWindow + 1);
      Candidate candidate;
      candidate.entity = one.entity;
      candidate.sentence = said.sentence;
      candidate.token = said.token;
      candidate.type = thing.type;
      candidate.name = named_[static_cast<std::size_t>(one.entity)] > 0;
      candidate.plural = !candidate.name && is_plural(v, said.token);
      candidate.person = thing.type == "Person" || (candidate.name && thing.type == "Concept");
      candidate.role = role_of(v, said.token);
      candidate.opens = said.opens;
      candidate.topic = one.entity == topic_;
      candidate.count = said.nth + 1;
      const bool human = asking.kind == "he" || asking.kind == "she";
      const bool barred =
          (human || (same && asking.clause < 0)) && !may_corefer(w, anaphor, candidate);
      if (barred && human && !candidate.name) return;
      if (asking.kind == "who" && candidate.name && thing.type == "Place") return;
      if ((asking.clause >= 0 && !same)) return;
      Referent out;
      out.entity = one.entity;
      out.name = thing.name;
      out.sentence = said.sentence;
      out.token = said.token;
      Features& f = out.features;
      f.reserve(160);
      const auto add = [&](const std::string& feature, int value = 1) {
        f.emplace_back(asking.kind + ' ' + feature, value);
        if (asking.phrase) f.emplace_back("X " + feature, value);
        if (role == "p") f.emplace_back(asking.kind + "'s " + feature, value);
        if (self) f.emplace_back("self " + feature, value);
      };
      const std::string sort = one.kind == Mention::Kind::Pronoun   ? "pronoun"
                               : one.kind == Mention::Kind::Literal ? "literal"
                               : name                               ? "name"
                                                                    : "noun";
      add("mention");
      if (barred) {  // what grammar forbids it may still know wrongly: trees and types are guesses
        add("barred");
        add(!same                                    ? "barred far"
            : w.is_below(asking.token, said.token)   ? "barred below"
            : w.is_below(said.token, asking.token)   ? "barred above"
            : are_coarguments(w, anaphor, candidate) ? "barred beside"
                                                     : "barred sort");
        if (human) add("barred type=" + thing.type + (candidate.name ? "+" : ""));
      }
      if (same && said.token > asking.token) add("ahead");
      add("sort=" + sort);
      add("far=" + std::to_string(distance));
      const char place = role_of(v, said.token);
      add(std::string("role=") + place + (same ? "0" : distance == 1 ? "1" : ""));
      add("type=" + thing.type + (candidate.name ? "+" : ""));
      if (candidate.name) add("named");
      const std::string where = std::string(1, place) + std::to_string(std::min(distance, 3));
      add("at=" + where + sort[0] + sort[1]);
      add("nth=" + std::to_string(std::min(between, 7)));
      bool joined = v[said.token].deprel == Deprel::Conj;
      for (const int child : v.children(said.token)) {
        joined = joined || v[child].deprel == Deprel::Conj;
      }
      const std::string number = candidate.plural ? "p" : joined ? "j" : "s";
      add("number=" + number + thing.type + (candidate.name ? "+" : ""));
      if (joined) add("joined " + where);
      if (one.kind == Mention::Kind::Pronoun) {
        const std::string again_asked = asking_at(v, said.sentence, said.token).kind;
        add(again_asked == asking.kind ? "asked the same" : "asked other");
        if (again_asked == asking.kind) add("asked the same " + std::to_string(distance));
      }
      if (candidate.plural) add("plural");
      add(candidate.plural == asking.plural ? "number" : "other number");
      if (said.opens) add(same ? "opens0" : "opens");
      if (place == role[0] && !same) add("parallel");
      add("often", steps(said.nth));
      add("between", steps(between));
      add("same sort", steps(offered.contains(one.entity) ? 1 : 0));
      if (one.entity == topic_) add("topic");
      if (in_title(thing.name)) add("title");
      if (document_.block_of(said.sentence).kind == Block::Kind::Heading) add("heading");
      if (document_.sentences[static_cast<std::size_t>(said.sentence)].block !=
          document_.sentences[static_cast<std::size_t>(asking.sentence)].block) {
        add("block");
      }
      const Deprel deprel = v[said.token].deprel;
      if (deprel == Deprel::Root) add("root");
      if (v[said.token].head >= 0 && v[v[said.token].head].deprel == Deprel::Root) {
        add(std::string("main ") + place + (distance == 1 ? "1" : ""));
      }
      add("total", steps(total_[static_cast<std::size_t>(one.entity)]));
      add("again", again[one.entity]++ > 0 ? 1 : 0);
      if (!asking.phrase && asking.clause < 0) {
        for (auto& [feature, value] : coreference_features(w, anaphor, candidate, between)) {
          f.emplace_back("c " + feature, static_cast<int>(value));
        }
      }
      const int above = w[asking.token].head;
      if (above >= 0) {
        const std::string side = role == "p" ? "owns" : role;
        f.emplace_back(side + "=" + w.lemma(above) + "~" + thing.type, 1);
      }
      if (one.entity == most_named(hero_type(asking.kind))) add("first named");
      if (asking.clause >= 0 && same && said.token < asking.token) {
        const int noun = w[asking.clause].head;
        if (noun == said.token) add("modified");
        if (noun >= 0 && w.is_below(said.token, noun)) add("below modified");
      }
      if (same && w[said.token].head >= 0 && w.is_below(asking.token, w[said.token].head)) {
        add("command");
      }
      if (asking.phrase) {
        const std::string& head = v.lemma(said.token);
        int shared = 0;
        const std::string other = ' ' + fold_name(thing.name) + ' ';
        for (const int child : w.children(asking.token)) {
          if (w[child].upos == Upos::Det || w[child].deprel == Deprel::Nmod) continue;
          if (w.lower(child).size() > 2 && other.find(' ' + w.lower(child)) != std::string::npos) {
            ++shared;
          }
        }
        if (shared > 0) add("shares words");
        if (head != lemma && head.substr(0, 5) == lemma.substr(0, 5) && lemma.size() > 4) {
          add("stem");
        }
        if (head == lemma && !name) add("same noun");
        if (called_.contains({one.entity, lemma})) add("called");
        const std::string folded = ' ' + fold_name(thing.name) + ' ';
        if (folded.find(' ' + lemma) != std::string::npos) {
          add(folded.ends_with(' ' + lemma + ' ') ? "ends in it" : "holds it");
          f.emplace_back("X longer " + std::to_string(std::ranges::count(folded, ' ') > 2), 1);
        }
        if (type == thing.type) add("same type");
        add(type + "~" + thing.type + (candidate.name ? "+" : ""));
        if (const auto top = most_said_.find(type);
            top != most_said_.end() && top->second == one.entity && candidate.name) {
          add("most said");
          f.emplace_back("noun=" + lemma + " most said", 1);
        }
        f.emplace_back("noun=" + lemma + (candidate.name ? " named" : " noun"), 1);
      }
      ++between;
      offered.insert(one.entity);
      options.push_back(std::move(out));
    };
    if (ahead != nullptr && !asking.phrase && asking.clause < 0) offer_mention(*ahead);
    const bool literals = takes_literals(asking, lemma);
    for (std::size_t i = seen_.size(); i-- > 0 && looked < kOptions;) {
      if (asking.sentence - seen_[i].sentence > kReferenceWindow) break;
      if (seen_[i].mention->kind == Mention::Kind::Literal && !literals) continue;
      ++looked;
      offer_mention(seen_[i]);
    }
    if (asking.clause < 0) {  // the note's heroes are never out of sight
      for (const int hero : {topic_, most_named(hero_type(asking.kind))}) {
        const auto last = hero < 0 ? last_.end() : last_.find(hero);
        if (last != last_.end() && !offered.contains(hero)) offer_mention(seen_[last->second]);
      }
    }
    offer_statements(asking, role, options);
    if (asking.phrase) offer_own(asking, mine, is_resolved, lemma, type, options);
    if (options.empty()) return;
    if (watch_) watch_(asking.sentence, asking.token, asking.kind, options);
    const std::size_t best = ranking_.best(asking, options);
    options[best].features.clear();
    out_.push_back({asking.sentence, asking.token, std::move(options[best])});
  }

  /// The main clause of the sentence before, and the clauses in front in the same one.
  void offer_statements(const Asking& asking, const std::string& role,
                        std::vector<Referent>& options) const {
    if (one_of(asking.kind, {"he", "she", "who", "where", "they"})) return;
    const auto offer = [&](int sentence, int verb, const std::string& what) {
      const Words& v = words(sentence);
      Referent out;
      out.name = statement(v, verb);
      out.sentence = sentence;
      out.token = verb;
      const auto add = [&](const std::string& feature) {
        out.features.emplace_back(asking.kind + " statement " + feature, 1);
        if (asking.phrase) {
          out.features.emplace_back("X statement " + feature, 1);
        }
      };
      add("");
      add(what);
      add(what + " role=" + role);
      if (asking.phrase) {
        const std::string& lemma = words(asking.sentence).lemma(asking.token);
        out.features.emplace_back("noun=" + lemma + " statement", 1);
        if (lemma.size() > 4 && v.lemma(verb).substr(0, 5) == lemma.substr(0, 5)) add("stem");
        add(type_of_noun(lemma));
      }
      options.push_back(std::move(out));
    };
    const Words& w = words(asking.sentence);
    int found = 0;
    for (int i = asking.token; i-- > 0 && found < 3;) {
      const Deprel deprel = w[i].deprel;
      if (w[i].upos != Upos::Verb || w.is_below(asking.token, i) == (asking.clause < 0)) continue;
      if (deprel == Deprel::Amod || deprel == Deprel::Compound) continue;
      offer(asking.sentence, i, "here" + std::to_string(found++));
    }
    if (asking.sentence == 0) return;
    const Words& v = words(asking.sentence - 1);
    found = 0;
    for (int i = v.size(); i-- > 0 && found < 4;) {
      if (v[i].upos != Upos::Verb || v[i].deprel == Deprel::Amod) continue;
      const bool root = v[i].deprel == Deprel::Root;
      const std::string what = root                              ? "root"
                               : v[i].deprel == Deprel::Conj     ? "conj"
                               : v[i].deprel == Deprel::Xcomp    ? "xcomp"
                               : v[i].deprel == Deprel::Ccomp    ? "ccomp"
                               : v[i].deprel == Deprel::AclRelcl ? "relcl"
                               : v[i].deprel == Deprel::Advcl    ? "advcl"
                                                                 : "other";
      offer(asking.sentence - 1, i, what);
      ++found;
    }
  }

  /// The phrase may name a thing of its own: "the market" that nobody spoke of before.
  void offer_own(const Asking& asking, const Mention* mine, bool is_resolved,
                 const std::string& lemma, const std::string& type,
                 std::vector<Referent>& options) const {
    const Words& w = words(asking.sentence);
    int begin = asking.token, end = asking.token + 1;
    bool bare = true;
    for (const int child : w.children(asking.token)) {
      const Deprel deprel = w[child].deprel;
      if (deprel == Deprel::Amod || deprel == Deprel::Compound || deprel == Deprel::Nummod) {
        if (w.lower(child) == "such") continue;
        begin = std::min(begin, w.first_below(child));
        bare = false;
      }
    }
    bool behind = false;
    for (const int child : w.children(asking.token)) {
      if (w[child].deprel == Deprel::Nmod && child > asking.token) {
        end = std::max(end, w.last_below(child) + 1);
        behind = true;
      }
    }
    const auto offer = [&](int entity, std::string name, const std::string& what) {
      Referent out;
      out.entity = entity;
      out.name = std::move(name);
      out.sentence = asking.sentence;
      out.token = asking.token;
      const auto add = [&](const std::string& feature) {
        out.features.emplace_back(asking.kind + " own " + feature, 1);
        out.features.emplace_back("X own " + feature, 1);
      };
      add(what);
      add(what + (bare ? " bare" : " more") + (behind ? " of" : ""));
      add(type);
      if (asking.plural) add("plural");
      if (is_resolved) add("resolved");
      const auto found = tables_.heads.find(lemma);
      if (found != tables_.heads.end() && found->second.refers) add("refers");
      if (mine != nullptr && !is_resolved && mine->entity >= 0 &&
          count_[static_cast<std::size_t>(mine->entity)] > 0) {
        add("known");
      }
      out.features.emplace_back("noun=" + lemma + " own", 1);
      options.push_back(std::move(out));
    };
    if (mine != nullptr && mine->entity >= 0 && !is_resolved) {
      offer(mine->entity, entity(mine->entity).name, "entity");
    } else {
      offer(-1, std::string(w.text(begin, asking.token + 1)), "words");
    }
    if (behind) offer(-1, std::string(w.text(begin, end)), "long");
  }

  const EntityTables& tables_;
  const AnalysedDocument& document_;
  const DocumentEntities& entities_;
  const ReferenceWatch& watch_;
  ReferenceRanking ranking_;
  std::vector<Words> words_;
  std::vector<int> count_;                             // mentions of each entity so far
  std::vector<int> total_;                             // in the whole document
  std::vector<int> named_;                             // by name, in the whole document
  std::map<std::string, int, std::less<>> most_said_;  // type -> entity named most often
  int topic_ = -1;
  std::string title_;
  std::set<std::pair<int, std::string>> called_;
  std::vector<Said> seen_;
  std::map<int, std::size_t> last_;  // of each entity, in seen_
  Said ahead_;
  std::vector<Reference> out_;
};

}  // namespace

std::vector<Reference> find_references(const EntityTables& tables, const AnalysedDocument& document,
                                       const DocumentEntities& entities,
                                       const ReferenceWatch& watch,
                                       const ReferenceVectors& vectors) {
  return References(tables, document, entities, watch, vectors).run();
}

}  // namespace tercet
