#include <algorithm>
#include <string>
#include <string_view>

#include "extract/clause/grammar.h"
#include "extract/clause/marks.h"

namespace tercet {
namespace {

bool has_word(const TreeIndex& tree, int head, Deprel deprel, std::string_view word) {
  for (int c : tree.children(head)) {
    if (tree.at(c).deprel == deprel && tree.lower(c) == word) return true;
  }
  return false;
}

/// Which marks of the first conjunct hold for this one too.
std::uint8_t conjunct_passes(const TreeIndex& tree, int token) {
  const int first = tree.head(token);
  std::uint8_t pass = kPassAll;
  const bool own_subject = has_subject(tree, token);
  const bool same_form =
      tree.at(token).xpos == tree.at(first).xpos || tree.at(token).upos != Upos::Verb;
  if (own_subject || has_auxiliary(tree, token) || !same_form) {
    pass &= static_cast<std::uint8_t>(~(kPassOwnSign | kPassOwnModality));
  }
  // "never buys and never sells": each has its own.
  if (is_denied(tree, token)) pass &= static_cast<std::uint8_t>(~kPassOwnSign);
  // "not X but Y", "did not buy but built".
  if (has_word(tree, token, Deprel::Cc, "but")) {
    pass &= static_cast<std::uint8_t>(~(kPassOwnSign | kPassSign));
  }
  return pass;
}

/// "a shop": brought up by this very statement, so real only if the statement is.
bool is_new(const TreeIndex& tree, int noun) {
  const int det = tree.child(noun, Deprel::Det);
  return det >= 0 && (tree.lower(det) == "a" || tree.lower(det) == "an" ||
                      tree.lower(det) == "any" || tree.lower(det) == "no");
}

/// "shops": may be these or none.
bool is_bare(const TreeIndex& tree, int noun) {
  return tree.at(noun).upos == Upos::Noun && !tree.has(noun, Deprel::Det) &&
         !tree.has(noun, Deprel::NmodPoss);
}

constexpr std::uint8_t kModalities = kPassModality | kPassOwnModality;

/// Adverbial clauses that share the mood of what they hang on: results and means, without a
/// subordinator of their own ("may close, hurting trade", "could help in selling").
bool is_loose(const std::string& marker) {
  return marker.empty() || marker == "to" || marker == "in" || marker == "through" ||
         marker == "via" || marker == "thereby" || marker == "for" || marker == "from" ||
         marker == "thus";
}

struct Passes {
  std::uint8_t nearby = kPassAll, beyond = kPassAll;
};

Passes passes_of(const TreeIndex& tree, int token) {
  const int head = tree.head(token);
  switch (tree.at(token).deprel) {
    case Deprel::Conj:
      return {conjunct_passes(tree, token), kPassAll};
    case Deprel::Xcomp:
      return {};
    case Deprel::Ccomp: {
      // "does not mean that", "is not true that"; but "did not say that" denies the saying.
      const std::string& lemma = tree.lemma(head);
      const bool raises = lemma == "mean" || lemma == "think" || lemma == "believe" ||
                          lemma == "ensure" || tree.has(head, Deprel::Cop);
      if (raises) return {};
      return {static_cast<std::uint8_t>(kPassAll & ~kPassOwnSign), kPassAll};
    }
    case Deprel::Advcl:
    case Deprel::AdvclRelcl: {
      // What somebody doubts holds for the reasons given with it, what he plans does not.
      const std::uint8_t doubted = tree.at(head).deprel == Deprel::Ccomp ? kPassModality : 0;
      const std::string marker = tree.marker_of(token);
      const auto passing = static_cast<std::uint8_t>(kPassCondition | kModalities);
      if (marker == "by" && token > head) return {};  // "did not grow by selling"
      if (marker == "by") return {passing, passing};
      if (!is_loose(marker) || token < head) return {doubted, passing};
      return {passing, passing};
    }
    case Deprel::Acl:
    case Deprel::AclRelcl:
      if (tree.at(token).deprel == Deprel::Acl &&
          (has_marker(tree, token, "to") || has_marker(tree, token, "of") ||
           has_marker(tree, token, "that"))) {
        // "no plan to sell", "no sign that it sells": the clause is what the noun says, and shares
        // its fate.
        const bool open = is_new(tree, head) || is_bare(tree, head);
        return {kPassAll, open ? std::uint8_t{kPassAll}
                               : static_cast<std::uint8_t>(kPassCondition | kModalities)};
      }
      if (tree.at(token).deprel == Deprel::Acl &&
          (tree.at(head).deprel == Deprel::Xcomp || tree.has(head, Deprel::Cop))) {
        // "may become a leader, winning trade": the result of the clause, not of its noun.
        return {kPassCondition | kModalities, kPassCondition | kModalities};
      }
      if (is_bare(tree, head)) return {0, kPassDoubt};
      if (!is_new(tree, head)) return {0, 0};
      return {kPassCondition | kModalities | kPassDoubt, kPassCondition | kModalities | kPassDoubt};
    case Deprel::Appos:
      return {0, 0};
    case Deprel::Parataxis:
    case Deprel::List:
      return {0, 0};
    case Deprel::Csubj:
    case Deprel::CsubjPass:
      if (tree.has(head, Deprel::Expl)) return {};  // "it is not true that"
      return {kPassCondition | kModalities, kPassAll};
    case Deprel::Nsubj:
    case Deprel::NsubjPass:
    case Deprel::NsubjOuter:
      return {0, kPassAll};
    case Deprel::Obj:
    case Deprel::Obl:
    case Deprel::Iobj:
      // What a noun phrase says of itself is taken for granted: "plans to buy Acme, a brewer".
      if (!is_new(tree, token)) {
        const bool doubted = tree.at(head).deprel == Deprel::Ccomp;
        const auto doubt = static_cast<std::uint8_t>(is_bare(tree, token) ? kPassDoubt : 0);
        return {static_cast<std::uint8_t>((doubted ? kPassModality : 0) | doubt), 0};
      }
      return {};
    case Deprel::Nmod: {
      const std::string preposition = tree.preposition_of(token);
      if (preposition == "such as" || preposition == "like" || preposition == "including" ||
          preposition == "unlike" || preposition == "as well as" || preposition == "than") {
        return {0, 0};
      }
      return {};
    }
    default:
      return {};
  }
}

/// The word above, or one beside it that belongs to the same cue, denies `token`.
bool is_refused(const TreeIndex& tree, const std::vector<StanceMark>& marks, int token) {
  const Deprel deprel = tree.at(token).deprel;
  if (deprel != Deprel::Advcl && deprel != Deprel::Obl) return false;
  const auto first = std::lower_bound(marks.begin(), marks.end(), token,
                                      [](const StanceMark& m, int t) { return m.token < t; });
  for (auto it = first; it != marks.end() && it->token == token; ++it) {
    const int above = tree.head(token);
    if (!it->negative || it->reach != StanceMark::Reach::Governed || it->source != above) continue;
    // Who is not kept from selling may sell or not; who does not refrain from it sells.
    const bool kept = tree.has(above, Deprel::Obj) || tree.has(above, Deprel::AuxPass);
    if (!it->inner_only || !kept) return true;
  }
  return false;
}

}  // namespace

void find_passes(const TreeIndex& tree, SentenceStance& stance) {
  const auto n = static_cast<std::size_t>(tree.size());
  stance.nearby.assign(n, kPassAll);
  stance.beyond.assign(n, kPassAll);
  for (int t = 0; t < tree.size(); ++t) {
    if (tree.head(t) < 0) continue;
    Passes passes = passes_of(tree, t);
    // "has not shied away from selling": what a denial governs shares its fate, whatever the arc.
    if (is_refused(tree, stance.marks, t)) passes = {};
    stance.nearby[static_cast<std::size_t>(t)] = passes.nearby;
    stance.beyond[static_cast<std::size_t>(t)] = passes.beyond;
  }
}

}  // namespace tercet
