#include "extract/open/spans.h"

#include <algorithm>

namespace tercet {
namespace {

bool is_clause_function(Deprel deprel) {
  switch (deprel) {
    case Deprel::Nsubj:
    case Deprel::NsubjPass:
    case Deprel::NsubjOuter:
    case Deprel::Csubj:
    case Deprel::CsubjPass:
    case Deprel::CsubjOuter:
    case Deprel::Expl:
    case Deprel::Aux:
    case Deprel::AuxPass:
    case Deprel::Cop:
    case Deprel::Mark:
    case Deprel::Discourse:
    case Deprel::Parataxis:
    case Deprel::Advcl:
    case Deprel::Vocative:
    case Deprel::List:
      return true;
    default:
      return false;
  }
}

bool is_dropped_at_head(const Sentence& sentence, int child, const SpanOptions& options) {
  const Token& token = sentence.tokens[static_cast<std::size_t>(child)];
  switch (token.deprel) {
    case Deprel::AclRelcl:
    case Deprel::Appos:
    case Deprel::CcPreconj:
    case Deprel::Punct:
      return true;
    case Deprel::Cc:
    case Deprel::Conj:
      return !options.conjuncts;
    case Deprel::Case:
      return !options.prepositions;
    case Deprel::Nmod:
    case Deprel::Obl:
      return !options.modifiers;
    case Deprel::Acl:
      return !options.participles;
    default:
      return is_clause_function(token.deprel);
  }
}

}  // namespace

Children::Children(const Sentence& sentence) : of_(sentence.tokens.size()) {
  for (std::size_t i = 0; i < sentence.tokens.size(); ++i) {
    const int head = sentence.tokens[i].head;
    if (head >= 0) of_[static_cast<std::size_t>(head)].push_back(static_cast<int>(i));
  }
}

std::vector<int> phrase(const Sentence& sentence, const Children& children, int head,
                        const SpanOptions& options) {
  std::vector<int> out, todo = {head};
  while (!todo.empty()) {
    const int token = todo.back();
    todo.pop_back();
    out.push_back(token);
    for (const int child : children.of(token)) {
      if (token == head && is_dropped_at_head(sentence, child, options)) continue;
      todo.push_back(child);
    }
  }
  std::ranges::sort(out);
  const auto is_edge_mark = [&](int token) {
    return sentence.tokens[static_cast<std::size_t>(token)].upos == Upos::Punct;
  };
  while (!out.empty() && is_edge_mark(out.back())) out.pop_back();
  while (!out.empty() && is_edge_mark(out.front())) out.erase(out.begin());
  return out;
}

std::string words_of(std::string_view text, const Sentence& sentence,
                     const std::vector<int>& tokens) {
  std::string out;
  int before = -2;
  for (const int index : tokens) {
    const Token& token = sentence.tokens[static_cast<std::size_t>(index)];
    const bool glued =
        before == index - 1 && !sentence.tokens[static_cast<std::size_t>(before)].space_after;
    if (!out.empty() && !glued) out += ' ';
    out += view(text, token.span);
    before = index;
  }
  return out;
}

}  // namespace tercet
