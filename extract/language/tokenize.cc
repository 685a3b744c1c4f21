#include <algorithm>

#include "extract/language/characters.h"
#include "extract/language/language.h"
#include "extract/language/sentences.h"
#include "extract/language/words.h"

namespace tercet {
namespace {

// End of the paragraph that begins at `begin`: behind a line end that is followed by an empty
// line, or at a forced break, or at the end.
std::size_t paragraph_end(std::string_view text, std::size_t begin, std::size_t limit) {
  for (std::size_t at = begin; at < limit; ++at) {
    if (text[at] != '\n') continue;
    std::size_t next = at + 1;
    while (next < limit && (text[next] == ' ' || text[next] == '\t' || text[next] == '\r')) {
      ++next;
    }
    if (next < limit && text[next] == '\n') return next + 1;
    at = next - 1;
  }
  return limit;
}

void append_sentences(std::string_view text, std::span<const Word> words, bool one_sentence,
                      std::span<const Span> whole, std::vector<Sentence>& out) {
  std::vector<std::size_t> ends;
  if (one_sentence) {
    for (std::size_t end = kMaxSentenceWords; end < words.size(); end += kMaxSentenceWords) {
      ends.push_back(end);
    }
    if (!words.empty()) ends.push_back(words.size());
  } else {
    ends = sentence_ends(text, words, whole);
  }
  std::size_t begin = 0;
  for (const std::size_t end : ends) {
    Sentence sentence;
    sentence.span = {words[begin].span.begin, words[end - 1].span.end};
    sentence.tokens.resize(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
      Token& token = sentence.tokens[i - begin];
      token.span = words[i].span;
      token.joined = words[i].joined && i > begin;
      const bool last_of_text = i + 1 == words.size();
      token.space_after = last_of_text ? char_at(text, token.span.end).kind == CharKind::Space
                                       : words[i + 1].span.begin > token.span.end;
      // Until a tree is there: a chain from the first word is one.
      token.head = i == begin ? std::int16_t{-1} : std::int16_t{0};
    }
    out.push_back(std::move(sentence));
    begin = end;
  }
}

}  // namespace

std::vector<Sentence> tokenize(std::string_view text, std::span<const std::uint32_t> breaks,
                               bool one_sentence, std::span<const Span> whole) {
  std::vector<Sentence> out;
  std::vector<Word> words;
  std::size_t at = 0;
  std::size_t next_break = 0;
  while (at < text.size()) {
    while (next_break < breaks.size() && breaks[next_break] <= at) ++next_break;
    const std::size_t limit = next_break < breaks.size()
                                  ? std::min<std::size_t>(breaks[next_break], text.size())
                                  : text.size();
    const std::size_t end = one_sentence ? text.size() : paragraph_end(text, at, limit);
    words.clear();
    split_words(text, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}, words);
    while (!whole.empty() && whole.front().end <= at) whole = whole.subspan(1);
    append_sentences(text, words, one_sentence, whole, out);
    at = end;
  }
  return out;
}

}  // namespace tercet
