#include "extract/relate/described.h"

#include <string>

namespace tercet {

std::vector<Described> described(const SentenceView& v, const ForeignSentence& s,
                                 const ForeignProperty& p, int topic_end,
                                 const PropertyTable& table) {
  std::vector<Described> out;
  if (p.described.empty()) return out;
  const int head = s.kind_noun(topic_end);
  if (head < 0) return out;
  int first = head;
  while (first > topic_end && v.token(first - 1).upos != Upos::Det &&
         v.token(first - 1).upos != Upos::Aux && v.token(first - 1).upos != Upos::Verb) {
    --first;
  }
  if (p.described == "year" || p.described == "demonym") {
    for (const Thing& thing : s.things()) {
      if (thing.first < first || thing.last > head) continue;
      if (p.described == "year" && (thing.kinds & kDateThing) != 0)
        out.push_back({thing, head, "foreign.kind"});
      if (p.described != "demonym") continue;
      Thing country = thing;
      const auto of = table.country_of.find(std::string(
          view(v.text(), {v.token(thing.first).span.begin, v.token(thing.last - 1).span.end})));
      if (of == table.country_of.end()) continue;
      country.name = of->second;
      country.mention = -1;
      out.push_back({country, head, "foreign.demonym"});
    }
    return out;
  }
  const auto modifier = [&](int i) {
    const Token& token = v.token(i);
    if (v.tables.listed("bare_modifier", s.word(i))) return false;
    if (v.word(i) == "-") return true;
    if (token.upos == Upos::Noun) return true;
    if (p.described == "head" && token.upos == Upos::Propn) return true;
    if (p.described == "genre" && (token.upos == Upos::Adj || token.upos == Upos::Propn)) {
      return v.tables.listed("genre_adjective", s.word(i));
    }
    return token.upos == Upos::Adj && s.thing_at(i) == nullptr && token.xpos != Xpos::JJS;
  };
  for (const int noun : v.with_conjuncts(head)) {
    if (v.token(noun).upos != Upos::Noun) continue;
    int from = noun;
    while (from > first && modifier(from - 1)) --from;
    while (from < noun && v.word(from) == "-") ++from;
    Thing thing{from, noun + 1, noun, -1, kNounThing, {}};
    if (p.described == "genre") {
      if (noun != head) continue;
      const std::string& word = s.word(noun);
      const bool plain = v.tables.listed("work_class", word);
      if (!plain && !v.tables.listed("genre_noun", word)) continue;
      // "crime television film": what says nothing of the kind goes, and the film with it.
      if (plain) {
        int last = noun;
        while (last > first && v.tables.listed("bare_modifier", s.word(last - 1))) --last;
        from = last;
        while (from > first && modifier(from - 1)) --from;
        if (from == last) continue;
        const bool together = last == noun && last - from == 1;
        thing = {from, together ? noun + 1 : last, noun, -1, kNounThing, {}};
      }
      while (v.word(thing.first) == "-") ++thing.first;
    } else if (p.described != "head") {
      continue;
    }
    if (!s.has_word(p, thing.first, thing.last)) continue;
    thing.name = s.text(thing.first, thing.last);
    out.push_back({thing, noun, "foreign.kind"});
  }
  return out;
}

}  // namespace tercet
