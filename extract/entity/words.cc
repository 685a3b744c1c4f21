#include "extract/entity/words.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/utf8.h"

namespace tercet {
std::string lower_case(std::string_view text) {
  std::string out;
  if (is_ascii(text)) {
    return ascii_lower(text);
  }
  out = fold_case(text);
  static constexpr std::string_view kCurly = "\u2019";
  for (std::size_t at = out.find(kCurly); at != std::string::npos; at = out.find(kCurly, at + 1)) {
    out.replace(at, kCurly.size(), "'");
  }
  return out;
}

bool has_upper(std::string_view word) {
  if (is_ascii(word)) return std::ranges::any_of(word, is_ascii_upper);
  return fold_case(word) != to_nfc(word);
}

bool starts_upper(std::string_view word) {
  if (word.empty()) return false;
  const Decoded first = decode_utf8(word, 0);
  return has_upper(word.substr(0, first.size));
}

bool is_acronym(std::string_view word) {
  int letters = 0;
  for (const char c : word) {
    if (is_ascii_upper(c))
      ++letters;
    else if (!is_ascii_digit(c) && c != '&' && c != '.' && c != '/')
      return false;
  }
  return letters >= 2 || (letters == 1 && word.size() >= 2 && !word.ends_with('.'));
}

Words::Words(std::string_view text, const Sentence& sentence)
    : text_(text), tokens_(sentence.tokens), cells_(kRows * (sentence.tokens.size() + 1)) {
  fold();
  find_extents();
}

void Words::fold() {
  const auto keep = [&](std::string&& folded) {
    folded_.push_back(std::move(folded));
    return static_cast<int>(folded_.size() - 1);
  };
  for (int i = 0; i < size(); ++i) {
    const std::string& own = (*this)[i].lemma;
    std::string lower = lower_case(form(i));
    std::string lemma = own.empty() ? lower : lower_case(own);
    const bool same = lemma == lower;
    if (lemma == own)
      set(Row::Lemma, i, kOwnLemma);
    else
      set(Row::Lemma, i, keep(std::move(lemma)));
    if (same)
      set(Row::Lower, i, cell(Row::Lemma, i));
    else
      set(Row::Lower, i, lower == own ? kOwnLemma : keep(std::move(lower)));
  }
  folded_.shrink_to_fit();
}

void Words::find_extents() {
  const int n = size();
  std::vector<int> order;  // breadth first from the root: parents before children
  order.reserve(static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i) {
    const int head = (*this)[i].head;
    if (head >= 0) set(Row::ChildrenBegin, head + 1, cell(Row::ChildrenBegin, head + 1) + 1);
  }
  for (int i = 0; i < n; ++i) {
    set(Row::ChildrenBegin, i + 1, cell(Row::ChildrenBegin, i) + cell(Row::ChildrenBegin, i + 1));
  }
  std::vector<int> next;
  next.reserve(static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i) next.push_back(cell(Row::ChildrenBegin, i));
  for (int i = 0; i < n; ++i) {
    const int head = (*this)[i].head;
    if (head < 0)
      order.push_back(i);
    else
      set(Row::Children, next[static_cast<std::size_t>(head)]++, i);
    set(Row::FirstBelow, i, i);
    set(Row::LastBelow, i, i);
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const int child : children(order[i])) order.push_back(child);
  }
  for (auto it = order.rbegin(); it != order.rend(); ++it) {
    for (const int child : children(*it)) {
      set(Row::FirstBelow, *it, std::min(first_below(*it), first_below(child)));
      set(Row::LastBelow, *it, std::max(last_below(*it), last_below(child)));
    }
  }
}

void Words::set_upos(int i, Upos upos) {
  if (changed_.empty()) {
    changed_.assign(tokens_.begin(), tokens_.end());
    tokens_ = changed_;
  }
  changed_[static_cast<std::size_t>(i)].upos = upos;
}

std::span<const std::uint16_t> Words::children(int i) const {
  const int begin = cell(Row::ChildrenBegin, i), end = cell(Row::ChildrenBegin, i + 1);
  return std::span(cells_).subspan(place(Row::Children, begin),
                                   static_cast<std::size_t>(end - begin));
}

int Words::child(int i, Deprel deprel) const {
  for (const int child : children(i)) {
    if ((*this)[child].deprel == deprel) return child;
  }
  return -1;
}

bool Words::is_below(int i, int ancestor) const {
  for (; i >= 0; i = (*this)[i].head) {
    if (i == ancestor) return true;
  }
  return false;
}

std::string_view Words::text(int first, int last) const {
  if (first >= last) return {};
  return view(text_, {(*this)[first].span.begin, (*this)[last - 1].span.end});
}

}  // namespace tercet
