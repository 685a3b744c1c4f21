#include "extract/open/tuples.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "extract/clause/clause.h"
#include "extract/open/clause_parts.h"
#include "extract/open/features.h"
#include "extract/open/nominal.h"
#include "extract/open/spans.h"

namespace tercet {
namespace {

/// How often a rule's tuples are right, measured on CaRB's dev set (docs/decisions). Ranks only.
double precision_of(std::string_view rule) {
  static constexpr std::pair<std::string_view, double> kMeasured[] = {
      {"say", 0.79}, {"according", 0.7}, {"chain", 0.73}, {"verb.prep", 0.66},  {"verb.obj", 0.6},
      {"cop", 0.57}, {"verb.adv", 0.54}, {"appos", 0.37}, {"appos.name", 0.37},
  };
  for (const auto& [name, precision] : kMeasured) {
    if (rule == name) return precision;
  }
  return 0.5;
}

/// Tuples less likely than this are not written: they cost more precision than they find.
constexpr double kLeastProbability = 0.04;

/// What is left of a tuple's likelihood beside a likelier reading of the same words.
constexpr double kOtherReading = 0.5;

/// From here on the less likely tense of an inserted verb is told as another reading.
constexpr double kDoubtfulTense = 0.15;

/// Rules that read again what another rule has written: without weights nothing chooses.
bool is_other_reading(std::string_view rule) {
  return rule.starts_with("noun.") || rule.starts_with("pred.") || rule.ends_with(".adverbial") ||
         rule == "cop.noun" || rule == "chain.to" || rule == "chain.prep" || rule == "appos.in" ||
         rule == "prep.near";
}

/// Writes the tuples of one sentence. Kept together because every rule needs the same four values.
class SentenceTuples {
 public:
  SentenceTuples(const AnalysedDocument& document, const DocumentClauses& clauses,
                 const OpenWeights& weights, bool keep_all, int index)
      : block_(document.block_of(index)),
        sentence_(document.tree(index)),
        tree_(block_.text, sentence_),
        clauses_(clauses.clauses[static_cast<std::size_t>(index)]),
        parts_{tree_, clauses_},
        weights_(weights),
        keep_all_(keep_all),
        index_(index) {}

  std::vector<OpenTuple> all() {
    for (std::size_t i = 0; i < clauses_.size(); ++i) of_clause(static_cast<int>(i));
    clause_ = -1;
    for (const NominalCandidate& one : nominal_candidates(tree_)) {
      ++reading_;
      // Without weights nothing tells a stated owner or place from an incidental one.
      if (weights_.of.empty() && !keep_all_ && !one.rule.starts_with("appos")) continue;
      add_likelier_tense(one);
    }
    tell_one_reading();
    return std::move(out_);
  }

 private:
  using Tokens = std::vector<int>;

  std::string words(const Tokens& tokens) const { return words_of(tree_, tokens); }

  void add(const std::string& rule, const Tokens& subject, std::string relation,
           const std::vector<Tokens>& args, const Tokens& relation_tokens, int about = -1) {
    if (weights_.of.empty() && !keep_all_ && is_other_reading(rule)) return;
    OpenTuple tuple;
    tuple.subject = words(subject);
    tuple.relation = std::move(relation);
    int first = static_cast<int>(sentence_.tokens.size()), last = -1;
    const auto cover = [&](const Tokens& tokens) {
      if (tokens.empty()) return;
      first = std::min(first, tokens.front());
      last = std::max(last, tokens.back());
    };
    for (const Tokens& arg : args) {
      if (arg.empty()) continue;
      tuple.args.push_back(words(arg));
      tuple.arg_words.push_back(arg);
      cover(arg);
    }
    if (tuple.subject.empty() || tuple.relation.empty() || tuple.args.empty()) return;
    cover(subject);
    cover(relation_tokens);
    tuple.subject_words = subject;
    tuple.relation_words = relation_tokens;
    tuple.inner = inner_;
    tuple.sentence = view(block_.text, sentence_.span);
    tuple.by = rule;
    tuple.sentence_index = index_;
    tuple.clause = clause_;
    tuple.about = about >= 0 ? about : head_of(tree_, args.front());
    tuple.features = features(rule, subject, tuple.relation, args, relation_tokens);
    tuple.confidence =
        weights_.of.empty() ? precision_of(rule) : probability_of(weights_, tuple.features);
    tuple.evidence = {parts_.token(first).span.begin, parts_.token(last).span.end};
    std::string key = tuple.subject + '\t' + tuple.relation;
    for (const std::string& arg : tuple.args) key += '\t' + arg;
    if (!seen_.insert(std::move(key)).second) return;
    out_.push_back(std::move(tuple));
    reading_of_.push_back(reading_);
  }

  /// Of several readings of the same words the likeliest stays; a reader states one of them, so the
  /// others are less likely than each is alone.
  void tell_one_reading() {
    if (keep_all_ || weights_.of.empty()) return;
    std::map<int, std::size_t> best;  // the first of the likeliest
    for (std::size_t i = 0; i < out_.size(); ++i) {
      const auto [found, is_new] = best.emplace(reading_of_[i], i);
      if (!is_new && out_[i].confidence > out_[found->second].confidence) found->second = i;
    }
    std::vector<OpenTuple> kept;
    for (std::size_t i = 0; i < out_.size(); ++i) {
      OpenTuple& tuple = out_[i];
      tuple.reread = best[reading_of_[i]] != i;
      if (tuple.reread) tuple.confidence *= kOtherReading;
      if (tuple.confidence >= kLeastProbability) kept.push_back(std::move(tuple));
    }
    out_ = std::move(kept);
  }

  /// The inserted verb's tense is not in the words: the weights choose it, else it is the present.
  void add_likelier_tense(const NominalCandidate& one) {
    const auto add_one = [&](const std::string& relation) {
      add(one.rule, one.subject, relation, {one.object}, {}, one.about);
    };
    if (keep_all_) {
      for (const std::string& relation : one.relation) add_one(relation);
      return;
    }
    const auto likelihood = [&](const std::string& relation) {
      return probability_of(weights_, features(one.rule, one.subject, relation, {one.object}, {}));
    };
    const bool past =
        !weights_.of.empty() && likelihood(one.relation[1]) > likelihood(one.relation[0]);
    add_one(one.relation[past ? 1 : 0]);
    // Its own reading: the sentence does not say which.
    const std::string& other = one.relation[past ? 0 : 1];
    if (!weights_.of.empty() && likelihood(other) >= kDoubtfulTense) add_one(other);
  }

  std::vector<std::string> features(const std::string& rule, const Tokens& subject,
                                    const std::string& relation, const std::vector<Tokens>& args,
                                    const Tokens& relation_tokens) const {
    return tuple_features(tree_, {rule, subject, relation, args, relation_tokens,
                                  clause_ < 0 ? nullptr : &parts_.clause(clause_), adverbial_});
  }

  /// The form of "be" a reader puts before "made in Ohio", said of the noun above it.
  std::string be_of(const Clause& of) const {
    const int noun = parts_.token(of.predicate).head;
    const bool many = noun >= 0 && (parts_.token(noun).xpos == Xpos::NNS ||
                                    parts_.token(noun).xpos == Xpos::NNPS);
    if (tense_of(tree_) == "present") return many ? "are" : "is";
    return many ? "were" : "was";
  }

  void of_clause(int index) {
    const Clause& of = parts_.clause(index);
    clause_ = index;
    ++reading_;
    if (parts_.is_chained(of)) return;  // written with the verb it hangs on
    Tokens relation = of.words;
    // "X is a Y": Y is the predicate, but it is written as the argument.
    if (of.kind == Clause::Kind::Copular) std::erase(relation, of.predicate);
    std::string text = words(relation);
    const bool reduced = of.link == Deprel::Acl && !of.finite && of.marker.empty();
    // A purpose is told as what is to come, as readers do ("enrolled to study": will study).
    if (of.link == Deprel::Advcl && of.marker == "to") text = "will " + text;
    if (of.link == Deprel::Acl && of.marker == "to") text = be_of(of) + " to " + text;
    if (reduced && parts_.token(of.predicate).upos == Upos::Verb) text = be_of(of) + ' ' + text;
    // "left, killing two": readers put a form of be before the participle.
    if (of.link == Deprel::Advcl && !of.finite && of.marker.empty() &&
        parts_.token(of.predicate).xpos == Xpos::VBG) {
      text = (tense_of(tree_) == "present" ? "is " : "was ") + text;
    }
    for (const Tokens& subject : parts_.subjects(of)) {
      if (of.kind == Clause::Kind::Copular) {
        copular(of, subject, relation, text);
      } else {
        verbal(of, subject, relation, text);
        chains(index, subject, relation, text);
      }
    }
    ++reading_;
    according_to(of);
  }

  /// "According to Ada, maps sell": who says it, of the whole clause.
  void according_to(const Clause& of) {
    for (const int child : tree_.children(of.predicate)) {
      if (parts_.token(child).deprel != Deprel::Obl) continue;
      if (tree_.preposition_of(child) != "according to") continue;
      const Tokens source = parts_.whole(child);
      Tokens statement = parts_.whole(of.predicate);
      std::erase_if(statement, [&](int t) { return std::ranges::binary_search(source, t); });
      trim_marks(tree_, statement);
      const Tokens preposition = parts_.preposition_of(child);
      add("according", statement, words(preposition), {phrase(tree_, child)}, preposition);
    }
  }

  void copular(const Clause& of, const Tokens& subject, const Tokens& relation,
               const std::string& text) {
    // "the point is that maps are sold": what is said is a clause.
    const int link = tree_.child(of.predicate, Deprel::Cop);
    if (link >= 0 && parts_.token(of.predicate).upos == Upos::Verb &&
        tree_.has(of.predicate, Deprel::Mark)) {
      Tokens clause_words = parts_.whole(of.predicate), up_to = relation;
      std::erase_if(clause_words, [&](int t) { return t <= link; });
      std::erase_if(up_to, [&](int t) { return t > link; });
      trim_marks(tree_, clause_words);
      if (!up_to.empty() && !clause_words.empty())
        add("cop.clause", subject, words(up_to), {clause_words}, up_to);
      return;
    }
    // "is able to sell maps": the adjective and its infinitive are the relation.
    if (parts_.token(of.predicate).upos == Upos::Adj) {
      for (const Clause& lower : clauses_) {
        const bool hangs = parts_.token(lower.predicate).head == of.predicate &&
                           parts_.token(lower.predicate).deprel == Deprel::Xcomp &&
                           lower.marker == "to";
        if (!hangs || lower.kind != Clause::Kind::Verbal) continue;
        Tokens all = relation;
        for (const int t : lower.words) all.push_back(t);
        for (const int child : tree_.children(lower.predicate)) {
          if (parts_.token(child).deprel == Deprel::Mark) all.push_back(child);
        }
        all.push_back(of.predicate);
        std::ranges::sort(all);
        all.erase(std::unique(all.begin(), all.end()), all.end());
        const auto rest = parts_.tail(lower);
        std::vector<Tokens> args;
        for (const int object : parts_.objects(lower)) {
          args.push_back(parts_.object_words(object));
          break;
        }
        for (const auto& [head, tokens] : rest) args.push_back(tokens);
        if (!args.empty()) {
          add("cop.chain", subject, words(all), args, all);
          return;
        }
      }
    }
    // "is equal to four": adjective and preposition are the relation.
    if (parts_.token(of.predicate).upos == Upos::Adj && !relation.empty()) {
      for (const int child : tree_.children(of.predicate)) {
        const Deprel deprel = parts_.token(child).deprel;
        if ((deprel != Deprel::Obl && deprel != Deprel::Nmod) || child < of.predicate) continue;
        const Tokens preposition = parts_.preposition_of(child);
        if (preposition.empty() || preposition.front() != of.predicate + 1) continue;
        Tokens all = relation;
        for (const int part : tree_.children(of.predicate)) {
          if (parts_.token(part).deprel == Deprel::Advmod && part < of.predicate &&
              part > relation.back())
            all.push_back(part);
        }
        all.push_back(of.predicate);
        all.insert(all.end(), preposition.begin(), preposition.end());
        std::ranges::sort(all);
        all.erase(std::unique(all.begin(), all.end()), all.end());
        std::vector<Tokens> args = {phrase(tree_, child)};
        for (const auto& [head, tokens] : parts_.tail(of)) {
          if (head != child) args.push_back(tokens);
        }
        add("cop.prep", subject, words(all), args, all);
        return;
      }
    }
    if (parts_.token(of.predicate).upos == Upos::Noun && !relation.empty()) {
      for (const int child : tree_.children(of.predicate)) {
        if (parts_.token(child).deprel != Deprel::Nmod || child < of.predicate) continue;
        const Tokens preposition = parts_.preposition_of(child);
        Tokens noun = phrase(tree_, of.predicate);
        if (preposition.empty()) break;
        std::erase_if(noun, [&](int t) {
          return t >= preposition.front() || t < relation.front() ||
                 std::ranges::find(relation, t) != relation.end();
        });
        if (noun.empty() || noun.back() + 1 != preposition.front()) break;
        std::vector<Tokens> args = {phrase(tree_, child)};
        for (const auto& [head, tokens] : parts_.tail(of)) {
          if (head != child) args.push_back(tokens);
        }
        add("cop.noun", subject, text + ' ' + words(noun) + ' ' + words(preposition), args,
            joined(relation, noun), of.predicate);
        break;
      }
    }
    if (said_of_it(of, relation, text)) return;
    Tokens predicate = phrase(tree_, of.predicate, {.prepositions = true});
    // What stands before the copula is of the clause: "historically, the seat has been safe".
    const int copula = relation.empty() ? -1 : relation.front();
    Tokens before;
    std::erase_if(predicate, [&](int t) {
      if (t < copula && parts_.token(t).upos != Upos::Punct) before.push_back(t);
      return t < copula || std::ranges::find(relation, t) != relation.end();
    });
    add("cop", subject, text, {predicate, before}, relation);
  }

  /// "It is hard to sell maps", "it is odd that maps sell": the clause is told behind the
  /// adjective.
  bool said_of_it(const Clause& of, const Tokens& relation, const std::string& text) {
    const int it = tree_.child(of.predicate, Deprel::Expl);
    if (it < 0 || relation.empty()) return false;
    for (const Clause& lower : clauses_) {
      if (parts_.token(lower.predicate).head != of.predicate || lower.predicate < of.predicate)
        continue;
      switch (parts_.token(lower.predicate).deprel) {
        case Deprel::Csubj:
        case Deprel::CsubjPass:
        case Deprel::Ccomp:
        case Deprel::Xcomp:
        case Deprel::Advcl:
          break;
        default:
          continue;
      }
      const Tokens clause_words = parts_.whole(lower.predicate);
      Tokens middle = phrase(tree_, of.predicate, {.prepositions = true});
      std::erase_if(middle, [&](int t) {
        return t >= clause_words.front() || t < relation.front() ||
               std::ranges::find(relation, t) != relation.end();
      });
      if (lower.marker != "to" || clause_words.size() <= 2) {
        add("cop.it", {it}, text, {middle, clause_words}, relation);
        return true;
      }
      Tokens all = relation;
      all.insert(all.end(), middle.begin(), middle.end());
      for (const int t : parts_.with_mark(lower)) all.push_back(t);
      std::ranges::sort(all);
      all.erase(std::unique(all.begin(), all.end()), all.end());
      std::vector<Tokens> args;
      for (const int object : parts_.objects(lower)) args.push_back(parts_.object_words(object));
      for (const auto& [head, tokens] : parts_.tail(lower)) args.push_back(tokens);
      if (!args.empty()) add("cop.it", {it}, words(all), args, all);
      return true;
    }
    return false;
  }

  void verbal(const Clause& of, const Tokens& subject, const Tokens& relation,
              const std::string& text) {
    const std::vector<std::pair<int, Tokens>> rest = parts_.tail(of);
    const std::vector<int> main = parts_.objects(of);
    if (!main.empty()) {
      with_objects(of, subject, relation, text);
      return;
    }
    const std::vector<int> become = parts_.predicates(of);
    if (!become.empty()) {
      for (const int one : become) {
        ++reading_;
        std::vector<Tokens> args = {phrase(tree_, one, {.prepositions = true})};
        for (const auto& [head, tokens] : rest) args.push_back(tokens);
        add("verb.pred", subject, text, args, relation);
        with_adverbials("verb.pred.adverbial", of, subject, text, args, relation);
        noun_in_relation("pred", of, one, subject, relation, text, rest);
      }
      return;
    }
    for (const Argument& argument : of.arguments) {
      if (argument.role != Role::Complement || argument.inherited) continue;
      if (parts_.token(argument.head).deprel != Deprel::Ccomp) continue;
      add("say", subject, text, {parts_.whole(argument.head)}, relation);
      return;
    }
    if (rest.empty() && parts_.says(of)) {
      add("say", subject, text, {parts_.said(of)}, relation);
      return;
    }
    const auto has_preposition = [&](const auto& one) {
      return !parts_.preposition_of(one.first).empty();
    };
    // The first one behind the verb: "in 1970 he moved to Ohio" is moved to, not moved in.
    auto first = std::ranges::find_if(
        rest, [&](const auto& one) { return one.first > of.predicate && has_preposition(one); });
    if (first == rest.end()) first = std::ranges::find_if(rest, has_preposition);
    if (first != rest.end()) {
      for (const int head : parts_.conjoined(first->first)) {
        ++reading_;
        const Tokens preposition = parts_.preposition_of(first->first);
        std::vector<Tokens> args = {phrase(tree_, head)};
        for (const auto& one : rest) {
          if (one.first != first->first) args.push_back(one.second);
        }
        add("verb.prep", subject, text + ' ' + words(preposition), args, relation);
        with_adverbials("verb.prep.adverbial", of, subject, text + ' ' + words(preposition), args,
                        relation);
      }
    } else if (!rest.empty()) {
      std::vector<Tokens> args;
      for (const auto& one : rest) args.push_back(one.second);
      add("verb.adv", subject, text, args, relation);
      with_adverbials("verb.adv.adverbial", of, subject, text, args, relation);
    } else {
      for (const Argument& argument : of.arguments) {
        if (argument.role != Role::Adverbial || argument.inherited) continue;
        if (argument.head < of.predicate) continue;
        add("verb.adv", subject, text, {parts_.whole(argument.head)}, relation);
        return;
      }
      passive_alone(of, subject, relation);
    }
  }

  /// "The album was released": what was done is all that is told.
  void passive_alone(const Clause& of, const Tokens& subject, const Tokens& relation) {
    if (!of.passive) return;
    Tokens before = relation, done;
    std::erase_if(before, [&](int t) { return t >= of.predicate; });
    for (const int t : relation) {
      if (t >= of.predicate) done.push_back(t);
    }
    if (!before.empty()) add("verb.alone", subject, words(before), {done}, before);
  }

  void with_objects(const Clause& of, const Tokens& subject, const Tokens& relation,
                    const std::string& text) {
    const std::vector<std::pair<int, Tokens>> rest = parts_.tail(of);
    std::vector<int> direct, receiver;
    for (const int object : parts_.objects(of)) {
      (parts_.token(object).deprel == Deprel::Iobj ? receiver : direct).push_back(object);
    }
    if (direct.empty()) std::swap(direct, receiver);
    for (const int object : direct) {
      ++reading_;
      std::vector<Tokens> args;
      args.push_back(parts_.object_words(object));  // first: what a fact of the tuple is about
      for (const int one : receiver) args.push_back(parts_.object_words(one));
      // "told them that maps sell": what is said belongs to whom it is said to.
      for (const Argument& argument : of.arguments) {
        if (argument.role != Role::Complement || argument.inherited) continue;
        if (parts_.token(argument.head).deprel == Deprel::Ccomp)
          args.push_back(parts_.whole(argument.head));
      }
      for (const int one : parts_.predicates(of)) {
        args.push_back(phrase(tree_, one, {.prepositions = true}));
        break;
      }
      const std::vector<Tokens> stem = args;
      for (const auto& [head, tokens] : rest) args.push_back(tokens);
      add("verb.obj", subject, text, args, relation);
      with_adverbials("verb.obj.adverbial", of, subject, text, args, relation);
      if (stem.size() == 1) noun_in_relation("noun", of, object, subject, relation, text, rest);
    }
  }

  static Tokens joined(Tokens one, const Tokens& other) {
    one.insert(one.end(), other.begin(), other.end());
    std::ranges::sort(one);
    one.erase(std::unique(one.begin(), one.end()), one.end());
    return one;
  }

  /// "took an interest in maps": the noun told as part of the relation.
  void noun_in_relation(const std::string& rule, const Clause& of, int object,
                        const Tokens& subject, const Tokens& relation, const std::string& text,
                        const std::vector<std::pair<int, Tokens>>& rest) {
    if (object < of.predicate || parts_.token(object).upos == Upos::Pron) return;
    Tokens noun = phrase(tree_, object, {.prepositions = true});
    for (const int child : tree_.children(object)) {
      const Deprel deprel = parts_.token(child).deprel;
      if ((deprel != Deprel::Nmod && deprel != Deprel::Obl) || child < object) continue;
      const Tokens preposition = parts_.preposition_of(child);
      if (preposition.empty()) continue;
      std::erase_if(noun, [&](int t) { return t >= preposition.front(); });
      if (noun.empty() || noun.back() + 1 != preposition.front()) return;
      std::vector<Tokens> args = {phrase(tree_, child)};
      for (const auto& [head, tokens] : rest) args.push_back(tokens);
      add(rule + ".of", subject, text + ' ' + words(noun) + ' ' + words(preposition), args,
          joined(relation, noun), object);
      return;
    }
    for (std::size_t k = 0; k < rest.size(); ++k) {
      const Tokens preposition = parts_.preposition_of(rest[k].first);
      if (rest[k].first < object || preposition.empty()) continue;
      std::vector<Tokens> args = {phrase(tree_, rest[k].first)};
      for (std::size_t other = 0; other < rest.size(); ++other) {
        if (other != k) args.push_back(rest[other].second);
      }
      add(rule + ".prep", subject, text + ' ' + words(noun) + ' ' + words(preposition), args,
          joined(relation, noun), object);
      return;
    }
  }

  /// The same with a clause that says when, why or how, as a reader may tell it.
  void with_adverbials(const std::string& rule, const Clause& of, const Tokens& subject,
                       const std::string& text, const std::vector<Tokens>& args,
                       const Tokens& relation) {
    const std::vector<int> made = parts_.predicates(of);
    for (const Argument& argument : of.arguments) {
      if (argument.inherited) continue;
      const bool complement =
          argument.role == Role::Complement && parts_.token(argument.head).deprel == Deprel::Xcomp;
      if (argument.role != Role::Adverbial && !complement) continue;
      // It is an argument already.
      if (complement && std::ranges::find(made, argument.head) != made.end()) continue;
      std::vector<Tokens> all = args;
      all.push_back(parts_.whole(argument.head));
      adverbial_ =
          complement ? "xcomp" : argument.preposition + (argument.head < of.predicate ? "<" : "");
      add(rule, subject, text, all, relation);
      adverbial_.clear();
    }
  }

  /// "wants to buy": the infinitive's objects with both verbs as the relation.
  void chains(int index, const Tokens& subject, const Tokens& relation, const std::string& text) {
    // "asks him to run the firm": whom stands between the two verbs.
    const std::vector<int> above = parts_.objects(parts_.clause(index));
    const Tokens causee = above.empty() ? Tokens{} : parts_.object_words(above.front());
    for (std::size_t i = 0; i < clauses_.size(); ++i) {
      const Clause& lower = clauses_[i];
      if (lower.parent != index) continue;
      const bool chained = parts_.is_chained(lower);
      if (!chained && !parts_.is_led_to(parts_.clause(index), lower)) continue;
      const std::string rule = chained ? "chain" : lower.marker == "to" ? "chain.to" : "chain.prep";
      const std::vector<int> ahead = parts_.chained_below(static_cast<int>(i));
      Tokens verbs = relation;
      std::string both = text;
      for (const int one : ahead) {
        verbs = joined(std::move(verbs), parts_.with_mark(parts_.clause(one)));
        both += ' ' + words(parts_.with_mark(parts_.clause(one)));
      }
      if (!chain(rule, ahead.back(), subject, verbs, std::move(both), causee) && chained) {
        ++reading_;  // it is the argument
        add(rule, subject, text, {parts_.whole(lower.predicate)}, relation);
      }
    }
  }

  /// The objects of the verb that ends a chain; false if it has nothing behind it.
  bool chain(const std::string& rule, int index, const Tokens& subject, const Tokens& verbs,
             std::string text, const Tokens& causee) {
    const Clause& lower = parts_.clause(index);
    const auto rest = parts_.tail(lower);
    const auto tell = [&](const Tokens& first, std::size_t from) {
      std::vector<Tokens> args = {causee, first};
      for (std::size_t k = from; k < rest.size(); ++k) args.push_back(rest[k].second);
      std::erase_if(args, [](const Tokens& one) { return one.empty(); });
      ++reading_;
      inner_ = index;
      add(rule, subject, text, args, verbs);
      inner_ = -1;
      return true;
    };
    bool told = false;
    for (const int object : parts_.objects(lower)) told = tell(parts_.object_words(object), 0);
    if (told) return true;
    for (const int one : parts_.predicates(lower)) {
      told = tell(phrase(tree_, one, {.prepositions = true}), 0);
    }
    for (const Argument& argument : lower.arguments) {
      if (told || argument.role != Role::Complement || argument.inherited) continue;
      if (parts_.token(argument.head).deprel == Deprel::Ccomp)
        told = tell(parts_.whole(argument.head), 0);
    }
    if (told) return true;
    if (rest.empty()) return false;
    const Tokens preposition = parts_.preposition_of(rest.front().first);
    if (preposition.empty()) return tell(rest.front().second, 1);
    text += ' ' + words(preposition);
    return tell(phrase(tree_, rest.front().first, {.conjuncts = true}), 1);
  }

  const Block& block_;
  const Sentence& sentence_;
  TreeIndex tree_;
  const std::vector<Clause>& clauses_;
  ClauseParts parts_;
  int clause_ = -1;        // the one that is being written
  int inner_ = -1;         // the infinitive chained to it
  std::string adverbial_;  // what opens the adverbial clause in the arguments
  const OpenWeights& weights_;
  bool keep_all_;
  int index_;
  std::set<std::string> seen_;
  std::vector<OpenTuple> out_;
  int reading_ = 0;              // counts what is written; its readings share the number
  std::vector<int> reading_of_;  // of each tuple of out_
};

}  // namespace

std::vector<OpenTuple> find_tuples(const AnalysedDocument& document, const DocumentClauses& clauses,
                                   const OpenWeights& weights, bool keep_all) {
  std::vector<OpenTuple> out;
  for (int i = 0; i < static_cast<int>(document.sentences.size()); ++i) {
    if (document.block_of(i).kind == Block::Kind::Heading) continue;
    for (OpenTuple& tuple : SentenceTuples(document, clauses, weights, keep_all, i).all())
      out.push_back(std::move(tuple));
  }
  return out;
}

}  // namespace tercet
