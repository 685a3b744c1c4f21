#include "extract/relate/other_subject.h"

#include <algorithm>

#include "base/ascii.h"

namespace tercet {
namespace {

bool acts(const std::string& type) {
  return type == "Organization" || type == "Person" || type == "MarketSegment";
}

/// "Even if Orla is cheaper, it matters little where guests do not dine with them": who acts in
/// the clause in front, if the pronoun was taken for no actor or for nobody in this sentence. The
/// token, or -1.
int framing_subject(const SentenceView& v, int pronoun) {
  if (pronoun < 0 || v.token(pronoun).upos != Upos::Pron || v.token(pronoun).head < 0) return -1;
  if (v.token(pronoun).deprel != Deprel::Obl) return -1;
  const int mention = v.mention_at(pronoun);
  const int own = v.clause_at(v.token(pronoun).head);
  if (mention < 0 || own < 0 || v.mention(mention).kind != Mention::Kind::Pronoun) return -1;
  const int taken = v.mention(mention).entity;
  const auto here =
      std::ranges::equal_range(v.entities.mentions, v.sentence, {}, &Mention::sentence);
  const bool near = std::ranges::any_of(here, [&](const Mention& one) {
    return one.entity == taken && one.head < pronoun && one.kind != Mention::Kind::Pronoun;
  });
  if (near && acts(v.entity_of(mention).type)) return -1;
  int main = own;
  for (std::size_t steps = v.clauses.size(); steps > 0; --steps) {
    const Clause& c = v.clauses[static_cast<std::size_t>(main)];
    const bool framing = c.link == Deprel::Advcl && !c.marker.empty();
    if ((!framing && c.link != Deprel::Xcomp) || c.parent < 0) break;
    main = c.parent;
  }
  if (main == own) return -1;
  for (const Clause& c : v.clauses) {
    if (c.predicate > v.clauses[static_cast<std::size_t>(main)].predicate) break;
    if (c.link != Deprel::Advcl || c.parent != main || c.marker.empty()) continue;
    for (const Argument& a : c.arguments) {
      const int subject = a.role == Role::Subject && !a.inherited ? v.mention_at(a.head) : -1;
      if (subject < 0 || v.mention(subject).kind != Mention::Kind::Name) continue;
      const Clause& mine = v.clauses[static_cast<std::size_t>(own)];
      const bool beside = std::ranges::any_of(mine.arguments, [&](const Argument& other) {
        const int which = other.head == pronoun ? -1 : v.mention_at(other.head);
        return which >= 0 && v.mention(which).entity == v.mention(subject).entity;
      });
      if (!beside && acts(v.entity_of(subject).type)) return a.head;
    }
  }
  return -1;
}

/// "While they sell tea, Orla aims at coffee": a pronoun that was taken for a thing that cannot
/// act stands for who acts in the clause behind. The token, or -1.
int following_subject(const SentenceView& v, int pronoun) {
  if (pronoun < 0 || v.token(pronoun).upos != Upos::Pron) return -1;
  if (v.token(pronoun).deprel != Deprel::Nsubj || v.token(pronoun).head < 0) return -1;
  const int mention = v.mention_at(pronoun);
  const int index = v.clause_at(v.token(pronoun).head);
  if (mention < 0 || index < 0) return -1;
  if (v.mention(mention).kind != Mention::Kind::Pronoun) return -1;
  if (acts(v.entity_of(mention).type)) return -1;
  const Clause& c = v.clauses[static_cast<std::size_t>(index)];
  if (c.link != Deprel::Advcl || c.marker.empty() || c.parent < 0) return -1;
  for (const Argument& a : v.clauses[static_cast<std::size_t>(c.parent)].arguments) {
    if (a.role != Role::Subject || a.inherited || a.head < c.predicate) continue;
    const int behind = v.mention_at(a.head);
    if (behind >= 0 && v.mention(behind).kind == Mention::Kind::Name &&
        acts(v.entity_of(behind).type)) {
      return a.head;
    }
  }
  return -1;
}

/// "Once a customer moves its files into Acme's cellar, they ...": Acme is named in the clause
/// before the one whose subject is `pronoun`, and is not what that clause is about.
bool named_in_front(const SentenceView& v, int entity, int pronoun) {
  const auto here =
      std::ranges::equal_range(v.entities.mentions, v.sentence, {}, &Mention::sentence);
  for (auto at = here.begin(); at != here.end() && at->head < pronoun; ++at) {
    if (at->entity != entity || at->kind != Mention::Kind::Name) continue;
    for (int i = at->head; i >= 0; i = v.token(i).head) {
      const Deprel deprel = v.token(i).deprel;
      if (deprel == Deprel::Nsubj || deprel == Deprel::NsubjPass) break;
      if (deprel == Deprel::Advcl && v.token(i).head == v.token(pronoun).head) return true;
    }
  }
  return false;
}

/// "Once a customer chooses Acme, they stay": a subject pronoun that was taken for the object of
/// the clause in front follows that clause's subject instead. The token, or -1.
int fronted_subject(const SentenceView& v, int pronoun) {
  if (pronoun < 0 || v.token(pronoun).upos != Upos::Pron || v.token(pronoun).head < 0) return -1;
  const Deprel role = v.token(pronoun).deprel;
  const bool doing = role == Deprel::Nsubj || role == Deprel::NsubjPass;
  if (!doing && role != Deprel::Obj && role != Deprel::Obl) return -1;
  const int mention = v.mention_at(pronoun);
  const int main = v.clause_at(v.token(pronoun).head);
  if (mention < 0 || main < 0) return -1;
  const int taken = v.mention(mention).entity;
  int subject = -1;
  bool object = false;
  for (std::size_t i = 0; i < v.clauses.size(); ++i) {
    const Clause& c = v.clauses[i];
    if (c.predicate > pronoun) break;
    const Clause* top = &c;
    while (top->link == Deprel::Conj && top->parent >= 0)
      top = &v.clauses[static_cast<std::size_t>(top->parent)];
    if (top->link != Deprel::Advcl || top->parent != main || top->marker.empty()) continue;
    for (const Argument& a : c.arguments) {
      const int here = v.mention_at(a.head);
      if (here < 0) continue;
      if (a.role == Role::Subject && !a.inherited &&
          v.mention(here).kind != Mention::Kind::Pronoun) {
        if (subject < 0 && v.mention(here).entity != taken) subject = a.head;
        // "While Acme's engines are strong, they ...": the engines, not Acme.
        const int owner = v.child(a.head, Deprel::NmodPoss);
        const int whose = owner < 0 ? -1 : v.mention_at(owner);
        if (whose >= 0 && v.mention(whose).entity == taken && v.token(a.head).xpos == Xpos::NNS &&
            ascii_lower(v.word(pronoun)) == "they") {
          object = true;
        }
      } else if (a.role != Role::Subject && v.mention(here).entity == taken) {
        object = true;
      }
    }
  }
  if (!doing) object = false;
  if (subject >= 0 && !object) object = named_in_front(v, taken, pronoun);
  return object ? subject : -1;
}

}  // namespace

OtherSubject other_subject(const SentenceView& view, int pronoun) {
  int token = fronted_subject(view, pronoun);
  if (token < 0) token = framing_subject(view, pronoun);
  if (token >= 0) return {token, 0.95, "+parallel"};
  token = following_subject(view, pronoun);
  return token >= 0 ? OtherSubject{token, 0.9, "+ahead"} : OtherSubject{};
}

}  // namespace tercet
