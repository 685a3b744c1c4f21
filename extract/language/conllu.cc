#include "extract/language/conllu.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

#include "base/error.h"
#include "extract/language/tags.h"

namespace tercet {
namespace {

constexpr std::size_t kColumns = 10;
constexpr std::size_t kMaxWords = 30000;  // Token::head has 16 bits

bool breaks_line(char c) { return c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f'; }

// No byte of a form may end a column or a line.
void append_form(std::string& out, std::string_view form) {
  if (form.empty()) out += '_';
  for (const char c : form) out += breaks_line(c) ? ' ' : c;
}

void append_word(std::string& out, std::size_t number, std::string_view form, const Token& token,
                 std::string_view misc) {
  out += std::to_string(number);
  out += '\t';
  append_form(out, form);
  out += '\t';
  append_form(out, token.lemma);
  for (const std::string_view column :
       {name_of(token.upos), name_of(token.xpos), std::string_view("_")}) {
    out += '\t';
    out += column;
  }
  out += '\t';
  out += std::to_string(token.head + 1);
  out += '\t';
  out += name_of(token.deprel);
  out += "\t_\t";
  out += misc;
  out += '\n';
}

}  // namespace

void write_conllu(std::string& out, std::string_view text, const std::vector<Sentence>& sentences,
                  const std::vector<std::string>& ids,
                  const std::vector<std::vector<std::string>>& misc) {
  constexpr std::string_view kNoSpace = "SpaceAfter=No";
  for (std::size_t s = 0; s < sentences.size(); ++s) {
    const std::vector<Token>& tokens = sentences[s].tokens;
    if (s < ids.size()) {
      out += "# sent_id = ";
      append_form(out, ids[s]);
      out += '\n';
    }
    out += "# text = ";
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      append_form(out, view(text, tokens[i].span));
      if (tokens[i].space_after && i + 1 < tokens.size()) out += ' ';
    }
    out += '\n';
    for (std::size_t i = 0; i < tokens.size();) {
      std::size_t end = i + 1;
      while (end < tokens.size() && tokens[end].joined) ++end;
      const bool several = end > i + 1;
      const std::string_view space = tokens[end - 1].space_after ? "_" : kNoSpace;
      if (several) {
        out += std::to_string(i + 1) + '-' + std::to_string(end) + '\t';
        append_form(out, view(text, {tokens[i].span.begin, tokens[end - 1].span.end}));
        out += "\t_\t_\t_\t_\t_\t_\t_\t";
        out += space;
        out += '\n';
      }
      for (; i < end; ++i) {
        std::string last(several ? "_" : space);
        if (s < misc.size() && !misc[s][i].empty()) {
          last = last == "_" ? misc[s][i] : misc[s][i] + '|' + last;
        }
        append_word(out, i + 1, view(text, tokens[i].span), tokens[i], last);
      }
    }
    out += '\n';
  }
}

void write_conllu(std::string& out, const GivenSentences& given) {
  for (std::size_t s = 0; s < given.sentences.size(); ++s) {
    const std::vector<Token>& tokens = given.sentences[s].tokens;
    const GivenSentences::Frame& frame = given.frames[s];
    auto line = frame.lines.begin();
    for (std::size_t i = 0; i <= tokens.size(); ++i) {
      for (; line != frame.lines.end() && line->before == i; ++line) {
        out += line->text;
        out += '\n';
      }
      if (i == tokens.size()) break;
      append_word(out, i + 1, view(given.text, tokens[i].span), tokens[i], frame.misc[i]);
    }
    out += '\n';
  }
}

namespace {

class Reader {
 public:
  Reader(std::string_view conllu, const std::string& file) : rest_(conllu), file_(file) {}

  GivenSentences read() {
    while (!rest_.empty()) {
      const std::size_t end = std::min(rest_.find('\n'), rest_.size());
      std::string_view line = rest_.substr(0, end);
      rest_.remove_prefix(std::min(end + 1, rest_.size()));
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      ++line_;
      if (line_ == 1 && line.substr(0, 3) == "\xEF\xBB\xBF") line.remove_prefix(3);
      if (line.find_first_not_of(" \t") == std::string_view::npos) {
        end_sentence();
      } else if (line[0] == '#') {
        frame_.lines.push_back({sentence_.tokens.size(), std::string(line)});
      } else {
        read_columns(line);
      }
    }
    end_sentence();
    return std::move(out_);
  }

 private:
  [[noreturn]] void fail(const std::string& what, std::string hint = {}) const {
    throw Error(Error::Code::Syntax, what, {file_, line_, 0}, std::move(hint));
  }

  std::size_t number(std::string_view digits) const {
    std::size_t out = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    if (error != std::errc() || end != digits.data() + digits.size()) {
      fail("the first column is no word number",
           "a line has ten columns with tabs between them, or starts with #");
    }
    return out;
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
    if (count == 0) fail("a word needs a number, a tab and a form");
    const std::string_view id = columns[0], form = columns[1], misc = columns[9];
    const bool space = misc.find("SpaceAfter=No") == std::string_view::npos;
    if (const std::size_t dash = id.find('-'); dash != std::string_view::npos) {
      const std::size_t first = number(id.substr(0, dash)), last = number(id.substr(dash + 1));
      if (first != sentence_.tokens.size() + 1 || last < first || first <= range_end_) {
        fail("the range " + std::string(id) + " is out of order");
      }
      range_begin_ = first;
      range_end_ = last;
      range_space_ = space;
      frame_.lines.push_back({sentence_.tokens.size(), std::string(line)});
      return;
    }
    if (const std::size_t dot = id.find('.'); dot != std::string_view::npos) {
      number(id.substr(0, dot));
      number(id.substr(dot + 1));
      frame_.lines.push_back({sentence_.tokens.size(), std::string(line)});
      return;
    }
    add_word(number(id), form, misc, space);
  }

  void add_word(std::size_t id, std::string_view form, std::string_view misc, bool space) {
    const std::size_t place = sentence_.tokens.size() + 1;
    if (id != place) {
      fail("word " + std::to_string(id) + " where " + std::to_string(place) + " must be");
    }
    if (form.empty()) fail("a word without a form");
    if (place > kMaxWords) fail("a sentence of more than 30000 words");
    if (out_.text.size() + form.size() >= std::numeric_limits<std::uint32_t>::max() - 1) {
      fail("more than 4 GB of text");
    }
    Token token;
    const bool in_range = place <= range_end_;
    token.space_after = in_range ? place == range_end_ && range_space_ : space;
    token.joined = in_range && place > range_begin_;
    token.span.begin = static_cast<std::uint32_t>(out_.text.size());
    out_.text += form;
    token.span.end = static_cast<std::uint32_t>(out_.text.size());
    if (token.space_after) out_.text += ' ';
    sentence_.tokens.push_back(std::move(token));
    frame_.misc.emplace_back(misc.empty() ? "_" : misc);
  }

  void end_sentence() {
    std::vector<Token>& tokens = sentence_.tokens;
    if (range_end_ > tokens.size()) fail("a range without its words");
    if (!tokens.empty()) {
      sentence_.span = {tokens.front().span.begin, tokens.back().span.end};
      // The sentences stay apart even where no space is said to follow.
      if (out_.text.back() == ' ') out_.text.pop_back();
      out_.text += '\n';
      for (std::size_t i = 0; i < tokens.size(); ++i) {
        tokens[i].head = i == 0 ? std::int16_t{-1} : std::int16_t{0};
      }
      out_.sentences.push_back(std::move(sentence_));
      out_.frames.push_back(std::move(frame_));
      frame_ = {};
    }
    // Comments without words wait for the next sentence.
    sentence_ = {};
    range_begin_ = range_end_ = 0;
  }

  std::string_view rest_;
  const std::string& file_;
  std::uint32_t line_ = 0;
  GivenSentences out_;
  Sentence sentence_;
  GivenSentences::Frame frame_;
  std::size_t range_begin_ = 0, range_end_ = 0;
  bool range_space_ = true;
};

}  // namespace

GivenSentences read_conllu(std::string_view conllu, const std::string& file) {
  return Reader(conllu, file).read();
}

}  // namespace tercet
