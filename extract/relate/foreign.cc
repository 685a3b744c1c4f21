#include "extract/relate/foreign.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace tercet {
namespace {

constexpr double kByWord = 0.5;  // a word of the relation beside the name
constexpr double kByKind = 0.4;  // what the copula says
// Tokens between a cue and what it governs: "directed in 1990 by the Dane Jens Holm".
constexpr int kReach = 8;

std::vector<std::string> label_words(std::string_view id) {
  std::vector<std::string> out(1);
  for (const char c : id) {
    if (c == '_' || c == ' ')
      out.emplace_back();
    else
      out.back() += (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
  }
  std::erase(out, "");
  return out;
}

/// "developer", "developed" and "development" share a stem.
std::string stem(std::string_view word) {
  static constexpr std::string_view kEndings[] = {"ation", "ment", "ing", "ion", "er",
                                                  "or",    "ed",   "es",  "e",   "s"};
  for (const std::string_view ending : kEndings) {
    if (word.size() >= ending.size() + 4 && word.ends_with(ending)) {
      return std::string(word.substr(0, word.size() - ending.size()));
    }
  }
  return std::string(word);
}

bool names(const std::vector<std::string>& types, std::string_view part) {
  return std::ranges::any_of(types, [&](const std::string& type) {
    const std::vector<std::string> words = label_words(type);
    return !words.empty() && words.front().find(part) != std::string::npos;
  });
}

/// The relation uses types that our table has no notion of, so nobody has told the tables of it.
bool foreign(const Ontology& ontology, const RelationType& relation) {
  for (const auto* side : {&relation.domain, &relation.range}) {
    for (const std::string& type : *side) {
      if (ontology.find_type(type) == nullptr) return true;
    }
  }
  return false;
}

class Finder {
 public:
  Finder(const SentenceView& view, const RelationType& relation, std::vector<Claim>& out)
      : v_(view), r_(relation), words_(label_words(relation.id)), out_(out) {
    for (const std::string& word : words_) stems_.push_back(stem(word));
  }

  void find(const Filler& topic) {
    for (int i = 0; i < v_.size(); ++i) {
      if (is_cue(i)) from_cue(topic, i);
    }
    if (words_ == std::vector<std::string>{"occupation"}) occupation(topic);
  }

 private:
  bool is_cue(int i) const {
    const Token& token = v_.token(i);
    if (token.upos == Upos::Propn || words_.empty()) return false;
    const std::vector<std::string> word = label_words(v_.word(i));
    if (word.empty()) return false;
    if (v_.tables.listed("says:" + r_.id, word.front())) return true;
    // Of "cast member" or "production company" the first word tells which.
    return stems_.front().size() > 3 && stem(word.front()) == stems_.front();
  }

  /// A preposition that the cue's word takes, then the names behind it and their conjuncts.
  void from_cue(const Filler& topic, int cue) {
    bool any = false;
    const int end = std::min(v_.size(), cue + 1 + kReach);
    int reach = end;
    for (int i = cue + 1; i < reach; ++i) {
      if (v_.token(i).upos == Upos::Verb && i != cue && !is_cue(i)) break;
      const int mention = v_.mention_at(i);
      if (mention < 0 || v_.mention(mention).kind != Mention::Kind::Name) continue;
      if (mention == topic.mention || !fits(mention)) continue;
      const Filler filler = of(mention);
      add(topic, filler, cue, kByWord, "foreign.word");
      any = true;
      reach = std::min(v_.size(), v_.mention(mention).last + 4);
      if (next_stops(v_.mention(mention).last)) break;
    }
    if (any || cue == 0) return;
    // "the Vesta class", "Vesta constellation": the name stands in front of the label's noun.
    const int before = v_.mention_at(cue - 1);
    if (before >= 0 && before != topic.mention && fits(before) &&
        v_.mention(before).kind == Mention::Kind::Name) {
      add(topic, of(before), cue, kByWord, "foreign.before");
    }
  }

  /// Behind a name only an enumeration goes on.
  bool next_stops(int next) const {
    if (next >= v_.size()) return true;
    const std::string_view word = v_.word(next);
    return word != "," && word != "and" && word != "&";
  }

  bool fits(int mention) const {
    const std::string& type = v_.entity_of(mention).type;
    if (type == "Date" || type == "Quantity") return false;
    const bool person = type == "Person";
    if (names(r_.range, "human") || names(r_.range, "person")) return person || type == "Concept";
    return !person || r_.range.empty();
  }

  /// "X is a retired Danish basketball player": the noun and its compounds.
  void occupation(const Filler& topic) {
    const int head = v_.token(topic.head).head;
    if (head < 0 || v_.child(head, Deprel::Cop) < 0 || v_.token(head).upos != Upos::Noun) return;
    const int mention = v_.mention_at(head);
    if (mention < 0) return;
    int first = head;
    while (first > 0 && v_.token(first - 1).upos == Upos::Noun) --first;
    Filler filler = of(mention);
    filler.name =
        std::string(view(v_.text(), {v_.token(first).span.begin, v_.token(head).span.end}));
    add(topic, filler, head, kByKind, "foreign.kind");
  }

  Filler of(int mention) const {
    Filler filler;
    filler.mention = mention;
    filler.head = v_.mention(mention).head;
    return filler;
  }

  void add(const Filler& from, const Filler& to, int cue, double confidence, const char* by) {
    Claim claim;
    claim.relation = r_.id;
    claim.from = from;
    claim.to = to;
    claim.predicate = cue;
    claim.clause = v_.clause_of(cue);
    claim.confidence = confidence;
    claim.by = by;
    out_.push_back(std::move(claim));
  }

  const SentenceView& v_;
  const RelationType& r_;
  std::vector<std::string> words_, stems_;
  std::vector<Claim>& out_;
};

/// The words a sentence opens with up to its copula, bracket or comma: a title may hold words that
/// a tree takes apart ("Night Train: The Return"). Empty if `head` is not among them.
std::string opening(const SentenceView& view, int head) {
  int first = 0, last = head + 1;
  for (int i = 0; i < head; ++i) {
    const std::string_view word = view.word(i);
    if (word == "(") {
      last = i;
      break;
    }
    if (word == "," || view.token(i).upos == Upos::Verb) return {};
  }
  while (last < view.size() && last > head) {
    const Token& token = view.token(last);
    const std::string_view word = view.word(last);
    if (token.upos == Upos::Verb || token.upos == Upos::Aux || word == "(" || word == ",") break;
    ++last;
  }
  if (last >= view.size() || last - first > 12) return {};
  if (view.token(first).upos == Upos::Pron || view.token(first).upos == Upos::Det) return {};
  return std::string(
      tercet::view(view.text(), {view.token(first).span.begin, view.token(last - 1).span.end}));
}

/// What the sentence is about: the subject of its main clause.
Filler topic_of(const SentenceView& view) {
  Filler out;
  for (int i = 0; i < view.size(); ++i) {
    if (view.token(i).head >= 0) continue;
    for (const int child : view.children(i)) {
      const Deprel deprel = view.token(child).deprel;
      if (deprel != Deprel::Nsubj && deprel != Deprel::NsubjPass) continue;
      const auto [first, last] = view.extent(child);
      out.head = child;
      out.mention = view.mention_at(child);
      for (int k = first; k <= last && out.mention < 0; ++k) out.mention = view.mention_at(k);
      out.name = opening(view, child);
      return out;
    }
  }
  return out;
}

}  // namespace

void claims_of_foreign(const SentenceView& view, const Ontology& ontology,
                       std::vector<Claim>& out) {
  Filler topic;
  bool looked = false;
  for (const RelationType& relation : ontology.relations()) {
    if (!foreign(ontology, relation)) continue;
    if (!looked) {
      topic = topic_of(view);
      looked = true;
    }
    if (topic.mention < 0) return;
    Finder(view, relation, out).find(topic);
  }
}

}  // namespace tercet
