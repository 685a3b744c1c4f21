#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "extract/relate/rules.h"

namespace tercet {
namespace {

constexpr double kNamedMeasure = 0.55, kOtherMeasure = 0.35, kLaunch = 0.5;

Filler filler_at(const SentenceView& v, int head, bool inherited = false) {
  Filler out;
  out.head = head;
  out.mention = v.mention_at(head);
  out.inherited = inherited;
  return out;
}

const char* measure_of(const SentenceView& v, int token) {
  const std::string& noun = v.token(token).lemma;
  if (noun == "rate") {
    const int what = v.child(token, Deprel::Compound);
    return what >= 0 && ascii_lower(v.word(what)) == "run" ? "has_revenue" : nullptr;
  }
  static constexpr std::pair<const char*, const char*> kMeasures[] = {
      {"revenue", "has_revenue"},
      {"price", "has_price"},
      {"valuation", "has_valuation"},
      {"share", "has_market_share"}};
  for (const auto& [list, relation] : kMeasures) {
    if (v.tables.listed(list, noun)) return relation;
  }
  return nullptr;
}

/// Owners of a measure noun: "Orla's revenue", "the revenue of Orla", "Orla has a run
/// rate".
std::vector<Filler> owners(const SentenceView& v, int noun) {
  const Predicate p{RelationRow::Kind::Noun, noun, -1};
  for (const char* role : {"owner", "of", "for", "at", "compound"}) {
    std::vector<Filler> found;
    for (Filler& one : fill(v, p, role)) {
      if (one.mention < 0 || v.mention(one.mention).kind == Mention::Kind::Literal) continue;
      if (std::string_view(role) == "compound" &&
          v.mention(one.mention).kind != Mention::Kind::Name)
        continue;
      found.push_back(std::move(one));
    }
    if (!found.empty()) return found;
  }
  const Token& token = v.token(noun);
  if (token.head < 0) return {};
  const int clause = v.clause_at(token.head);
  if (clause < 0 || (token.deprel != Deprel::Obj && token.deprel != Deprel::Obl)) return {};
  std::vector<Filler> found;
  for (const Argument& a : v.clauses[static_cast<std::size_t>(clause)].arguments) {
    if (a.role == Role::Subject) found.push_back(filler_at(v, a.head, a.inherited));
  }
  return found;
}

std::string phrase(const SentenceView& v, int noun) {
  const int mention = v.entities.mention_at(v.sentence, noun);
  if (mention >= 0 && v.mention(mention).kind == Mention::Kind::Nominal)
    return v.entity_of(mention).name;
  return ascii_lower(v.word(noun));
}

class Quantity {
 public:
  Quantity(const SentenceView& view, int mention, std::vector<Claim>& out)
      : v_(view), mention_(mention), out_(out) {}

  void find() {
    int node = v_.mention(mention_).head;
    int counted = -1;  // the noun it counts: "500 employees"
    // Out of the mention itself, then over the counted noun.
    const Mention& m = v_.mention(mention_);
    while (v_.token(node).head >= m.first && v_.token(node).head < m.last)
      node = v_.token(node).head;
    if (v_.token(node).deprel == Deprel::Nummod && v_.token(node).head >= 0) {
      counted = v_.token(node).head;
      node = counted;
    } else if (v_.token(node).upos == Upos::Noun) {
      counted = node;
    }
    if (shared_from(node)) return;
    if (counted >= 0 && v_.child(counted, Deprel::NmodPoss) >= 0) {  // "Acme's 900 employees"
      for (const Filler& owner : owners(v_, counted)) {
        add(owner, "has_metric", counted, v_.clause_of(counted), kOtherMeasure,
            ascii_lower(v_.word(counted)), "metric.owner");
      }
      return;
    }
    const Token& token = v_.token(node);
    // "in the past six months": when, not how much.
    const bool modifier = token.deprel == Deprel::Obl || token.deprel == Deprel::OblUnmarked ||
                          token.deprel == Deprel::Nmod;
    if (modifier && v_.tables.listed("time_unit", ascii_lower(v_.word(m.last - 1)))) return;
    if (modifier && counted >= 0 && v_.tables.listed("time_unit", ascii_lower(v_.word(counted))))
      return;
    const int clause = v_.clause_at(node);
    if (clause >= 0 && v_.clauses[static_cast<std::size_t>(clause)].kind == Clause::Kind::Copular) {
      for (const Argument& a : v_.clauses[static_cast<std::size_t>(clause)].arguments) {
        if (a.role == Role::Subject) of_subject(a, clause, node, counted);
      }
      return;
    }
    if (token.head < 0) return;
    const int governor = token.head;
    if (token.deprel == Deprel::Nmod || token.deprel == Deprel::Appos) {
      of_noun(governor, v_.preposition_of(node));
    } else if (token.deprel == Deprel::Obj || token.deprel == Deprel::Obl ||
               token.deprel == Deprel::OblUnmarked || token.deprel == Deprel::OblAgent ||
               token.deprel == Deprel::Xcomp) {
      const int above = v_.clause_at(governor);
      if (above >= 0 && v_.clauses[static_cast<std::size_t>(above)].kind == Clause::Kind::Copular) {
        // "is close to $40 billion", "is as low as 50%"
        for (const Argument& a : v_.clauses[static_cast<std::size_t>(above)].arguments) {
          if (a.role == Role::Subject) of_subject(a, above, governor, counted);
        }
      } else if (above >= 0) {
        of_verb(above, node, counted, v_.preposition_of(node));
      }
    } else if (token.deprel == Deprel::Compound || token.deprel == Deprel::Nummod) {
      of_noun(governor, "");
    }
  }

 private:
  void add(const Filler& owner, const char* relation, int predicate, int clause, double confidence,
           std::string metric, const char* by) {
    if (owner.mention < 0 || v_.mention(owner.mention).kind == Mention::Kind::Literal) return;
    for (const Filler& one : referents(v_, owner)) {
      if (one.via.ends_with("+example")) continue;
      Claim claim;
      claim.relation = relation;
      claim.from = one;
      claim.to = filler_at(v_, v_.mention(mention_).head);
      claim.to.mention = mention_;
      claim.predicate = predicate;
      claim.clause = clause;
      claim.confidence = confidence;
      claim.qualifiers.metric = std::move(metric);
      claim.by = by;
      out_.push_back(std::move(claim));
      return;
    }
  }

  bool percent() const {
    for (int i = v_.mention(mention_).first; i < v_.mention(mention_).last; ++i) {
      const std::string word = ascii_lower(v_.word(i));
      if (word.find('%') != std::string::npos || word == "percent" ||
          v_.tables.listed("fraction", word))
        return true;
    }
    return false;
  }

  /// "85% derived from X", "a third of sales comes from X": the share of X.
  bool shared_from(int node) {
    if (!percent()) return false;
    std::vector<int> verbs;
    for (const int child : v_.children(node)) {
      if (v_.token(child).deprel == Deprel::Acl) verbs.push_back(child);
    }
    const Token& token = v_.token(node);
    if ((token.deprel == Deprel::Nsubj || token.deprel == Deprel::NsubjPass) && token.head >= 0)
      verbs.push_back(token.head);
    for (const int verb : verbs) {
      const int clause = v_.clause_at(verb);
      if (clause < 0) continue;
      const Predicate p{RelationRow::Kind::Verb, verb, clause};
      for (const Filler& source : ::tercet::fill(v_, p, "from")) {
        add(source, "has_market_share", verb, clause, kNamedMeasure, {}, "share.from");
        return true;
      }
    }
    return false;
  }

  /// A subject that is a measure ("its revenue"), or the thing measured.
  void of_subject(const Argument& subject, int clause, int predicate, int counted) {
    if (const char* relation = measure_of(v_, subject.head)) {
      for (const Filler& owner : owners(v_, subject.head)) {
        add(owner, relation, subject.head, clause, kNamedMeasure, phrase(v_, subject.head),
            "measure.cop");
      }
    } else if (const std::vector<Filler> theirs = owners(v_, subject.head);
               !theirs.empty() && v_.token(subject.head).upos == Upos::Noun &&
               measured(subject.head)) {
      add(theirs.front(), "has_metric", subject.head, clause, kOtherMeasure,
          phrase(v_, subject.head), "metric.cop");
    } else {
      add(filler_at(v_, subject.head, subject.inherited), "has_metric", predicate, clause,
          kOtherMeasure, counted >= 0 ? phrase(v_, counted) : std::string(), "metric.cop");
    }
  }

  /// True for what is itself a measure ("sales", "traffic"), so that the number is its owner's.
  bool measured(int noun) const {
    const int mention = v_.mention_at(noun);
    if (mention < 0) return true;
    const std::string& type = v_.entity_of(mention).type;
    return type == "Metric" || type == "Event" || type == "Capability" || type == "Concept" ||
           type == "Quantity";
  }

  /// "revenue of $5 billion", "a $5 billion valuation".
  void of_noun(int noun, const std::string& preposition) {
    const int clause = v_.clause_of(noun);
    const char* relation = measure_of(v_, noun);
    if (relation != nullptr &&
        (preposition == "of" || preposition.empty() || preposition == "at")) {
      for (const Filler& owner : owners(v_, noun)) {
        if (owner.head == v_.mention(mention_).head) continue;
        add(owner, relation, noun, clause, kNamedMeasure, phrase(v_, noun), "measure.of");
      }
      if (owners(v_, noun).empty()) {
        // "At a valuation of $80 billion, this means the company trades ...": the sentence's one.
        const auto here =
            std::ranges::equal_range(v_.entities.mentions, v_.sentence, {}, &Mention::sentence);
        for (auto at = here.begin(); at != here.end(); ++at) {
          if (at->entity < 0 ||
              v_.entities.entities[static_cast<std::size_t>(at->entity)].type != "Organization")
            continue;
          Filler owner = filler_at(v_, at->head);
          owner.weight = 0.7;
          add(owner, relation, noun, clause, kNamedMeasure, phrase(v_, noun), "measure.near");
          break;
        }
      }
    } else if (preposition == "of") {
      const std::vector<Filler> theirs = owners(v_, noun);
      for (const Filler& owner : theirs) {
        if (owner.head == v_.mention(mention_).head) continue;
        add(owner, "has_metric", noun, clause, kOtherMeasure, phrase(v_, noun), "metric.of");
        return;
      }
    } else if (preposition == "for") {
      add(filler_at(v_, noun), "has_price", noun, clause, kOtherMeasure, {}, "price.for");
    }
  }

  void of_verb(int above, int node, int counted, const std::string& preposition) {
    const Clause& c = v_.clauses[static_cast<std::size_t>(above)];
    if (c.kind != Clause::Kind::Verbal) return;
    const std::string verb = v_.token(c.predicate).lemma;
    const Argument* subject = nullptr;
    const Argument* object = nullptr;
    for (const Argument& a : c.arguments) {
      if (a.role == Role::Subject && subject == nullptr) subject = &a;
      if (a.role == Role::Object && object == nullptr && a.head != node) object = &a;
    }
    const bool sale = v_.tables.listed("sale_verb", verb);
    if (sale && preposition == "for") {
      const Argument* sold = c.passive || object == nullptr ? subject : object;
      if (sold != nullptr) {
        add(filler_at(v_, sold->head, sold->inherited), "has_price", c.predicate, above,
            kNamedMeasure, {}, "price.sale");
      }
      return;
    }
    if (v_.tables.listed("value_verb", verb) && preposition == "at") {
      const Argument* valued = c.passive || object == nullptr ? subject : object;
      if (valued != nullptr) {
        add(filler_at(v_, valued->head, valued->inherited), "has_valuation", c.predicate, above,
            kNamedMeasure, {}, "value.at");
      }
      return;
    }
    if (subject == nullptr) return;
    if (percent() && v_.tables.listed("share_verb", v_.predicate_lemma(c.predicate)) &&
        (preposition.empty() || preposition == "for")) {
      add(filler_at(v_, subject->head, subject->inherited), "has_market_share", c.predicate, above,
          kNamedMeasure, {}, "share.verb");
      return;
    }
    if (v_.tables.listed("cost_verb", verb) && (preposition.empty() || preposition == "at")) {
      // "The offer includes a plan, costing $20": the plan costs.
      if (c.link == Deprel::Advcl && subject->inherited && c.parent >= 0) {
        for (const Argument& a : v_.clauses[static_cast<std::size_t>(c.parent)].arguments) {
          if (a.role == Role::Object && a.head < c.predicate) subject = &a;
        }
      }
      add(filler_at(v_, subject->head, subject->inherited), "has_price", c.predicate, above,
          kNamedMeasure, {}, "price.cost");
      return;
    }
    // The measure may be the object: "doubled its revenue to $5 billion".
    if (object != nullptr && !preposition.empty()) {
      if (const char* relation = measure_of(v_, object->head)) {
        for (const Filler& owner : owners(v_, object->head)) {
          add(owner, relation, object->head, above, kNamedMeasure, phrase(v_, object->head),
              "measure.obj");
        }
      }
      return;
    }
    if (preposition == "in" || preposition == "with" || preposition == "on" || preposition == "of")
      return;
    if (counted >= 0 || preposition == "by" || preposition == "to" ||
        v_.tables.listed("change_verb", verb))
      of_subject(*subject, above, c.predicate, counted);
  }

  const SentenceView& v_;
  const int mention_;
  std::vector<Claim>& out_;
};

/// "launched in 2012", "the founding of X in 1999".
void of_date(const SentenceView& v, int index, std::vector<Claim>& out) {
  const Mention& date = v.mention(index);
  int node = date.head;
  while (v.token(node).head >= date.first && v.token(node).head < date.last)
    node = v.token(node).head;
  const int governor = v.token(node).head;
  if (governor < 0) return;
  const auto add = [&](const Filler& thing, int clause, const char* by) {
    for (const Filler& one : referents(v, thing)) {
      if (one.mention < 0 || one.via.ends_with("+example")) continue;
      Claim claim;
      claim.relation = "launched_on";
      claim.from = one;
      claim.to = filler_at(v, date.head);
      claim.to.mention = index;
      claim.predicate = governor;
      claim.clause = clause;
      claim.confidence = kLaunch;
      claim.by = by;
      out.push_back(std::move(claim));
      return;
    }
  };
  const std::string lemma = v.predicate_lemma(governor);
  const int clause = v.clause_at(governor);
  if (clause >= 0 && v.clauses[static_cast<std::size_t>(clause)].kind == Clause::Kind::Verbal) {
    if (!v.tables.listed("launch_verb", lemma)) return;
    // "In March it began to sell": the beginning is of the selling.
    for (const Argument& a : v.clauses[static_cast<std::size_t>(clause)].arguments) {
      if (a.role == Role::Complement) return;
    }
    const Predicate p{RelationRow::Kind::Verb, governor, clause};
    std::vector<Filler> things = fill(v, p, "target");
    if (things.empty() && v.tables.listed("begin_verb", lemma)) things = fill(v, p, "doer");
    for (const Filler& thing : things) add(thing, clause, "date.verb");
  } else if (v.tables.listed("launch_noun", ascii_lower(v.token(governor).lemma))) {
    const Predicate p{RelationRow::Kind::Noun, governor, -1};
    std::vector<Filler> things = fill(v, p, "of");
    if (things.empty()) things = fill(v, p, "owner");
    for (const Filler& thing : things) add(thing, -1, "date.noun");
  }
}

}  // namespace

void claims_of_quantities(const SentenceView& v, std::vector<Claim>& out) {
  const auto here =
      std::ranges::equal_range(v.entities.mentions, v.sentence, {}, &Mention::sentence);
  for (auto at = here.begin(); at != here.end(); ++at) {
    const Mention& mention = *at;
    const auto i = static_cast<std::size_t>(at - v.entities.mentions.begin());
    if (mention.kind != Mention::Kind::Literal || mention.entity < 0) continue;
    const std::string& type = v.entities.entities[static_cast<std::size_t>(mention.entity)].type;
    if (type == "Quantity")
      Quantity(v, static_cast<int>(i), out).find();
    else if (type == "Date")
      of_date(v, static_cast<int>(i), out);
  }
}

}  // namespace tercet
