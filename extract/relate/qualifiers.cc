#include "extract/relate/qualifiers.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/one_of.h"

namespace tercet {
namespace {

class Qualifying {
 public:
  Qualifying(const SentenceView& view, const Claim& claim) : v_(view), claim_(claim) {
    add_word(claim.predicate);
    if (claim.clause >= 0) add_word(v_.clauses[static_cast<std::size_t>(claim.clause)].predicate);
    bare_ = words_.size();
    add_word(claim.to.head);
  }

  void fill(Qualifiers& out) const {
    const auto here =
        std::ranges::equal_range(v_.entities.mentions, v_.sentence, {}, &Mention::sentence);
    for (auto at = here.begin(); at != here.end(); ++at) {
      if (at->kind != Mention::Kind::Literal || at->entity < 0) continue;
      const auto index = static_cast<int>(at - v_.entities.mentions.begin());
      if (index == claim_.to.mention || index == claim_.from.mention || is_end(*at)) continue;
      const Entity& entity = v_.entities.entities[static_cast<std::size_t>(at->entity)];
      if (entity.type == "Date")
        date(*at, entity, out);
      else if (entity.type == "Quantity")
        amount(*at, entity, out);
    }
    if (one_of(claim_.relation, {"superior_to", "advantage_over", "lags_in"})) dimension(out);
    if (one_of(claim_.relation, {"works_for", "ceo_of", "founded_by"})) role(out);
  }

 private:
  void add_word(int token) {
    if (token >= 0 && std::ranges::find(words_, token) == words_.end()) words_.push_back(token);
  }

  /// The literal counts an end of the claim: "900 employees".
  bool is_end(const Mention& literal) const {
    return literal.head == claim_.to.head || literal.head == claim_.from.head;
  }

  /// The word outside the mention that it hangs on, or -1.
  int governor(const Mention& mention) const {
    int node = mention.head;
    while (v_.token(node).head >= mention.first && v_.token(node).head < mention.last)
      node = v_.token(node).head;
    return v_.token(node).head;
  }

  bool governs(int token, std::size_t count) const {
    const auto end = words_.begin() + static_cast<std::ptrdiff_t>(std::min(count, words_.size()));
    return token >= 0 && std::find(words_.begin(), end, token) != end;
  }

  void date(const Mention& mention, const Entity& entity, Qualifiers& out) const {
    if (!out.date.empty() || claim_.relation == "launched_on") return;
    int above = governor(mention);
    // "in March it began to sell": the time of the verb is that of what depends on it.
    if (!governs(above, words_.size())) {
      const int clause = claim_.clause;
      if (clause < 0) return;
      const Clause& mine = v_.clauses[static_cast<std::size_t>(clause)];
      if (mine.parent < 0 || (mine.link != Deprel::Xcomp && mine.link != Deprel::Conj)) return;
      if (above != v_.clauses[static_cast<std::size_t>(mine.parent)].predicate) return;
    }
    out.date = entity.name;
  }

  void amount(const Mention& mention, const Entity& entity, Qualifiers& out) const {
    if (claim_.relation.starts_with("has_")) return;
    const int above = governor(mention);
    const bool share = entity.name.find('%') != std::string::npos ||
                       entity.name.find("percent") != std::string::npos;
    if (share &&
        one_of(claim_.relation, {"owns", "acquires", "invests_in", "partners_with", "divests"})) {
      // "holds a 20% stake in X", "acquired 20% of X"
      if (out.stake.empty() && (governs(above, words_.size()) || below_predicate(above)))
        out.stake = entity.name;
      return;
    }
    if (!out.quantity.empty()) return;
    const int node = v_.token(mention.head).head;
    if (node >= 0 && node == claim_.to.head) {  // "900" of "900 employees"
      out.quantity = std::string(
          view(v_.text(), {v_.token(mention.first).span.begin, v_.token(mention.head).span.end}));
    } else if (governs(above, bare_)) {
      out.quantity = entity.name;
    }
  }

  /// A noun that the predicate governs: "stake" of "holds a 20% stake in X".
  bool below_predicate(int token) const {
    return token >= 0 && v_.token(token).upos == Upos::Noun && governs(v_.token(token).head, bare_);
  }

  void dimension(Qualifiers& out) const {
    if (!out.dimension.empty()) return;
    for (std::size_t i = 0; i < bare_; ++i) {
      for (const int child : v_.children(words_[i])) {
        const Deprel deprel = v_.token(child).deprel;
        if (deprel != Deprel::Obl && deprel != Deprel::Nmod) continue;
        if (child == claim_.to.head || child == claim_.from.head) continue;
        if (!one_of(v_.preposition_of(child), {"in", "in terms of", "on", "at", "with respect to"}))
          continue;
        const int mention = v_.mention_at(child);
        if (mention < 0) continue;
        const Entity& entity = v_.entity_of(mention);
        if (entity.type == "Date" || entity.type == "Place" || entity.type == "Quantity") continue;
        out.dimension = entity.name;
        return;
      }
    }
  }

  /// "Orla Finch, chief designer of Teapot", "joined Teapot as a designer".
  void role(Qualifiers& out) const {
    if (!out.role.empty() || claim_.predicate < 0) return;
    const Token& predicate = v_.token(claim_.predicate);
    int noun = -1;
    if (predicate.upos == Upos::Noun || predicate.upos == Upos::Propn) {
      noun = claim_.predicate;
    } else {
      for (const int child : v_.children(claim_.predicate)) {
        if (v_.token(child).deprel == Deprel::Obl && v_.preposition_of(child) == "as") noun = child;
      }
    }
    if (noun < 0 || noun == claim_.from.head || noun == claim_.to.head) return;
    int first = noun;
    for (const int child : v_.children(noun)) {
      const Deprel deprel = v_.token(child).deprel;
      const bool part = deprel == Deprel::Compound || deprel == Deprel::Amod;
      if (part && child == first - 1 && child != claim_.to.head) first = child;
    }
    out.role = std::string(view(v_.text(), {v_.token(first).span.begin, v_.token(noun).span.end}));
  }

  const SentenceView& v_;
  const Claim& claim_;
  std::vector<int> words_;  // that may carry a qualifier: predicate, clause, object
  std::size_t bare_ = 0;    // of them: without the object
};

}  // namespace

void add_qualifiers(const SentenceView& view, const Claim& claim, Qualifiers& qualifiers) {
  Qualifying(view, claim).fill(qualifiers);
}

}  // namespace tercet
