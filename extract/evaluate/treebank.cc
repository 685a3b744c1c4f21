#include "extract/evaluate/treebank.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "base/error.h"
#include "base/utf8.h"

namespace tercet {
namespace {

constexpr std::size_t kColumns = 10;

/// Spaces inside a form say nothing of where words lie (Unicode category Zs).
void append_visible(std::string& out, std::string_view form) {
  for (std::size_t at = 0; at < form.size();) {
    const Decoded next = decode_utf8(form, at);
    const bool space =
        next.valid &&
        utf8proc_category(static_cast<utf8proc_int32_t>(next.code_point)) == UTF8PROC_CATEGORY_ZS;
    if (!space) out.append(form.substr(at, next.size));
    at += next.size;
  }
}

class TreebankReader {
 public:
  TreebankReader(const std::string& file, Treebank& out) : file_(file), out_(out) {}

  void read() {
    std::string_view rest = out_.bytes;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      std::string_view line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (line.ends_with('\r')) line.remove_suffix(1);
      ++line_;
      if (line.find_first_not_of(" \t") == std::string_view::npos) {
        end_sentence();
      } else if (line[0] == '#' && out_.words.size() == first_word_) {
        out_.comments.push_back({first_word_, line});
      } else {
        read_columns(line);
      }
    }
    end_sentence();
  }

 private:
  [[noreturn]] void fail(const std::string& what, std::uint32_t line) const {
    throw Error(Error::Code::Syntax, what, {file_, line, 0});
  }
  [[noreturn]] void fail(const std::string& what) const { fail(what, line_); }

  std::size_t number(std::string_view digits, const char* what) const {
    std::size_t out = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    if (error != std::errc() || end != digits.data() + digits.size()) {
      fail(std::string("the ") + what + " is no number");
    }
    return out;
  }

  Span append_token(std::string_view form) {
    const std::size_t begin = out_.characters.size();
    append_visible(out_.characters, form);
    if (out_.characters.size() == begin) fail("a form without a visible character");
    if (out_.characters.size() > std::numeric_limits<std::uint32_t>::max()) {
      fail("more than 4 GB of text");
    }
    const Span span{static_cast<std::uint32_t>(begin),
                    static_cast<std::uint32_t>(out_.characters.size())};
    out_.tokens.push_back(span);
    out_.token_lines.push_back(line_);
    return span;
  }

  void read_columns(std::string_view line) {
    std::array<std::string_view, kColumns> columns{};
    std::size_t count = 0;
    for (std::string_view rest = line;; ++count) {
      if (count == kColumns) fail("more than ten columns");
      const std::size_t tab = rest.find('\t');
      columns[count] = rest.substr(0, tab);
      if (tab == std::string_view::npos) break;
      rest.remove_prefix(tab + 1);
    }
    if (count + 1 != kColumns) fail("a word has ten columns with tabs between them");
    const std::string_view id = columns[0];
    const std::size_t place = out_.words.size() - first_word_ + 1;
    if (id.find('.') != std::string_view::npos) return;  // an empty node
    if (const std::size_t dash = id.find('-'); dash != std::string_view::npos) {
      const std::size_t first = number(id.substr(0, dash), "first column");
      const std::size_t last = number(id.substr(dash + 1), "first column");
      if (first != place || last < first || place <= range_end_) {
        fail("the range " + std::string(id) + " is out of order");
      }
      range_end_ = last;
      range_ = append_token(columns[1]);
      return;
    }
    if (number(id, "first column") != place) {
      fail("word " + std::string(id) + " where " + std::to_string(place) + " must be");
    }
    Treebank::Word word;
    word.in_range = place <= range_end_;
    if (columns[1].empty()) fail("a word without a form");
    word.span = word.in_range ? range_ : append_token(columns[1]);
    // Until the sentence is known: the head's number in it.
    const std::size_t head = number(columns[6], "head");
    word.head = head > static_cast<std::size_t>(std::numeric_limits<int>::max())
                    ? std::numeric_limits<int>::max()
                    : static_cast<int>(head);
    word.line = line_;
    word.form = columns[1];
    word.lemma = columns[2];
    word.upos = columns[3];
    word.xpos = columns[4];
    word.feats = columns[5];
    word.deprel = columns[7];
    word.misc = columns[9];
    out_.words.push_back(word);
  }

  void link_heads() {
    const std::size_t count = out_.words.size() - first_word_;
    std::size_t roots = 0;
    for (std::size_t i = first_word_; i < out_.words.size(); ++i) {
      Treebank::Word& word = out_.words[i];
      if (static_cast<std::size_t>(word.head) > count) fail("the head is no word", word.line);
      if (word.head == 0 && ++roots > 1) fail("a second root in the sentence", word.line);
      word.head = word.head == 0 ? -1 : static_cast<int>(first_word_) + word.head - 1;
    }
    // Walk up from every word until a word already known to reach the root.
    enum : std::uint8_t { kNew, kOnPath, kDone };
    state_.assign(count, kNew);
    for (std::size_t i = 0; i < count; ++i) {
      const auto step = [&](std::uint8_t stop, std::uint8_t mark) {
        int at = static_cast<int>(first_word_ + i);
        while (at >= 0 && state_[static_cast<std::size_t>(at) - first_word_] < stop) {
          std::uint8_t& state = state_[static_cast<std::size_t>(at) - first_word_];
          if (state == mark)
            fail("heads in a circle", out_.words[static_cast<std::size_t>(at)].line);
          state = mark;
          at = out_.words[static_cast<std::size_t>(at)].head;
        }
      };
      step(kDone, kOnPath);
      step(kDone, kDone);
    }
  }

  void end_sentence() {
    const std::size_t count = out_.words.size() - first_word_;
    if (range_end_ > count) fail("a range without its words");
    range_end_ = 0;
    if (count == 0) return;
    link_heads();
    out_.sentences.push_back({static_cast<std::uint32_t>(first_character_),
                              static_cast<std::uint32_t>(out_.characters.size())});
    out_.sentence_words.push_back(first_word_);
    first_word_ = out_.words.size();
    first_character_ = out_.characters.size();
  }

  const std::string& file_;
  Treebank& out_;
  std::uint32_t line_ = 0;
  std::size_t first_word_ = 0, first_character_ = 0, range_end_ = 0;
  Span range_;
  std::vector<std::uint8_t> state_;
};

}  // namespace

void read_treebank(std::string bytes, const std::string& file, Treebank& out) {
  out.bytes = std::move(bytes);
  TreebankReader(file, out).read();
}

}  // namespace tercet
