#include "extract/clause/arguments.h"

#include <algorithm>
#include <array>

#include "extract/clause/grammar.h"

namespace tercet {
namespace {

/// Verbs whose subject, not object, does what the infinitive says: "promised them to pay".
constexpr std::array<std::string_view, 5> kSubjectControl{"promise", "vow", "swear", "threaten",
                                                          "use"};
/// Verbs whose object does what the infinitive says, even where the tree calls it an adverbial.
constexpr std::array<std::string_view, 24> kObjectControl{
    "allow",    "ask",       "cause",    "challenge", "coerce", "compel", "convince", "drive",
    "enable",   "encourage", "force",    "get",       "help",   "invite", "lead",     "let",
    "motivate", "permit",    "persuade", "press",     "prompt", "push",   "require",  "urge"};
/// Nouns for what an actor holds: the actor, not the noun, is the subject of "to do".
constexpr std::array<std::string_view, 49> kActorNouns{
    "ability",    "agreement",   "aim",           "ambition",  "attempt",       "authority",
    "bid",        "capability",  "capacity",      "chance",    "choice",        "commitment",
    "decision",   "desire",      "determination", "eagerness", "effort",        "failure",
    "freedom",    "goal",        "idea",          "inability", "incapacity",    "incentive",
    "intent",     "intention",   "mission",       "move",      "need",          "notion",
    "offer",      "opportunity", "permission",    "plan",      "pledge",        "possibility",
    "power",      "promise",     "proposal",      "prospect",  "readiness",     "refusal",
    "reluctance", "resolve",     "right",         "strategy",  "unwillingness", "vow",
    "willingness"};

/// Prepositions of what is left aside.
constexpr std::array<std::string_view, 5> kAlternative{"instead of", "rather than", "as opposed to",
                                                       "in lieu of", "in place of"};

/// More than any sentence says; keeps the work linear on ones made to hurt.
constexpr std::size_t kMaxArguments = 64;

template <std::size_t N>
bool in(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_relative(const TreeIndex& tree, int token) {
  const Xpos x = tree.at(token).xpos;
  if (x == Xpos::WDT || x == Xpos::WP || x == Xpos::WPS) return true;
  return tree.lower(token) == "that" && tree.at(token).upos == Upos::Pron &&
         tree.children(token).empty();
}

/// "though not tours": a noun whose verb is left out.
bool is_left_out(const TreeIndex& tree, int token) {
  const Token& noun = tree.at(token);
  if (noun.upos != Upos::Noun && noun.upos != Upos::Propn) return false;
  if (noun.deprel != Deprel::Conj && noun.deprel != Deprel::Advcl) return false;
  if (!is_denied(tree, token) || has_subject(tree, token) || has_auxiliary(tree, token)) {
    return false;
  }
  for (int c : tree.children(token)) {
    const std::string& word = tree.lower(c);
    if (c < token && (word == "though" || word == "although" || word == "albeit")) return true;
  }
  return false;
}

/// Writes the arguments of one clause after another.
class ArgumentFinder {
 public:
  ArgumentFinder(const TreeIndex& tree, const std::vector<int>& clause_at,
                 std::vector<Clause>& clauses)
      : tree_(tree), clause_at_(clause_at), clauses_(clauses) {}

  void fill(int index) {
    Clause& clause = clauses_[static_cast<std::size_t>(index)];
    alternatives_.clear();
    for (int c : tree_.children(clause.predicate)) add_child(clause, c);
    for (int c : alternatives_) add_alternative(clause, c);
    if (clause.link == Deprel::Conj) share_through_conjunction(clause);
    if (clause.link == Deprel::AclRelcl) fill_gap(clause);
    if (!has(clause, Role::Subject)) inherit_subject(clause);
    std::stable_sort(clause.arguments.begin(), clause.arguments.end(),
                     [](const Argument& a, const Argument& b) { return a.role < b.role; });
  }

  /// "offers advice to guests who ask, though not tours": hung on a word inside an argument, the
  /// denied noun stands in the role of that argument.
  void add_left_out(int noun) {
    int at = tree_.head(noun);
    int below = noun;
    for (int steps = tree_.size(); steps > 0 && at >= 0; --steps) {
      const int index = clause_at_[static_cast<std::size_t>(at)];
      const bool inner =
          index >= 0 && (clauses_[static_cast<std::size_t>(index)].link == Deprel::AclRelcl ||
                         clauses_[static_cast<std::size_t>(index)].link == Deprel::Acl);
      if (index >= 0 && !inner) {
        Clause& clause = clauses_[static_cast<std::size_t>(index)];
        for (const Argument& a : std::vector<Argument>(clause.arguments)) {
          if (a.head != below || a.inherited || a.role == Role::Subject) continue;
          if (a.role == Role::Object || a.role == Role::Oblique) {
            add(clause, a.role, noun, a.preposition);
          }
        }
        return;
      }
      below = at;
      at = tree_.head(at);
    }
  }

 private:
  static bool has(const Clause& clause, Role role) {
    return std::any_of(clause.arguments.begin(), clause.arguments.end(),
                       [role](const Argument& a) { return a.role == role; });
  }

  void add(Clause& clause, Role role, int head, std::string preposition, bool inherited = false) {
    if (head == clause.predicate || clause.arguments.size() >= kMaxArguments) return;
    for (const Argument& a : clause.arguments) {
      if (a.role == role && a.head == head) return;
    }
    clause.arguments.push_back({role, head, std::move(preposition), inherited});
  }

  /// An argument and everything joined to it by "and" or "or". A relative pronoun stands for the
  /// noun its clause hangs on.
  void add_joined(Clause& clause, Role role, int head, const std::string& preposition) {
    if (is_relative(tree_, head)) {
      const int noun = antecedent(clause.predicate);
      if (noun >= 0) {
        add_with_conjuncts(clause, role, noun, preposition, true, false);
        return;
      }
    }
    add_with_conjuncts(clause, role, head, preposition, false, true);
  }

  void add_with_conjuncts(Clause& clause, Role role, int head, const std::string& preposition,
                          bool inherited, bool with_conjuncts) {
    add(clause, role, head, preposition, inherited);
    if (!with_conjuncts) return;
    std::vector<int> open{head};
    for (std::size_t i = 0; i < open.size(); ++i) {
      for (int c : tree_.children(open[i])) {
        // "runs on wind, not coal": the parser may take the contrast for another name.
        const bool contrast = tree_.at(c).deprel == Deprel::Appos && is_denied(tree_, c);
        if (tree_.at(c).deprel != Deprel::Conj && !contrast) continue;
        if (clause_at_[static_cast<std::size_t>(c)] >= 0) continue;
        const std::string own = tree_.preposition_of(c);
        add(clause, role, c, own.empty() ? preposition : own, inherited);
        open.push_back(c);
      }
    }
  }

  /// The noun that the relative clause around `predicate` describes, or -1.
  int antecedent(int predicate) const {
    int at = predicate;
    for (int steps = tree_.size(); steps > 0 && at >= 0; --steps) {
      const Deprel d = tree_.at(at).deprel;
      if (d == Deprel::AclRelcl) return tree_.head(at);
      if (d != Deprel::Conj && d != Deprel::Xcomp && d != Deprel::Ccomp && d != Deprel::Advcl) {
        return -1;
      }
      at = tree_.head(at);
    }
    return -1;
  }

  void add_child(Clause& clause, int c) {
    switch (tree_.at(c).deprel) {
      case Deprel::Nsubj:
      case Deprel::NsubjPass:
      case Deprel::NsubjOuter:
      case Deprel::Csubj:
      case Deprel::CsubjPass:
      case Deprel::CsubjOuter:
        add_joined(clause, Role::Subject, c, "");
        break;
      case Deprel::Obj:
        add_joined(clause, Role::Object, c, "");
        break;
      case Deprel::Iobj:
        add_joined(clause, Role::IndirectObject, c, "");
        break;
      case Deprel::OblAgent:
        add_joined(clause, Role::Agent, c, "by");
        break;
      case Deprel::Obl:
      case Deprel::OblUnmarked:
        add_oblique(clause, c);
        break;
      case Deprel::Nmod:
      case Deprel::NmodUnmarked:
        if (clause.kind == Clause::Kind::Copular) add_oblique(clause, c);
        break;
      case Deprel::Ccomp:
      case Deprel::Xcomp:
        add(clause, Role::Complement, c, tree_.marker_of(c));
        break;
      case Deprel::Advcl:
      case Deprel::AdvclRelcl:
        add(clause, Role::Adverbial, c, tree_.marker_of(c));
        // "sells tea, though not coffee": an object without its verb.
        if (is_elliptic_denial(tree_, c) && has_written(clause, Role::Object)) {
          add_joined(clause, Role::Object, c, "");
        }
        break;
      default:
        break;
    }
  }

  /// "targets families instead of tourists", "relies on wind instead of coal": what is left aside
  /// stands in the role of what is taken.
  void add_alternative(Clause& clause, int c) {
    const Argument* taken = nullptr;
    for (const Argument& a : clause.arguments) {
      if (a.inherited || a.head == c || in(kAlternative, a.preposition)) continue;
      if (a.role == Role::Object) taken = &a;
      if (a.role == Role::Oblique && a.head < c &&
          (taken == nullptr || taken->role != Role::Object))
        taken = &a;
    }
    if (taken == nullptr) return;
    add_joined(clause, taken->role, c, std::string(taken->preposition));
  }

  void add_oblique(Clause& clause, int c) {
    std::string preposition = tree_.preposition_of(c);
    if (in(kAlternative, preposition)) alternatives_.push_back(c);
    const bool agent = clause.passive && preposition == "by";
    add_joined(clause, agent ? Role::Agent : Role::Oblique, c, preposition);
  }

  /// "builds and sells cars": the object of the first verb stands behind the second.
  void share_through_conjunction(Clause& clause) {
    const Clause* first = clause_of(tree_.head(clause.predicate));
    if (first == nullptr) return;
    if (!clause.passive && first->passive && tree_.at(clause.predicate).xpos == Xpos::VBN &&
        !tree_.has(clause.predicate, Deprel::Aux) && !has(clause, Role::Subject) &&
        !has(clause, Role::Object)) {
      clause.passive = true;
    }
    for (const Argument& a : std::vector<Argument>(first->arguments)) {
      const bool behind = a.head > clause.predicate;
      if (a.role == Role::Subject && !has_own_subject(clause)) {
        add(clause, Role::Subject, a.head, "", true);
      } else if (behind && a.role == Role::Object && !has_written(clause, Role::Object) &&
                 clause.kind == Clause::Kind::Verbal) {
        add(clause, Role::Object, a.head, "", true);
      } else if (behind && (a.role == Role::Oblique || a.role == Role::Agent)) {
        add(clause, a.role, a.head, a.preposition, true);
      }
    }
  }

  bool has_own_subject(const Clause& clause) const { return has_written(clause, Role::Subject); }
  static bool has_written(const Clause& clause, Role role) {
    return std::any_of(clause.arguments.begin(), clause.arguments.end(),
                       [role](const Argument& a) { return a.role == role && !a.inherited; });
  }

  /// "the chips Google makes": the noun is what the verb lacks.
  void fill_gap(Clause& clause) {
    const int noun = tree_.head(clause.predicate);
    if (noun < 0) return;
    const bool used = std::any_of(clause.arguments.begin(), clause.arguments.end(),
                                  [noun](const Argument& a) { return a.head == noun; });
    if (used) return;
    for (int c : tree_.children(clause.predicate)) {
      if (tree_.at(c).deprel == Deprel::Advmod && tree_.at(c).xpos == Xpos::WRB) {
        add(clause, Role::Oblique, noun, tree_.lower(c) == "where" ? "in" : "", true);
        return;
      }
    }
    if (!has(clause, Role::Subject)) {
      add(clause, Role::Subject, noun, "", true);
    } else if (!clause.passive && clause.kind == Clause::Kind::Verbal &&
               !has(clause, Role::Object)) {
      // The gap may lie in the infinitive: "the firm it wanted to buy".
      const int lower = tree_.child(clause.predicate, Deprel::Xcomp);
      if (lower < 0 || tree_.has(lower, Deprel::Obj)) {
        if (lower < 0) add(clause, Role::Object, noun, "", true);
      } else {
        gap_of_[static_cast<std::size_t>(lower)] = noun;
      }
    }
  }

  void inherit_subject(Clause& clause) {
    const int up = tree_.head(clause.predicate);
    if (up < 0) return;
    const int gap = gap_of_[static_cast<std::size_t>(clause.predicate)];
    if (gap >= 0) add(clause, Role::Object, gap, "", true);
    switch (clause.link) {
      case Deprel::Xcomp:
        inherit_from(clause, up, true);
        break;
      case Deprel::Advcl: {
        const bool from = clause.marker == "from" || clause.marker == "into";
        const bool made_to = clause.marker == "to" && in(kObjectControl, tree_.lemma(up));
        inherit_from(clause, up, clause.predicate > up && (from || made_to));
        break;
      }
      case Deprel::Acl:
        inherit_from_noun(clause, up);
        break;
      case Deprel::Ccomp:
      case Deprel::Parataxis:
        // "said to own": a complement without a subject borrows one like an infinitive.
        if (!clause.finite) inherit_from(clause, up, false);
        break;
      default:
        break;
    }
  }

  void inherit_from(Clause& clause, int governor, bool object_control) {
    const Clause* above = clause_of(governor);
    if (above == nullptr) {
      if (!object_control && clause.link == Deprel::Advcl) {
        add(clause, Role::Subject, governor, "", true);
      } else if (clause.link == Deprel::Xcomp && tree_.at(governor).upos == Upos::Adj) {
        // "farmers, unable to store grain, sold": whom the adjective describes.
        const int noun = tree_.head(governor);
        const Upos upos = noun < 0 ? Upos::X : tree_.at(noun).upos;
        if (upos == Upos::Noun || upos == Upos::Propn) {
          add(clause, Role::Subject, noun, "", true);
        } else if (const Clause* beside = clause_of(noun); beside != nullptr) {
          copy_subjects(clause, *beside, Role::Subject);
        }
      }
      return;
    }
    if (object_control && !above->passive && !in(kSubjectControl, tree_.lemma(governor))) {
      for (Role role : {Role::Object, Role::IndirectObject}) {
        if (!has(*above, role)) continue;
        copy_subjects(clause, *above, role);
        return;
      }
    }
    copy_subjects(clause, *above, Role::Subject);
  }

  void copy_subjects(Clause& clause, const Clause& above, Role role) {
    for (const Argument& a : std::vector<Argument>(above.arguments)) {
      if (a.role == role) add(clause, Role::Subject, a.head, "", true);
    }
  }

  /// Reduced relatives describe their noun; an infinitive after "ability", "decision" belongs to
  /// whoever has it.
  void inherit_from_noun(Clause& clause, int noun) {
    const bool infinitive = clause.marker == "to" || clause.marker == "of";
    if (infinitive && in(kActorNouns, tree_.lemma(noun))) {
      const int owner = tree_.child(noun, Deprel::NmodPoss);
      if (owner >= 0) {
        add(clause, Role::Subject, owner, "", true);
        return;
      }
      const Clause* above = clause_of(tree_.head(noun));
      if (above == nullptr && tree_.has(noun, Deprel::Cop)) above = clause_of(noun);
      if (above != nullptr) {
        const Deprel d = tree_.at(noun).deprel;
        const bool given = d == Deprel::Obj && has(*above, Role::IndirectObject);
        if (d == Deprel::Obj || d == Deprel::Obl) {
          copy_subjects(clause, *above, given ? Role::IndirectObject : Role::Subject);
          return;
        }
      }
    }
    add(clause, Role::Subject, noun, "", true);
  }

  const Clause* clause_of(int token) const {
    if (token < 0) return nullptr;
    const int index = clause_at_[static_cast<std::size_t>(token)];
    return index < 0 ? nullptr : &clauses_[static_cast<std::size_t>(index)];
  }

  const TreeIndex& tree_;
  const std::vector<int>& clause_at_;
  std::vector<Clause>& clauses_;
  std::vector<int> alternatives_;  // of the clause at hand: "instead of tourists"
  std::vector<int> gap_of_ = std::vector<int>(static_cast<std::size_t>(tree_.size()), -1);
};

}  // namespace

void find_arguments(const TreeIndex& tree, const std::vector<int>& clause_at,
                    std::vector<Clause>& clauses) {
  ArgumentFinder finder(tree, clause_at, clauses);
  for (int t : tree.top_down()) {
    const int index = clause_at[static_cast<std::size_t>(t)];
    if (index >= 0) finder.fill(index);
  }
  for (int t = 0; t < tree.size(); ++t) {
    if (is_left_out(tree, t)) finder.add_left_out(t);
  }
}

}  // namespace tercet
