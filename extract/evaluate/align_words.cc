#include <utf8proc.h>

#include <algorithm>

#include "base/error.h"
#include "base/utf8.h"
#include "extract/evaluate/treebank_score.h"

namespace tercet {
namespace {

// Real spans of overlapping tokens hold a dozen words; the table below is quadratic.
constexpr std::size_t kMaxCells = 4'000'000;

// What forms are compared by. The form of a word that is a token has lost its spaces.
std::string compared(const Treebank& bank, const Treebank::Word& word) {
  const std::string_view form = word.in_range ? word.form : view(bank.characters, word.span);
  std::string out;
  for (std::size_t at = 0; at < form.size();) {
    const Decoded next = decode_utf8(form, at);
    if (next.valid) {
      append_utf8(out, static_cast<char32_t>(
                           utf8proc_tolower(static_cast<utf8proc_int32_t>(next.code_point))));
    } else {
      out += form[at];
    }
    at += next.size;
  }
  return out;
}

using Words = std::vector<Treebank::Word>;

class Aligner {
 public:
  Aligner(const Treebank& gold, const Treebank& system, const std::string& gold_file)
      : gold_bank_(gold), system_bank_(system), gold_file_(gold_file) {}

  std::vector<std::pair<std::size_t, std::size_t>> run() {
    while (g_ < gold_.size() && s_ < system_.size()) {
      const Treebank::Word &gold = gold_[g_], &system = system_[s_];
      if (gold.in_range || system.in_range) {
        align_range();
      } else if (gold.span.begin == system.span.begin && gold.span.end == system.span.end) {
        out_.emplace_back(g_++, s_++);
      } else if (gold.span.begin <= system.span.begin) {
        ++g_;
      } else {
        ++s_;
      }
    }
    return std::move(out_);
  }

 private:
  static bool beyond(const Words& words, std::size_t i, std::uint32_t end) {
    if (i >= words.size()) return true;
    return words[i].in_range ? words[i].span.begin >= end : words[i].span.end > end;
  }

  // The smallest stretch of text that starts here and that no token of several words sticks out of.
  void align_range() {
    std::uint32_t end = 0;
    if (gold_[g_].in_range) {
      end = gold_[g_].span.end;
      if (!system_[s_].in_range && system_[s_].span.begin < gold_[g_].span.begin) ++s_;
    } else {
      end = system_[s_].span.end;
      if (!gold_[g_].in_range && gold_[g_].span.begin < system_[s_].span.begin) ++g_;
    }
    const std::size_t first_gold = g_, first_system = s_;
    while (!beyond(gold_, g_, end) || !beyond(system_, s_, end)) {
      const bool of_gold = g_ < gold_.size() &&
                           (s_ >= system_.size() || gold_[g_].span.begin <= system_[s_].span.begin);
      const Treebank::Word& word = of_gold ? gold_[g_++] : system_[s_++];
      if (word.in_range) end = std::max(end, word.span.end);
    }
    if (g_ > first_gold && s_ > first_system) match(first_gold, first_system);
  }

  void match(std::size_t first_gold, std::size_t first_system) {
    const std::size_t rows = g_ - first_gold, columns = s_ - first_system;
    if (rows * columns > kMaxCells) {
      throw Error(Error::Code::Resource,
                  "more overlapping tokens of several words than can be aligned",
                  {gold_file_, gold_[first_gold].line, 0});
    }
    std::vector<std::string> rows_of, columns_of;
    for (std::size_t i = first_gold; i < g_; ++i) rows_of.push_back(compared(gold_bank_, gold_[i]));
    for (std::size_t i = first_system; i < s_; ++i)
      columns_of.push_back(compared(system_bank_, system_[i]));
    // longest[g][s]: longest common subsequence of what is left from row g and column s.
    std::vector<std::uint32_t> longest((rows + 1) * (columns + 1), 0);
    const auto at = [&](std::size_t g, std::size_t s) -> std::uint32_t& {
      return longest[g * (columns + 1) + s];
    };
    for (std::size_t g = rows; g-- > 0;) {
      for (std::size_t s = columns; s-- > 0;) {
        at(g, s) = std::max(at(g + 1, s), at(g, s + 1));
        if (rows_of[g] == columns_of[s]) at(g, s) = std::max(at(g, s), at(g + 1, s + 1) + 1);
      }
    }
    for (std::size_t g = 0, s = 0; g < rows && s < columns;) {
      if (rows_of[g] == columns_of[s]) {
        out_.emplace_back(first_gold + g++, first_system + s++);
      } else if (at(g, s) == at(g + 1, s)) {
        ++g;
      } else {
        ++s;
      }
    }
  }

  const Treebank &gold_bank_, &system_bank_;
  const Words &gold_ = gold_bank_.words, &system_ = system_bank_.words;
  const std::string& gold_file_;
  std::size_t g_ = 0, s_ = 0;
  std::vector<std::pair<std::size_t, std::size_t>> out_;
};

// The line of the token that holds byte `at` of the characters.
std::uint32_t line_of(const Treebank& bank, std::size_t at) {
  const auto token =
      std::ranges::upper_bound(bank.tokens, at, {}, [](const Span& span) { return span.end; });
  if (token == bank.tokens.end()) return bank.token_lines.empty() ? 0 : bank.token_lines.back();
  return bank.token_lines[static_cast<std::size_t>(token - bank.tokens.begin())];
}

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> align_words(const Treebank& gold,
                                                             const std::string& gold_file,
                                                             const Treebank& system,
                                                             const std::string& system_file) {
  if (gold.characters != system.characters) {
    const auto [here, there] = std::ranges::mismatch(gold.characters, system.characters);
    const auto at = static_cast<std::size_t>(here - gold.characters.begin());
    throw Error(Error::Code::Schema,
                "the words differ from those of " + gold_file + ", line " +
                    std::to_string(line_of(gold, at)),
                {system_file, line_of(system, at), 0},
                "both files must hold the same text, tokens and sentences may differ");
  }
  return Aligner(gold, system, gold_file).run();
}

}  // namespace tercet
