#include "extract/open/clause_parts.h"

#include <algorithm>
#include <string_view>

#include "extract/open/spans.h"

namespace tercet {
namespace {
using Tokens = ClauseParts::Tokens;
}

Tokens ClauseParts::with_preposition(int head) const {
  return phrase(tree, head, {.conjuncts = true, .prepositions = true});
}

Tokens ClauseParts::preposition_of(int head) const {
  Tokens out;
  for (const int child : tree.children(head)) {
    if (token(child).deprel != Deprel::Case) continue;
    out.push_back(child);
    for (const int part : tree.children(child)) {
      if (token(part).deprel == Deprel::Fixed) out.push_back(part);
    }
  }
  std::ranges::sort(out);
  return out;
}

bool ClauseParts::is_conjunct_of_another(int head, Role role, const Clause& of) const {
  return token(head).deprel == Deprel::Conj &&
         std::ranges::any_of(of.arguments, [&](const Argument& other) {
           return other.role == role && other.head == token(head).head;
         });
}

std::vector<Tokens> ClauseParts::subjects(const Clause& of) const {
  std::vector<Tokens> out;
  for (const Argument& argument : of.arguments) {
    if (argument.role != Role::Subject) continue;
    if (is_conjunct_of_another(argument.head, Role::Subject, of)) continue;
    Tokens tokens = phrase(tree, argument.head, {.conjuncts = true, .participles = false});
    if (!tokens.empty()) out.push_back(std::move(tokens));
    break;  // one subject a clause: conjoined ones stay together
  }
  return out;
}

std::vector<std::pair<int, Tokens>> ClauseParts::tail(const Clause& of) const {
  std::vector<std::pair<int, Tokens>> out;
  for (const Argument& argument : of.arguments) {
    if (argument.inherited) continue;
    if (argument.role != Role::Oblique && argument.role != Role::Agent) continue;
    if (is_conjunct_of_another(argument.head, argument.role, of)) continue;
    // Who says it is told by according_to().
    if (argument.preposition == "according to") continue;
    out.emplace_back(argument.head, with_preposition(argument.head));
  }
  for (const int child : tree.children(of.predicate)) {
    if (token(child).deprel == Deprel::Advmod && child > of.predicate &&
        std::ranges::find(of.words, child) == of.words.end()) {
      out.emplace_back(child, with_preposition(child));
    }
  }
  std::ranges::sort(out, {}, [](const auto& one) { return one.first; });
  return out;
}

std::vector<int> ClauseParts::predicates(const Clause& of) const {
  std::vector<int> out;
  for (const Argument& argument : of.arguments) {
    if (argument.role != Role::Complement || argument.inherited) continue;
    if (token(argument.head).deprel != Deprel::Xcomp || argument.head < of.predicate) continue;
    if (token(argument.head).upos == Upos::Verb || tree.has(argument.head, Deprel::Mark)) continue;
    if (std::ranges::find(of.words, argument.head) != of.words.end()) continue;
    for (const int one : conjoined(argument.head)) {
      if (token(one).upos != Upos::Verb) out.push_back(one);
    }
  }
  return out;
}

std::vector<int> ClauseParts::objects(const Clause& of) const {
  std::vector<int> out;
  for (const Argument& argument : of.arguments) {
    // "a gap that firms exploit": the noun above is what they exploit.
    if (argument.inherited && of.link != Deprel::AclRelcl) continue;
    if (argument.role == Role::Object || argument.role == Role::IndirectObject) {
      out.push_back(argument.head);
    }
  }
  return out;
}

Tokens ClauseParts::object_words(int head) const { return phrase(tree, head); }

Tokens ClauseParts::with_mark(const Clause& of) const {
  Tokens out = of.words;
  for (const int child : tree.children(of.predicate)) {
    if (token(child).deprel == Deprel::Mark) out.push_back(child);
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Tokens ClauseParts::whole(int head) const {
  Tokens out, todo = {head};
  while (!todo.empty()) {
    const int at = todo.back();
    todo.pop_back();
    out.push_back(at);
    todo.insert(todo.end(), tree.children(at).begin(), tree.children(at).end());
  }
  std::ranges::sort(out);
  trim_marks(tree, out);
  return out;
}

std::vector<int> ClauseParts::conjoined(int head) const {
  std::vector<int> out = {head};
  for (const int child : tree.children(head)) {
    if (token(child).deprel == Deprel::Conj) out.push_back(child);
  }
  return out;
}

bool ClauseParts::is_chained(const Clause& of) const {
  if (of.link != Deprel::Xcomp || of.parent < 0 || of.kind != Clause::Kind::Verbal) return false;
  return token(of.predicate).upos == Upos::Verb;
}

bool ClauseParts::is_led_to(const Clause& of, const Clause& lower) const {
  if (lower.link != Deprel::Advcl || lower.finite || lower.kind != Clause::Kind::Verbal)
    return false;
  if (lower.marker.empty() || lower.predicate < of.predicate || !objects(of).empty()) return false;
  return token(lower.predicate).upos == Upos::Verb;
}

std::vector<int> ClauseParts::chained_below(int index) const {
  constexpr std::size_t kLongest = 4;
  std::vector<int> out = {index};
  while (out.size() < kLongest && objects(clause(out.back())).empty() &&
         predicates(clause(out.back())).empty()) {
    const auto next = std::find_if(
        clauses.begin() + out.back() + 1, clauses.end(),
        [&](const Clause& one) { return one.parent == out.back() && is_chained(one); });
    if (next == clauses.end()) break;
    out.push_back(static_cast<int>(next - clauses.begin()));
  }
  return out;
}

bool ClauseParts::says(const Clause& of) const {
  static constexpr std::string_view kSaying[] = {
      "say",     "add",         "tell",    "note",    "explain", "write",    "think",
      "believe", "admit",       "argue",   "report",  "claim",   "insist",   "warn",
      "suggest", "recall",      "reply",   "declare", "predict", "conclude", "announce",
      "assert",  "acknowledge", "contend", "observe", "complain"};
  if (of.link != Deprel::Parataxis) return false;
  return std::ranges::find(kSaying, token(of.predicate).lemma) != std::end(kSaying);
}

Tokens ClauseParts::said(const Clause& of) const {
  Tokens out = whole(token(of.predicate).head);
  const Tokens own = whole(of.predicate);
  std::erase_if(out, [&](int t) { return std::ranges::binary_search(own, t); });
  trim_marks(tree, out);
  return out;
}

}  // namespace tercet
