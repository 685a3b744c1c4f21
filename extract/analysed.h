#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "extract/language/sentence.h"

namespace tercet {

/// A sentence of a document and the block its spans point into.
struct AnalysedSentence {
  int block = 0;  ///< index into Document::blocks
  Sentence sentence;
};

/// A document with the trees of its sentences, in text order. Headings are analysed too: they give
/// antecedents and context, but never facts.
struct AnalysedDocument {
  const Document* document = nullptr;  ///< must outlive this value
  std::vector<AnalysedSentence> sentences;
  /// Names of what WordRelation::relation and WordKind::kind of the sentences count
  /// (Language::relations(), ::kinds()); the language must outlive this value.
  std::span<const std::string> relations = {}, kinds = {};

  const Block& block_of(int sentence) const {
    return document
        ->blocks[static_cast<std::size_t>(sentences[static_cast<std::size_t>(sentence)].block)];
  }
  const Sentence& tree(int sentence) const {
    return sentences[static_cast<std::size_t>(sentence)].sentence;
  }
  std::string_view text_of(int sentence, Span span) const {
    return view(block_of(sentence).text, span);
  }
};

}  // namespace tercet
