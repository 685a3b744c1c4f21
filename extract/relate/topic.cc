#include "extract/relate/topic.h"

#include <algorithm>
#include <string_view>

#include "extract/entity/words.h"
#include "extract/relate/word_forms.h"

namespace tercet {
namespace {

/// Words of a title that need no capital.
bool small(std::string_view word) {
  return one_of(
      "|of|the|a|an|and|in|on|for|to|with|at|by|from|de|la|le|el|von|van|du|des|&|:|-|'s|'|vs.|vs|"
      "or|!|?|.|"
      "...|/|\"|n't|'ve|'re|'m|'ll|no|as|is|del|di|y|und|der|die|das|et|les|into|up|",
      word);
}

/// The words from token `first` up to the copula, verb, bracket or comma that a title ends at, as
/// the token behind them: a title may hold words that a tree takes apart ("Night Train: The
/// Return", "You've Got Mail"). 0 if these are no title.
int title_end(const SentenceView& v, int first, bool& sure) {
  sure = false;
  // Up to "is a", where all before has capitals.
  for (int i = first + 1; i + 1 < v.size() && i < first + 14; ++i) {
    const std::string_view word = v.word(i);
    if (word == "(" || word == ",") break;
    if (!one_of("|is|was|are|were|", word) || !one_of("|a|an|the|one|", v.word(i + 1))) continue;
    bool title = true;
    for (int k = first; k < i; ++k) {
      const std::string_view one = v.word(k);
      title = title && (starts_upper(one) || small(one) || has_digit(one));
    }
    if (title) {
      sure = true;
      return i;
    }
    break;
  }
  for (int i = first; i < v.size() && i < first + 15; ++i) {
    const Token& token = v.token(i);
    const std::string_view word = v.word(i);
    if (word == "(" || word == "[" || word == ",") return i;
    if (starts_upper(word) || has_digit(word)) continue;
    // "Pink Pearl stars Ann Lee": between capitals a common word is a verb taken for a noun.
    if (i > first && token.upos == Upos::Noun && !small(word) && i + 1 < v.size() &&
        v.token(i + 1).upos == Upos::Propn && starts_upper(v.word(i + 1)) && word.ends_with('s')) {
      return i;
    }
    if (token.upos == Upos::Verb || token.upos == Upos::Aux || token.upos == Upos::Adv ||
        token.upos == Upos::Sconj || token.upos == Upos::Pron) {
      return i;
    }
  }
  return 0;
}

/// Capitals only: where no verb was seen ("Pink Pearl stars Ann Lee").
int capitals_end(const SentenceView& v, int first) {
  int last = first;
  for (int i = first; i < v.size(); ++i) {
    if (starts_upper(v.word(i)) || has_digit(v.word(i)))
      last = i + 1;
    else if (!small(v.word(i)) || v.word(i) == "is")
      break;
  }
  return last;
}

}  // namespace

Thing find_topic(const SentenceView& v, const std::vector<Thing>& things) {
  Thing out;
  out.first = out.last = out.head = -1;
  int subject = -1;
  for (int i = 0; i < v.size() && subject < 0; ++i) {
    if (v.token(i).head >= 0) continue;
    for (const int child : v.children(i)) {
      const Deprel deprel = v.token(child).deprel;
      if (deprel == Deprel::Nsubj || deprel == Deprel::NsubjPass) subject = child;
      if (subject >= 0) break;
    }
  }
  const auto thing_at = [&](int token) -> const Thing* {
    for (const Thing& one : things) {
      if (token >= one.first && token < one.last) return &one;
    }
    return nullptr;
  };
  if (subject >= 0 && v.token(subject).upos == Upos::Noun && !starts_upper(v.word(subject))) {
    // "Acme's second mission", "the plot of Night Train" are of what they belong to.
    for (const int child : v.children(subject)) {
      const Deprel deprel = v.token(child).deprel;
      const Thing* one = thing_at(child);
      if (one == nullptr || (one->kinds & kNameThing) == 0) continue;
      const bool genitive = deprel == Deprel::NmodPoss;
      const bool of = deprel == Deprel::Nmod && v.preposition_of(child) == "of";
      // "A joint production, Night Train premiered" is of what the apposition names.
      const bool apposition = deprel == Deprel::Appos || deprel == Deprel::Flat;
      if (genitive || of || apposition) {
        out = *one;
        return out;
      }
    }
  }
  // The clause's words begin behind the comma of what is put before it.
  int first = 0;
  for (int i = 0, depth = 0; i < subject; ++i) {
    if (v.word(i) == "(") ++depth;
    if (v.word(i) == ")") --depth;
    if (v.word(i) == "," && depth == 0) first = i + 1;
  }
  if (first > 0 && v.extent(subject).first < first) first = v.extent(subject).first;
  if (first >= v.size()) return out;
  bool sure = false;
  int last = title_end(v, first, sure);
  const int capitals = capitals_end(v, first);
  if (subject < 0 || last <= subject) last = std::max(capitals, last > subject ? last : 0);
  if (last == 0 || last > v.size()) last = capitals;
  const Thing* found = subject >= 0 ? thing_at(subject) : thing_at(first);
  const Upos start = v.token(first).upos;
  bool named = false;
  for (int i = start == Upos::Det || start == Upos::Pron ? first + 1 : first; i < last; ++i) {
    named =
        named || (starts_upper(v.word(i)) && v.token(i).upos != Upos::Adp) || has_digit(v.word(i));
  }
  // "Chasing Dawn was filmed": capitals up to the verb are a title, whatever its words are.
  bool title =
      last > first + 1 && last < v.size() && capitals >= last &&
      (v.token(last).upos == Upos::Aux || v.token(last).upos == Upos::Verb || v.word(last) == "(");
  for (int i = first; i < last; ++i) title = title && v.word(i) != ",";
  bool more = false;
  for (int i = first + 1; i < last; ++i) more = more || starts_upper(v.word(i));
  title = title && more && starts_upper(v.word(first)) &&
          (v.word(last) != "(" || small(v.word(first + 1)));
  const bool opens = sure || title ||
                     (start != Upos::Adp && start != Upos::Sconj && start != Upos::Adv &&
                      start != Upos::Verb && last > first && last - first <= 14);
  // "Critics say that ..."
  if (last - first == 1 && v.token(first).xpos == Xpos::NNS) return out;
  if (!named || !opens || (!sure && start == Upos::Pron && last - first < 3)) {
    if (found != nullptr && (found->kinds & kNameThing) != 0) out = *found;
    return out;
  }
  // "The Danish team" is called without its article, "The Night" is not.
  const bool common = !starts_upper(v.word(last - 1)) && v.token(last - 1).upos == Upos::Noun;
  if (v.word(first) == "The" && (common || has_digit(v.word(first + 1)))) ++first;
  out.first = first;
  out.last = last;
  out.head = subject >= first && subject < last ? subject : last - 1;
  out.mention = found != nullptr ? found->mention : -1;
  out.kinds = found != nullptr ? found->kinds : 0U;
  if (common) out.kinds &= ~static_cast<unsigned>(kPersonThing);
  out.name = std::string(view(v.text(), {v.token(first).span.begin, v.token(last - 1).span.end}));
  const auto quote = [](char c) { return c == '"' || c == '\''; };
  while (!out.name.empty() && quote(out.name.front())) out.name.erase(0, 1);
  while (!out.name.empty() && quote(out.name.back())) out.name.pop_back();
  return out;
}

}  // namespace tercet
