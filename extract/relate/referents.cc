#include <algorithm>
#include <map>
#include <utility>

#include "base/ascii.h"
#include "extract/relate/claim.h"

namespace tercet {
namespace {

bool ends_with_vowel_consonant(std::string_view w) {
  static constexpr std::string_view kVowels = "aeiou";
  if (w.size() < 3) return false;
  const char last = w.back();
  const auto vowel = [](char c) { return kVowels.find(c) != std::string_view::npos; };
  if (w == "open") return false;  // stressed in front
  return !vowel(last) && last != 'w' && last != 'x' && last != 'y' && vowel(w[w.size() - 2]) &&
         !vowel(w[w.size() - 3]);
}

// Longer verbs double only under stress on the last syllable, which spelling does not show.
bool doubles_though_long(std::string_view w) {
  static constexpr std::string_view kDoubling[] = {
      "begin",  "refer",   "prefer", "occur",  "permit",   "admit",  "commit",
      "submit", "control", "compel", "propel", "transfer", "forget", "upset",
      "equip",  "deter",   "incur",  "outrun", "rebut"};
  return std::ranges::find(kDoubling, w) != std::end(kDoubling);
}

/// "support for Oolong, a tea grown in Assam": the name right before the comma is the tea, whatever
/// the parser has hung the apposition on. The name's head, or -1.
int name_before(const SentenceView& v, int apposition) {
  const int comma =
      v.extent(apposition).first - (v.word(v.extent(apposition).first) == "," ? 0 : 1);
  if (comma < 1 || v.word(comma) != ",") return -1;
  const auto here =
      std::ranges::equal_range(v.entities.mentions, v.sentence, {}, &Mention::sentence);
  for (auto at = here.begin(); at != here.end(); ++at) {
    if (at->kind == Mention::Kind::Name && at->last == comma && at->entity >= 0) return at->head;
  }
  return -1;
}

/// The names joined before token `before` of sentence `s`, nearest first: "Orla and Teapot merged,
/// but neither ...". Empty if there are none.
std::vector<int> joined_names(const SentenceView& v, int s, int before) {
  const auto here = std::ranges::equal_range(v.entities.mentions, s, {}, &Mention::sentence);
  const Sentence& tree = v.document.tree(s);
  std::map<int, int> names;  // by head
  for (auto at = here.begin(); at != here.end() && at->head < before; ++at) {
    if (at->kind == Mention::Kind::Name && at->entity >= 0)
      names[at->head] = static_cast<int>(at - v.entities.mentions.begin());
  }
  for (auto at = names.rbegin(); at != names.rend(); ++at) {
    const Token& last = tree.tokens[static_cast<std::size_t>(at->first)];
    if (last.deprel != Deprel::Conj || !names.contains(last.head)) continue;
    std::vector<int> out{names[last.head]};
    for (const auto& [head, mention] : names) {
      const Token& token = tree.tokens[static_cast<std::size_t>(head)];
      if (token.deprel == Deprel::Conj && token.head == last.head) out.push_back(mention);
    }
    return out;
  }
  return {};
}

/// "neither company", "both of them", "neither" alone: the two that were joined before, in this
/// sentence or the one before; empty if the word is none of these.
std::vector<Filler> both_of(const SentenceView& v, const Filler& filler) {
  static constexpr std::string_view kTwo[] = {"neither", "both", "either"};
  const auto two = [](std::string_view word) {
    return std::ranges::find(kTwo, word) != std::end(kTwo);
  };
  const int det = v.child(filler.head, Deprel::Det);
  const bool alone = two(ascii_lower(v.word(filler.head)));
  if (!alone && (det < 0 || !two(ascii_lower(v.word(det))))) return {};
  // "neither tea nor mugs", "both of its shops": told on the spot.
  if (v.child(filler.head, Deprel::Conj) >= 0) return {};
  const int inner = v.child(filler.head, Deprel::Nmod);
  if (inner >= 0 && v.token(inner).upos != Upos::Pron && v.token(inner).upos != Upos::Num)
    return {};
  std::vector<int> mentions = joined_names(v, v.sentence, filler.head);
  const bool here = !mentions.empty();
  if (!here && v.sentence > 0 &&
      v.document.sentences[static_cast<std::size_t>(v.sentence - 1)].block ==
          v.document.sentences[static_cast<std::size_t>(v.sentence)].block) {
    mentions = joined_names(v, v.sentence - 1,
                            static_cast<int>(v.document.tree(v.sentence - 1).tokens.size()));
  }
  std::vector<Filler> out;
  for (const int mention : mentions) {
    Filler one;
    one.mention = mention;
    one.head = here ? v.mention(mention).head : -1;
    one.inherited = true;
    one.weight = filler.weight * 0.95;
    one.via = "+both";
    out.push_back(std::move(one));
  }
  return out.size() == 2 ? out : std::vector<Filler>{};
}

}  // namespace

std::string gerund(std::string_view lemma) {
  std::string out(lemma);
  if (out == "be") return "being";
  if (out.ends_with("ie")) return out.substr(0, out.size() - 2) + "ying";
  if (out.ends_with("e") && !out.ends_with("ee") && !out.ends_with("ye") && !out.ends_with("oe")) {
    out.pop_back();
    return out + "ing";
  }
  if ((out.size() <= 4 && ends_with_vowel_consonant(out)) || doubles_though_long(out))
    out += out.back();
  return out + "ing";
}

std::string name_of_clause(const SentenceView& v, int index) {
  const Clause& clause = v.clauses[static_cast<std::size_t>(index)];
  if (clause.kind != Clause::Kind::Verbal) return {};
  const int predicate = clause.predicate;
  std::string out = ascii_lower(gerund(v.token(predicate).lemma));
  int last = predicate, words = 1;
  for (const int child : v.children(predicate)) {
    if (child < predicate) continue;
    const Deprel deprel = v.token(child).deprel;
    const bool part = deprel == Deprel::Obj || deprel == Deprel::Obl ||
                      deprel == Deprel::CompoundPrt || deprel == Deprel::Advmod ||
                      deprel == Deprel::Iobj || deprel == Deprel::OblUnmarked ||
                      deprel == Deprel::Xcomp;
    if (!part) break;
    last = v.extent(child).second;
    for (const int inner : v.children(child)) {
      const Deprel d = v.token(inner).deprel;
      const bool behind = d == Deprel::AclRelcl || d == Deprel::Advcl || d == Deprel::Conj ||
                          d == Deprel::Appos || d == Deprel::Parataxis ||
                          (d == Deprel::Punct && inner > child);
      if (behind) {
        last = std::min(last, v.extent(inner).first - 1);
      }
    }
    if (last < v.extent(child).second) break;
  }
  for (int i = predicate + 1; i <= last && words < 12; ++i) {
    const Token& token = v.token(i);
    if (token.upos == Upos::Det &&
        (token.lemma == "the" || token.lemma == "a" || token.lemma == "an"))
      continue;
    if (token.upos == Upos::Pron && token.deprel == Deprel::NmodPoss && i == predicate + 1)
      continue;
    if (token.upos == Upos::Punct && i == last) continue;
    if (!token.joined && (i == predicate + 1 || v.token(i - 1).space_after || true)) {
      const bool glued = i > predicate + 1 && !v.token(i - 1).space_after;
      if (!glued || out.empty()) out += ' ';
    }
    out += v.word(i);
    ++words;
  }
  return words >= 2 ? out : std::string();
}

int called(const SentenceView& v, int noun) {
  for (const int child : v.children(noun)) {
    if (v.token(child).deprel != Deprel::Acl || !v.tables.listed("call", v.token(child).lemma))
      continue;
    for (const int inner : v.children(child)) {
      const Deprel deprel = v.token(inner).deprel;
      if (deprel != Deprel::Obj && deprel != Deprel::Xcomp && deprel != Deprel::Obl) continue;
      if (deprel == Deprel::Obl && v.preposition_of(inner) != "as") continue;
      const int mention = v.mention_at(inner);
      if (mention >= 0 && v.mention(mention).kind == Mention::Kind::Name) return inner;
    }
  }
  return -1;
}

std::vector<Filler> referents(const SentenceView& v, const Filler& filler) {
  std::vector<Filler> out{filler};
  if (filler.head < 0) return out;
  if (std::vector<Filler> both = both_of(v, filler); !both.empty()) return both;
  Filler& first = out.front();
  const auto move_to = [&](int head, const char* via) {
    const int mention = v.mention_at(head);
    if (mention < 0) return;
    first.head = head;
    first.mention = mention;
    first.clause = -1;
    first.weight *= 0.95;
    first.via += via;
  };
  if (first.mention >= 0 && v.mention(first.mention).kind == Mention::Kind::Nominal) {
    const Token& token = v.token(first.head);
    int name = -1;
    for (const int child : v.children(first.head)) {
      if (v.token(child).deprel != Deprel::Appos) continue;
      const int mention = v.mention_at(child);
      if (mention >= 0 && v.mention(mention).kind == Mention::Kind::Name &&
          std::ranges::none_of(v.entities.aliases, [&](const AliasEvidence& alias) {
            return alias.alias_mention == mention;
          })) {
        name = child;
      }
    }
    if (name < 0) name = called(v, first.head);
    if (name >= 0) {
      move_to(name, "+appos");
    } else if (token.deprel == Deprel::Appos && token.head >= 0 && filler.inherited) {
      const int nearest = name_before(v, first.head);
      move_to(nearest >= 0 ? nearest : token.head, "+appos");
    } else if (filler.inherited) {
      const int copular = v.clause_at(first.head);
      if (copular >= 0 &&
          v.clauses[static_cast<std::size_t>(copular)].kind == Clause::Kind::Copular) {
        for (const Argument& a : v.clauses[static_cast<std::size_t>(copular)].arguments) {
          if (a.role == Role::Subject) {
            move_to(a.head, "+cop");
            break;
          }
        }
      }
    }
  }
  if (const std::string& lemma = v.token(filler.head).lemma;
      lemma == "that" || lemma == "those" || v.word(filler.head) == "those") {
    // "those of rivals like X": whose they are is all that is said.
    std::vector<Filler> owners;
    std::vector<int> below = v.children(filler.head);
    // The parser may hang the phrase on the verb: "outrun those of Brio".
    if (const int verb = v.token(filler.head).head; verb >= 0) {
      for (const int one : v.children(verb)) {
        if (v.token(one).deprel == Deprel::Obl && v.extent(one).first == filler.head + 1)
          below.push_back(one);
      }
    }
    for (const int child : below) {
      const Deprel deprel = v.token(child).deprel;
      if (deprel != Deprel::Nmod && deprel != Deprel::Obl) continue;
      if (v.preposition_of(child) != "of") continue;
      for (const int each : v.with_conjuncts(child)) {
        Filler owner;
        owner.head = each;
        owner.mention = v.mention_at(each);
        owner.weight = filler.weight;
        owner.via = "+those";
        if (owner.mention < 0 || v.word(each) == "those" || v.word(each) == "that") continue;
        for (Filler& one : referents(v, owner)) owners.push_back(std::move(one));
      }
    }
    if (!owners.empty()) return owners;
  }
  // "frameworks such as X and Y": what holds of the class is said of its examples.
  for (const int each : examples_of(v, filler.head)) {
    Filler example;
    example.head = each;
    example.mention = v.mention_at(each);
    example.inherited = filler.inherited;
    example.weight = filler.weight * 0.9;
    example.via = "+example";
    if (example.mention >= 0) out.push_back(std::move(example));
  }
  return out;
}

}  // namespace tercet
