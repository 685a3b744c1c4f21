#include <algorithm>
#include <optional>

#include "base/ascii.h"
#include "extract/relate/rules.h"

namespace tercet {
namespace {

constexpr double kSure = 0.4;  // confidence of a row that leaves no room for general ones

std::string_view kind_name(RelationRow::Kind kind) {
  switch (kind) {
    case RelationRow::Kind::Verb:
      return "verb";
    case RelationRow::Kind::Noun:
      return "noun";
    case RelationRow::Kind::Adjective:
      return "adj";
  }
  return "";
}

/// The verb with all that belongs to it before `noun`: "turn down", "walk away from".
std::string phrasal(const SentenceView& v, int verb, int noun) {
  std::string out = v.token(verb).lemma;
  for (const int child : v.children(verb)) {
    const Deprel deprel = v.token(child).deprel;
    if (child < verb || child > noun) continue;
    const bool particle =
        deprel == Deprel::CompoundPrt || (deprel == Deprel::Advmod && child == verb + 1);
    if (particle) out += ' ' + v.token(child).lemma;
  }
  const std::string preposition = v.preposition_of(noun);
  return preposition.empty() ? out : out + ' ' + preposition;
}

/// The verb "rejects", "walks away from" says of noun i that it is not done.
bool refused(const SentenceView& v, int i) {
  const Token& me = v.token(i);
  return (me.deprel == Deprel::Obj || me.deprel == Deprel::Obl) && me.head >= 0 && me.head < i &&
         v.tables.listed("light_denial", phrasal(v, me.head, i));
}

/// The clause that a light verb makes of noun i ("holds a stake in", "rejects a merger with"), or
/// -1.
int light_clause(const SentenceView& v, int i) {
  const Token& me = v.token(i);
  if (me.head < 0) return -1;
  const bool object = me.deprel == Deprel::Obj && v.tables.listed("light", v.token(me.head).lemma);
  if (object || refused(v, i)) return v.clause_at(me.head);
  // "offers a range of tools, including support for X": an example of the verb's object.
  if (me.deprel != Deprel::Nmod || !v.tables.listed("example", v.preposition_of(i))) return -1;
  int whole = me.head;
  if (v.token(whole).deprel == Deprel::Nmod && v.preposition_of(whole) == "of" &&
      v.tables.listed("transparent", v.token(v.token(whole).head).lemma)) {
    whole = v.token(whole).head;
  }
  const Token& top = v.token(whole);
  if (top.deprel != Deprel::Obj || !v.tables.listed("light", v.token(top.head).lemma)) return -1;
  return v.clause_at(top.head);
}

std::vector<Predicate> predicates_of(const SentenceView& v) {
  std::vector<Predicate> out;
  for (int i = 0; i < v.size(); ++i) {
    const int clause = v.clause_at(i);
    const Upos upos = v.token(i).upos;
    // "The aim is to sell": the verb is copular only in form.
    const bool verbal =
        clause >= 0 && (v.clauses[static_cast<std::size_t>(clause)].kind == Clause::Kind::Verbal ||
                        (upos == Upos::Verb && v.token(i).xpos == Xpos::VB));
    if (verbal) {
      out.push_back({RelationRow::Kind::Verb, i, clause});
      if (upos != Upos::Noun && upos != Upos::Propn && upos != Upos::Adj) continue;
    }
    const bool copular = clause >= 0 && !verbal;
    if (copular && upos != Upos::Adj && upos != Upos::Verb) {
      // "is behind the loom", "is against X": the preposition says it.
      const int preposition = v.child(i, Deprel::Case);
      if (preposition >= 0 && preposition < i)
        out.push_back({RelationRow::Kind::Adjective, preposition, clause});
    }
    if (upos == Upos::Adj || (upos == Upos::Verb && clause < 0) ||
        ((upos == Upos::Verb || upos == Upos::Adv) && copular)) {
      out.push_back({RelationRow::Kind::Adjective, i, clause});
    } else if (upos == Upos::Noun || upos == Upos::Propn) {
      out.push_back(
          {RelationRow::Kind::Noun, i, verbal || clause < 0 ? light_clause(v, i) : clause});
    }
  }
  return out;
}

bool type_allowed(const SentenceView& v, const Filler& filler,
                  const std::vector<std::string>& types) {
  if (types.empty()) return true;
  if (filler.mention < 0) return std::ranges::find(types, "clause") != types.end();
  return std::ranges::find(types, v.entity_of(filler.mention).type) != types.end();
}

/// "Not owning her recordings": the possessive says no more than the denied verb.
bool denied(const SentenceView& v, int noun) {
  const Token& token = v.token(noun);
  if (token.deprel != Deprel::Obj || token.head < 0 || v.clause_at(token.head) < 0) return false;
  return stance_of(v.document, v.document_clauses, v.sentence, v.clause_at(token.head), noun)
             .polarity == Polarity::Negative;
}

bool has_name(const Filler& filler) {
  return filler.mention >= 0 || filler.clause >= 0 || !filler.label.empty();
}

/// "Orla, a company, sells tea": the parser may take the apposition for a conjunct.
bool apposed(const SentenceView& v, const Filler& filler) {
  if (filler.head < 1 || v.token(filler.head).deprel != Deprel::Conj) return false;
  const int det = v.child(filler.head, Deprel::Det);
  if (det < 1 || v.token(det).lemma != "a" || v.word(det - 1) != ",") return false;
  if (v.child(filler.head, Deprel::Cc) >= 0) return false;
  const int head = v.token(filler.head).head;
  return head >= 0 && v.token(head).upos == Upos::Propn;
}

// No sentence that is read by people comes near these; they bound the work on one that is not.
constexpr std::size_t kMostFillers = 16, kMostClaims = 3000;

std::vector<Filler> named(const SentenceView& v, const Predicate& p, const std::string& role) {
  std::vector<Filler> out;
  for (const Filler& one : fill(v, p, role)) {
    if (apposed(v, one)) continue;
    for (Filler& each : referents(v, one)) {
      if (out.size() == kMostFillers) return out;
      if (has_name(each)) out.push_back(std::move(each));
    }
  }
  return out;
}

}  // namespace

void claims_of_predicates(const SentenceView& v, std::vector<Claim>& out) {
  // Dozens of rows of a predicate ask for the same few roles. By the role's number, twice: for the
  // predicate's own clause and for none.
  std::vector<std::optional<std::vector<Filler>>> known(2 * v.tables.role_count());
  for (const Predicate& p : predicates_of(v)) {
    const std::string lemma = v.predicate_lemma(p.token);
    // The tagger's lemma of a capitalised title ("CEO", "Co-Founder") keeps its case.
    std::string lower = ascii_lower(lemma);
    std::vector<int> rows = v.tables.rows_of(p.kind, lower);
    if (rows.empty()) {
      // The tagger makes up lemmas of verbs it has not met ("surpasse"); the tables know better.
      const std::string tail = lemma.substr(std::min(lemma.find(' '), lemma.size()));
      for (const std::string& possible : possible_lemmas(ascii_lower(v.word(p.token)))) {
        rows = v.tables.rows_of(p.kind, possible + tail);
        if (rows.empty()) continue;
        lower = possible + tail;
        break;
      }
    }
    const std::size_t first = out.size();  // of this predicate's claims
    // A row of the verb's own is sure of these two: what any verb may mean would contradict it
    // ("competes with" is no partnership).
    const auto told = [&](const Filler& a, const Filler& b) {
      return std::any_of(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
                         [&](const Claim& one) {
                           return one.confidence >= kSure && one.from.head == a.head &&
                                  one.to.head == b.head && !one.by.starts_with("any.");
                         });
    };
    for (auto& one : known) one.reset();
    const auto fillers = [&](const Predicate& of, const std::string& role,
                             std::size_t number) -> const std::vector<Filler>& {
      auto& one = known[2 * number + (of.clause == p.clause ? 0 : 1)];
      if (!one) one = named(v, of, role);
      return *one;
    };
    const bool noun = p.kind == RelationRow::Kind::Noun;
    const bool is_denied = noun && denied(v, p.token), is_refused = noun && refused(v, p.token);
    // "came up with": the parser may take the particle for an adverb.
    if (p.kind == RelationRow::Kind::Verb && p.token + 1 < v.size() &&
        v.token(p.token + 1).deprel == Deprel::Advmod && v.token(p.token + 1).head == p.token) {
      for (const int one : v.tables.rows_of(p.kind, lower + ' ' + v.token(p.token + 1).lemma))
        rows.push_back(one);
    }
    // What holds of any verb or noun: "through X", a possessive.
    for (const int any : v.tables.rows_of(p.kind, "*")) rows.push_back(any);
    for (const int index : rows) {
      if (out.size() >= kMostClaims) return;
      const RelationRow& row = v.tables.rows()[static_cast<std::size_t>(index)];
      // What holds of any noun holds of its own dependents, not of a light verb's.
      const bool general = noun && row.predicate == "*";
      if (general && is_denied) continue;
      // Who turns customers down has them denied, not himself.
      const bool person = row.from == "self" || row.to == "self";
      if (person && is_refused) continue;
      const Predicate bare{p.kind, p.token, general && v.clause_at(p.token) < 0 ? -1 : p.clause};
      const std::vector<Filler>& from = fillers(bare, row.from, row.from_number);
      if (from.empty()) continue;
      const std::vector<Filler>& to = fillers(bare, row.to, row.to_number);
      if (to.empty()) continue;
      if (!std::ranges::all_of(row.tests,
                               [&](const RoleTest& test) { return passes(v, p, test); })) {
        continue;
      }
      for (std::size_t a = 0; a < from.size(); ++a) {
        if (!type_allowed(v, from[a], row.from_types)) continue;
        for (std::size_t b = row.from == row.to ? a + 1 : 0; b < to.size(); ++b) {
          if (!type_allowed(v, to[b], row.to_types)) continue;
          if (from[a].head >= 0 && from[a].head == to[b].head) continue;
          // "Orla and Teapot are rivals": not "rivals like Orla and Teapot".
          if (row.from == row.to &&
              (from[a].via.ends_with("+example") || to[b].via.ends_with("+example")))
            continue;
          if (row.predicate == "*" && p.kind == RelationRow::Kind::Verb && told(from[a], to[b])) {
            continue;
          }
          if (row.to == "topic" && from[a].mention >= 0) {
            const int entity = v.mention(from[a].mention).entity;
            if (v.mention(to[b].mention).entity == entity) continue;
            if (b > 0 && v.mention(to[b - 1].mention).entity != entity)
              continue;  // the first will do
          }
          Claim claim;
          claim.relation = row.relation;
          claim.from = from[a];
          claim.to = to[b];
          claim.predicate = p.token;
          claim.clause = bare.clause;
          claim.inner = row.to.starts_with("action") || row.to == "purpose" || to[b].clause >= 0;
          claim.to_doer = row.to == "doer";
          claim.confidence = row.confidence;
          claim.by = std::string(row.predicate == "*" ? "any." : "") +
                     std::string(kind_name(p.kind)) + '.' + row.from + '.' + row.to + ':' + lower;
          out.push_back(std::move(claim));
        }
      }
    }
  }
}

}  // namespace tercet
