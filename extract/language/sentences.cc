#include "extract/language/sentences.h"

#include <string>

#include "extract/language/characters.h"
#include "extract/language/word_lists.h"

namespace tercet {
namespace {

enum class Mark { None, Point, Strong, Ellipsis, Abbreviation };

// How strongly a word may end a sentence.
Mark mark_of(std::string_view word, bool abbreviation) {
  if (abbreviation) return Mark::Abbreviation;
  const Char first = char_at(word, 0);
  switch (first.code) {
    case '.':
      return word.size() == 1 ? Mark::Point : Mark::Ellipsis;
    case '!':
    case '?':
    case 0x3002:  // ideographic full stop
    case 0xFF01:
    case 0xFF1F:
    case 0x061F:
      return Mark::Strong;
    case 0x2026:
      return Mark::Ellipsis;
    default:
      return Mark::None;
  }
}

// ":)", ";-)": belongs to what was said before it.
bool is_face(std::string_view form) {
  return form.size() >= 2 && form.size() <= 3 &&
         std::string_view(":;=^").find(form[0]) != form.npos &&
         std::string_view(")(DPOp^").find(form.back()) != form.npos;
}

class Boundaries {
 public:
  Boundaries(std::string_view text, std::span<const Word> words) : text_(text), words_(words) {}

  // Does a sentence end with word `last`, the mark having been word `mark` <= last?
  bool between(std::size_t mark, std::size_t last) const {
    const Word& next = words_[last + 1];
    const std::string_view form = view(text_, next.span);
    const Char first = char_at(form, 0);
    const bool space = next.span.begin > words_[last].span.end;
    if (first.code == '.') return false;  // ". . ."
    switch (mark_of(view(text_, words_[mark].span), words_[mark].abbreviation)) {
      case Mark::None:
        return false;
      case Mark::Strong:
        return space && (first.kind != CharKind::Lower || last == mark);
      case Mark::Point:
        if (!space) return first.kind == CharKind::Upper && form.size() > 1 && last == mark;
        return first.kind != CharKind::Lower || last == mark;
      case Mark::Ellipsis:
        return space && first.kind == CharKind::Upper;
      case Mark::Abbreviation:
        return space && after_abbreviation(mark, form);
    }
    return false;
  }

  // Is the point behind "3" or "b", the first word of a sentence, that of a list?
  bool numbers_list(std::size_t first, std::size_t point) const {
    if (point != first + 1) return false;
    const std::string_view form = view(text_, words_[first].span);
    const CharKind kind = char_at(form, 0).kind;
    return (kind == CharKind::Digit && form.size() <= 3) || (is_letter(kind) && form.size() == 1);
  }

  bool closes(std::size_t word) const {
    const std::string_view form = view(text_, words_[word].span);
    const Char first = char_at(form, 0);
    if (first.kind == CharKind::Close || is_face(form)) return true;
    // A straight quotation mark closes if it stands against the word before it.
    return first.kind == CharKind::Quote && word > 0 &&
           words_[word].span.begin == words_[word - 1].span.end;
  }

 private:
  bool after_abbreviation(std::size_t mark, std::string_view next) const {
    const std::string_view form = view(text_, words_[mark].span);
    const std::string word = listed_form(form.substr(0, form.size() - 1));
    const PointRule rule = point_rule(word);
    if (rule == PointRule::Title || rule == PointRule::Link || rule == PointRule::BeforeDigit) {
      return false;
    }
    const Char first = char_at(next, 0);
    if (first.kind != CharKind::Upper) return false;
    if (form.size() == 2) return false;  // an initial
    return is_sentence_opener(listed_form(next));
  }

  std::string_view text_;
  std::span<const Word> words_;
};

}  // namespace

std::vector<std::size_t> sentence_ends(std::string_view text, std::span<const Word> words) {
  std::vector<std::size_t> out;
  const Boundaries boundaries(text, words);
  std::size_t begin = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i + 1 - begin >= kMaxSentenceWords) {
      out.push_back(i + 1);
      begin = i + 1;
      continue;
    }
    const Mark mark = mark_of(view(text, words[i].span), words[i].abbreviation);
    if (mark == Mark::None) continue;
    if (mark == Mark::Point && boundaries.numbers_list(begin, i)) continue;
    std::size_t last = i;
    while (last + 1 < words.size() && boundaries.closes(last + 1)) ++last;
    if (last + 1 < words.size() && boundaries.between(i, last)) {
      out.push_back(last + 1);
      begin = last + 1;
      i = last;
    }
  }
  if (begin < words.size()) out.push_back(words.size());
  return out;
}

}  // namespace tercet
