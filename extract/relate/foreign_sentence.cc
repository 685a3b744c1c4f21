#include "extract/relate/foreign_sentence.h"

#include <algorithm>
#include <string_view>

#include "extract/entity/words.h"

namespace tercet {

ForeignSentence::ForeignSentence(const SentenceView& view, const PropertyTable& table)
    : v_(view), things_(find_things(view, table)) {
  thing_of_.assign(static_cast<std::size_t>(v_.size()), -1);
  for (std::size_t k = 0; k < things_.size(); ++k) {
    for (int i = things_[k].first; i < things_[k].last; ++i) {
      int& at = thing_of_[static_cast<std::size_t>(i)];
      if (at < 0) at = static_cast<int>(k);
    }
  }
  for (int i = 0; i < v_.size(); ++i) words_.push_back(lower_case(v_.word(i)));
}

const Thing* ForeignSentence::thing_at(int i) const {
  const int at = i < 0 || i >= v_.size() ? -1 : thing_of_[static_cast<std::size_t>(i)];
  return at < 0 ? nullptr : &things_[static_cast<std::size_t>(at)];
}

std::string ForeignSentence::text(int first, int last) const {
  return std::string(view(v_.text(), {v_.token(first).span.begin, v_.token(last - 1).span.end}));
}

int ForeignSentence::match(const PropertyCue& cue, int i) const {
  int at = i;
  for (std::size_t k = 0; k < cue.size(); ++k) {
    if (k == 0) {
      if (!same(cue[k], at)) return 0;
      ++at;
      continue;
    }
    int end = std::min(v_.size(), at + (cue[k] == "by" ? 10 : 3));
    int found = -1;
    for (int j = at; j < end && found < 0; ++j) {
      // "found on 8 May 1931 at": a date between takes no room, nor does its preposition.
      const Thing* date = thing_at(j);
      if (date != nullptr && (date->kinds & kDateThing) != 0 && date->first == j) {
        end = std::min(v_.size(), end + date->last - date->first + 1);
      }
      // "a film of the play, written by": the verb between has an agent of its own.
      const bool chained =
          v_.token(i).upos == Upos::Verb && j > 0 &&
          (v_.word(j - 1) == "," || v_.word(j - 1) == "and" || v_.token(j - 1).upos == Upos::Adv);
      if (same(cue[k], j))
        found = j;
      else if (v_.token(j).upos == Upos::Verb && !chained)
        break;
      else if (words_[static_cast<std::size_t>(j)] == "." ||
               words_[static_cast<std::size_t>(j)] == ";" ||
               words_[static_cast<std::size_t>(j)] == "by")
        break;
    }
    if (found < 0) return 0;
    at = found + 1;
  }
  return at;
}

bool ForeignSentence::same(const std::string& cue, int i) const {
  const std::string& word = words_[static_cast<std::size_t>(i)];
  if (cue.front() == '~')
    return word_family(word) == std::string_view(cue).substr(1) && v_.token(i).upos != Upos::Propn;
  return word == cue;
}

bool ForeignSentence::strictly(const ForeignProperty& p, const Thing& thing) const {
  if (!p.words.empty()) return fits(p, thing);
  return (thing.kinds & p.kinds & ~static_cast<unsigned>(kNameThing | kNounThing)) != 0;
}

bool ForeignSentence::has_word(const ForeignProperty& p, int first, int last) const {
  if (p.words.empty()) return true;
  for (int i = first; i < last; ++i) {
    if (v_.tables.listed(p.words, words_[static_cast<std::size_t>(i)])) return true;
  }
  return false;
}

bool ForeignSentence::fits(const ForeignProperty& p, const Thing& thing) const {
  if (!has_word(p, thing.first, thing.last)) return false;
  if (!p.range_noun.empty() && (thing.kinds & kNameThing) != 0 && names(thing, p.range_noun))
    return true;
  return (thing.kinds & p.kinds) != 0;
}

bool ForeignSentence::names(const Thing& thing, const std::string& noun) const {
  for (int i = thing.first; i < thing.last; ++i) {
    if (words_[static_cast<std::size_t>(i)] == noun) return true;
  }
  return false;
}

bool ForeignSentence::owner_of_next(const ForeignProperty& p, const Thing& thing) const {
  if (thing.last >= v_.size()) return false;
  const bool genitive = v_.token(thing.last).xpos == Xpos::POS;
  const bool work = (p.kinds & kWorkThing) != 0 && v_.token(thing.last).upos == Upos::Noun &&
                    v_.tables.listed("work_noun", words_[static_cast<std::size_t>(thing.last)]);
  if (!genitive && !work) return false;
  for (int i = thing.last + 1; i < std::min(v_.size(), thing.last + 6); ++i) {
    const Thing* next = thing_at(i);
    if (next != nullptr && fits(p, *next)) return true;
    const Upos upos = v_.token(i).upos;
    if (next == nullptr && upos != Upos::Noun && upos != Upos::Adj && upos != Upos::Num)
      return false;
  }
  return false;
}

int ForeignSentence::kind_noun(int from) const {
  int i = from;
  for (int depth = 0; i >= 0 && i < v_.size() && i < from + 40; ++i) {
    const std::string& word = words_[static_cast<std::size_t>(i)];
    if (word == "(" || word == "[") ++depth;
    if (word == ")" || word == "]") --depth;
    if (depth > 0) continue;
    if (word == "is" || word == "was" || word == "are" || word == "were") break;
    if (v_.token(i).upos == Upos::Verb && v_.word(i - 1) != "also") return -1;
  }
  for (++i; i > 0 && i < v_.size() && v_.token(i).upos == Upos::Adv; ++i) {
  }
  if (i > 0 && i < v_.size() && (v_.token(i).upos == Upos::Det || v_.word(i) == "one")) {
    int noun = -1;
    for (++i; i < v_.size(); ++i) {
      const Upos upos = v_.token(i).upos;
      const bool inside = upos == Upos::Noun || upos == Upos::Adj || upos == Upos::Num ||
                          upos == Upos::Propn || v_.word(i) == "-" || v_.word(i) == "," ||
                          v_.word(i) == "/" || upos == Upos::Adv || v_.token(i).xpos == Xpos::VBN ||
                          v_.token(i).xpos == Xpos::POS;
      if (!inside || (v_.word(i) == "," && noun >= 0)) break;
      if (upos == Upos::Verb && noun >= 0) break;
      if (upos == Upos::Noun) noun = i;
    }
    if (noun >= 0) return noun;
  }
  for (int k = 0; k < v_.size(); ++k) {
    if (v_.token(k).head >= 0) continue;
    return v_.child(k, Deprel::Cop) >= 0 && v_.token(k).upos == Upos::Noun ? k : -1;
  }
  return -1;
}

}  // namespace tercet
