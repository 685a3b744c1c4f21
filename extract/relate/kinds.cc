#include <algorithm>

#include "base/utf8.h"
#include "extract/relate/rules.h"

namespace tercet {
namespace {

// What readers agree on, measured on the training notes; see train/relate.
constexpr double kSuchAs = 0.6, kCopula = 0.5, kApposition = 0.5, kTitle = 0.3, kComplement = 0.4,
                 kAlias = 0.9, kAbility = 0.2, kCountry = 0.6;

Filler filler_at(const SentenceView& v, int head) {
  Filler out;
  out.head = head;
  out.mention = v.mention_at(head);
  return out;
}

Filler filler_of_mention(const SentenceView& v, int mention) {
  Filler out;
  out.head = v.mention(mention).head;
  out.mention = mention;
  return out;
}

std::string words_of(const SentenceView& v, int index) {
  const Mention& mention = v.mention(index);
  return std::string(
      view(v.text(), {v.token(mention.first).span.begin, v.token(mention.last - 1).span.end}));
}

bool nominal(const SentenceView& v, const Filler& filler) {
  return filler.mention >= 0 && v.mention(filler.mention).kind == Mention::Kind::Nominal;
}

/// A noun whose rows say more than "is a": part, competitor, founder, result.
bool relational(const SentenceView& v, int noun) {
  for (const int index : v.tables.rows_of(RelationRow::Kind::Noun, v.token(noun).lemma)) {
    const RelationRow& row = v.tables.rows()[static_cast<std::size_t>(index)];
    const Predicate p{RelationRow::Kind::Noun, noun, v.clause_at(noun)};
    if ((row.from == "self" && !fill(v, p, row.to).empty()) ||
        (row.to == "self" && !fill(v, p, row.from).empty())) {
      return true;
    }
  }
  return false;
}

/// "a Danish brewery": a company that is called after a country is there.
void add_country(const SentenceView& v, const Filler& thing, const Claim& kind,
                 std::vector<Claim>& out) {
  if (thing.mention < 0 || v.entity_of(thing.mention).type != "Organization") return;
  for (const int child : v.children(kind.to.head)) {
    if (child > kind.to.head || v.token(child).deprel != Deprel::Amod) continue;
    const auto& countries = v.tables.property_table().country_of;
    const auto country = countries.find(std::string(view(v.text(), v.token(child).span)));
    if (country == countries.end()) continue;
    Claim claim = kind;
    claim.relation = "located_in";
    claim.to = {};
    claim.to.head = child;
    claim.to.first = child;
    claim.to.last = child + 1;
    claim.to.name = country->second;
    claim.to.type = "Place";
    claim.confidence = kCountry;
    claim.by = "demonym";
    out.push_back(std::move(claim));
    return;
  }
}

void add(const SentenceView& v, const Filler& thing, Filler kind, int predicate, int clause,
         double confidence, const char* by, std::vector<Claim>& out) {
  constexpr std::size_t kMostClaims = 6000;  // with those of predicates; see there
  if (out.size() >= kMostClaims) return;
  if (!nominal(v, kind) || (thing.mention < 0 && thing.clause < 0 && thing.label.empty())) return;
  if (v.tables.listed("no_kind", v.token(kind.head).lemma)) return;
  // What something is said to be is a kind, even if the phrase looks as if it referred back:
  // "they are the largest company of its sort".
  if (v.mention(kind.mention).antecedent) kind.name = words_of(v, kind.mention);
  Claim claim;
  claim.relation = "instance_of";
  claim.from = thing;
  claim.to = kind;
  claim.predicate = predicate;
  claim.clause = clause;
  claim.confidence = confidence;
  claim.by = by;
  add_country(v, thing, claim, out);
  out.push_back(std::move(claim));
}

void of_clauses(const SentenceView& v, std::vector<Claim>& out) {
  for (std::size_t index = 0; index < v.clauses.size(); ++index) {
    const Clause& clause = v.clauses[index];
    if (clause.kind == Clause::Kind::Copular) {
      const Upos upos = v.token(clause.predicate).upos;
      if (upos != Upos::Noun && upos != Upos::Propn) continue;
      if (v.child(clause.predicate, Deprel::Case) >= 0) continue;
      const char* by = relational(v, clause.predicate) ? "cop.relational" : "cop";
      const Predicate p{RelationRow::Kind::Noun, clause.predicate, static_cast<int>(index)};
      for (const Filler& one : fill(v, p, "self")) {
        if (one.head == clause.predicate) continue;
        for (const Filler& thing : referents(v, one)) {
          if (thing.via.ends_with("+example")) continue;
          const Filler predicate = filler_at(v, clause.predicate);
          if (predicate.mention >= 0 && v.mention(predicate.mention).kind == Mention::Kind::Name) {
            // "Its best tea is Oolong."
            add(v, predicate, thing, clause.predicate, static_cast<int>(index), kCopula,
                "cop.inverted", out);
            continue;
          }
          for (const int each : v.with_conjuncts(clause.predicate)) {
            add(v, thing, filler_at(v, each), each, static_cast<int>(index), kCopula, by, out);
          }
        }
      }
      continue;
    }
    // "became a standard", "is considered the leader", "describes X as a Y".
    const bool becoming = v.tables.listed("become", v.token(clause.predicate).lemma);
    for (const int child : v.children(clause.predicate)) {
      const Deprel deprel = v.token(child).deprel;
      const bool as = deprel == Deprel::Obl && v.preposition_of(child) == "as";
      if (!((deprel == Deprel::Xcomp || deprel == Deprel::Obj) && becoming) &&
          !((as || deprel == Deprel::Xcomp) &&
            v.tables.listed("describe", v.token(clause.predicate).lemma))) {
        continue;
      }
      if (v.token(child).upos != Upos::Noun || relational(v, child)) continue;
      const Predicate verb{RelationRow::Kind::Verb, clause.predicate, static_cast<int>(index)};
      std::vector<Filler> things = becoming ? fill(v, verb, "doer") : fill(v, verb, "target");
      if (things.empty() && as) things = fill(v, verb, "doer");
      for (const Filler& one : things) {
        for (const Filler& thing : referents(v, one)) {
          if (thing.via.ends_with("+example")) continue;
          for (const int each : v.with_conjuncts(child)) {
            add(v, thing, filler_at(v, each), clause.predicate, static_cast<int>(index),
                kComplement, becoming ? "become" : "as", out);
          }
        }
      }
    }
  }
}

void of_noun_phrases(const SentenceView& v, std::vector<Claim>& out) {
  for (int i = 0; i < v.size(); ++i) {
    const Token& token = v.token(i);
    if (token.upos != Upos::Noun && token.upos != Upos::Propn) continue;
    if (const int name = called(v, i); name >= 0) {
      add(v, filler_at(v, name), filler_at(v, i), i, -1, kApposition, "called", out);
    }
    for (const int each : examples_of(v, i)) {
      add(v, filler_at(v, each), filler_at(v, i), i, -1, kSuchAs, "example", out);
    }
    for (const int child : v.children(i)) {
      const Deprel deprel = v.token(child).deprel;
      const int denial = v.child(child, Deprel::Advmod);
      if (denial >= 0 && v.token(denial).lemma == "not") continue;  // "wind, not coal"
      if (deprel == Deprel::Appos && v.token(child).upos == Upos::Noun) {
        if (relational(v, child)) continue;
        add(v, filler_at(v, i), filler_at(v, child), child, -1, kApposition, "appos", out);
      } else if (deprel == Deprel::Appos && v.token(child).upos == Upos::Propn &&
                 token.upos == Upos::Noun) {
        if (relational(v, i)) continue;
        add(v, filler_at(v, child), filler_at(v, i), i, -1, kApposition, "appos", out);
      }
    }
    // "tea maker Orla": a class noun before a name.
    if (token.upos == Upos::Noun && token.deprel == Deprel::Compound && token.head >= 0) {
      const int name = v.entities.mention_at(v.sentence, token.head);
      const int kind = v.entities.mention_at(v.sentence, i);
      if (name >= 0 && kind >= 0 && v.mention(name).kind == Mention::Kind::Name &&
          v.mention(name).first > i && !relational(v, i)) {
        add(v, filler_of_mention(v, name), filler_of_mention(v, kind), i, -1, kTitle, "title", out);
      }
    }
  }
}

/// "Northern Tea Guild (NTG)": two names of one entity, one in brackets after the other.
void of_brackets(const SentenceView& v, std::vector<Claim>& out) {
  const auto here =
      std::ranges::equal_range(v.entities.mentions, v.sentence, {}, &Mention::sentence);
  for (auto at = here.begin(); at != here.end(); ++at) {
    const int open = at->first - 1;
    if (open < 1 || at->entity < 0 || v.word(open) != "(") continue;
    for (auto before = here.begin(); before != at; ++before) {
      if (before->last != open || before->entity != at->entity) continue;
      const auto alias = static_cast<int>(at - v.entities.mentions.begin());
      const auto name = static_cast<int>(before - v.entities.mentions.begin());
      Claim claim;
      claim.relation = "alias_of";
      claim.from = filler_of_mention(v, alias);
      claim.to = filler_of_mention(v, name);
      // Both are one entity with one name: the alias is called by its own words, and so is the
      // other if the entity goes by the alias.
      claim.from.name = words_of(v, alias);
      const std::string& canonical = v.entities.entities[static_cast<std::size_t>(at->entity)].name;
      if (fold_case(canonical) == fold_case(claim.from.name)) claim.to.name = words_of(v, name);
      claim.confidence = kAlias;
      claim.by = "acronym";
      out.push_back(std::move(claim));
      break;
    }
  }
}

/// What the clause says of an ability, greppable: "Bees can dance", "could not fly", "is unable to
/// fly", "kept them from flying", "does not scale"; or nullptr.
const char* ability_of(const SentenceView& v, const Clause& clause, int index) {
  if (clause.kind != Clause::Kind::Verbal || clause.passive) return nullptr;
  const auto has = [&](std::string_view lemma, std::string_view form) {
    return std::ranges::any_of(
        clause.words, [&](int i) { return v.token(i).lemma == lemma || v.word(i) == form; });
  };
  // "cannot afford to fall": what may not happen, no lack of an ability.
  const bool inner = v.child(clause.predicate, Deprel::Xcomp) >= 0;
  if (v.tables.listed("ability_verb", v.token(clause.predicate).lemma) && inner) return nullptr;
  const bool can = has("can", "can");
  const Stance stance = stance_of(v.document, v.document_clauses, v.sentence, index);
  if (stance.polarity != Polarity::Negative) return can ? "can" : nullptr;
  if (can || has("could", "could")) return "cannot";
  if (clause.parent >= 0) {
    const int above = v.token(clause.predicate).head;
    const bool governed = clause.link == Deprel::Xcomp || clause.link == Deprel::Acl ||
                          clause.link == Deprel::Advcl || clause.link == Deprel::Ccomp;
    const bool kept = clause.marker == "from" && v.tables.listed("keeping", v.token(above).lemma);
    if (governed && (kept || v.tables.listed("disabling", v.token(above).lemma))) return "unable";
  }
  // "does not scale": with nothing else that it could be about.
  const bool alone = std::ranges::all_of(clause.arguments,
                                         [](const Argument& a) { return a.role == Role::Subject; });
  const Xpos form = v.token(clause.predicate).xpos;
  const bool told = form == Xpos::VB || form == Xpos::VBP || form == Xpos::VBZ;
  return alone && told && clause.finite && has("do", "does") ? "does_not" : nullptr;
}

/// Abilities, if something is told of them; and those that somebody lacks.
void of_abilities(const SentenceView& v, std::vector<Claim>& out) {
  for (std::size_t index = 0; index < v.clauses.size(); ++index) {
    const Clause& clause = v.clauses[index];
    const char* by = ability_of(v, clause, static_cast<int>(index));
    if (by == nullptr) continue;
    for (const Argument& a : clause.arguments) {
      if (a.role != Role::Subject) continue;
      Filler thing = filler_at(v, a.head);
      thing.inherited = a.inherited;
      for (const Filler& one : referents(v, thing)) {
        if (one.mention < 0) continue;
        Claim claim;
        claim.relation = "has_capability";
        claim.from = one;
        claim.to.head = clause.predicate;
        claim.to.clause = static_cast<int>(index);
        if (std::string_view(by) == "does_not") {
          // One word is no phrase: "scale".
          claim.to.clause = -1;
          claim.to.name = v.token(clause.predicate).lemma;
          claim.to.type = "Capability";
          claim.to.first = clause.predicate;
          claim.to.last = clause.predicate + 1;
        }
        claim.predicate = clause.predicate;
        claim.clause = static_cast<int>(index);
        claim.confidence = kAbility;
        claim.by = by;
        out.push_back(std::move(claim));
      }
    }
  }
}

}  // namespace

void claims_of_kinds(const SentenceView& v, std::vector<Claim>& out) {
  of_clauses(v, out);
  of_noun_phrases(v, out);
  of_brackets(v, out);
  of_abilities(v, out);
}

}  // namespace tercet
