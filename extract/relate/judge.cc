#include "extract/relate/judge.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>

#include "base/logit.h"

namespace tercet {
namespace {

const char* kind_of(const SentenceView& v, const Filler& filler) {
  if (!filler.label.empty()) return "label";
  if (filler.mention < 0) return "clause";
  switch (v.mention(filler.mention).kind) {
    case Mention::Kind::Name:
      return "name";
    case Mention::Kind::Nominal:
      return v.mention(filler.mention).antecedent ? "definite" : "nominal";
    case Mention::Kind::Pronoun:
      return "pronoun";
    case Mention::Kind::Literal:
      return "literal";
  }
  return "";
}

const char* length_of(const std::string& name) {
  const auto words = 1 + std::ranges::count(name, ' ');
  if (words == 1) return "1";
  if (words == 2) return "2";
  if (words <= 4) return "4";
  if (words <= 7) return "7";
  return "more";
}

const char* distance(const Filler& a, const Filler& b) {
  if (a.head < 0 || b.head < 0) return "out";
  const int d = a.head < b.head ? b.head - a.head : a.head - b.head;
  if (d <= 2) return "2";
  if (d <= 5) return "5";
  if (d <= 10) return "10";
  if (d <= 20) return "20";
  return "far";
}

std::string determiner(const SentenceView& v, const Filler& filler) {
  if (filler.head < 0) return "none";
  const int det = v.child(filler.head, Deprel::Det);
  if (det >= 0) return v.token(det).lemma;
  if (v.child(filler.head, Deprel::NmodPoss) >= 0) return "poss";
  return "none";
}

/// The model's own probability of the claim, or 0: it may have met the words under either end's
/// head, or the head of the mention that stands there.
float pair_score(const SentenceView& v, const Claim& claim) {
  const auto at = [&](const Filler& filler, int token) {
    return token >= 0 &&
           (filler.head == token ||
            (filler.mention >= 0 && v.mention(filler.mention).sentence == v.sentence &&
             v.mention(filler.mention).head == token));
  };
  float best = 0;
  for (const WordRelation& one : v.tree.relations) {
    if (v.document.relations[one.relation] == claim.relation && at(claim.from, one.from) &&
        at(claim.to, one.to)) {
      best = std::max(best, one.score);
    }
  }
  return best;
}

/// Steps of half a logit from -3 on, as probabilities.
constexpr std::array<float, 15> kPairSteps{0.0474F, 0.0759F, 0.1192F, 0.1824F, 0.2689F,
                                           0.3775F, 0.5F,    0.6225F, 0.7311F, 0.8176F,
                                           0.8808F, 0.9241F, 0.9526F, 0.9707F, 0.982F};

/// What the model thinks of a row's claim, where it tells relations at all. What it misses counts
/// by relation only: it has hardly met the rare ones, and there the row knows better.
void tell_pair(const SentenceView& v, const Claim& claim, FeatureList& out) {
  if (v.document.relations.empty()) return;
  constexpr std::size_t kTelling = 3;  // steps below say no more than that the words can be ends
  const float score = pair_score(v, claim);
  if (score < kPairSteps[kTelling]) return;
  out.add("pair:", claim.relation);
  for (std::size_t step = kTelling; step < kPairSteps.size() && score >= kPairSteps[step]; ++step) {
    out.add("pair>=", std::to_string(step));
  }
}

/// A claim that the model alone makes has no row; it is weighed by itself, so that what is learnt
/// about rows does not bend it.
FeatureList features_of_pair(const SentenceView& v, const Claim& claim, const Fact& fact) {
  const std::string& r = claim.relation;
  const std::string ends = fact.subject_type + '|' + fact.object_type;
  const std::string kinds = std::string(kind_of(v, claim.from)) + '|' + kind_of(v, claim.to);
  FeatureList out;
  out.add("alone");
  out.add("alone:rel=", r);
  out.add("alone:from+to=", ends);
  out.add("alone:rel+from=", r, "|", fact.subject_type);
  out.add("alone:rel+to=", r, "|", fact.object_type);
  out.add("alone:kinds=", kinds);
  out.add("alone:fromlength=", length_of(fact.subject));
  out.add("alone:tolength=", length_of(fact.object));
  out.add("alone:distance=", distance(claim.from, claim.to));
  out.add("alone:modality=", name_of(fact.modality));
  out.add("alone:polarity=", name_of(fact.polarity));
  for (const auto& [filler, type, side] : {std::tuple{&claim.from, &fact.subject_type, "from"},
                                           {&claim.to, &fact.object_type, "to"}}) {
    if (filler->mention >= 0 && v.entity_of(filler->mention).type != *type) {
      out.add("alone:bent=", side);
    }
  }
  if (claim.predicate >= 0 && v.token(claim.predicate).upos != Upos::Propn) {
    out.add("alone:rel+lemma=", r, "|", v.token(claim.predicate).lemma);
  }
  const float score = static_cast<float>(claim.confidence);
  for (std::size_t step = 0; step < kPairSteps.size() && score >= kPairSteps[step]; ++step) {
    out.add("alone>=", std::to_string(step));
  }
  return out;
}

}  // namespace

FeatureList features_of(const SentenceView& v, const Claim& claim, const DraftFact& draft) {
  const std::string& r = claim.relation;
  const Fact& fact = draft.fact;
  if (claim.by == "pair") return features_of_pair(v, claim, fact);
  const std::size_t colon = claim.by.find(':');
  const std::string frame = claim.by.substr(0, colon);
  const std::string lemma =
      colon == std::string::npos
          ? (claim.predicate >= 0 ? v.token(claim.predicate).lemma : std::string())
          : claim.by.substr(colon + 1);
  const std::string fk = kind_of(v, claim.from), tk = kind_of(v, claim.to);
  FeatureList out;
  out.add("bias");
  out.add("rel=", r);
  out.add("frame=", frame);
  out.add("rel+frame=", r, "|", frame);
  out.add("rel+from=", r, "|", fact.subject_type);
  out.add("rel+to=", r, "|", fact.object_type);
  out.add("from+to=", fact.subject_type, "|", fact.object_type);
  out.add("rel+from+to=", r, "|", fact.subject_type, "|", fact.object_type);
  out.add("fromkind=", fk);
  out.add("tokind=", tk);
  out.add("rel+fromkind=", r, "|", fk);
  out.add("rel+tokind=", r, "|", tk);
  out.add("kinds=", fk, "|", tk);
  out.add("fromlength=", fk, length_of(fact.subject));
  out.add("tolength=", tk, length_of(fact.object));
  out.add("distance=", distance(claim.from, claim.to));
  out.add("modality=", name_of(fact.modality));
  out.add("polarity=", name_of(fact.polarity));
  out.add("fromdet=", determiner(v, claim.from));
  out.add("todet=", determiner(v, claim.to));
  // What the row's author thought of it, in steps of 1/20.
  const int prior = static_cast<int>(claim.confidence * 20 + 0.5);
  out.add("prior=", std::to_string(prior));
  for (int step = 1; step <= prior && step <= 12; ++step) out.add("prior>=", std::to_string(step));
  const auto bent = [&](const Filler& filler, const std::string& type) {
    return filler.mention >= 0 && v.entity_of(filler.mention).type != type;
  };
  if (claim.predicate < 0 || v.token(claim.predicate).upos != Upos::Propn) {
    out.add("lemma=", lemma);
    out.add("rel+lemma=", r, "|", lemma);
    out.add("rel+frame+lemma=", r, "|", frame, "|", lemma);
  }
  // A name whose type the relation had to bend, and how sure that type was.
  const auto tell_bent = [&](const Filler& filler, const std::string& type, const char* side) {
    if (!bent(filler, type)) return;
    const Entity& entity = v.entity_of(filler.mention);
    const char* sure = entity.type_confidence >= 0.7 ? "sure" : "unsure";
    out.add(side, "bent");
    out.add(side, "bent=", r);
    out.add(side, "bent=", sure);
    out.add(side, "bent=", entity.type, ">", type, "|", sure);
  };
  tell_bent(claim.from, fact.subject_type, "from");
  tell_bent(claim.to, fact.object_type, "to");
  if (claim.from.inherited) out.add("inherited");
  if (!claim.from.via.empty()) out.add("fromvia=", claim.from.via);
  if (!claim.to.via.empty()) out.add("tovia=", claim.to.via);
  if (claim.to.head >= 0) {
    // Of common words only: a judge must not learn who is who.
    if (v.token(claim.to.head).upos != Upos::Propn) {
      out.add("tolemma=", v.token(claim.to.head).lemma);
      out.add("rel+tolemma=", r, "|", v.token(claim.to.head).lemma);
    }
    out.add("todeprel=", name_of(v.token(claim.to.head).deprel));
    if (v.token(claim.to.head).xpos == Xpos::NNS) out.add("toplural");
  }
  if (claim.from.head >= 0) {
    if (v.token(claim.from.head).upos != Upos::Propn) {
      out.add("fromlemma=", v.token(claim.from.head).lemma);
    }
    out.add("fromdeprel=", name_of(v.token(claim.from.head).deprel));
  }
  if (claim.clause >= 0) {
    const Clause& clause = v.clauses[static_cast<std::size_t>(claim.clause)];
    out.add("link=", name_of(clause.link), ":", clause.marker);
    if (!clause.finite) out.add("infinite");
  } else {
    out.add("link=noun");
  }
  tell_pair(v, claim, out);
  out.add(v.size() > 30 ? "size=long" : v.size() > 18 ? "size=middle" : "size=short");
  return out;
}

int judged(const RelationTables& tables, const std::string& relation, const FeatureList& features) {
  if (tables.weight("rel=" + relation) == nullptr) return -1;
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < features.size(); ++i) {
    if (const int* weight = tables.weight(features[i])) sum += *weight;
  }
  return probability_of_logit(sum);
}

int stated_confidence(int probability) {
  // Platt's scaling (1999): 0.75 logit + 0.6. The logit is looked for, in 1/1000.
  int low = -12000, high = 12000;
  while (low < high) {
    const int middle = low + (high - low) / 2;
    if (probability_of_logit(middle) < probability)
      low = middle + 1;
    else
      high = middle;
  }
  return probability_of_logit(low * 3 / 4 + 600);
}

}  // namespace tercet
