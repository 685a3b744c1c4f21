#pragma once

#include <charconv>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/analysed.h"
#include "extract/language/tags.h"

namespace tercet {

/// Trees written by hand, for tests without a model. A line is
///   FORM LEMMA UPOS XPOS HEAD DEPREL      (blank-separated, heads from 1, 0 = root)
/// an empty line ends a sentence. Punctuation is glued to the word before it. Each sentence
/// becomes a paragraph of its own.
class HandTrees {
 public:
  explicit HandTrees(std::string_view lines) {
    std::istringstream in{std::string(lines)};
    std::string line;
    while (std::getline(in, line)) {
      std::istringstream cells(line);
      std::string form, lemma, upos, xpos, head, deprel;
      if (!(cells >> form >> lemma >> upos >> xpos >> head >> deprel)) {
        finish();
        continue;
      }
      Token token;
      const bool clitic = form.find('\'') != std::string::npos;
      if (!text_.empty() && upos != "PUNCT" && !clitic) text_ += ' ';
      token.span.begin = static_cast<std::uint32_t>(text_.size());
      text_ += form;
      token.span.end = static_cast<std::uint32_t>(text_.size());
      token.lemma = lemma;
      token.upos = upos_of(upos);
      token.xpos = xpos_of(xpos);
      int number = 0;
      std::from_chars(head.data(), head.data() + head.size(), number);
      token.head = static_cast<std::int16_t>(number - 1);
      token.deprel = deprel_of(deprel);
      tokens_.push_back(std::move(token));
    }
    finish();
    analysed_.document = &document_;
  }
  HandTrees(const HandTrees&) = delete;
  HandTrees& operator=(const HandTrees&) = delete;

  /// What a model with such heads would say of two words of the first sentence.
  void relate(std::string_view from, const std::string& relation, std::string_view to,
              float score) {
    Sentence& first = analysed_.sentences.front().sentence;
    first.relations.push_back({static_cast<std::uint16_t>(token(from)),
                               static_cast<std::uint16_t>(token(to)),
                               static_cast<std::uint16_t>(relations_.size()), score});
    relations_.push_back(relation);
    analysed_.relations = relations_;
  }
  /// The same of the type of what a word of the first sentence heads.
  void take_for(std::string_view form, const std::string& kind, float score) {
    Sentence& first = analysed_.sentences.front().sentence;
    if (kinds_.empty()) kinds_.push_back("Concept");
    first.kinds.resize(first.tokens.size());
    first.kinds[static_cast<std::size_t>(token(form))] = {static_cast<std::uint16_t>(kinds_.size()),
                                                          score};
    kinds_.push_back(kind);
    analysed_.kinds = kinds_;
  }

  const AnalysedDocument& analysed() const { return analysed_; }
  Document& document() { return document_; }
  const Sentence& sentence(int i = 0) const { return analysed_.tree(i); }
  const std::string& text(int i = 0) const {
    return document_.blocks[static_cast<std::size_t>(i)].text;
  }
  /// The first token of sentence `i` written `form`, or -1.
  int token(std::string_view form, int i = 0) const {
    const auto& tokens = sentence(i).tokens;
    for (std::size_t t = 0; t < tokens.size(); ++t) {
      if (view(text(i), tokens[t].span) == form) return static_cast<int>(t);
    }
    return -1;
  }

 private:
  void finish() {
    if (tokens_.empty()) return;
    AnalysedSentence one;
    one.block = static_cast<int>(document_.blocks.size());
    one.sentence.span = {0, static_cast<std::uint32_t>(text_.size())};
    one.sentence.tokens = std::move(tokens_);
    Block block;
    block.text = std::move(text_);
    document_.blocks.push_back(std::move(block));
    analysed_.sentences.push_back(std::move(one));
    tokens_.clear();
    text_.clear();
  }

  Document document_;
  AnalysedDocument analysed_;
  std::vector<Token> tokens_;
  std::string text_;
  std::vector<std::string> relations_, kinds_;
};

}  // namespace tercet
