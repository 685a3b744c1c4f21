#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "extract/relate/rules.h"

// Kinds and their members as they stand on the page: brackets, commas and "such as" say what
// belongs together more reliably than a tree does in long enumerations.

namespace tercet {
namespace {

constexpr double kExample = 0.55, kBracket = 0.4, kOther = 0.4, kSurfaceApposition = 0.45,
                 kSurfaceTitle = 0.4;

class Lists {
 public:
  Lists(const SentenceView& view, std::vector<Claim>& out) : v_(view), out_(out) {
    const auto here =
        std::ranges::equal_range(v_.entities.mentions, v_.sentence, {}, &Mention::sentence);
    starts_.assign(static_cast<std::size_t>(v_.size()) + 1, -1);
    ends_.assign(static_cast<std::size_t>(v_.size()) + 1, -1);
    for (auto at = here.begin(); at != here.end(); ++at) {
      if (at->entity < 0 || at->kind == Mention::Kind::Pronoun ||
          at->kind == Mention::Kind::Literal)
        continue;
      const auto index = static_cast<int>(at - v_.entities.mentions.begin());
      longest(starts_[static_cast<std::size_t>(at->first)], index);
      longest(ends_[static_cast<std::size_t>(at->last)], index);
    }
  }

  void find() {
    for (int i = 0; i < v_.size(); ++i) {
      const std::string word = ascii_lower(v_.word(i));
      const std::string next = i + 1 < v_.size() ? ascii_lower(v_.word(i + 1)) : std::string();
      if (v_.tables.listed("example", word))
        examples(i, i + 1);
      else if (v_.tables.listed("example", word + ' ' + next))
        examples(i, i + 2);
      else if (word == "(")
        brackets(i);
      else if (word == "other" || word == "similar")
        others(i);
      else if (word == ",")
        apposition(i);
    }
    titles();
  }

 private:
  void longest(int& place, int index) const {
    const auto size = [&](int m) { return v_.mention(m).last - v_.mention(m).first; };
    if (place < 0 || size(index) > size(place)) place = index;
  }

  int starting(int token) const {
    return token < 0 || token > v_.size() ? -1 : starts_[static_cast<std::size_t>(token)];
  }
  int ending(int token) const {
    return token < 0 || token > v_.size() ? -1 : ends_[static_cast<std::size_t>(token)];
  }

  bool common(int mention) const {
    return mention >= 0 && v_.mention(mention).kind == Mention::Kind::Nominal;
  }

  bool determiner(int token) const {
    return token >= 0 && token < v_.size() &&
           (v_.token(token).upos == Upos::Det || v_.token(token).deprel == Deprel::NmodPoss);
  }

  /// Mentions from token i on, parted by nothing but commas, "and", "or" and determiners.
  std::vector<int> items_from(int i) const {
    std::vector<int> out;
    while (i < v_.size() && out.size() < 40) {
      while (determiner(i)) ++i;
      const int item = starting(i);
      if (item < 0) break;
      out.push_back(item);
      i = v_.mention(item).last;
      const int before = i;
      while (i < v_.size() && (v_.word(i) == "," || ascii_lower(v_.word(i)) == "and" ||
                               ascii_lower(v_.word(i)) == "or" || v_.word(i) == "&"))
        ++i;
      if (i == before) break;
    }
    return out;
  }

  /// "A, B and C," : only what a conjunction closes (or one item alone) is surely a list; what
  /// follows a comma after it belongs to the sentence.
  std::vector<int> closed(std::vector<int> items) const {
    for (std::size_t k = 1; k < items.size(); ++k) {
      const int before = v_.mention(items[k]).first - 1;
      int at = before;
      while (determiner(at)) --at;
      const std::string word = at >= 0 ? ascii_lower(v_.word(at)) : std::string();
      if (word == "and" || word == "or") {
        items.erase(items.begin() + static_cast<std::ptrdiff_t>(k + 1), items.end());
        return items;
      }
    }
    if (items.size() > 1)
      items.erase(items.begin() + 1, items.end());  // an open enumeration: trust its first
    return items;
  }

  void add(int thing, int kind, double confidence, const char* by) {
    if (thing == kind || !common(kind)) return;
    if (v_.tables.listed("no_kind", v_.token(v_.mention(kind).head).lemma)) return;
    const Mention& k = v_.mention(kind);
    const Mention& t = v_.mention(thing);
    if (t.first >= k.first && t.first < k.last) return;
    Claim claim;
    claim.relation = "instance_of";
    claim.from.mention = thing;
    claim.from.head = t.head;
    claim.to.mention = kind;
    claim.to.head = k.head;
    if (k.antecedent) {
      claim.to.name = std::string(
          view(v_.text(), {v_.token(k.first).span.begin, v_.token(k.last - 1).span.end}));
    }
    claim.predicate = k.head;
    claim.confidence = confidence;
    claim.by = by;
    out_.push_back(std::move(claim));
  }

  /// "tools like A, B and C": marker is tokens [from, to).
  void examples(int from, int to) {
    int end = from;
    if (end > 0 && v_.word(end - 1) == ",") --end;
    const int kind = ending(end);
    if (!common(kind)) return;
    for (const int item : closed(items_from(to))) add(item, kind, kExample, "list.example");
  }

  /// "pots (kettles, pans)": several in brackets after a plural.
  void brackets(int open) {
    const int kind = ending(open);
    if (!common(kind) || v_.token(v_.mention(kind).head).xpos != Xpos::NNS) return;
    int at = open + 1;
    while (at < v_.size() && (ascii_lower(v_.word(at)) == "e.g." ||
                              ascii_lower(v_.word(at)) == "like" || v_.word(at) == ","))
      ++at;
    const std::vector<int> items = items_from(at);
    if (items.size() < 2) return;
    for (const int item : items) add(item, kind, kBracket, "list.bracket");
  }

  /// "kettles and other kitchen goods"
  void others(int i) {
    const int kind = starting(i) >= 0 ? starting(i) : starting(i + 1);
    if (!common(kind) || i < 2) return;
    const std::string before = ascii_lower(v_.word(i - 1));
    if (before != "and" && before != "or") return;
    int end = i - 1;
    if (end > 0 && v_.word(end - 1) == ",") --end;
    for (int steps = 0; steps < 10; ++steps) {
      const int item = ending(end);
      if (item < 0) return;
      add(item, kind, kOther, "list.other");
      end = v_.mention(item).first;
      while (determiner(end - 1)) --end;
      if (end < 1 || v_.word(end - 1) != ",") return;
      --end;
    }
  }

  /// "Orla, one of the oldest shops" and "Teapot, now a household name": a comma, perhaps an
  /// adverb, an article, a common noun.
  void apposition(int comma) {
    const int thing = ending(comma);
    if (thing < 0 || v_.mention(thing).kind != Mention::Kind::Name) return;
    int at = comma + 1;
    while (at < v_.size() && v_.token(at).upos == Upos::Adv) ++at;
    if (at >= v_.size()) return;
    bool article = false;
    if (ascii_lower(v_.word(at)) == "one" && at + 1 < v_.size() &&
        ascii_lower(v_.word(at + 1)) == "of") {
      at += 2;
      article = true;
    }
    while (determiner(at)) {
      ++at;
      article = true;
    }
    if (!article) return;
    int kind = starting(at);
    for (int skip = 1; kind < 0 && skip <= 3; ++skip) {
      if (at + skip - 1 >= v_.size()) return;
      const Upos upos = v_.token(at + skip - 1).upos;
      if (upos != Upos::Adj && upos != Upos::Adv && upos != Upos::Num) return;
      kind = starting(at + skip);
    }
    if (!common(kind)) return;
    // A subject of its own clause is no apposition: "In 1990, the firm grew".
    const Deprel role = v_.token(v_.mention(kind).head).deprel;
    if (role == Deprel::Nsubj || role == Deprel::NsubjPass || role == Deprel::Conj) return;
    add(thing, kind, kSurfaceApposition, "list.appos");
  }

  /// "baker Orla Finch"
  void titles() {
    for (int i = 1; i < v_.size(); ++i) {
      const int kind = ending(i), thing = starting(i);
      if (!common(kind) || thing < 0) continue;
      const Mention& name = v_.mention(thing);
      if (name.kind != Mention::Kind::Name || name.first <= v_.mention(kind).head) continue;
      if (v_.token(v_.mention(kind).head).xpos == Xpos::NNS) continue;
      add(thing, kind, kSurfaceTitle, "list.title");
    }
  }

  const SentenceView& v_;
  std::vector<Claim>& out_;
  std::vector<int> starts_, ends_;
};

}  // namespace

void claims_of_lists(const SentenceView& v, std::vector<Claim>& out) { Lists(v, out).find(); }

}  // namespace tercet
