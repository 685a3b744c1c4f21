#include "extract/entity/chains.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "base/one_of.h"
#include "extract/entity/words.h"

namespace tercet {
namespace {

constexpr std::size_t kWindow = 6;  // phrases of the same noun looked back at

/// Does a noun phrase have its head here?
bool heads_phrase(const Words& w, int i) {
  const Token& token = w[i];
  switch (token.deprel) {
    case Deprel::Flat:
    case Deprel::Fixed:
    case Deprel::Goeswith:
    case Deprel::Expl:
    case Deprel::Case:
    case Deprel::Mark:
    case Deprel::Cc:
    case Deprel::Discourse:
    case Deprel::Advmod:
      return false;
    default:
      break;
  }
  if (token.upos == Upos::Pron) {
    return !one_of(w.lower(i), {"there", "that", "which", "who", "whom", "what", "whose"}) ||
           (w.lower(i) == "that" && token.xpos == Xpos::DT);
  }
  if (token.upos == Upos::Noun || token.upos == Upos::Propn) return true;
  return token.upos == Upos::Num && token.deprel != Deprel::Nummod &&
         token.deprel != Deprel::Compound;
}

/// Part of the phrase, or of the sentence around it?
bool belongs(const Words& w, int head, int child) {
  switch (w[child].deprel) {
    case Deprel::Case:
      return w[child].xpos == Xpos::POS && child > head;
    case Deprel::Cc:
    case Deprel::CcPreconj:
    case Deprel::Conj:
    case Deprel::Punct:
    case Deprel::Cop:
    case Deprel::Aux:
    case Deprel::Mark:
    case Deprel::Nsubj:
    case Deprel::NsubjOuter:
    case Deprel::NsubjPass:
    case Deprel::Csubj:
    case Deprel::CsubjOuter:
    case Deprel::Expl:
    case Deprel::Parataxis:
    case Deprel::Discourse:
    case Deprel::Vocative:
    case Deprel::Dislocated:
    case Deprel::List:
    case Deprel::Orphan:
    case Deprel::Reparandum:
    case Deprel::Advcl:
    case Deprel::Obl:
    case Deprel::Appos:
    case Deprel::Dep:
      return false;
    case Deprel::NmodUnmarked:
      return w[child].upos != Upos::Num;  // "Author (2011)"
    case Deprel::Advmod:
      return child < head && w.child(head, Deprel::Cop) < 0 &&
             !one_of(w.lower(child),
                     {"how", "even", "when", "where", "why", "then", "also", "thus"});
    default:
      return true;
  }
}

enum class Article : std::uint8_t { None, Definite, Demonstrative, Indefinite, Other };

/// A noun phrase that later ones with the same head noun may mean again.
struct Described {
  int sentence = 0, chain = 0;
  bool name = false, plural = false;
  Article article = Article::None;
  std::vector<std::string> modifiers;  ///< lemmas, sorted
};

Described described(const Words& w, int i, int sentence, int chain) {
  Described out;
  out.sentence = sentence;
  out.chain = chain;
  out.name = w[i].upos == Upos::Propn;
  out.plural = w[i].xpos == Xpos::NNS || w[i].xpos == Xpos::NNPS;
  for (const int child : w.children(i)) {
    switch (w[child].deprel) {
      case Deprel::Det: {
        const std::string& low = w.lower(child);
        out.article = low == "the"                                      ? Article::Definite
                      : one_of(low, {"this", "that", "these", "those"}) ? Article::Demonstrative
                      : one_of(low, {"a", "an"})                        ? Article::Indefinite
                                                                        : Article::Other;
        break;
      }
      case Deprel::NmodPoss:
        out.article = Article::Other;
        out.modifiers.push_back("of " + w.lemma(child));
        break;
      case Deprel::Amod:
      case Deprel::Compound:
      case Deprel::Nmod:
      case Deprel::NmodDesc:
      case Deprel::NmodUnmarked:
      case Deprel::Acl:
      case Deprel::AclRelcl:
      case Deprel::Nummod:
        out.modifiers.push_back(w.lemma(child));
        break;
      default:
        break;
    }
  }
  std::ranges::sort(out.modifiers);
  return out;
}

/// Do two phrases with the same head noun mean the same thing more often than not? Decided by
/// counting pairs in the train set of UD_English-GUM (free genres): by article, by whether the
/// modifiers are the same or some are left out now, and by how many sentences lie between.
bool means_again(const Described& before, const Described& now) {
  const int distance = now.sentence - before.sentence;
  const bool same = before.modifiers == now.modifiers;
  const bool bare = now.modifiers.empty();
  if (same && now.name) return true;
  if (same) {
    switch (now.article) {
      case Article::Indefinite:
        return !bare && distance <= 3;
      case Article::None:
        return !now.plural || !bare || distance <= 3;
      default:
        return true;
    }
  }
  if (!std::ranges::includes(before.modifiers, now.modifiers)) return false;
  if (now.name) return true;
  if (now.article != Article::Definite && now.article != Article::Demonstrative) return false;
  return distance <= (bare ? 3 : 10);
}

class Sets {
 public:
  int add() {
    parent_.push_back(static_cast<int>(parent_.size()));
    return parent_.back();
  }
  int root(int i) {
    while (parent_[static_cast<std::size_t>(i)] != i) {
      int& up = parent_[static_cast<std::size_t>(i)];
      up = parent_[static_cast<std::size_t>(up)];
      i = up;
    }
    return i;
  }
  void join(int a, int b) {
    a = root(a);
    b = root(b);
    parent_[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
  }

 private:
  std::vector<int> parent_;
};

}  // namespace

std::vector<ChainMention> coreference_chains(const AnalysedDocument& document,
                                             const DocumentEntities& entities) {
  std::vector<ChainMention> out;
  Sets sets;
  std::map<std::string_view, int> speakers;
  std::map<int, int> of_entity;  // chain of its last mention
  std::map<std::string, std::vector<Described>, std::less<>> by_noun;
  auto mention = entities.mentions.begin();
  for (int s = 0; s < static_cast<int>(document.sentences.size()); ++s) {
    const Words w(document.block_of(s).text, document.tree(s));
    std::vector<const Mention*> mention_at(static_cast<std::size_t>(w.size()), nullptr);
    for (; mention != entities.mentions.end() && mention->sentence == s; ++mention) {
      if (mention->kind == Mention::Kind::Literal || mention->entity < 0) continue;
      mention_at[static_cast<std::size_t>(mention->head)] = &*mention;
    }
    const auto begin = static_cast<std::ptrdiff_t>(out.size());
    std::vector<std::pair<int, int>> appositions;
    std::map<int, int> by_head;
    for (int i = 0; i < w.size(); ++i) {
      if (!heads_phrase(w, i)) continue;
      ChainMention one;
      one.sentence = s;
      one.first = one.head = i;
      one.last = i + 1;
      for (const int child : w.children(i)) {
        if (!belongs(w, i, child)) continue;
        one.first = std::min(one.first, w.first_below(child));
        one.last = std::max(one.last, w.last_below(child) + 1);
      }
      while (one.first < i && (w[one.first].upos == Upos::Punct)) ++one.first;
      one.chain = sets.add();
      by_head[i] = one.chain;
      const Mention* known = mention_at[static_cast<std::size_t>(i)];
      if (w[i].upos != Upos::Pron) {
        Described mine = described(w, i, s, one.chain);
        std::vector<Described>& others = by_noun[w.lemma(i)];
        std::size_t looked = 0;
        for (auto other = others.rbegin(); other != others.rend() && looked < kWindow;
             ++other, ++looked) {
          if (!means_again(*other, mine)) continue;
          sets.join(other->chain, one.chain);
          break;
        }
        others.push_back(std::move(mine));
      }
      if (known != nullptr) {
        one.type = entities.entities[static_cast<std::size_t>(known->entity)].type;
        const auto [last, fresh] = of_entity.try_emplace(known->entity, one.chain);
        // Common nouns are one entity wherever they stand; here each must mean the same again.
        const bool again = known->kind != Mention::Kind::Nominal || known->antecedent;
        if (!fresh && again) sets.join(last->second, one.chain);
        last->second = one.chain;
      } else if (w[i].upos == Upos::Pron) {
        const std::string& low = w.lower(i);
        std::string_view who;
        if (one_of(low, {"i", "me", "my", "mine", "myself"})) who = "i";
        if (one_of(low, {"we", "us", "our", "ours", "ourselves"})) who = "we";
        if (one_of(low, {"you", "your", "yours", "yourself", "yourselves"})) who = "you";
        if (!who.empty()) {
          const auto [speaker, fresh] = speakers.try_emplace(who, one.chain);
          if (!fresh) sets.join(speaker->second, one.chain);
        }
      }
      if (w[i].deprel == Deprel::Appos && w[i].head >= 0) appositions.emplace_back(w[i].head, i);
      out.push_back(std::move(one));
    }
    for (const auto& [a, b] : appositions) {
      if (by_head.contains(a)) sets.join(by_head[a], by_head[b]);
    }
    std::ranges::sort(
        out.begin() + begin, out.end(), [](const ChainMention& a, const ChainMention& b) {
          return std::tuple(a.first, -a.last, a.head) < std::tuple(b.first, -b.last, b.head);
        });
  }
  std::map<int, int> numbers;
  for (ChainMention& one : out) {
    one.chain =
        numbers.try_emplace(sets.root(one.chain), static_cast<int>(numbers.size())).first->second;
  }
  return out;
}

std::vector<std::vector<std::string>> entity_columns(const AnalysedDocument& document,
                                                     const std::vector<ChainMention>& mentions) {
  std::vector<std::vector<std::string>> out;
  for (const AnalysedSentence& one : document.sentences) {
    out.emplace_back(one.sentence.tokens.size());
  }
  // Inner mentions close before outer ones: the later it began, the earlier it closes.
  for (auto one = mentions.rbegin(); one != mentions.rend(); ++one) {
    if (one->last == one->first + 1) continue;
    out[static_cast<std::size_t>(one->sentence)][static_cast<std::size_t>(one->last - 1)] +=
        std::to_string(one->chain + 1) + ')';
  }
  std::vector<std::vector<std::string>> opened(out.size());
  for (std::size_t s = 0; s < out.size(); ++s) opened[s].resize(out[s].size());
  for (const ChainMention& one : mentions) {
    opened[static_cast<std::size_t>(one.sentence)][static_cast<std::size_t>(one.first)] +=
        '(' + std::to_string(one.chain + 1) + '-' + (one.type.empty() ? "Other" : one.type) + '-' +
        std::to_string(one.head - one.first + 1) + (one.last == one.first + 1 ? ")" : "");
  }
  for (std::size_t s = 0; s < out.size(); ++s) {
    for (std::size_t i = 0; i < out[s].size(); ++i) {
      out[s][i] = opened[s][i] + out[s][i];
      if (!out[s][i].empty()) out[s][i] = "Entity=" + out[s][i];
    }
  }
  return out;
}

}  // namespace tercet
