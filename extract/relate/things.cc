#include "extract/relate/things.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "extract/entity/words.h"
#include "extract/relate/word_forms.h"
#include "extract/relate/written_date.h"

namespace tercet {
namespace {

constexpr std::string_view kAwardHeads =
    "|Award|Awards|Prize|Medal|Trophy|Oscar|Grammy|Emmy|Globe|Cross|Order|BAFTA|Légion|";
constexpr std::string_view kLeagueHeads =
    "|League|Series|Bundesliga|Liga|Ligue|Serie|Division|Conference|NBA|NFL|NHL|MLB|MLS|"
    "Premiership|Eredivisie|Superliga|";
constexpr std::string_view kCupHeads =
    "|Cup|Cups|Championship|Championships|Tournament|Open|Masters|Tour|Slam|Prix|Bowl|Shield|"
    "Challenge|Trophy|";
constexpr std::string_view kEventHeads =
    "|War|Wars|Battle|Siege|Campaign|Rebellion|Revolution|Invasion|Olympics|Games|Election|"
    "Elections|Revolt|Uprising|Operation|Offensive|Crisis|Conflict|Festival|Insurrection|Mutiny|";
constexpr std::string_view kPlaceHeads =
    "|Observatory|Station|Stadium|Island|Islands|County|River|Lake|Mountains|Mountain|Sea|Ocean|"
    "Park|Valley|Peak|Bay|Province|District|Street|Airport|Arena|Garden|Mount|Beach|Complex|"
    "Peninsula|Creek|Range|Basin|Castle|City|";
constexpr std::string_view kGroupHeads =
    "|Studio|Studios|Productions|Pictures|Entertainment|Records|Press|Books|Company|Corporation|"
    "Inc|Ltd|University|College|Institute|School|Party|Army|Navy|Force|Corps|FC|F.C.|SC|United|"
    "Club|Games|Films|Media|Publishing|Publications|Group|Association|Society|Council|Assembly|"
    "Parliament|Senate|Regiment|Brigade|Division|Squadron|Systems|Software|Technologies|"
    "Interactive|Verlag|Agency|Committee|Museum|Academy|";

class Finder {
 public:
  Finder(const SentenceView& view, const PropertyTable& table) : v_(view), t_(table) {}

  std::vector<Thing> find() {
    int i = 0;
    while (i < v_.size()) {
      Thing thing;
      if (date(i, thing) || listed(i, thing) || name(i, thing)) {
        i = thing.last;
        out_.push_back(std::move(thing));
      } else {
        ++i;
      }
    }
    return std::move(out_);
  }

  std::vector<Thing> sports() {
    std::set<std::string> seen;
    for (int i = 0; i < v_.size();) {
      Thing thing;
      if (!kind_of_sport(i, thing)) {
        ++i;
        continue;
      }
      // "rugby league football" is one sport.
      const bool goes_on = !out_.empty() && out_.back().last == i;
      i = (thing.kinds & kClassThing) != 0 ? i + 1 : thing.last;
      if (!goes_on && seen.insert(thing.name).second) out_.push_back(std::move(thing));
    }
    return std::move(out_);
  }

 private:
  std::string text(int first, int last) const {
    return std::string(view(v_.text(), {v_.token(first).span.begin, v_.token(last - 1).span.end}));
  }

  bool date(int i, Thing& out) const {
    int last = i;
    std::string name = written_date(v_, i, last);
    if (name.empty()) return false;
    out = {i, last, last - 1, -1, kDateThing, std::move(name)};
    return true;
  }

  /// Of three words at most: the longest entry of `names` that starts at token i.
  template <typename Names>
  int entry(const Names& names, int i, std::string& found) const {
    for (int n = std::min(4, v_.size() - i); n > 0; --n) {
      const std::string words = text(i, i + n);
      const auto at = names.find(words);
      if (at == names.end()) continue;
      found = words;
      return i + n;
    }
    return -1;
  }

  /// Countries, what is of them, peoples, languages: known by their names.
  bool listed(int i, Thing& out) const {
    if (!starts_upper(v_.word(i))) return false;
    std::string words;
    unsigned kinds = 0;
    std::string name;
    int last = -1;
    const auto take = [&](int end, unsigned kind, const std::string& called) {
      if (end < 0 || end < last) return;
      if (end > last) {
        kinds = 0;
        name.clear();
      }
      last = end;
      kinds |= kind;
      if (name.empty()) name = called;
    };
    if (const int end = entry(t_.countries, i, words); end > 0)
      take(end, kCountryThing | kPlaceThing | kNameThing, words);
    if (const int end = entry(t_.languages, i, words); end > 0) take(end, kLanguageThing, words);
    if (const int end = entry(t_.peoples, i, words); end > 0) take(end, kPeopleThing, words);
    if (const int end = entry(t_.country_of, i, words); end > 0) take(end, 0, words);
    if (last < 0) return false;
    if (t_.country_of.contains(words_of(i, last)) && describes(last - 1)) {
      kinds &= ~static_cast<unsigned>(kLanguageThing | kPeopleThing);
    }
    // Inside a longer name ("American Film Institute") it is no thing of its own.
    const bool noun = v_.token(last - 1).upos == Upos::Propn;
    if (last < v_.size() && noun && name_word(last) && !(kinds & kCountryThing)) return false;
    if (last < v_.size() && (kinds & kCountryThing) && name_word(last) &&
        v_.token(last).upos == Upos::Propn) {
      return false;
    }
    out = {i, last, last - 1, v_.entities.mention_at(v_.sentence, last - 1), kinds, name};
    return true;
  }

  std::string words_of(int first, int last) const { return text(first, last); }

  /// "Italian painter" is of no language, "Italian poetry" is.
  bool describes(int i) const {
    if (i + 1 >= v_.size()) return false;
    const Upos next = v_.token(i + 1).upos;
    if (next != Upos::Noun && next != Upos::Adj && next != Upos::Propn) return false;
    return !one_of(
        "|language|literature|poetry|translation|poet|version|dialect|grammar|prose|text|"
        "edition|word|words|name|title|speaker|people|tribe|descent|origin|ancestry|",
        lower_case(v_.word(i + 1)));
  }

  /// "women's volleyball" and "rugby league" are found by the list of sports.
  bool kind_of_sport(int i, Thing& out) const {
    const std::string word = lower_case(v_.word(i));
    const bool gender = word == "men" || word == "women";
    if (gender && i + 2 < v_.size() && v_.token(i + 1).xpos == Xpos::POS) {
      int at = i + 2;
      while (at < v_.size() && at < i + 6 && !sport_at(at)) ++at;
      const int end = at < v_.size() ? sport_at(at) : 0;
      if (end > 0 && end <= i + 8) {
        out = {i, end, end - 1, -1, kClassThing, {}};
        out.name = word + "'s " + lower_case(text(at, end));
        return true;
      }
    }
    const int end = sport_at(i);
    if (end == 0) return false;
    out = {i, end, end - 1, -1, kSportThing, lower_case(text(i, end))};
    return true;
  }

  int sport_at(int i) const {
    for (int n = std::min(3, v_.size() - i); n > 0; --n) {
      if (v_.tables.listed("sport", lower_case(text(i, i + n)))) return i + n;
    }
    return 0;
  }

  bool name_word(int i) const {
    const Token& token = v_.token(i);
    const std::string_view word = v_.word(i);
    if (token.upos == Upos::Punct || token.upos == Upos::Aux) return false;
    // "European clubs": what only describes a common noun is no name.
    if (token.upos == Upos::Adj && i + 1 < v_.size() && !starts_upper(v_.word(i + 1)) &&
        v_.token(i + 1).upos == Upos::Noun && !has_digit(word)) {
      return false;
    }
    if (token.upos == Upos::Propn) return starts_upper(word) || has_upper(word) || word.size() > 3;
    if (!starts_upper(word) && !(has_digit(word) && has_upper(word))) return false;
    if (i == 0 || v_.word(i - 1) == "\"")
      return token.upos != Upos::Det && token.upos != Upos::Pron && token.upos != Upos::Adp &&
             token.upos != Upos::Adv && token.upos != Upos::Sconj && token.upos != Upos::Cconj &&
             token.upos != Upos::Verb;
    return token.upos != Upos::Pron && token.upos != Upos::Det;
  }

  bool name(int i, Thing& out) const {
    if (!name_word(i)) return false;
    int last = i + 1;
    bool award = one_of(kAwardHeads, v_.word(i));
    const int article = i > 1 && (v_.word(i - 1) == "The" || v_.word(i - 1) == "A") ? i - 1 : i;
    // "the novel The Master and Margarita": behind what a work is called comes its whole title.
    const bool title =
        article > 0 && v_.tables.listed("work_noun", lower_case(v_.word(article - 1)));
    while (last < v_.size()) {
      if (name_word(last)) {
        award = award || one_of(kAwardHeads, v_.word(last));
        ++last;
        continue;
      }
      const std::string_view word = v_.word(last);
      const bool more = last + 1 < v_.size() && name_word(last + 1);
      // "Expedition 31", "Apollo 7", "Commodore 64"; "8-bit" keeps its hyphen.
      if (v_.token(last).upos == Upos::Num && !is_year(word) && word.size() <= 5) {
        ++last;
        continue;
      }
      if ((word == "-" || word == "/" || word == "–") && last + 1 < v_.size() &&
          !v_.token(last).space_after && !v_.token(last - 1).space_after) {
        last += 2;
        continue;
      }
      if (one_of("|of|de|von|van|der|den|du|del|della|da|di|la|le|el|al|bin|&|y|e|", word) &&
          more && v_.token(last + 1).upos != Upos::Num) {
        ++last;
        continue;
      }
      if ((word == "of" || (award && word == "for")) && last + 2 < v_.size() &&
          v_.word(last + 1) == "the" && name_word(last + 2)) {
        last += 2;
        continue;
      }
      if (title && one_of("|and|for|in|to|with|on|the|at|from|", word) &&
          (more || (last + 2 < v_.size() && one_of("|the|a|of|", v_.word(last + 1)) &&
                    name_word(last + 2)))) {
        last += more ? 1 : 2;
        continue;
      }
      if (award && (word == "for" || word == "in") && more) {
        ++last;
        continue;
      }
      break;
    }
    out = {i, last, i, -1, 0, {}};
    settle(out);
    if ((title ||
         (out.kinds & (kWorkThing | kPersonThing | kGroupThing | kPlaceThing)) == kWorkThing) &&
        article < i && out.first == i) {
      out.first = article;
      out.name = text(article, out.last);
    }
    if (title) {
      out.kinds |= kWorkThing;
      out.kinds &= ~static_cast<unsigned>(kPersonThing | kPlaceThing | kGroupThing);
    }
    return true;
  }

  /// The mention that says most of these words, its head and what kind of thing that is.
  void settle(Thing& out) const {
    int best = -1, most = 0;
    const auto here =
        std::ranges::equal_range(v_.entities.mentions, v_.sentence, {}, &Mention::sentence);
    for (auto one = here.begin(); one != here.end(); ++one) {
      if (one->kind != Mention::Kind::Name || one->entity < 0) continue;
      if (one->first >= out.last || one->last <= out.first) continue;
      const int shared = std::min(one->last, out.last) - std::max(one->first, out.first);
      if (shared <= most) continue;
      most = shared;
      best = static_cast<int>(one - v_.entities.mentions.begin());
    }
    std::string type;
    double sure = 0;
    if (best >= 0) {
      const Mention& mention = v_.mention(best);
      type = v_.entity_of(best).type;
      sure = v_.entity_of(best).type_confidence;
      out.head = mention.head;
      out.mention = best;
      if (mention.first != out.first || mention.last != out.last) {
        const bool award = one_of(kAwardHeads, v_.word(out.last - 1));
        // "the Ursa Major constellation" is called Ursa Major.
        const bool noun = mention.last > out.last && v_.token(out.last).upos == Upos::Noun &&
                          !starts_upper(v_.word(out.last));
        if (mention.first <= out.first && mention.last >= out.last && !award && !noun &&
            !enumerates(mention))
          out = {mention.first, mention.last, mention.head, best, 0, {}};
        else
          out.name = text(out.first, out.last);
      }
    } else {
      out.head = out.last - 1;
      for (int i = out.first; i < out.last; ++i) {
        const int above = v_.token(i).head;
        if (above < out.first || above >= out.last) {
          out.head = i;
          break;
        }
      }
      out.name = text(out.first, out.last);
    }
    // "current Prime Minister"
    bool trimmed = false;
    while (out.first + 1 < out.last && v_.token(out.first).upos == Upos::Adj &&
           !starts_upper(v_.word(out.first)) && !has_digit(v_.word(out.first))) {
      ++out.first;
      trimmed = true;
    }
    if (trimmed) out.name = text(out.first, out.last);
    out.kinds = kNameThing | kinds_of(out, type, sure);
  }

  /// "BBC Micro and Acorn Electron" is two things.
  bool enumerates(const Mention& mention) const {
    const std::string& type = v_.entities.entities[static_cast<std::size_t>(mention.entity)].type;
    if (type == "Work") return false;
    for (int i = mention.first; i < mention.last; ++i) {
      const std::string_view word = v_.word(i);
      if (word == "," || word == "and" || v_.token(i).xpos == Xpos::POS) return true;
    }
    return false;
  }

  unsigned kinds_of(const Thing& thing, const std::string& type, double sure) const {
    unsigned out = 0;
    bool coded = false, award = false;
    for (int i = thing.first; i < thing.last; ++i) {
      const std::string_view word = v_.word(i);
      coded = coded || has_digit(word);
      award = award || one_of(kAwardHeads, word);
      if (one_of(kLeagueHeads, word)) out |= kLeagueThing;
      if (one_of(kCupHeads, word)) out |= kCupThing;
      if (one_of(kEventHeads, word)) out |= kEventThing;
      if (one_of(kPlaceHeads, word)) out |= kPlaceThing;
      if (one_of(kGroupHeads, word)) out |= kGroupThing;
    }
    // "at the 86th Academy Awards" is an evening.
    if (award) return v_.word(thing.last - 1) == "Awards" ? kEventThing : kAwardThing;
    if (coded) out |= kCodeThing;
    if ((out & kCupThing) != 0) out &= ~static_cast<unsigned>(kLeagueThing);
    if ((out & (kLeagueThing | kCupThing)) != 0 && (out & kGroupThing) == 0) return out;
    if (type == "Person") return out == 0 || sure > 0.9 ? out | kPersonThing : out;
    if (type == "Place" || type == "Location") return out | kPlaceThing;
    if (type == "Organization") return out | kGroupThing;
    if (type == "Event") return out | kEventThing;
    if (type == "Work") return out | kWorkThing;
    if (type == "Product" || type == "Service" || type == "Technology")
      return out | kWorkThing | (out == 0 ? kGroupThing : 0U);
    // Nobody has told: it may be a work, a company or a place, people only by the look of it.
    out |= kWorkThing | kGroupThing | kPlaceThing;
    if (thing.last - thing.first >= 2 && thing.last - thing.first <= 4 && !coded)
      out |= kPersonThing;
    return out;
  }

  const SentenceView& v_;
  const PropertyTable& t_;
  std::vector<Thing> out_;
};

}  // namespace

std::vector<Thing> find_things(const SentenceView& view, const PropertyTable& table) {
  return Finder(view, table).find();
}

std::vector<Thing> find_sports(const SentenceView& view, const PropertyTable& table) {
  return Finder(view, table).sports();
}

}  // namespace tercet
