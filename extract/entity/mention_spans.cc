#include "extract/entity/mention_spans.h"

#include <algorithm>
#include <map>
#include <utility>

namespace tercet {
namespace {

constexpr int kLongest = 24;  // words; a longer phrase is a passage, not a name

/// Of a noun's children, those that stand in its name or its phrase, without clauses.
bool in_phrase(const Words& w, int head, int child) {
  switch (w[child].deprel) {
    case Deprel::Amod:
    case Deprel::Compound:
    case Deprel::Det:
    case Deprel::DetPredet:
    case Deprel::Fixed:
    case Deprel::Flat:
    case Deprel::Goeswith:
    case Deprel::Nmod:
    case Deprel::NmodDesc:
    case Deprel::NmodPoss:
    case Deprel::Nummod:
      return true;
    case Deprel::NmodUnmarked:
      return w[child].upos != Upos::Num;  // "Author (2011)"
    case Deprel::Acl:                     // "growing market", not "a market that grows"
    case Deprel::Advmod:
      return child < head;
    default:
      return false;
  }
}

bool names_something(const Words& w, int i) {
  const Deprel deprel = w[i].deprel;
  return (w[i].upos == Upos::Noun || w[i].upos == Upos::Propn) && deprel != Deprel::Flat &&
         deprel != Deprel::Fixed && deprel != Deprel::Goeswith;
}

class Collector {
 public:
  Collector(const Words& words, int sentence) : w_(words), sentence_(sentence) {}

  MentionSpan* add(int first, int last, int head) {
    while (first < head && (w_[first].upos == Upos::Det || w_[first].upos == Upos::Punct)) ++first;
    if (first >= last || head < first || head >= last || last - first > kLongest) return nullptr;
    auto& one = found_[{first, -last}];
    if (one.last == 0) {
      one.sentence = sentence_;
      one.first = first;
      one.last = last;
      one.head = head;
    }
    return &one;
  }

  void add_noun(int i) {
    int first = i, last = i + 1, behind_owner = -1, compound = i;
    for (const int child : w_.children(i)) {
      if (!in_phrase(w_, i, child)) continue;
      first = std::min(first, w_.first_below(child));
      last = std::max(last, w_.last_below(child) + 1);
      if (w_[child].deprel == Deprel::NmodPoss && child < i)
        behind_owner = w_.last_below(child) + 1;
    }
    add(first, last, i);
    // "Acme's sale" would cross "sale of boats".
    if (behind_owner < 0 || last == i + 1) add(first, i + 1, i);
    while (compound > first && w_[compound - 1].deprel == Deprel::Compound &&
           w_[compound - 1].head == i) {
      --compound;
    }
    add(compound, i + 1, i);
    // "its first [nuclear reactor]".
    for (const int child : w_.children(i)) {
      const Deprel deprel = w_[child].deprel;
      const bool describes =
          deprel == Deprel::Amod || deprel == Deprel::Compound || deprel == Deprel::Nummod;
      if (child < compound && describes) add(w_.first_below(child), i + 1, i);
    }
    if (behind_owner > first && behind_owner <= i) {
      add(behind_owner, last, i);
      add(behind_owner, i + 1, i);
    }
    int end = -1;
    for (const int child : w_.children(i)) {
      if (w_[child].deprel == Deprel::Conj) end = child;
    }
    if (end < 0) return;
    // Without what is said of the last one in a clause.
    int stop = end + 1;
    for (const int child : w_.children(end)) {
      if (in_phrase(w_, end, child)) stop = std::max(stop, w_.last_below(child) + 1);
    }
    if (MentionSpan* one = add(first, stop, i)) one->coordination = true;
  }

  void add_gerund(int i) {
    int object = -1, last = i + 1;
    for (const int child : w_.children(i)) {
      if (child < i) continue;
      if (w_[child].deprel == Deprel::Obj) object = std::max(object, w_.last_below(child) + 1);
      if (w_[child].deprel == Deprel::Obj || w_[child].deprel == Deprel::Xcomp ||
          w_[child].deprel == Deprel::Obl || w_[child].deprel == Deprel::CompoundPrt) {
        last = std::max(last, w_.last_below(child) + 1);
      }
    }
    for (const int end : {object, last}) {
      if (end <= i + 1) continue;
      if (MentionSpan* one = add(i, end, i)) one->gerund = true;
    }
  }

  std::vector<MentionSpan> take() {
    std::vector<MentionSpan> out;
    for (auto& [place, one] : found_) out.push_back(one);
    return out;
  }

 private:
  const Words& w_;
  int sentence_;
  std::map<std::pair<int, int>, MentionSpan> found_;
};

/// What found it: an entity, the model, the tree; of one kind the longer goes first.
int rank_of(const MentionSpan& one) {
  return (one.mention >= 0 ? 0 : one.span >= 0 ? 100 : 200) + kLongest - one.size();
}

/// Brackets must nest: of two spans that cross, the one of lower rank goes. A span is compared with
/// the few that begin at most kLongest words before its end.
void drop_crossing(std::vector<MentionSpan>& spans) {
  std::vector<MentionSpan> kept;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const auto loses = [&](const MentionSpan& other) {
      const MentionSpan& one = spans[i];
      const bool cross =
          (one.first < other.first && other.first < one.last && one.last < other.last) ||
          (other.first < one.first && one.first < other.last && other.last < one.last);
      return cross && std::pair(rank_of(other), other.first) < std::pair(rank_of(one), one.first);
    };
    bool lost = false;
    for (std::size_t k = i; !lost && k > 0 && spans[k - 1].first + kLongest > spans[i].first; --k) {
      lost = loses(spans[k - 1]);
    }
    for (std::size_t k = i + 1; !lost && k < spans.size() && spans[k].first < spans[i].last; ++k) {
      lost = loses(spans[k]);
    }
    if (!lost) kept.push_back(spans[i]);
  }
  spans = std::move(kept);
}

int head_of(const Words& w, int first, int last) {
  for (int i = last - 1; i >= first; --i) {
    if (w[i].head < first || w[i].head >= last) return i;
  }
  return last - 1;
}

}  // namespace

std::vector<MentionSpan> mention_spans(const Words& words, const AnalysedDocument& document,
                                       const DocumentEntities& entities, int sentence) {
  Collector collector(words, sentence);
  const auto begin = std::ranges::lower_bound(entities.mentions, sentence, {}, &Mention::sentence);
  for (auto m = begin; m != entities.mentions.end() && m->sentence == sentence; ++m) {
    if (m->kind == Mention::Kind::Pronoun || m->entity < 0) continue;
    const int head = m->head >= m->first && m->head < m->last ? m->head : m->last - 1;
    if (MentionSpan* one = collector.add(m->first, m->last, head)) {
      one->mention = static_cast<int>(m - entities.mentions.begin());
    }
  }
  const std::vector<TypedSpan>& spans = document.tree(sentence).mentions;
  for (std::size_t k = 0; k < spans.size(); ++k) {
    const int first = static_cast<int>(spans[k].first), last = static_cast<int>(spans[k].last);
    if (first >= last || last > words.size()) continue;
    const int head = head_of(words, first, last);
    const Xpos xpos = words[head].xpos;
    const bool deed = xpos == Xpos::VBD || xpos == Xpos::VBZ || xpos == Xpos::VBP;
    if (words[head].upos == Upos::Pron || (deed && last == first + 1)) continue;
    if (MentionSpan* one = collector.add(first, last, head)) one->span = static_cast<int>(k);
  }
  for (int i = 0; i < words.size(); ++i) {
    if (names_something(words, i)) collector.add_noun(i);
    if (words[i].upos == Upos::Verb && words.lower(i).ends_with("ing")) collector.add_gerund(i);
  }
  std::vector<MentionSpan> out = collector.take();
  drop_crossing(out);
  for (MentionSpan& one : out) one.near = entities.mention_at(sentence, one.head);
  return out;
}

}  // namespace tercet
