#include "extract/language/brackets.h"

#include <cstddef>
#include <vector>

namespace tercet {
namespace {

struct Brackets {
  std::vector<int> around;   ///< per token the opening one of the innermost pair around it, or -1
  std::vector<int> closing;  ///< per opening one its partner, else -1
};

Brackets brackets_of(std::string_view text, const std::vector<Token>& tokens) {
  Brackets out{std::vector<int>(tokens.size(), -1), std::vector<int>(tokens.size(), -1)};
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Span span = tokens[i].span;
    const std::string_view word = text.substr(span.begin, span.end - span.begin);
    if (word == "(" || word == "[") open.push_back(i);
    if ((word == ")" || word == "]") && !open.empty()) {
      out.closing[open.back()] = static_cast<int>(i);
      open.pop_back();
    }
  }
  open.clear();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    while (!open.empty() && out.closing[open.back()] <= static_cast<int>(i)) open.pop_back();
    if (!open.empty()) out.around[i] = static_cast<int>(open.back());
    if (out.closing[i] >= 0) open.push_back(i);
  }
  return out;
}

}  // namespace

void lift_conjuncts(std::string_view text, Sentence& sentence) {
  std::vector<Token>& tokens = sentence.tokens;
  Brackets brackets;
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    if (tokens[i].deprel != Deprel::Conj || tokens[i].head < 0) continue;
    if (brackets.around.empty()) brackets = brackets_of(text, tokens);
    const int open = brackets.around[static_cast<std::size_t>(tokens[i].head)];
    if (open < 0) continue;
    const int close = brackets.closing[static_cast<std::size_t>(open)];
    if (close > static_cast<int>(i)) continue;
    int head = tokens[i].head;
    while (head > open && head < close) head = tokens[static_cast<std::size_t>(head)].head;
    if (head >= 0) tokens[i].head = static_cast<std::int16_t>(head);
  }
}

}  // namespace tercet
