#include "extract/clause/tree_index.h"

#include <algorithm>

#include "base/ascii.h"

namespace tercet {

std::string cue_form(std::string_view text) {
  std::string out = ascii_lower(text);
  // The typographic apostrophe of "won’t" must not hide the cue.
  for (std::size_t at = out.find("\xE2\x80\x99"); at != std::string::npos;
       at = out.find("\xE2\x80\x99", at)) {
    out.replace(at, 3, "'");
  }
  return out;
}

TreeIndex::TreeIndex(std::string_view text, const Sentence& sentence)
    : text_(text), sentence_(&sentence) {
  const std::size_t n = sentence.tokens.size();
  lower_.reserve(n);
  lemma_.reserve(n);
  children_.resize(n);
  first_.resize(n);
  last_.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const Token& token = sentence.tokens[i];
    lower_.push_back(cue_form(view(text, token.span)));
    lemma_.push_back(token.lemma.empty() || token.lemma == "_" ? lower_.back()
                                                               : cue_form(token.lemma));
    // Contracted forms mean the same whether or not the lemma says so.
    if (lower_.back() == "n't") lemma_.back() = "not";
    if (lower_.back() == "wo" || lower_.back() == "'ll") lemma_.back() = "will";
    first_[i] = last_[i] = static_cast<int>(i);
    if (token.head >= 0) {
      children_[static_cast<std::size_t>(token.head)].push_back(static_cast<int>(i));
    } else {
      top_down_.push_back(static_cast<int>(i));
    }
  }
  for (std::size_t i = 0; i < top_down_.size(); ++i) {
    const auto& below = children(top_down_[i]);
    top_down_.insert(top_down_.end(), below.begin(), below.end());
  }
  for (auto it = top_down_.rbegin(); it != top_down_.rend(); ++it) {
    const int up = head(*it);
    if (up < 0) continue;
    first_[static_cast<std::size_t>(up)] = std::min(first_of(up), first_of(*it));
    last_[static_cast<std::size_t>(up)] = std::max(last_of(up), last_of(*it));
  }
}

int TreeIndex::child(int token, Deprel deprel) const {
  for (int c : children(token)) {
    if (at(c).deprel == deprel) return c;
  }
  return -1;
}

std::string TreeIndex::fixed_words(int token) const {
  std::string out = lower(token);
  for (int c : children(token)) {
    if (at(c).deprel == Deprel::Fixed || at(c).deprel == Deprel::Goeswith) out += ' ' + lower(c);
  }
  return out;
}

std::string TreeIndex::preposition_of(int head) const {
  std::string out;
  for (int c : children(head)) {
    if (at(c).deprel != Deprel::Case || at(c).xpos == Xpos::POS) continue;
    if (lower(c) == "'s" || lower(c) == "'") continue;
    if (!out.empty()) out += ' ';
    out += fixed_words(c);
  }
  return out;
}

std::string TreeIndex::marker_of(int predicate) const {
  std::string out;
  for (int c : children(predicate)) {
    const bool wh = at(c).deprel == Deprel::Advmod && c == first_of(predicate) &&
                    (lower(c) == "when" || lower(c) == "whenever" || lower(c) == "once");
    // Gerunds after a preposition: "from acquiring", "without storing" may come out as case.
    const bool gerund = at(c).deprel == Deprel::Case && at(predicate).upos == Upos::Verb;
    if (at(c).deprel != Deprel::Mark && !wh && !gerund) continue;
    if (c > predicate) continue;
    if (!out.empty()) out += ' ';
    if (c > 0 && lower(c) == "if" && (lower(c - 1) == "even" || lower(c - 1) == "only")) {
      out += lower(c - 1) + ' ';
    }
    if (c > 0 && (lower(c) == "though" || lower(c) == "when") && lower(c - 1) == "even") {
      out += "even ";
    }
    out += fixed_words(c);
  }
  return out;
}

}  // namespace tercet
