#include "extract/relate/claim.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/ascii.h"
#include "extract/clause/condition_words.h"
#include "extract/relate/qualifiers.h"

namespace tercet {
namespace {

/// Confidence from which a row may overrule the type of a name.
constexpr double kFounded = 0.4;
/// Confidence from which a name's type is beyond doubt.
constexpr double kCertainType = 0.9;

struct Naming {
  std::string name, type, surface;
  double type_confidence = 0.5;
  std::optional<Antecedent> antecedent;
  int first = -1, last = -1;  // tokens [first, last) of the surface words, -1 if outside
};

std::string surface_of(const SentenceView& v, int first, int last) {
  if (first < 0 || last <= first) return {};
  return std::string(view(v.text(), {v.token(first).span.begin, v.token(last - 1).span.end}));
}

std::optional<Naming> naming_of(const SentenceView& v, const Filler& filler) {
  Naming out;
  if (!filler.label.empty()) {
    out.name = out.surface = filler.label;
    for (const Entity& entity : v.entities.entities) {
      const auto same = [&](const std::string& one) {
        return ascii_lower(one) == ascii_lower(filler.label);
      };
      if (same(entity.name) || std::ranges::any_of(entity.aliases, same)) {
        out.name = entity.name;
        out.type = entity.type;
        out.type_confidence = entity.type_confidence;
        return out;
      }
    }
    out.type_confidence = 0;
    return out;
  }
  if (filler.mention >= 0) {
    const Mention& mention = v.mention(filler.mention);
    if (mention.kind == Mention::Kind::Pronoun && !mention.antecedent) return std::nullopt;
    if (mention.entity < 0) return std::nullopt;
    const Entity& entity = v.entity_of(filler.mention);
    out.name = entity.name;
    out.type = entity.type;
    out.type_confidence = entity.type_confidence;
    if (mention.sentence != v.sentence) {  // the topic, spoken of elsewhere
      out.surface = entity.name;
      return out;
    }
    out.antecedent = mention.antecedent;
    out.first = mention.first;
    out.last = mention.last;
    out.surface = surface_of(v, mention.first, mention.last);
    if (!filler.name.empty()) out.name = filler.name;
    if (!filler.name.empty() && filler.first >= 0) {
      out.first = filler.first;
      out.last = filler.last;
      out.surface = surface_of(v, out.first, out.last);
    }
    return out;
  }
  if (filler.first >= 0 && !filler.name.empty()) {
    out.name = filler.name;
    out.type = filler.type;
    out.first = filler.first;
    out.last = filler.last;
    out.surface = surface_of(v, filler.first, filler.last);
    return out;
  }
  if (filler.clause >= 0) {
    out.name = name_of_clause(v, filler.clause);
    if (out.name.empty()) return std::nullopt;
    const int predicate = v.clauses[static_cast<std::size_t>(filler.clause)].predicate;
    out.first = predicate;
    out.last = predicate + 1;
    for (const int child : v.children(predicate)) {
      const Deprel deprel = v.token(child).deprel;
      if (child > predicate && (deprel == Deprel::Obj || deprel == Deprel::Obl)) {
        out.last = std::max(out.last, v.extent(child).second + 1);
      }
    }
    out.surface = surface_of(v, out.first, out.last);
    out.type_confidence = 0;
    return out;
  }
  return std::nullopt;
}

/// The type to give an argument that may be one of `allowed`, or nothing if it may not stand there.
std::optional<std::pair<std::string, double>> fitted(const Ontology& ontology,
                                                     const std::vector<std::string>& allowed,
                                                     const Naming& naming, bool clause, bool common,
                                                     bool pronoun, bool founded,
                                                     bool acting = false) {
  const EntityType* known = ontology.find_type(naming.type);
  const bool literal = known != nullptr && known->literal;
  if (allowed.empty()) {
    if (literal) return std::nullopt;
    return std::pair{
        naming.type.empty() ? std::string(clause ? "Strategy" : "Concept") : naming.type, 1.0};
  }
  bool foreign = false;
  for (const std::string& one : allowed) {
    if (ontology.find_type(one) == nullptr) foreign = true;
    if (!naming.type.empty() && ontology.is_a(naming.type, one)) {
      // Where only a kind may stand, a common noun is one.
      return std::pair{common && allowed.size() == 1 ? one : naming.type, 1.0};
    }
  }
  if (foreign || (known == nullptr && !naming.type.empty())) return std::pair{naming.type, 1.0};
  if (literal) return std::nullopt;
  // A common noun can always be taken for the notion it names.
  for (const char* preferred : {"Capability", "Concept"}) {
    if (common && std::ranges::find(allowed, preferred) != allowed.end()) {
      return std::pair{std::string(preferred), 0.9};
    }
  }
  // Who runs a place acts in its name: "the museum sells".
  if (common && acting && naming.type == "Place" &&
      std::ranges::find(allowed, "Organization") != allowed.end()) {
    return std::pair{std::string("Organization"), 0.9};
  }
  // "it" that does not fit was resolved to the wrong thing; a name that does not may be typed
  // wrong, which only a row that is sure of itself can tell.
  if (pronoun || (naming.type_confidence >= 0.7 && !founded)) return std::nullopt;
  for (const char* preferred : {"Capability", "Strategy", "Concept"}) {
    if (clause && std::ranges::find(allowed, preferred) != allowed.end())
      return std::pair{std::string(preferred), 1.0};
  }
  if (clause) return std::nullopt;
  for (const std::string& one : allowed) {
    const EntityType* type = ontology.find_type(one);
    if (type != nullptr && !type->literal)
      return std::pair{one, founded && naming.type_confidence >= 0.7
                                ? 0.5
                                : 0.6 + 0.3 * (1 - naming.type_confidence)};
  }
  return std::nullopt;
}

/// "Acme's engines outrun Brio's", "... those of rivals like Brio": what is compared with engines
/// are Brio's engines, not Brio.
void compare_like(const SentenceView& v, const Claim& claim, Naming& from, Naming& to) {
  if (claim.from.mention < 0 || claim.to.mention < 0 || claim.to.via == "+topic") return;
  const bool owner = to.type == "Organization" || to.type == "Person";
  if (!owner) return;
  const int genitive_mark = claim.to.head < 0 ? -1 : v.child(claim.to.head, Deprel::Case);
  const bool elliptic = claim.to.via.find("+those") != std::string::npos ||
                        (genitive_mark > claim.to.head && v.token(genitive_mark).xpos == Xpos::POS);
  int noun = claim.from.head;
  if (elliptic && v.mention(claim.from.mention).kind == Mention::Kind::Pronoun &&
      from.type == "Organization") {
    // Things of an owner are compared with things of an owner: "their engines ..., they outrun
    // Brio's" is of the engines.
    const auto here =
        std::ranges::equal_range(v.entities.mentions, v.sentence, {}, &Mention::sentence);
    for (auto at = here.begin(); at != here.end() && at->head < claim.from.head; ++at) {
      if (at->kind != Mention::Kind::Nominal || v.child(at->head, Deprel::NmodPoss) < 0) continue;
      const Entity& thing = v.entities.entities[static_cast<std::size_t>(at->entity)];
      from.name = thing.name;
      from.type = thing.type;
      from.type_confidence = thing.type_confidence;
      noun = at->head;
      break;
    }
  }
  if (from.type == "Organization" || from.type == "Person" || from.type == "MarketSegment") return;
  if (v.mention(claim.from.mention).kind == Mention::Kind::Name) return;
  std::string what = from.name;
  const std::size_t genitive = std::min(what.find("'s "), what.find("\u2019s "));
  if (genitive != std::string::npos) {
    what = what.substr(what.find(' ', genitive) + 1);
  } else if (noun >= 0) {
    // "their engines" under a name of its own, such as "Acme engines".
    for (const int child : v.children(noun)) {
      if (v.token(child).deprel != Deprel::NmodPoss) continue;
      const int whose = v.mention_at(child);
      if (whose < 0) continue;
      std::vector<std::string> names = v.entity_of(whose).aliases;
      names.push_back(v.entity_of(whose).name);
      for (const std::string& name : names) {
        if (!what.starts_with(name + ' ')) continue;
        what = what.substr(name.size() + 1);
        break;
      }
    }
  }
  to.name += ' ' + what;
  to.type = from.type;
  to.type_confidence = from.type_confidence;
}

/// Who switches goes to another of its kind: "other providers" and "different providers" are the
/// alternative providers, "services elsewhere" alternative services.
void call_alternative(const SentenceView& v, const Filler& filler, Naming& to) {
  if (filler.mention < 0 || filler.head < 0 ||
      v.mention(filler.mention).kind != Mention::Kind::Nominal)
    return;
  static constexpr std::string_view kOther[] = {"other ", "different ", "another ", "new "};
  for (const std::string_view word : kOther) {
    if (to.name.starts_with(word)) {
      to.name = "alternative " + to.name.substr(word.size());
      return;
    }
  }
  const int verb = v.token(filler.head).head;
  if (verb < 0) return;
  for (const int child : v.children(verb)) {
    if (v.token(child).lemma == "elsewhere") {
      to.name = "alternative " + to.name;
      return;
    }
  }
}

int rank(Modality m) {
  switch (m) {
    case Modality::Conditional:
      return 4;
    case Modality::Hypothetical:
      return 3;
    case Modality::Intended:
      return 2;
    case Modality::Possible:
      return 1;
    case Modality::Asserted:
      return 0;
  }
  return 0;
}

/// What two views of one statement say together: denied if either denies, the stronger mood.
void join(Stance& into, const Stance& other) {
  const auto able = [](const Stance& one) {
    return one.ability || one.modality == Modality::Asserted;
  };
  into.ability = (into.ability || other.ability) && able(into) && able(other);
  if (other.polarity == Polarity::Negative) into.polarity = Polarity::Negative;
  if (rank(other.modality) > rank(into.modality)) into.modality = other.modality;
  for (const ConditionRef& one : other.conditions) {
    if (std::ranges::find(into.conditions, one) == into.conditions.end())
      into.conditions.push_back(one);
  }
  if (into.attributed_to < 0) into.attributed_to = other.attributed_to;
  if (into.cue.empty()) into.cue = other.cue;
}

/// True if the clause that `clause` hangs on tells that something is supplied: "offers X to ...".
bool provides(const SentenceView& v, int clause) {
  const int parent = clause < 0 ? -1 : v.clauses[static_cast<std::size_t>(clause)].parent;
  if (parent < 0) return false;
  const int verb = v.clauses[static_cast<std::size_t>(parent)].predicate;
  const auto& rows =
      v.tables.rows_of(RelationRow::Kind::Verb, ascii_lower(v.predicate_lemma(verb)));
  return std::ranges::any_of(rows, [&](int index) {
    const RelationRow& row = v.tables.rows()[static_cast<std::size_t>(index)];
    return row.confidence >= 0.3 && (row.relation == "offers" || row.relation == "supports");
  });
}

/// A pair that no rule connects is meant as every word between its ends is: who "plans to open"
/// has not opened.
void join_way(const SentenceView& v, const Claim& claim, Stance& out) {
  for (const int end : {claim.from.head, claim.to.head}) {
    int below = end;
    for (int at = end; at >= 0; below = at, at = v.token(at).head) {
      const int clause = v.clause_at(at);
      if (clause >= 0) {
        join(out, stance_of(v.document, v.document_clauses, v.sentence, clause, below));
      } else {
        join(out, stance_of_word(v.document, v.document_clauses, v.sentence, at));
      }
      if (at == claim.predicate) break;
    }
  }
}

Stance stance_of_claim(const SentenceView& v, const Claim& claim) {
  Stance out;
  if (claim.clause >= 0) {
    // "provides X to meet demand for Y" states that X meets it: the providing is what counts.
    const int about =
        claim.by.find(".purpose.") != std::string::npos ? claim.from.head : claim.to.head;
    out = stance_of(v.document, v.document_clauses, v.sentence, claim.clause, about);
    const int above = v.clauses[static_cast<std::size_t>(claim.clause)].parent;
    if (above >= 0) {
      // "is not necessarily to be X": the adverb the parser made a predicate is none.
      const int adverb = v.clauses[static_cast<std::size_t>(above)].predicate;
      if (v.token(adverb).upos == Upos::Adv) {
        join(out, stance_of(v.document, v.document_clauses, v.sentence, above));
      }
    }
    const bool without = claim.by.find(".without:") != std::string::npos;
    if (without && claim.from.head >= 0 && claim.from.head != about) {
      // "cannot run without rain": two denials, of which the subject may carry one.
      const int words[] = {about, claim.from.head};
      out = stance_of(v.document, v.document_clauses, v.sentence, claim.clause, words);
    } else if (claim.from.head >= 0 && !claim.from.inherited) {
      join(out,
           stance_of(v.document, v.document_clauses, v.sentence, claim.clause, claim.from.head));
    }
    if (claim.predicate >= 0 && claim.predicate != claim.to.head &&
        claim.predicate != v.clauses[static_cast<std::size_t>(claim.clause)].predicate) {
      // "avoids dependence on X": the noun that the light verb governs.
      join(out,
           stance_of(v.document, v.document_clauses, v.sentence, claim.clause, claim.predicate));
    }
  } else if (claim.predicate >= 0) {
    out = stance_of_word(v.document, v.document_clauses, v.sentence, claim.predicate);
    // "stores its data with X": the phrase may hang on the noun or on the verb, and whoever reads
    // it off the noun must not lose what the verb's clause says of it.
    const int clause = claim.by.starts_with("noun.self.") ? v.clause_of(claim.predicate) : -1;
    if (clause >= 0) {
      join(out, stance_of(v.document, v.document_clauses, v.sentence, clause, claim.predicate));
    }
    if (claim.to.head >= 0 && claim.to.head != claim.predicate) {
      // What stands below the predicate noun inherits from it; only what is said of the argument
      // itself ("rather than X") can add.
      join(out, stance_of_word(v.document, v.document_clauses, v.sentence, claim.to.head));
    }
  }
  if (claim.by == "pair") join_way(v, claim, out);
  // "grew without selling tea": what is left out is denied, unless growth is ("never grew
  // without").
  if (claim.to.clause >= 0 && claim.to.clause != claim.clause) {
    static constexpr std::string_view kLeftOut[] = {".without:", ".instead of:", ".rather than:"};
    if (std::ranges::any_of(kLeftOut, [&](std::string_view role) {
          return claim.by.find(role) != std::string::npos;
        })) {
      const Stance below =
          stance_of(v.document, v.document_clauses, v.sentence, claim.to.clause, claim.to.head);
      if (below.polarity == Polarity::Negative) {
        out.polarity = out.polarity == Polarity::Negative ? Polarity::Positive : Polarity::Negative;
      }
    }
  }
  // What is said of a clause as a whole ("keeps X from growing") is not denied or meant inside it.
  if (claim.inner && claim.to.head >= 0 && claim.to.clause < 0) {
    const int below = claim.to.clause >= 0 ? claim.to.clause : v.clause_of(claim.to.head);
    if (below >= 0 && below != claim.clause) {
      join(out, stance_of(v.document, v.document_clauses, v.sentence, below, claim.to.head));
    }
  }
  // Who can do something has the ability, and who serves a demand by what he does serves it.
  if (out.ability && (claim.relation == "has_capability" || claim.relation == "supports" ||
                      claim.relation == "superior_to")) {
    out.modality = Modality::Asserted;
    out.ability = false;
  }
  if (claim.relation == "meets_demand_for" && out.modality == Modality::Intended &&
      out.cue == "purpose.to" && provides(v, claim.clause)) {
    out.modality = Modality::Asserted;
  }
  if (out.modality == Modality::Asserted && claim.clause >= 0) {
    // A hedge that stands inside the evidence counts wherever the parser has hung it.
    int first = claim.predicate, last = claim.predicate;
    for (const Filler* one : {&claim.from, &claim.to}) {
      if (one->head < 0) continue;
      first = std::min(first, one->head);
      last = std::max(last, one->head);
    }
    for (int i = std::max(first, 0); i <= last; ++i) {
      if (v.token(i).upos != Upos::Adv || !v.tables.listed("hedge", ascii_lower(v.word(i))))
        continue;
      // In another clause ("were reportedly upset and sued") it hedges that one.
      const int within = v.clause_of(i);
      if (within >= 0 && within != claim.clause &&
          (v.clauses[static_cast<std::size_t>(within)].kind == Clause::Kind::Verbal ||
           v.clauses[static_cast<std::size_t>(claim.clause)].parent == within)) {
        continue;
      }
      out.modality = Modality::Possible;
      out.cue = "hedge." + ascii_lower(v.word(i));
      break;
    }
  }
  return out;
}

}  // namespace

std::optional<DraftFact> draft_fact(const SentenceView& v, const Ontology& ontology,
                                    const Claim& claim) {
  const RelationType* relation = ontology.find_relation(claim.relation);
  if (relation == nullptr) return std::nullopt;
  auto from = naming_of(v, claim.from);
  auto to = naming_of(v, claim.to);
  if (!from || !to || from->name.empty() || to->name.empty()) return std::nullopt;
  if (ascii_lower(from->name) == ascii_lower(to->name)) return std::nullopt;
  const bool from_clause = claim.from.mention < 0 && claim.from.clause >= 0;
  const bool to_clause = claim.to.mention < 0 && claim.to.clause >= 0;
  const auto common = [&](const Filler& filler) {
    return filler.mention >= 0 && v.mention(filler.mention).kind == Mention::Kind::Nominal;
  };
  const auto pronoun = [&](const Filler& filler) {
    return filler.mention >= 0 && v.mention(filler.mention).kind == Mention::Kind::Pronoun;
  };
  const auto founded = [&](const Filler& filler) {
    return claim.confidence >= kFounded && filler.mention >= 0 &&
           v.mention(filler.mention).kind == Mention::Kind::Name &&
           v.entity_of(filler.mention).type_confidence < kCertainType;
  };
  // The subject of a verb's own row does what the verb says.
  const bool acting = claim.by.starts_with("verb.doer");
  if (claim.relation == "superior_to" || claim.relation == "advantage_over")
    compare_like(v, claim, *from, *to);
  if (claim.relation == "switches_to") call_alternative(v, claim.to, *to);
  // A type of somebody else's ontology that we cannot tell apart is what the relation says it is.
  const auto taken = [](const Naming& naming, const std::vector<std::string>& types) {
    std::string type = naming.type;
    if (type.empty()) type = types.empty() ? "Concept" : types.front();
    return std::optional(std::pair{std::move(type), 1.0});
  };
  auto from_type = claim.as_it_is
                       ? taken(*from, relation->domain)
                       : fitted(ontology, relation->domain, *from, from_clause, common(claim.from),
                                pronoun(claim.from), founded(claim.from), acting);
  double turned = 1.0;
  std::string turned_by;
  if (!from_type && claim.from.mention >= 0 && claim.from.head >= 0) {
    // "Acme's business model favours speed": for who cannot favour, its owner does.
    const int whose = v.child(claim.from.head, Deprel::NmodPoss);
    Filler owner;
    owner.head = whose;
    owner.mention = whose < 0 ? -1 : v.mention_at(whose);
    if (owner.mention >= 0) {
      from = naming_of(v, owner);
      if (!from || ascii_lower(from->name) == ascii_lower(to->name)) return std::nullopt;
      from_type = fitted(ontology, relation->domain, *from, false, false, false, false);
      turned = 0.8;
      turned_by = "+owner";
    }
  }
  auto to_type = claim.as_it_is ? taken(*to, relation->range)
                                : fitted(ontology, relation->range, *to, to_clause,
                                         common(claim.to), pronoun(claim.to), founded(claim.to));
  if (!to_type && claim.to_doer && claim.to.mention >= 0 && claim.to.head >= 0) {
    const int whose = v.child(claim.to.head, Deprel::NmodPoss);
    Filler owner;
    owner.head = whose;
    owner.mention = whose < 0 ? -1 : v.mention_at(whose);
    if (owner.mention >= 0) {
      to = naming_of(v, owner);
      if (!to || ascii_lower(from->name) == ascii_lower(to->name)) return std::nullopt;
      to_type = fitted(ontology, relation->range, *to, false, false, false, false);
      turned *= 0.8;
      turned_by = "+owner";
    }
  }
  if (!from_type || !to_type) return std::nullopt;

  DraftFact out;
  Fact& fact = out.fact;
  fact.subject = from->name;
  fact.object = to->name;
  fact.subject_type = from_type->first;
  fact.object_type = to_type->first;
  fact.relation = claim.relation;
  fact.subject_text = from->surface;
  fact.object_text = to->surface;
  fact.subject_antecedent = from->antecedent;
  fact.object_antecedent = to->antecedent;
  fact.qualifiers = claim.qualifiers;
  fact.by = claim.by + claim.from.via + turned_by + claim.to.via;

  const Stance stance = stance_of_claim(v, claim);
  fact.polarity = stance.polarity;
  fact.modality = stance.modality;
  if (stance.attributed_to >= 0 && fact.qualifiers.attributed_to.empty()) {
    const int who = v.mention_at(stance.attributed_to);
    if (who >= 0) fact.qualifiers.attributed_to = v.entity_of(who).name;
  }
  add_qualifiers(v, claim, fact.qualifiers);
  if (!stance.conditions.empty()) {
    out.conditions = stance.conditions;
    fact.condition = condition_words(v.document, v.document_clauses, stance.conditions.front());
  }
  double confidence = turned * claim.confidence * claim.from.weight * claim.to.weight *
                      from_type->second * to_type->second;
  confidence = std::clamp(confidence, 0.0, 1.0);
  fact.confidence = std::round(confidence * 10000) / 10000;

  int first = v.size(), last = -1;
  const auto cover = [&](int a, int b) {  // tokens [a, b)
    if (a < 0 || b <= a) return;
    first = std::min(first, a);
    last = std::max(last, b - 1);
  };
  if (claim.predicate >= 0) cover(claim.predicate, claim.predicate + 1);
  cover(to->first, to->last);
  if (!claim.from.inherited) cover(from->first, from->last);
  if (last < 0) return std::nullopt;
  out.sentence = v.sentence;
  out.evidence = {v.token(first).span.begin, v.token(last).span.end};
  fact.evidence = std::string(view(v.text(), out.evidence));
  fact.sentence = std::string(view(v.text(), v.tree.span));
  out.own = {v.sentence, claim.clause};
  return out;
}

}  // namespace tercet
