#include "extract/entity/words.h"

#include <algorithm>

#include "base/utf8.h"

namespace tercet {
namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_ascii_upper(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

std::string lower_case(std::string_view text) {
  std::string out;
  if (is_ascii(text)) {
    out = text;
    for (char& c : out) {
      if (is_ascii_upper(c)) c = static_cast<char>(c + ('a' - 'A'));
    }
    return out;
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
    else if (!(c >= '0' && c <= '9') && c != '&' && c != '.' && c != '/')
      return false;
  }
  return letters >= 2 || (letters == 1 && word.size() >= 2 && !word.ends_with('.'));
}

Words::Words(std::string_view text, const Sentence& sentence)
    : text_(text), tokens_(sentence.tokens) {
  const std::size_t n = sentence.tokens.size();
  lower_.reserve(n);
  lemma_.reserve(n);
  for (const Token& token : sentence.tokens) {
    lower_.push_back(lower_case(view(text, token.span)));
    lemma_.push_back(token.lemma.empty() ? lower_.back() : lower_case(token.lemma));
  }
  child_begin_.assign(n + 1, 0);
  for (const Token& token : sentence.tokens) {
    if (token.head >= 0) ++child_begin_[static_cast<std::size_t>(token.head) + 1];
  }
  for (std::size_t i = 0; i < n; ++i) child_begin_[i + 1] += child_begin_[i];
  child_list_.resize(static_cast<std::size_t>(child_begin_[n]));
  std::vector<int> next(child_begin_.begin(), child_begin_.end() - 1);
  std::vector<int> order;  // breadth first from the root: parents before children
  order.reserve(n);
  for (std::size_t i = 0; i < n; ++i) {
    const int head = sentence.tokens[i].head;
    if (head < 0)
      order.push_back(static_cast<int>(i));
    else
      child_list_[static_cast<std::size_t>(next[static_cast<std::size_t>(head)]++)] =
          static_cast<int>(i);
  }
  below_.resize(n);
  for (std::size_t i = 0; i < n; ++i) below_[i] = {static_cast<int>(i), static_cast<int>(i)};
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const int child : children(order[i])) order.push_back(child);
  }
  for (auto it = order.rbegin(); it != order.rend(); ++it) {
    auto& mine = below_[static_cast<std::size_t>(*it)];
    for (const int child : children(*it)) {
      const auto& theirs = below_[static_cast<std::size_t>(child)];
      mine = {std::min(mine.first, theirs.first), std::max(mine.second, theirs.second)};
    }
  }
}

std::span<const int> Words::children(int i) const {
  const auto at = static_cast<std::size_t>(i);
  const auto begin = static_cast<std::size_t>(child_begin_[at]);
  return std::span(child_list_)
      .subspan(begin, static_cast<std::size_t>(child_begin_[at + 1]) - begin);
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
