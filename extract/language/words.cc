#include "extract/language/words.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "extract/language/addresses.h"
#include "extract/language/characters.h"
#include "extract/language/clitics.h"
#include "extract/language/word_lists.h"

namespace tercet {
namespace {

constexpr bool is_one_of(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

// Splits one stretch of text that has no space in it. Positions are bytes of the whole text, so
// that rules may look at what is around the stretch.
class Splitter {
 public:
  Splitter(std::string_view text, std::vector<Word>& out) : text_(text), out_(out) {}

  void split(std::size_t begin, std::size_t end) {
    begin_ = begin;
    at_ = begin;
    end_ = end;
    address_after_ = begin;
    while (at_ < end_) {
      if (!url() && !address() && !emoticon() && !number() && !clipped() && !word()) mark();
    }
  }

 private:
  char byte(std::size_t at) const { return at < end_ ? text_[at] : '\0'; }
  Char get(std::size_t at) const { return at < end_ ? char_at(text_, at) : Char{}; }

  void emit(std::size_t end, bool joined = false, bool abbreviation = false) {
    out_.push_back(
        {{static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)}, joined, abbreviation});
    at_ = end;
  }

  bool url() {
    if (at_ > begin_ && is_word(char_before(text_, at_).kind)) return false;
    return emit_found(url_end(text_, at_, end_));
  }

  bool address() {
    if (at_ < address_after_) return false;
    const AddressEnd found = address_end(text_, at_, end_);
    address_after_ = found.seen;
    return emit_found(found.end);
  }

  bool emoticon() { return emit_found(emoticon_end(text_, begin_, at_, end_)); }

  bool emit_found(std::size_t end) {
    if (end == 0) return false;
    emit(end);
    return true;
  }

  std::size_t digits_end(std::size_t at) const {
    while (at < end_ && is_ascii_digit(text_[at])) ++at;
    return at;
  }

  // Groups of digits with hyphens: telephone numbers and dates are one word, ranges are not.
  std::size_t hyphen_groups(std::size_t at) const {
    const std::size_t first = digits_end(at);
    std::size_t end = first, groups = 1, second = 0;
    while (groups < 8 && byte(end) == '-' && is_ascii_digit(byte(end + 1))) {
      const std::size_t next = digits_end(end + 1);
      if (++groups == 2) second = next - end - 1;
      end = next;
    }
    if (is_ascii_letter(byte(end))) return first;
    return groups >= 3 || (groups == 2 && first - at == 3 && second == 4) ? end : first;
  }

  bool number() {
    const char first = byte(at_);
    const bool alone = at_ == begin_ || !is_word(char_before(text_, at_).kind);
    std::size_t at = at_;
    if ((first == '.' || first == '+') && alone && is_ascii_digit(byte(at_ + 1))) {
      ++at;
    } else if (!is_ascii_digit(first)) {
      return false;
    }
    std::size_t end = hyphen_groups(at);
    while (digits_follow(end)) end = hyphen_groups(end + 1);
    // 60's, 1990's: a plural, not a clitic
    const Char quote = get(end);
    if (is_apostrophe(quote.code) && byte(end + quote.size) == 's' &&
        !is_word(get(end + quote.size + 1).kind)) {
      emit(end + quote.size + 1);
      return true;
    }
    std::size_t letters = end;
    while (is_word(get(letters).kind)) letters += get(letters).size;
    if (letters == end) {
      emit(end);
      return true;
    }
    if (is_unit(listed_form(text_.substr(end, letters - end)))) {
      emit(end);
      emit(letters);
      return true;
    }
    if (end == digits_end(at)) return word();  // 20th, 4A, 3Com's
    emit(letters);                             // 50,000th
    return true;
  }

  // A point, comma, colon or slash inside a number: "1,000" but not the list "1,2".
  bool digits_follow(std::size_t at) const {
    if (!is_one_of(byte(at), ".,:/") || byte(at) == '\0' || !is_ascii_digit(byte(at + 1)))
      return false;
    return byte(at) != ',' || (digits_end(at + 1) == at + 4 && !is_ascii_digit(byte(at + 4)));
  }

  // 'em, '90s
  bool clipped() {
    const Char quote = get(at_);
    if (!is_apostrophe(quote.code) || quote.code == '`') return false;
    if (at_ > begin_ && is_word(char_before(text_, at_).kind)) return false;
    const std::size_t begin = at_ + quote.size;
    std::size_t end = begin;
    while (is_word(get(end).kind) && end - begin <= 16) end += get(end).size;
    const std::string_view rest = text_.substr(begin, end - begin);
    const bool decade = (rest.size() == 2 || (rest.size() == 3 && rest[2] == 's')) &&
                        is_ascii_digit(rest[0]) && is_ascii_digit(rest[1]);
    if (!decade && !is_clipped_word(listed_form(rest))) return false;
    if (is_apostrophe(get(end).code)) return false;  // a quoted word
    emit(end);
    return true;
  }

  // Letters, digits and marks, and what holds them together inside a word.
  std::size_t word_end(std::size_t begin) const {
    std::size_t end = begin;
    std::size_t part = begin;  // start of the part behind the last hyphen
    bool lettered = false;
    for (Char c = get(end); c.size > 0; c = get(end)) {
      const Char next = get(end + c.size);
      if (is_word(c.kind)) {
        lettered |= is_letter(c.kind);
      } else if (c.code == '_' && (is_word(next.kind) || next.code == '_')) {
        // GCP_London
      } else if (is_apostrophe(c.code) && is_word(next.kind) && end > begin) {
        // O'Brien, don't: clitics are cut off later
      } else if (c.code == '&' && next.kind == CharKind::Upper && end - part <= 3 &&
                 is_ascii_upper(text_[end - 1])) {
        // AT&T
      } else if (c.code == '*' && is_letter(next.kind) && end > begin && lettered) {
        // f*ck
      } else if (c.code == '-' && is_word(next.kind) && part == begin && !behind_hyphen(begin) &&
                 is_hyphen_prefix(listed_form(text_.substr(begin, end - begin)))) {
        part = end + 1;
      } else if (c.code == '/' && end == begin + 1 && keeps_slash(begin)) {
        // w/o
      } else {
        break;
      }
      end += c.size;
    }
    return end;
  }

  // "year-over-year": the second part is no prefix.
  bool behind_hyphen(std::size_t at) const { return at > begin_ && text_[at - 1] == '-'; }

  bool keeps_slash(std::size_t begin) const {
    std::size_t end = begin + 2;
    while (end < end_ && is_ascii_letter(text_[end]) && end - begin < 6) ++end;
    const std::string word = listed_form(text_.substr(begin, end - begin));
    return word == "w/o" || word == "w/out" || word == "s/he" || word == "c/o" || word == "n/a" ||
           word == "w/" ||
           (end == begin + 3 && is_ascii_upper(text_[begin]) && is_ascii_upper(text_[begin + 2]));
  }

  // U.S., e.g., a.m.: single letters with points. The end of the last point, or 0.
  std::size_t initials_end(std::size_t begin) const {
    std::size_t end = begin;
    std::size_t count = 0;
    while (is_ascii_letter(byte(end)) && byte(end + 1) == '.') {
      end += 2;
      ++count;
    }
    // The last letter may lack its point: "U.S"
    if (count >= 1 && is_ascii_letter(byte(end)) && !is_word(get(end + 1).kind)) {
      ++end;
      ++count;
    }
    if (count < 2 || is_word(get(end).kind)) return 0;
    return end;
  }

  bool word() {
    const Char first = get(at_);
    if (!is_word(first.kind) && !((first.code == '@' || first.code == '#') &&
                                  is_letter(get(at_ + 1).kind) && at_ == begin_)) {
      return false;
    }
    if (const std::size_t end = initials_end(at_)) {
      emit_initials(end);
      return true;
    }
    if (text_.substr(at_, 4) == "Ph.D" && at_ + 4 <= end_ && !is_word(get(at_ + 4).kind)) {
      emit(at_ + (byte(at_ + 4) == '.' ? 5 : 4), false, true);
      return true;
    }
    std::size_t end = is_word(first.kind) ? word_end(at_) : word_end(at_ + 1);
    const std::string_view found = text_.substr(at_, end - at_);
    if (byte(end) == '.' && keeps_point(found, end)) {
      emit(end + 1, false, true);
      return true;
    }
    if (byte(end) == '+' && byte(end + 1) == '+' && is_ascii_letter(text_[end - 1])) {
      end += 2;  // C++
    } else if (byte(end) == '#' && found.size() == 1 && is_ascii_upper(found[0])) {
      end += 1;  // C#
    } else if (byte(end) == '$' && is_ascii_digit(byte(end + 1)) && found.size() <= 3 &&
               std::all_of(found.begin(), found.end(), is_ascii_upper)) {
      end += 1;  // US$
    }
    emit_clitics(end);
    possessive_apostrophe();
    return true;
  }

  void emit_initials(std::size_t end) {
    // "U.S.'s" and "U.S." alike; a clitic follows as its own stretch.
    const bool point = text_[end - 1] == '.';
    emit(end, false, point);
    const Char quote = get(at_);
    if (is_apostrophe(quote.code) && byte(at_ + quote.size) == 's' &&
        !is_word(get(at_ + quote.size + 1).kind)) {
      emit(at_ + quote.size + 1, true);
    }
  }

  // The point behind a word belongs to it.
  bool keeps_point(std::string_view word, std::size_t point) const {
    if (byte(point + 1) == '.') return false;  // an ellipsis
    const bool last = end_of_text(point + 1);
    const Char next = next_visible(point + 1);
    if (word.size() == 1 && is_ascii_upper(word[0])) return word[0] != 'I' && !last;
    switch (point_rule(listed_form(word))) {
      case PointRule::Never:
        return false;
      case PointRule::Always:
        return true;
      case PointRule::Title:
        return is_ascii_upper(word[0]);
      case PointRule::Link:
        return !last;
      case PointRule::BeforeDigit:
        return next.kind == CharKind::Digit;
      case PointRule::Capitalised:
        return is_ascii_upper(word[0]) && !last;
      case PointRule::Inside:
        return !last && next.kind != CharKind::Upper && next.kind != CharKind::Open;
    }
    return false;
  }

  bool end_of_text(std::size_t at) const { return next_visible(at).size == 0; }

  // The first character at or behind `at` that is no space, not past the end of the range.
  Char next_visible(std::size_t at) const {
    Char c = char_at(text_, at);
    while (c.size > 0 && c.kind == CharKind::Space) {
      at += c.size;
      c = char_at(text_, at);
    }
    return c;
  }

  // Behind "its" stands a word that nothing can own: "its a pity".
  bool never_owned(std::size_t at) const {
    if (at >= text_.size() || text_[at] != ' ') return false;
    std::size_t end = at + 1;
    while (end < text_.size() && end - at < 8 && is_ascii_letter(text_[end])) ++end;
    if (end < text_.size() && is_word(char_at(text_, end).kind)) return false;
    return is_never_owned(listed_form(text_.substr(at + 1, end - at - 1)));
  }

  // Cut "wouldn't've" from the right: positions where a clitic begins.
  void emit_clitics(std::size_t end) {
    std::array<std::size_t, 4> cuts{};
    std::size_t count = 0;
    std::size_t rest = end;
    while (count < cuts.size()) {
      const std::size_t cut = clitic_begin(text_, at_, rest);
      if (cut == 0) break;
      cuts[count++] = cut;
      rest = cut;
    }
    if (count == 0) {
      const std::string form = listed_form(text_.substr(at_, end - at_));
      const std::size_t cut = form == "its" && never_owned(end) ? 2 : contraction_cut(form);
      if (cut != 0) {
        emit(at_ + cut);
        emit(end, true);
      } else {
        emit(end);
      }
      return;
    }
    emit(rest);
    while (count > 0) {
      --count;
      emit(count == 0 ? end : cuts[count - 1], true);
    }
  }

  // The mark behind "the players'", unless it closes a quotation.
  void possessive_apostrophe() {
    const Char quote = get(at_);
    if (quote.code != '\'' && quote.code != kRightQuote) return;
    const Char next = get(at_ + quote.size);
    if (is_word(next.kind) || quote_open_) return;
    const char last = text_[at_ - 1];
    if (last != 's' && last != 'S' && last != 'z' && last != 'x') return;
    emit(at_ + quote.size, true);
  }

  // Punctuation and symbols: repeated marks are one word.
  void mark() {
    const Char first = get(at_);
    std::size_t end = at_ + first.size;
    if (first.code == '\'' || first.code == 0x2018) {
      quote_open_ = at_ == begin_ || first.code == 0x2018;
    }
    if (first.code == kRightQuote) quote_open_ = false;
    const bool many = first.code < 128
                          ? is_one_of(static_cast<char>(first.code), ".!?-=*_~<>'`+#|^/\\$")
                          : first.code == 0x2026 || first.code == 0x2014 || first.code == 0x2019;
    if (many) {
      const auto same = [&](char32_t c) {
        if (first.code == '!' || first.code == '?') return c == '!' || c == '?';
        if (first.code == 0x2026 || first.code == '.') {
          // "Really.?" has one mark, "Wait...?" two.
          return c == '.' || c == 0x2026 || ((c == '?' || c == '!') && end == at_ + 1);
        }
        return c == first.code;
      };
      for (Char c = get(end); c.size > 0 && same(c.code); c = get(end)) end += c.size;
    } else if (first.kind == CharKind::Symbol && first.code >= 128) {
      // A picture and its modifiers: skin tones, joiners, variation selectors.
      for (Char c = get(end); c.size > 0; c = get(end)) {
        const bool joins = c.code == 0x200D || (c.code >= 0xFE00 && c.code <= 0xFE0F) ||
                           (c.code >= 0x1F3FB && c.code <= 0x1F3FF);
        if (!joins && char_before(text_, end).code != 0x200D) break;
        end += c.size;
      }
    }
    emit(end);
  }

  std::string_view text_;
  std::vector<Word>& out_;
  std::size_t begin_ = 0, at_ = 0, end_ = 0;
  std::size_t address_after_ = 0;
  bool quote_open_ = false;
};

}  // namespace

void split_words(std::string_view text, Span range, std::vector<Word>& out) {
  // Rules look ahead, but never past the range: what follows may be another sentence's.
  const std::string_view seen = text.substr(0, range.end);
  Splitter splitter(seen, out);
  std::size_t at = range.begin;
  while (at < range.end) {
    Char c = char_at(seen, at);
    if (c.kind == CharKind::Space) {
      at += c.size;
      continue;
    }
    std::size_t end = at;
    for (; c.size > 0 && c.kind != CharKind::Space; c = char_at(seen, end)) end += c.size;
    splitter.split(at, end);
    at = end;
  }
}

}  // namespace tercet
