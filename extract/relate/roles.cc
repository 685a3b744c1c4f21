#include <algorithm>
#include <functional>
#include <map>

#include "base/ascii.h"
#include "extract/relate/other_subject.h"
#include "extract/relate/view.h"

namespace tercet {
namespace {

/// "behind in" is also "in" ("fall behind in X"), "that even if" also "even if".
bool same_preposition(const std::string& found, std::string_view role) {
  if (found == role) return true;
  static constexpr std::string_view kLeading[] = {"behind ", "ahead ", "out ",  "up ",
                                                  "down ",   "back ",  "away ", "off ",
                                                  "over ",   "that ",  "so "};
  for (const std::string_view leading : kLeading) {
    if (found.starts_with(leading) && found.substr(leading.size()) == role) return true;
  }
  return false;
}

bool is_noun(const Token& token) { return token.upos == Upos::Noun || token.upos == Upos::Propn; }

class Roles {
 public:
  Roles(const SentenceView& view, const Predicate& predicate) : v_(view), p_(predicate) {}

  std::vector<Filler> fill(std::string_view role) const {
    const std::size_t dot = role.find('.');
    if (dot != std::string_view::npos) return step_down(role.substr(0, dot), role.substr(dot + 1));
    std::vector<Filler> out;
    if (role == "topic") {
      topic(out);
      return out;
    }
    if (role == "main") {
      main_subject(out);
      return out;
    }
    if (role == "mod") {
      for (const int child : v_.children(p_.token)) {
        const Deprel deprel = v_.token(child).deprel;
        if (deprel == Deprel::Advmod || deprel == Deprel::Amod) add(out, child);
      }
      return out;
    }
    if (p_.kind == RelationRow::Kind::Verb)
      of_verb(role, out);
    else
      of_nominal(role, out);
    return out;
  }

 private:
  const Clause* clause() const {
    return p_.clause < 0 ? nullptr : &v_.clauses[static_cast<std::size_t>(p_.clause)];
  }

  void add(std::vector<Filler>& out, int head, bool inherited = false, double weight = 1.0,
           std::string via = {}) const {
    if (head < 0 || head >= v_.size()) return;
    for (const Filler& one : out) {
      if (one.head == head) return;
    }
    Filler filler;
    filler.inherited = inherited;
    filler.weight = weight;
    filler.via = std::move(via);
    filler.head = head;
    const int clause = v_.clause_at(head);
    if (clause >= 0 && !is_noun(v_.token(head)) && v_.token(head).upos != Upos::Pron &&
        v_.clauses[static_cast<std::size_t>(clause)].kind == Clause::Kind::Verbal) {
      filler.clause = clause;
      filler.mention = v_.entities.mention_at(v_.sentence, head);  // a gerund may be a mention
    } else {
      filler.mention = v_.mention_at(head);
    }
    out.push_back(std::move(filler));
  }

  /// An argument, and what it stands for or names as examples.
  void add_argument(std::vector<Filler>& out, int head, bool inherited, double weight = 1.0,
                    std::string via = {}) const {
    const OtherSubject other = other_subject(v_, head);
    if (other.token >= 0)
      add(out, other.token, true, weight * other.weight, via + other.via);
    else
      add(out, head, inherited, weight, via);
  }

  /// "When Acme refused to partner, Orla bought a mill": Orla is who Acme refused. The subject of
  /// the clause that the predicate's clause, or one above it, stands before.
  void main_subject(std::vector<Filler>& out) const {
    int index = p_.clause;
    for (std::size_t steps = v_.clauses.size(); steps > 0 && index >= 0; --steps) {
      const Clause& c = v_.clauses[static_cast<std::size_t>(index)];
      const bool framing = c.link == Deprel::Advcl && !c.marker.empty() && c.marker != "to";
      if (!framing && c.link != Deprel::Xcomp) return;
      index = c.parent;
      if (!framing || index < 0) continue;
      const Clause& above = v_.clauses[static_cast<std::size_t>(index)];
      for (const Argument& a : above.arguments) {
        if (a.role == Role::Subject && !a.inherited && a.head > c.predicate)
          add(out, a.head, true, 0.9, "+main");
      }
      return;
    }
  }

  /// The organisations that the document spoke of most lately, this sentence included: what a
  /// comparison without a standard compares with. A window keeps it linear.
  void topic(std::vector<Filler>& out) const {
    const auto& mentions = v_.entities.mentions;
    const auto end = std::ranges::upper_bound(mentions, v_.sentence, {}, &Mention::sentence);
    const auto begin = end - std::min<std::ptrdiff_t>(end - mentions.begin(), 400);
    std::map<int, std::pair<double, int>> count;  // entity -> sureness of all mentions, last one
    for (auto at = begin; at != end; ++at) {
      if (at->entity < 0 || at->kind == Mention::Kind::Nominal) continue;
      const Entity& entity = v_.entities.entities[static_cast<std::size_t>(at->entity)];
      if (entity.type != "Organization") continue;
      auto& [sureness, last] = count[at->entity];
      sureness += entity.type_confidence;
      last = static_cast<int>(at - mentions.begin());
    }
    std::vector<std::pair<double, int>> ranked;
    for (const auto& [entity, seen] : count) ranked.push_back(seen);
    std::ranges::sort(ranked, std::ranges::greater());
    for (std::size_t i = 0; i < std::min<std::size_t>(ranked.size(), 2); ++i) {
      Filler filler;
      filler.mention = ranked[i].second;
      if (v_.mention(filler.mention).sentence == v_.sentence)
        filler.head = v_.mention(filler.mention).head;
      filler.weight = 0.7;
      filler.inherited = true;
      filler.via = "+topic";
      out.push_back(std::move(filler));
    }
  }

  void of_verb(std::string_view role, std::vector<Filler>& out) const {
    const Clause* c = clause();
    if (c == nullptr) return;
    for (const Argument& a : c->arguments) {
      switch (a.role) {
        case Role::Subject:
          // "The aim is to sell": not the aim sells.
          if (v_.token(a.head).deprel == Deprel::NsubjOuter &&
              v_.tables.listed("aim", v_.token(a.head).lemma)) {
            if (role == "doer") schemer(a.head, out);
            break;
          }
          if (role == (c->passive ? "target" : "doer")) add_argument(out, a.head, a.inherited);
          break;
        case Role::Agent:
          if (role == "doer") add_argument(out, a.head, a.inherited);
          break;
        case Role::Object:
          // Of a passive the object is what is left of two: "was given a licence".
          if (role == (c->passive ? "second" : "target")) add_argument(out, a.head, a.inherited);
          break;
        case Role::IndirectObject:
          if (role == "recipient") add_argument(out, a.head, a.inherited);
          break;
        case Role::Oblique:
          if (same_preposition(a.preposition, role)) add_argument(out, a.head, a.inherited);
          if (role == "doer" && c->passive && a.preposition == "by")
            add_argument(out, a.head, a.inherited, 0.9);
          break;
        case Role::Complement:
          if (role == "action") add_argument(out, a.head, a.inherited);
          break;
        case Role::Adverbial:
          if (role == "purpose" && (a.preposition == "to" || a.preposition.empty())) {
            add_argument(out, a.head, a.inherited);
          }
          if (!a.preposition.empty() && same_preposition(a.preposition, role))
            add_argument(out, a.head, a.inherited);
          break;
      }
    }
    // "fall behind in X": the phrase hangs on the adverb.
    for (const int child : v_.children(c->predicate)) {
      if (v_.token(child).deprel != Deprel::Advmod && v_.token(child).deprel != Deprel::CompoundPrt)
        continue;
      for (const int inner : v_.children(child)) {
        if (v_.token(inner).deprel == Deprel::Obl && v_.preposition_of(inner) == role)
          add_argument(out, inner, false);
      }
    }
    if (role == "doer" && out.empty() && !c->passive) {
      const int subject = planner();
      if (subject >= 0)
        add(out, subject, true, 0.9, "+aim");
      else if (subject == -2)
        topic(out);
      if (subject == -2 && out.size() > 1) out.resize(1);
    }
    if (role == "doer" && out.empty() && !c->passive) outside_subject(out);
    if (role == "target" && out.empty() && !c->passive) {
      // "outrun Brio's in speed": the parser makes Brio the owner of speed.
      for (const Argument& a : c->arguments) {
        if (a.role != Role::Oblique || a.inherited) continue;
        const int preposition = v_.child(a.head, Deprel::Case);
        const int owner = v_.child(a.head, Deprel::NmodPoss);
        if (preposition > 0 && owner >= 0 && owner < preposition) add(out, owner, false, 0.95);
      }
    }
    if (role == "target" && out.empty() && c->passive) outside_subject(out);
  }

  /// "Acme's aim is to sell": whose aim it is; the token, -2 if it is not said, -1 if there is no
  /// aim.
  int planner() const {
    const Clause* c = clause();
    if (c == nullptr || c->finite || c->parent < 0) return -1;
    const Clause& above = v_.clauses[static_cast<std::size_t>(c->parent)];
    for (const Argument& a : above.arguments) {
      if (a.role != Role::Subject || !v_.tables.listed("aim", v_.token(a.head).lemma)) continue;
      const Predicate aim{RelationRow::Kind::Noun, a.head, -1};
      for (const char* role : {"owner", "of"}) {
        for (const Filler& one : Roles(v_, aim).fill(role)) {
          if (one.mention >= 0) return one.head;
        }
      }
      return -2;  // nobody's in particular
    }
    return -1;
  }

  void schemer(int noun, std::vector<Filler>& out) const {
    const Predicate aim{RelationRow::Kind::Noun, noun, -1};
    for (const char* role : {"owner", "of"}) {
      for (Filler& one : Roles(v_, aim).fill(role)) {
        if (one.mention < 0) continue;
        one.inherited = true;
        one.via = "+aim";
        out.push_back(std::move(one));
        return;
      }
    }
    topic(out);
    if (out.size() > 1) out.resize(1);
  }

  /// "**Tea room** Meant for selling cakes.": the label of the block is the subject.
  void outside_subject(std::vector<Filler>& out) const {
    const Clause* c = clause();
    if (c == nullptr) return;
    const Block& block = v_.document.block_of(v_.sentence);
    if (block.lead_in.empty() || v_.tree.span.begin != 0) return;
    // Nobody above has a subject either: "Responsible for selling designs."
    for (int up = c->parent; up >= 0; up = v_.clauses[static_cast<std::size_t>(up)].parent) {
      for (const Argument& a : v_.clauses[static_cast<std::size_t>(up)].arguments) {
        if (a.role == Role::Subject) return;
      }
    }
    for (int i = v_.token(c->predicate).head; i >= 0; i = v_.token(i).head) {
      if (v_.child(i, Deprel::Nsubj) >= 0 || v_.child(i, Deprel::NsubjPass) >= 0) return;
    }
    Filler filler;
    filler.label = block.lead_in;
    while (!filler.label.empty() && (filler.label.back() == ':' || filler.label.back() == ' ' ||
                                     filler.label.back() == '.')) {
      filler.label.pop_back();
    }
    if (filler.label.empty()) return;
    filler.weight = 0.8;
    filler.via = "+lead";
    out.push_back(std::move(filler));
  }

  void nominal_dependents(int noun, std::string_view role, std::vector<Filler>& out,
                          double weight = 1.0) const {
    for (const int one : v_.children(noun)) {
      const Deprel deprel = v_.token(one).deprel;
      if (deprel == Deprel::NmodPoss) {
        if (role == "owner")
          for (const int each : v_.with_conjuncts(one)) add(out, each, false, weight);
      } else if (deprel == Deprel::Nmod || deprel == Deprel::Obl || deprel == Deprel::OblAgent ||
                 deprel == Deprel::NmodDesc || deprel == Deprel::NmodUnmarked) {
        if (v_.preposition_of(one) == role) {
          for (const int each : v_.with_conjuncts(one)) {
            if (each == one || v_.preposition_of(each).empty() || v_.preposition_of(each) == role) {
              add(out, each, false, weight);
            }
          }
        }
      } else if (deprel == Deprel::Compound) {
        if (role == "compound") add(out, one, false, weight);
      } else if (deprel == Deprel::AclRelcl) {
        if (role == "relative") add(out, one, false, weight);
      } else if (deprel == Deprel::Acl || deprel == Deprel::Advcl) {
        const int mark = v_.child(one, Deprel::Mark);
        const std::string marker = mark < 0 ? std::string() : ascii_lower(v_.word(mark));
        if ((role == "action" && (marker == "to" || marker.empty())) ||
            (!marker.empty() && role == marker)) {
          for (const int each : v_.with_conjuncts(one)) add(out, each, false, weight);
        }
      }
    }
  }

  void of_nominal(std::string_view role, std::vector<Filler>& out) const {
    const int i = p_.token;
    if (const Clause* c = clause(); c != nullptr && v_.token(i).upos == Upos::Adp) {
      // "Orla is behind the plan": between the subject and what the preposition leads in.
      if (role == "complement") add(out, c->predicate);
      for (const Argument& a : c->arguments) {
        if (role == "self" && a.role == Role::Subject) add_argument(out, a.head, a.inherited);
      }
      return;
    }
    if (role == "self") {
      self(out);
      return;
    }
    nominal_dependents(i, role, out);
    const Clause* c = clause();
    const Token& me = v_.token(i);
    // "CEO Orla Finch of Teapot", "Teapot's CEO Orla Finch": the name carries the noun's
    // dependents.
    if ((me.deprel == Deprel::Compound || me.deprel == Deprel::Flat ||
         me.deprel == Deprel::NmodDesc) &&
        me.head >= 0 && p_.kind == RelationRow::Kind::Noun) {
      nominal_dependents(me.head, role, out, 0.95);
    }
    if (p_.kind == RelationRow::Kind::Noun && me.deprel == Deprel::Conj && me.head >= 0 &&
        out.empty() && (role == "owner" || role == "of" || role == "at")) {
      // "co-founder and CEO of Duolingo", "its founder and chairman"
      nominal_dependents(me.head, role, out, 0.9);
    }
    if (p_.kind == RelationRow::Kind::Noun && out.empty() && role != "owner" &&
        role != "compound") {
      for (const int one : v_.children(i)) {
        // Shared by conjuncts but written at the last: "founder and CEO of X".
        if (v_.token(one).deprel == Deprel::Conj && is_noun(v_.token(one))) {
          nominal_dependents(one, role, out, 0.9);
        }
      }
    }
    if (c == nullptr) return;
    if (c->predicate == i) {  // copular
      for (const Argument& a : c->arguments) {
        if (a.role == Role::Oblique && a.preposition == role) add(out, a.head, a.inherited);
        if (a.role == Role::Complement && role == "action") add(out, a.head, a.inherited);
        if (a.role == Role::Adverbial && !a.preposition.empty() &&
            (role == a.preposition || (role == "action" && a.preposition == "to"))) {
          add(out, a.head, a.inherited);
        }
      }
      return;
    }
    // The clause of a light verb: "made an investment in", "holds a stake in".
    for (const Argument& a : c->arguments) {
      if (role == "owner" && a.role == (c->passive ? Role::Agent : Role::Subject)) {
        add(out, a.head, a.inherited, 0.95, "+light");
      }
      if (a.role == Role::Oblique && a.preposition == role && a.preposition != "of") {
        add(out, a.head, a.inherited, 0.95);
      }
    }
  }

  /// Whom a noun or adjective is said of.
  void self(std::vector<Filler>& out) const {
    const int i = p_.token;
    const Clause* c = clause();
    if (c != nullptr && c->predicate == i) {
      for (const Argument& a : c->arguments) {
        if (a.role == Role::Subject) add(out, a.head, a.inherited);
      }
      if (!out.empty()) return;
      if (c->kind == Clause::Kind::Copular && v_.token(i).head < 0) {
        outside_subject(out);
      }
    }
    const Token& me = v_.token(i);
    if (me.head >= 0) {
      const Token& head = v_.token(me.head);
      if (p_.kind == RelationRow::Kind::Adjective) {
        if (me.deprel == Deprel::Amod || me.deprel == Deprel::Acl ||
            me.deprel == Deprel::AclRelcl) {
          add(out, me.head);
        } else if (me.deprel == Deprel::Conj) {
          int top = me.head;
          while (v_.token(top).deprel == Deprel::Conj && v_.token(top).head >= 0)
            top = v_.token(top).head;
          const Predicate other{RelationRow::Kind::Adjective, top, v_.clause_at(top)};
          if (v_.token(top).upos != Upos::Adj && v_.clause_at(top) >= 0) {
            // "need to be good, but not superior to X"
            for (const Argument& a :
                 v_.clauses[static_cast<std::size_t>(v_.clause_at(top))].arguments) {
              if (a.role == Role::Subject) add(out, a.head, true, 0.9);
            }
          } else if (v_.token(top).upos == Upos::Adj)
            for (const Filler& one : Roles(v_, other).fill("self")) out.push_back(one);
        } else if (me.deprel == Deprel::Xcomp) {
          const int above = v_.clause_at(me.head);
          if (above >= 0) complement_self(above, out);
        }
        return;
      }
      if (me.deprel == Deprel::Appos) {
        add(out, me.head, false, 0.95, "+appos");
        return;
      }
      if ((me.deprel == Deprel::Compound || me.deprel == Deprel::Flat ||
           me.deprel == Deprel::NmodDesc) &&
          head.upos == Upos::Propn) {
        add(out, me.head, false, 0.95, "+title");
        return;
      }
      int top = me.head;  // of a chain of conjuncts
      while (v_.token(top).deprel == Deprel::Conj && v_.token(top).head >= 0)
        top = v_.token(top).head;
      if (me.deprel == Deprel::Conj && is_noun(v_.token(top))) {
        const Predicate other{RelationRow::Kind::Noun, top, v_.clause_at(top)};
        const std::vector<Filler> theirs = Roles(v_, other).fill("self");
        // Only if the first conjunct is itself said of somebody else.
        if (theirs.size() == 1 && theirs.front().head != top) {
          out.push_back(theirs.front());
          return;
        }
      }
      if (me.deprel == Deprel::Xcomp) {
        const int above = v_.clause_at(me.head);
        if (above >= 0) {
          complement_self(above, out);
          if (!out.empty()) return;
        }
      }
      if ((me.deprel == Deprel::Obl || me.deprel == Deprel::Nmod) && v_.preposition_of(i) == "as") {
        const int above = v_.clause_of(me.head);
        if (above >= 0 && v_.clauses[static_cast<std::size_t>(above)].predicate == me.head) {
          complement_self(above, out);
        } else if (is_noun(head)) {
          add(out, me.head, false, 0.8, "+as");
        }
        if (!out.empty()) return;
      }
    }
    if (me.deprel == Deprel::Nsubj && me.head >= 0 && v_.token(me.head).upos == Upos::Propn &&
        v_.child(me.head, Deprel::Cop) >= 0) {
      add(out, me.head, false, 0.95, "+cop");  // "The capital of Norway is Oslo."
      return;
    }
    for (const int one : v_.children(i)) {
      const Deprel deprel = v_.token(one).deprel;
      // "their CEO, Orla Finch": the name comes second.
      if (deprel == Deprel::Appos && v_.token(one).upos == Upos::Propn) {
        add(out, one, false, 0.95, "+appos");
        return;
      }
    }
    add(out, i);
  }

  /// "X serves as Y", "they call X a Y", "X remained a Y".
  void complement_self(int above, std::vector<Filler>& out) const {
    const Clause& c = v_.clauses[static_cast<std::size_t>(above)];
    for (const Argument& a : c.arguments) {
      if (a.role == Role::Object) add(out, a.head, a.inherited, 0.9, "+as");
    }
    if (!out.empty()) return;
    for (const Argument& a : c.arguments) {
      if (a.role == Role::Subject) add(out, a.head, a.inherited, 0.9, "+as");
    }
  }

  std::vector<Filler> step_down(std::string_view outer, std::string_view inner) const {
    std::vector<Filler> out;
    std::vector<Filler> stations = fill(outer);
    // "offers tools, including support for X"
    for (std::size_t i = 0, count = stations.size(); i < count; ++i) {
      if (stations[i].head < 0 || stations[i].clause >= 0) continue;
      if (v_.tables.listed("transparent", v_.token(stations[i].head).lemma)) {
        // "offers a range of tools, including support for X"
        for (const int whole : v_.children(stations[i].head)) {
          if (v_.token(whole).deprel != Deprel::Nmod || v_.preposition_of(whole) != "of") continue;
          for (const int each : examples_of(v_, whole)) add(stations, each, false, 0.9);
        }
      }
      for (const int each : examples_of(v_, stations[i].head)) add(stations, each, false, 0.9);
    }
    for (const Filler& one : stations) {
      if (one.head < 0) continue;
      Predicate next;
      next.token = one.head;
      if (one.clause >= 0) {
        next.kind = RelationRow::Kind::Verb;
        next.clause = one.clause;
      } else {
        next.kind = RelationRow::Kind::Noun;
        next.clause = -1;
      }
      for (Filler& found : Roles(v_, next).fill(inner)) {
        found.weight *= one.weight;
        out.push_back(std::move(found));
      }
    }
    // "meet demand for tea": the parser may hang the phrase on the verb.
    if (out.empty() && p_.kind == RelationRow::Kind::Verb && outer == "target" &&
        inner != "owner" && inner != "of" && inner.find('.') == std::string_view::npos &&
        !fill("target").empty()) {
      out = fill(inner);
    }
    return out;
  }

  const SentenceView& v_;
  const Predicate& p_;
};

}  // namespace

std::vector<Filler> fill(const SentenceView& view, const Predicate& predicate,
                         std::string_view role) {
  return Roles(view, predicate).fill(role);
}

}  // namespace tercet
