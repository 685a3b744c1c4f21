#include "extract/entity/phrase.h"

#include <algorithm>
#include <array>

#include "base/one_of.h"
#include "extract/entity/literal.h"
#include "extract/entity/names.h"
#include "extract/entity/typing.h"

namespace tercet {
namespace {

constexpr int kLongestPhrase = 14;  // words; a longer "name" is a parsing accident

/// Relations of words that are inside somebody else's noun phrase.
bool is_inner(Deprel deprel) {
  switch (deprel) {
    case Deprel::Compound:
    case Deprel::Flat:
    case Deprel::Goeswith:
    case Deprel::Fixed:
    case Deprel::Case:
    case Deprel::Mark:
    case Deprel::Cc:
    case Deprel::CcPreconj:
    case Deprel::Advmod:
    case Deprel::Amod:
    case Deprel::Nummod:
    case Deprel::Det:
    case Deprel::DetPredet:
    case Deprel::Discourse:
    case Deprel::Punct:
    case Deprel::Aux:
    case Deprel::AuxPass:
    case Deprel::Cop:
    case Deprel::CompoundPrt:
    case Deprel::Expl:
      return true;
    default:
      return false;
  }
}

/// Left of the head: what belongs to the phrase rather than to the clause.
bool is_modifier(Deprel deprel) {
  switch (deprel) {
    case Deprel::Amod:
    case Deprel::Compound:
    case Deprel::Nummod:
    case Deprel::NmodPoss:
    case Deprel::NmodDesc:
    case Deprel::NmodUnmarked:
    case Deprel::Flat:
    case Deprel::Goeswith:
    case Deprel::Nmod:
    case Deprel::Advmod:
    case Deprel::Punct:
    case Deprel::Dep:
    case Deprel::Acl:
    case Deprel::Det:
    case Deprel::DetPredet:
    case Deprel::OblUnmarked:
      return true;
    default:
      return false;
  }
}

bool is_quantifier(std::string_view word) {
  return one_of(word, {"several", "many",    "various", "numerous",   "multiple",  "certain",
                       "few",     "such",    "much",    "most",       "some",      "any",
                       "all",     "both",    "each",    "every",      "either",    "neither",
                       "no",      "another", "more",    "less",       "fewer",     "countless",
                       "own",     "entire",  "whole",   "particular", "respective"});
}

bool is_quote(std::string_view word) {
  return one_of(word, {"\"", "'", "''", "``", "`", "“", "”", "‘", "’", "«", "»", "*"});
}

bool is_bracket(std::string_view word) { return one_of(word, {"(", ")", "[", "]", "{", "}"}); }

/// A word that may be written inside a name in lower case.
bool is_name_glue(std::string_view word) {
  return one_of(word, {"of", "the", "and", "&", "for", "de", "la", "von", "van", "der", "den", "du",
                       "le", "al", "bin", "'s", "'"});
}

class Finder {
 public:
  Finder(const EntityTables& tables, const Words& words) : tables_(tables), words_(words) {}

  std::vector<Phrase> find(const std::vector<Link>& links) {
    const int n = words_.size();
    taken_.assign(static_cast<std::size_t>(n), false);
    for (const Literal& literal : find_literals(words_)) add_literal(literal);
    for (int i = 0; i < n; ++i) {
      if (taken_[static_cast<std::size_t>(i)]) continue;
      if (is_pronoun(i))
        add_pronoun(i);
      else if (is_nominal(i))
        add_nominal(i);
      else if (is_name_inside(i))
        add_name_inside(i);
      add_expansion(i);
    }
    static_cast<void>(links);
    std::ranges::sort(out_, [](const Phrase& a, const Phrase& b) {
      return std::tuple(a.last, -a.first, a.head) < std::tuple(b.last, -b.first, b.head);
    });
    return std::move(out_);
  }

 private:
  void add_literal(const Literal& literal) {
    Phrase phrase;
    phrase.kind = Mention::Kind::Literal;
    phrase.date = literal.kind == Literal::Kind::Date;
    phrase.first = phrase.core_first = literal.first;
    phrase.last = phrase.core_last = literal.last;
    phrase.head = phrase.core = literal.head;
    out_.push_back(phrase);
    // What is counted is a thing as well: "users" of "12 million users".
    for (int i = literal.first; i < literal.last; ++i) {
      const bool unit = words_[i].upos == Upos::Noun && !phrase.date && i != literal.head &&
                        words_[literal.head].head == i && literal.last == i + 1;
      if (!unit) taken_[static_cast<std::size_t>(i)] = true;
    }
  }

  bool is_pronoun(int i) const {
    const Token& token = words_[i];
    if (token.xpos == Xpos::PRP || token.xpos == Xpos::PRPS) return token.deprel != Deprel::Expl;
    if (token.upos != Upos::Pron && !(token.upos == Upos::Det && token.deprel != Deprel::Det &&
                                      token.deprel != Deprel::DetPredet)) {
      return false;
    }
    return one_of(words_.lower(i), {"this", "that", "these", "those"}) && token.xpos == Xpos::DT &&
           token.deprel != Deprel::Det && token.deprel != Deprel::Mark;
  }

  void add_pronoun(int i) {
    Phrase phrase;
    phrase.kind = Mention::Kind::Pronoun;
    phrase.first = phrase.core_first = phrase.head = phrase.core = i;
    phrase.last = phrase.core_last = i + 1;
    phrase.plural = one_of(words_.lower(i), {"they", "them", "their", "theirs", "themselves",
                                             "these", "those", "we", "us", "our"});
    out_.push_back(phrase);
  }

  bool is_nominal(int i) const {
    const Token& token = words_[i];
    if (is_inner(token.deprel)) return false;
    if (token.upos == Upos::Noun || token.upos == Upos::Propn) return !is_quote(words_.lower(i));
    if (token.upos == Upos::X || token.upos == Upos::Sym) {
      return has_upper(words_.form(i)) && token.deprel != Deprel::List;
    }
    // "Arm", "Stripe", "Waymo" read as adjective or number: a capital inside a sentence says name.
    return (token.upos == Upos::Adj || token.upos == Upos::Num) && i > 0 &&
           (token.deprel == Deprel::Nsubj || token.deprel == Deprel::Obj ||
            token.deprel == Deprel::Conj || token.deprel == Deprel::Obl ||
            token.deprel == Deprel::Nmod || token.deprel == Deprel::NmodPoss ||
            token.deprel == Deprel::Appos) &&
           starts_upper(words_.form(i));
  }

  /// "Qualcomm" of "Qualcomm stock", "ML" of "ML services".
  bool is_name_inside(int i) const {
    const Token& token = words_[i];
    if ((token.deprel != Deprel::Compound && token.deprel != Deprel::NmodDesc) || token.head < 0) {
      return false;
    }
    if (!starts_upper(words_.form(i))) return false;
    if (token.upos != Upos::Propn && !is_acronym(words_.form(i))) return false;
    return words_[token.head].upos == Upos::Noun &&
           (!starts_upper(words_.form(token.head)) || is_common(token.head) || token.head > i + 1);
  }

  void add_name_inside(int i) {
    int first = i;
    for (const int child : words_.children(i)) {
      if (child >= i) break;
      const Deprel deprel = words_[child].deprel;
      if (deprel == Deprel::Compound || deprel == Deprel::Amod) {
        first = std::min(first, words_.first_below(child));
      }
    }
    int last = i + 1;
    while (last < words_.size() && words_[last].head == i && words_[last].deprel == Deprel::Flat) {
      ++last;
    }
    Phrase phrase;
    phrase.kind = Mention::Kind::Name;
    phrase.first = phrase.core_first = first;
    phrase.last = phrase.core_last = last;
    phrase.head = phrase.core = i;
    out_.push_back(phrase);
  }

  /// What an acronym in brackets stands for where that is no phrase of its own: "electric vehicle"
  /// of "electric vehicle (EV) makers", "research and development" of "... (R&D)".
  void add_expansion(int i) {
    if (words_[i].upos != Upos::Noun && words_[i].upos != Upos::Propn) return;
    for (const int child : words_.children(i)) {
      if (child < i + 2 || words_[child].deprel != Deprel::Appos) continue;
      if (words_.lower(child - 1) != "(" || !is_acronym(words_.form(child))) continue;
      if (child + 1 >= words_.size() || words_.lower(child + 1) != ")") continue;
      const int last = child - 1;
      const bool inside = words_[i].deprel == Deprel::Compound && last == i + 1;
      if (!inside && last - i < 3) continue;  // at least "and" and another noun in between
      int first = inside ? words_.first_below(i) : left_edge(i);
      Phrase phrase;
      int end = i + 1;
      strip(first, end, phrase);
      if (!is_initials(words_.form(child), name_words(fold_name(words_.text(first, last)))))
        continue;
      phrase.first = phrase.core_first = first;
      phrase.last = phrase.core_last = last;
      phrase.head = phrase.core = i;
      phrase.kind = kind_of(phrase);
      out_.push_back(phrase);
      return;
    }
  }

  /// A participle with a subject or marker of its own: a misread clause rather than a modifier.
  bool is_clause(int i) const {
    for (const int child : words_.children(i)) {
      switch (words_[child].deprel) {
        case Deprel::Nsubj:
        case Deprel::NsubjPass:
        case Deprel::Mark:
        case Deprel::Aux:
        case Deprel::AuxPass:
        case Deprel::Cop:
        case Deprel::Expl:
          return true;
        case Deprel::Advmod:
          if (words_[child].xpos == Xpos::WRB || words_.lower(child) == "not") return true;
          break;
        default:
          break;
      }
    }
    return false;
  }

  /// Leftmost token of the phrase around `head`: contiguous modifiers.
  int left_edge(int head) const {
    int edge = head;
    const auto children = words_.children(head);
    for (auto it = std::lower_bound(children.begin(), children.end(), head);
         it != children.begin();) {
      const int child = *--it;
      if (words_.last_below(child) + 1 != edge) break;
      if (!is_modifier(words_[child].deprel)) break;
      if (words_[child].deprel == Deprel::Advmod) break;  // speaks of the clause, or of a degree
      if (is_clause(child)) break;
      if (words_[child].deprel == Deprel::Nmod && words_.child(child, Deprel::Case) >= 0 &&
          words_.child(child, Deprel::Case) < child) {
        break;  // "of ..." to the left is no modifier
      }
      edge = words_.first_below(child);
      if (head - edge > kLongestPhrase) return head;
    }
    return edge;
  }

  /// End of the words right of `head` that are the name's own: "Windows 95", "Warren Buffett".
  int right_edge(int head) const {
    int edge = head + 1;
    const auto children = words_.children(head);
    for (auto it = std::upper_bound(children.begin(), children.end(), head); it != children.end();
         ++it) {
      const int child = *it;
      if (words_.first_below(child) != edge) break;
      const Token& token = words_[child];
      const bool own = token.deprel == Deprel::Flat || token.deprel == Deprel::Goeswith ||
                       token.deprel == Deprel::Fixed || token.deprel == Deprel::Compound ||
                       (words_[head].upos == Upos::Propn && token.upos == Upos::Num &&
                        (token.deprel == Deprel::Nummod || token.deprel == Deprel::NmodUnmarked ||
                         token.deprel == Deprel::Dep || token.deprel == Deprel::Flat)) ||
                       (words_[head].upos == Upos::Propn && token.deprel == Deprel::NmodUnmarked &&
                        token.upos == Upos::Propn);
      const bool ampersand = token.deprel == Deprel::Conj && words_.lower(edge) == "&" &&
                             starts_upper(words_.form(child));
      if (!own && !ampersand) break;
      edge = words_.last_below(child) + 1;
      if (edge - head > kLongestPhrase) return head + 1;
    }
    return edge;
  }

  /// The "of ..." phrase that begins at `edge` below `head`, or -1.
  int of_phrase(int head, int edge) const {
    for (const int child : words_.children(head)) {
      if (child < edge || words_[child].deprel != Deprel::Nmod) continue;
      if (words_.first_below(child) != edge || words_.lower(edge) != "of") return -1;
      return child;
    }
    return -1;
  }

  /// Capitals all along, so that "of" does not end the name: "Bank of America".
  bool joins_name(int head, int of_child) const {
    if (!starts_upper(words_.form(head)) || words_[head].upos != Upos::Propn) return false;
    // "Jane Roe of Acme" are two names.
    if (tables_.given_names.contains(words_.lower(head)) || words_.child(head, Deprel::Flat) >= 0) {
      return false;
    }
    for (int i = words_.first_below(of_child); i <= of_child; ++i) {
      if (!starts_upper(words_.form(i)) && !is_name_glue(words_.lower(i))) return false;
    }
    return true;
  }

  void add_nominal(int head) {
    Phrase phrase;
    phrase.head = phrase.core = head;
    int first = left_edge(head);
    int last = right_edge(head);
    phrase.plural = words_[head].xpos == Xpos::NNS || words_[head].xpos == Xpos::NNPS;

    const int of_child = of_phrase(head, last);
    const bool of_nominal = of_child >= 0 && (words_[of_child].upos == Upos::Noun ||
                                              words_[of_child].upos == Upos::Propn ||
                                              words_[of_child].xpos == Xpos::PRP);
    if (of_nominal && tables_.transparent.contains(words_.lemma(head)) &&
        words_[of_child].xpos != Xpos::PRP && words_[head].upos == Upos::Noun) {
      // The measured thing is meant. It is a phrase of its own as well; this one makes the
      // measure's word lead to it.
      phrase.core = of_child;
      phrase.core_first = left_edge(of_child);
      phrase.core_last = right_edge(of_child);
      strip(phrase.core_first, phrase.core_last, phrase);
      phrase.first = phrase.core_first;
      phrase.last = extend(of_child, phrase.core_last, phrase);
      phrase.plural = words_[of_child].xpos == Xpos::NNS;
      finish(phrase);
      return;
    }
    if (of_nominal && joins_name(head, of_child)) {
      last = right_edge(of_child);
      strip(first, last, phrase);
      phrase.first = phrase.core_first = first;
      phrase.last = phrase.core_last = last;
      phrase.kind = Mention::Kind::Name;
      finish(phrase);
      return;
    }
    if (last > head + 1 && is_title(head) && words_[head + 1].upos == Upos::Propn) {
      // "CEO Jane Roe": the title leads to the person.
      phrase.first = phrase.core_first = phrase.core = head + 1;
      phrase.last = phrase.core_last = last;
      phrase.kind = Mention::Kind::Name;
      finish(phrase);
      return;
    }
    strip(first, last, phrase);
    phrase.first = phrase.core_first = first;
    phrase.last = phrase.core_last = last;
    if (words_[head].upos != Upos::Propn) phrase.last = extend(head, last, phrase);
    finish(phrase);
  }

  /// `last`, or the end of the prepositional phrase that completes a common noun.
  int extend(int head, int last, const Phrase& phrase) const {
    for (const int child : words_.children(head)) {
      if (child < last || words_[child].deprel != Deprel::Nmod) continue;
      if (words_.first_below(child) != last || taken_[static_cast<std::size_t>(child)]) return last;
      const Upos upos = words_[child].upos;
      if (upos != Upos::Noun && upos != Upos::Propn) return last;
      const std::string type = type_of_nominal(tables_, words_, phrase).type;
      if (!tables_.complements.contains(words_.lower(last) + ' ' + type)) return last;
      const int end = right_edge(child);
      return left_edge(child) > last + 4 || end - head > kLongestPhrase ? last : end;
    }
    return last;
  }

  /// Take determiners, quantifiers, quotes and brackets off both ends.
  void strip(int& first, int& last, Phrase& phrase) const {
    for (int i = last - 1; i > first; --i) {  // "primarily a local ...": what precedes is not in it
      if (words_[i].deprel == Deprel::Det && words_[i].head == phrase.core && i < phrase.core &&
          words_[i].upos == Upos::Det) {
        first = i;
        break;
      }
    }
    while (first < last - 1) {
      const std::string& low = words_.lower(first);
      const Token& token = words_[first];
      if (low == "the")
        phrase.article = Phrase::Article::Definite;
      else if (low == "a" || low == "an")
        phrase.article = Phrase::Article::Indefinite;
      else if (one_of(low, {"this", "these", "that", "those", "said"}) &&
               (token.upos == Upos::Det || token.upos == Upos::Pron)) {
        phrase.article = Phrase::Article::Demonstrative;
      } else if (is_quantifier(low) && first < phrase.core) {
        if (phrase.article == Phrase::Article::None) phrase.article = Phrase::Article::Quantified;
      } else if (((token.deprel != Deprel::Det && token.deprel != Deprel::DetPredet) ||
                  token.upos == Upos::Propn) &&
                 !is_quote(low) && !is_bracket(low) && token.upos != Upos::Punct) {
        break;
      }
      ++first;
    }
    while (last - 1 > first &&
           (is_quote(words_.lower(last - 1)) || is_bracket(words_.lower(last - 1)) ||
            words_[last - 1].upos == Upos::Punct) &&
           last - 1 != phrase.head) {
      --last;
    }
  }

  void finish(Phrase phrase) {
    for (const int child : words_.children(phrase.core)) {
      if (words_[child].deprel == Deprel::NmodPoss && child >= phrase.core_first &&
          child < phrase.core) {
        phrase.possessor = child;
      }
    }
    if (phrase.kind != Mention::Kind::Name) {
      if (phrase.possessor >= 0 && owns_name(phrase)) {
        phrase.core_first = phrase.first = words_.last_below(phrase.possessor) + 1;
        phrase.possessor = -1;
      }
      phrase.kind = kind_of(phrase);
      if (phrase.kind == Mention::Kind::Name) shrink(phrase);
    }
    out_.push_back(phrase);
  }

  /// "Acme's Rocketmail", "their Rocketmail": the name stands without its owner, unlike that of a
  /// law or prize ("Moore's Law").
  bool owns_name(const Phrase& phrase) const {
    if (words_[phrase.core].upos != Upos::Propn) return false;
    const bool pronoun = words_[phrase.possessor].xpos == Xpos::PRPS;
    return pronoun || !(tables_.heads.contains(words_.lemma(phrase.core)) ||
                        tables_.name_words.contains(words_.lower(phrase.core)));
  }

  /// Leave out common words before a name: "state-owned Acme Motor", "hosts Jane Roe".
  void shrink(Phrase& phrase) const {
    int first = phrase.core;
    for (int i = phrase.core; i >= phrase.core_first; --i) {
      const bool capital = starts_upper(words_.form(i));
      const bool number = words_[i].upos == Upos::Num;
      // "Acme's CEO Jane Roe": Acme's is the title, not the name.
      if (words_[i].xpos == Xpos::POS && words_[i].head >= 0 && words_[words_[i].head].head >= 0 &&
          words_[words_[words_[i].head].head].deprel == Deprel::NmodDesc) {
        break;
      }
      if (capital || (number && i > phrase.core_first))
        first = i;
      else if (!is_name_glue(words_.lower(i)) && words_[i].upos != Upos::Punct)
        break;
    }
    // A capital that only begins the sentence.
    if (first == 0 && first < phrase.core && words_[0].upos != Upos::Propn &&
        words_[0].upos != Upos::X && !is_acronym(words_.form(0)) && words_.lower(1) != "-") {
      first = 1;
      while (first < phrase.core && !starts_upper(words_.form(first))) ++first;
    }
    first = std::max(first, phrase.core_first);
    while (first < phrase.core && is_title(first)) ++first;
    phrase.core_first = phrase.first = first;
  }

  /// "CEO", "President": a role that is written before a name.
  bool is_title(int i) const {
    const auto found = tables_.heads.find(words_.lower(i));
    return found != tables_.heads.end() && found->second.type == "Person";
  }

  /// "SUV", "IPO", "EVs": written in capitals, but a class of things.
  bool is_common(int i) const {
    return words_[i].upos != Upos::Propn && is_acronym(words_.form(i)) &&
           tables_.heads.contains(words_.lemma(i));
  }

  Mention::Kind kind_of(const Phrase& phrase) const {
    const Token& head = words_[phrase.core];
    const std::string_view form = words_.form(phrase.core);
    if (phrase.possessor >= 0) {
      return head.upos == Upos::Propn && words_[phrase.possessor].upos == Upos::Propn
                 ? Mention::Kind::Name
                 : Mention::Kind::Nominal;
    }
    if (is_common(phrase.core)) return Mention::Kind::Nominal;
    if (head.upos == Upos::Propn) return Mention::Kind::Name;
    if (head.upos != Upos::Noun && starts_upper(form)) return Mention::Kind::Name;
    // "Architecture Licenses" in the middle of a sentence: capitals all along make a name.
    if (phrase.core > 0 && starts_upper(form) && is_acronym(form)) return Mention::Kind::Name;
    bool capitals = starts_upper(form) && phrase.core_first > 0;
    for (int i = phrase.core_first; i < phrase.core_last; ++i) {
      if (words_[i].upos == Upos::Punct || is_name_glue(words_.lower(i))) continue;
      capitals = capitals && (starts_upper(words_.form(i)) || words_[i].upos == Upos::Num);
    }
    return capitals ? Mention::Kind::Name : Mention::Kind::Nominal;
  }

  const EntityTables& tables_;
  const Words& words_;
  std::vector<bool> taken_;
  std::vector<Phrase> out_;
};

}  // namespace

std::vector<Phrase> find_phrases(const EntityTables& tables, const Words& words,
                                 const std::vector<Link>& links) {
  return Finder(tables, words).find(links);
}

}  // namespace tercet
