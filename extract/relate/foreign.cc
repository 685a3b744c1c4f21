#include "extract/relate/foreign.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "extract/entity/words.h"
#include "extract/relate/described.h"
#include "extract/relate/foreign_sentence.h"
#include "extract/relate/topic.h"
#include "extract/relate/word_forms.h"

namespace tercet {
namespace {

constexpr double kByWord = 0.5;       // a word of the relation beside the thing
constexpr double kByKind = 0.45;      // what the copula says
constexpr double kByPresence = 0.35;  // a thing that only this relation takes
// Tokens between a cue and what it governs: "directed in 1990 by the Dane Jens Holm".
constexpr int kReach = 8;

bool preposition_alone(const PropertyCue& cue) {
  static constexpr std::string_view kAlone[] = {
      "in",   "on",  "for",    "of",      "at",     "from",   "as",
      "by",   "to",  "with",   "and",     "around", "was",    "is",
      "into", "the", "in the", "for the", "on the", "of the", "member of"};
  std::string joined;
  for (const std::string& word : cue) joined += joined.empty() ? word : " " + word;
  return std::ranges::find(kAlone, joined) != std::end(kAlone);
}

class Finder {
 public:
  Finder(const SentenceView& view, const std::vector<ForeignProperty>& properties,
         const PropertyTable& table, std::vector<Claim>& out)
      : v_(view),
        s_(view, table),
        properties_(properties),
        table_(table),
        out_(out),
        topic_(find_topic(view, s_.things())),
        sports_(find_sports(view, table)) {}

  void find() {
    const bool named = topic_.first >= 0 && (topic_.mention >= 0 || !topic_.name.empty());
    if (!named) topic_ = Thing{-1, -1, -1, -1, 0, {}};
    without_article();
    main_ = topic_;
    person_ = named ? is_person() : 0;
    const std::size_t before = out_.size();
    for (const ForeignProperty& property : properties_) {
      topic_ = main_;
      if (named) of_property(property);
      if (named && (person_ <= 0 || domain_fits(property))) continue;
      // "The film", or somebody, stands where the topic should: a name of the right kind may be it.
      if (!other_topic(property)) continue;
      const int person = std::exchange(person_, 0);
      of_property(property, false);
      person_ = person;
    }
    keep_nearest(before);
  }

 private:
  /// One word tells one thing of one object: the relation whose first words it is.
  void keep_nearest(std::size_t before) {
    std::map<int, std::vector<std::size_t>> of_object;  // by the object's first word
    for (std::size_t i = before; i < out_.size(); ++i) of_object[out_[i].to.first].push_back(i);
    const auto beats = [](const Claim& b, const Claim& a) {
      if (a.relation == b.relation || b.confidence <= a.confidence) return false;
      if (a.by.starts_with("foreign.word")) return a.predicate == b.predicate && b.by == a.by;
      return a.by.starts_with("foreign.type") && !b.by.starts_with("foreign.type") &&
             b.to.type.empty();
    };
    std::vector<Claim> kept;
    for (std::size_t i = before; i < out_.size(); ++i) {
      const auto& rivals = of_object[out_[i].to.first];
      if (std::ranges::none_of(rivals, [&](std::size_t k) { return beats(out_[k], out_[i]); })) {
        kept.push_back(out_[i]);
      }
    }
    out_.resize(before);
    for (Claim& one : kept) out_.push_back(std::move(one));
  }

  bool in_topic(const Thing& thing) const {
    return thing.first < topic_.last && thing.last > topic_.first;
  }

  /// A person where the relation is of people, no person where it is of other things.
  bool domain_fits(const ForeignProperty& p) const {
    if (p.domain == 0 || p.any_subject) return true;
    const bool wants_person = (p.domain & kPersonThing) != 0;
    if (person_ > 0) return wants_person;
    return person_ == 0 || p.domain != kPersonThing;
  }

  /// 2: the topic is a person, 1: its name looks like one's, -1: it is none, 0: who knows.
  int is_person() const {
    // "The 1991 Olympia contest"
    const int end = topic_.last - 1;
    if (v_.token(end).upos == Upos::Noun && !starts_upper(v_.word(end))) return -1;
    const bool person = (topic_.kinds & kPersonThing) != 0;
    const bool sure = person && (topic_.kinds & (kGroupThing | kWorkThing)) == 0;
    const int head = s_.kind_noun(topic_.last);
    const int mention = head < 0 ? -1 : v_.entities.mention_at(v_.sentence, head);
    if (mention >= 0 && v_.mention(mention).kind == Mention::Kind::Nominal) {
      static constexpr std::string_view kThings[] = {
          "Organization", "Work", "Event", "Place", "Product", "Service", "Location", "Technology"};
      const std::string& type = v_.entity_of(mention).type;
      if (type == "Person") return 2;
      if (std::ranges::find(kThings, type) != std::end(kThings)) return -1;
    }
    const bool article = v_.token(topic_.first).upos == Upos::Det;
    if (sure && !article && topic_.first >= 0) {
      const Thing* named = s_.thing_at(topic_.first);
      if (named != nullptr && named->last == topic_.last && named->first == topic_.first) return 1;
      // "Composer Ann Lee"; "1946 Walraven" is an asteroid.
      for (int i = topic_.first; i < topic_.last; ++i) {
        if (has_digit(v_.word(i))) return 0;
      }
      const Thing* last = s_.thing_at(topic_.last - 1);
      const bool whole = last != nullptr && last->last == topic_.last;
      return whole && last->mention == topic_.mention ? 1 : 0;
    }
    constexpr unsigned kTold = kPersonThing | kGroupThing | kPlaceThing | kWorkThing;
    const unsigned told = topic_.kinds & kTold;
    // One kind is told, several are open.
    return topic_.kinds == 0 || person || (told & (told - 1)) != 0 ? 0 : -1;
  }

  /// "The Varga" is a river, "The Varga" may be a novel: works keep their article.
  void without_article() {
    if (topic_.first < 0 || v_.word(topic_.first) != "The" || topic_.last - topic_.first < 2)
      return;
    const auto work = [](const ForeignProperty& p) { return (p.domain & kWorkThing) != 0; };
    if (std::ranges::any_of(properties_, work)) return;
    const int kind = s_.kind_noun(topic_.last);
    if (kind >= 0 && v_.tables.listed("work_class", s_.word(kind))) return;
    if (topic_.name.starts_with("The ")) topic_.name.erase(0, 4);
    ++topic_.first;
  }

  bool other_topic(const ForeignProperty& p) {
    constexpr unsigned kTold = kPersonThing | kGroupThing | kPlaceThing | kWorkThing | kCodeThing;
    const unsigned wanted = p.domain & (kPersonThing | kWorkThing | kGroupThing | kPlaceThing);
    if (wanted == 0) return false;
    for (const Thing& one : s_.things()) {
      if ((one.kinds & kTold) != wanted || one.first == main_.first) continue;
      // "Ben Moor's novel X" and "the novel X" are what something is based on.
      const int before = one.first - 1;
      if (before >= 0 &&
          (v_.tables.listed("work_noun", s_.word(before)) || v_.token(before).xpos == Xpos::POS)) {
        continue;
      }
      topic_ = one;
      return true;
    }
    return false;
  }

  void of_property(const ForeignProperty& p, bool main = true) {
    // "Pink Pearl was directed by": what is done to it tells better than its name what it is.
    const bool by_name = main && !domain_fits(p);
    if (by_name && person_ != 1) return;
    const std::size_t before = out_.size();
    if (!by_name && main) {
      for (const Described& one : described(v_, s_, p, topic_.last, table_)) {
        add(p, one.thing, one.noun, kByKind, one.by);
      }
    }
    const bool date = p.kinds == kDateThing;
    if (by_name && (p.kinds & (kAwardThing | kDateThing | kSportThing | kClassThing)) != 0) return;
    if ((p.kinds & (kSportThing | kClassThing)) != 0) {
      for (const Thing& sport : sports_) {
        if ((sport.kinds & p.kinds) != 0) add(p, sport, sport.head, kByPresence, "foreign.type");
      }
      return;
    }
    std::vector<bool> turned(static_cast<std::size_t>(v_.size()), false);
    if (main) inverse(p, turned);
    int rank = 0;
    const int kind = main ? s_.kind_noun(topic_.last) : -1;
    for (const PropertyCue& cue : p.after) {
      const bool alone = preposition_alone(cue);
      ++rank;
      if ((alone || date) && out_.size() > before) continue;
      if (by_name && (cue.size() < 2 && !cue.back().ends_with("ing") && cue.back() != "stars"))
        continue;
      for (int i = 0; i < v_.size(); ++i) {
        if (in_name(i) || turned[static_cast<std::size_t>(i)]) continue;
        const int end = s_.match(cue, i);
        // "X is an operating system for": that is what X is.
        if (end > 0 && end - 1 == kind && (end >= v_.size() || v_.word(end) != "of")) continue;
        if (end > 0) behind(p, i, end, alone ? 3 : kReach, rank, alone, cue.size() > 1 && !alone);
      }
    }
    prefer_range(p, before);
    for (const PropertyCue& cue : p.before) {
      for (int i = 1; i < v_.size(); ++i) {
        if (!in_name(i) && s_.match(cue, i) > 0) in_front(p, i);
      }
    }
    // What nobody says in words must at least be of the right kind of subject.
    const bool other_kind = p.domain != 0 && p.domain != kPersonThing && !p.any_subject &&
                            person_ >= 0 && (topic_.kinds & kCodeThing) == 0;
    if (p.anywhere && !by_name && !other_kind) {
      for (const Thing& thing : s_.things()) {
        if (!in_topic(thing) && s_.strictly(p, thing)) {
          add(p, thing, thing.head, kByPresence, "foreign.type");
        }
      }
    }
  }

  /// "X is a tributary of Y", "Ann Lee wrote Y": the sentence is about the object.
  void inverse(const ForeignProperty& p, std::vector<bool>& turned) {
    const bool wants_person = (p.kinds & kPersonThing) != 0;
    if (wants_person ? person_ < 0 : person_ > 0) return;
    for (const PropertyCue& cue : p.inverse) {
      for (int i = 0; i < v_.size(); ++i) {
        if (in_name(i)) continue;
        const int end = s_.match(cue, i);
        if (end == 0) continue;
        // A bare verb must govern what follows: "wrote Emma", not "wrote in Bath to Ann".
        for (int k = end; k < std::min(v_.size(), end + 6); ++k) {
          const Thing* thing = s_.thing_at(k);
          const Upos upos = v_.token(k).upos;
          if (thing == nullptr && (upos == Upos::Adp || upos == Upos::Verb || upos == Upos::Aux))
            break;
          if (thing == nullptr) continue;
          const bool fitting = (thing->kinds & kNameThing) != 0 && !in_topic(*thing) &&
                               (p.domain == kPersonThing) == ((thing->kinds & kPersonThing) != 0 &&
                                                              (thing->kinds & kWorkThing) == 0);
          if (fitting) {
            add(p, *thing, i, kByWord - 0.05, "foreign.inverse");
            std::swap(out_.back().from, out_.back().to);
            turned[static_cast<std::size_t>(i)] = true;
          }
          break;
        }
      }
    }
  }

  /// Where one object is called what the range is ("Kitt Peak Observatory"), the others are not it.
  void prefer_range(const ForeignProperty& p, std::size_t before) {
    if (p.range_noun.empty()) return;
    const auto named = [&](const Claim& claim) {
      const Thing* thing = s_.thing_at(claim.to.first);
      return thing != nullptr && s_.names(*thing, p.range_noun);
    };
    const auto from = out_.begin() + static_cast<std::ptrdiff_t>(before);
    if (std::none_of(from, out_.end(), named)) return;
    out_.erase(std::remove_if(from, out_.end(), [&](const Claim& one) { return !named(one); }),
               out_.end());
  }

  /// Words of a name tell of nothing but the name.
  bool in_name(int i) const {
    if (i >= topic_.first && i < topic_.last) return true;
    const Thing* thing = s_.thing_at(i);
    return thing != nullptr && (thing->kinds & ~static_cast<unsigned>(kDateThing)) != 0;
  }

  void behind(const ForeignProperty& p, int cue, int from, int reach, int rank, bool sure_kind,
              bool phrase) {
    int end = std::min(v_.size(), from + reach);
    bool any = false, passed = false;
    int depth = 0;
    for (int i = from; i < end; ++i) {
      const std::string& word = s_.word(i);
      if (word == "(" || word == "[") ++depth;
      if (word == ")" || word == "]") depth = std::max(0, depth - 1);
      if (depth > 0) {
        end = std::min(v_.size(), end + 1);
        continue;
      }
      if (word == "." || word == ";") break;
      const Thing* thing = s_.thing_at(i);
      if (thing == nullptr && v_.token(i).upos == Upos::Noun) passed = true;
      // Behind a noun of its own a preposition leads away: "species of oak endemic to".
      if (thing == nullptr && v_.token(i).upos == Upos::Adp && !any && (sure_kind || passed) &&
          word != "of" && word != "from" && word != "by") {
        break;
      }
      if (thing == nullptr) {
        const Upos upos = v_.token(i).upos;
        if ((p.kinds & kNounThing) != 0 && upos == Upos::Noun && !any && i < from + 4) {
          if (const int last = common(p, cue, i, rank); last > 0) {
            any = true;
            i = last - 1;
            end = std::min(v_.size(), last + 3);
            continue;
          }
        }
        // "directed by and starring Ann Lee"
        const bool chained = !any && i > 0 && (v_.word(i - 1) == "and" || v_.word(i - 1) == ",");
        if (upos == Upos::Verb && !chained) break;
        if (any &&
            (upos == Upos::Adp || upos == Upos::Sconj || upos == Upos::Aux || upos == Upos::Pron)) {
          // "starring A as B, and C": the role is none of the list.
          if (word == "as" && (p.kinds & kPersonThing) != 0) {
            const Thing* role = nullptr;
            int at = i + 1;
            while (at < std::min(v_.size(), i + 6) && role == nullptr) role = s_.thing_at(at++);
            if (role != nullptr) {
              i = role->last - 1;
              end = std::min(v_.size(), i + 6);
              continue;
            }
          }
          break;
        }
        if (any && upos == Upos::Noun && word != "actor" && word != "actress") {
          // What follows is described, not listed.
        }
        continue;
      }
      // "Ben Moor's 2009 book The Low Road": whose it is stands before it, and so does whose novel.
      if (s_.owner_of_next(p, *thing)) {
        i = thing->last;
        end = std::min(v_.size(), thing->last + 6);
        continue;
      }
      if (in_topic(*thing)) {
        if (any) break;
        i = thing->last - 1;
        continue;
      }
      // In a list of people one more name is one of them.
      const bool listed = any && (p.kinds & kPersonThing) != 0 && thing->first == i &&
                          (thing->kinds & kNameThing) != 0 && (thing->kinds & kCountryThing) == 0 &&
                          (v_.word(i - 1) == "," || v_.word(i - 1) == "and");
      // "played for Northwick": clubs, labels and papers are named like towns and people; right
      // behind the words that take one it is one.
      const bool named_so = phrase && i == from && (p.kinds & kGroupThing) != 0 &&
                            p.words.empty() && (thing->kinds & kNameThing) != 0 &&
                            (thing->kinds & (kCountryThing | kCupThing | kLeagueThing)) == 0 &&
                            ((p.kinds & kPersonThing) == 0 || (thing->kinds & kPlaceThing) == 0);
      if ((listed || named_so || s_.fits(p, *thing)) &&
          (!sure_kind || p.kinds == kNameThing || s_.strictly(p, *thing))) {
        add(p, *thing, cue, kByWord - 0.001 * rank + (p.words.empty() ? 0 : 0.02), "foreign.word");
        any = true;
        i = thing->last - 1;
        end = std::min(v_.size(), thing->last + 4);
        if (p.kinds == kDateThing) break;
        // Behind a place and its comma stands what it lies in.
        if ((thing->kinds & kPlaceThing) != 0 && (p.kinds & kPlaceThing) != 0 &&
            i + 1 < v_.size() && v_.word(i + 1) == ",") {
          break;
        }
        continue;
      }
      // Something else stands where the object would: a demonym or a date may pass.
      if ((thing->kinds & kNameThing) != 0 && (any || i == from)) break;
      if (sure_kind) break;
      i = thing->last - 1;
      end = std::min(v_.size(), std::max(end, thing->last + 3));
    }
  }

  /// "plays the double bass": a common noun with what is compounded with it; the token behind it.
  int common(const ForeignProperty& p, int cue, int i, int rank) {
    int last = i + 1, first = i;
    while (last < v_.size() && v_.token(last).upos == Upos::Noun && s_.thing_at(last) == nullptr)
      ++last;
    const auto part = [&](int k) {
      const Token& token = v_.token(k);
      return k > cue &&
             (token.upos == Upos::Noun || v_.word(k) == "-" || token.upos == Upos::Adj) &&
             s_.thing_at(k) == nullptr && !v_.tables.listed("bare_modifier", s_.word(k));
    };
    while (first > 0 && part(first - 1)) --first;
    if (v_.word(first) == "-") ++first;
    if (!s_.has_word(p, first, last)) return 0;
    Thing thing{first, last, last - 1, -1, kNounThing, s_.text(first, last)};
    add(p, thing, cue, kByWord - 0.001 * rank, "foreign.word");
    return last;
  }

  void in_front(const ForeignProperty& p, int cue) {
    const Thing* thing = s_.thing_at(cue - 1);
    if (thing == nullptr || in_topic(*thing) || thing->last != cue || !s_.fits(p, *thing)) return;
    if ((thing->kinds & kNameThing) == 0 && !s_.strictly(p, *thing)) return;
    add(p, *thing, cue, kByWord, "foreign.before");
  }

  Filler filler_of(const Thing& thing) const {
    Filler out;
    out.head = thing.head;
    out.mention = thing.mention;
    out.name = thing.name;
    out.first = thing.first;
    out.last = thing.last;
    return out;
  }

  void add(const ForeignProperty& p, const Thing& thing, int cue, double confidence,
           const char* by) {
    Claim claim;
    claim.relation = p.relation;
    claim.from = filler_of(topic_);
    claim.to = filler_of(thing);
    if ((thing.kinds & kDateThing) != 0) {
      claim.to.type = "Date";
      claim.qualifiers.date = s_.text(thing.first, thing.last);
    }
    claim.predicate = cue;
    claim.clause = v_.clause_of(cue);
    claim.confidence = topic_.first == main_.first ? confidence : 0.7 * confidence;
    claim.by = by;
    if (topic_.first != main_.first) claim.by += "+other";
    claim.as_it_is = true;
    if (topic_.first == main_.first && !said_of(claim)) return;
    out_.push_back(std::move(claim));
  }

  /// A clause with a subject of its own speaks of that: "Ann Lee denied that Night Train was based
  /// on Emma". False if the subject is another noun that names nothing.
  bool said_of(Claim& claim) const {
    if (claim.clause < 0) return true;
    const Clause& clause = v_.clauses[static_cast<std::size_t>(claim.clause)];
    if (clause.link != Deprel::Ccomp && clause.link != Deprel::Advcl &&
        clause.link != Deprel::Conj) {
      return true;
    }
    for (const Argument& one : clause.arguments) {
      if (one.role != Role::Subject || one.inherited) continue;
      if (one.head >= topic_.first && one.head < topic_.last) return true;
      const Thing* own = s_.thing_at(one.head);
      if (own == nullptr || (own->kinds & kNameThing) == 0) {
        return v_.token(one.head).upos == Upos::Pron || v_.token(one.head).upos == Upos::Det;
      }
      if (own->first == claim.to.first) return true;
      claim.from = filler_of(*own);
      return true;
    }
    return true;
  }

  const SentenceView& v_;
  const ForeignSentence s_;
  const std::vector<ForeignProperty>& properties_;
  const PropertyTable& table_;
  std::vector<Claim>& out_;
  int person_ = 0;
  Thing topic_, main_;
  std::vector<Thing> sports_;
};

}  // namespace

void claims_of_foreign(const SentenceView& view, std::vector<Claim>& out) {
  if (view.tables.properties().empty()) return;
  Finder(view, view.tables.properties(), view.tables.property_table(), out).find();
}

}  // namespace tercet
