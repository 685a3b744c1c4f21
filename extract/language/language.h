#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/language/sentence.h"
#include "extract/language/word_vectors.h"

namespace tercet {

/// A text to analyse, valid UTF-8. `breaks` are offsets (ascending) where a sentence must end.
struct Passage {
  std::string_view text;
  std::span<const std::uint32_t> breaks = {};
  bool one_sentence = false;         ///< the text is not split
  std::span<const Span> whole = {};  ///< labels of links, ascending: no sentence ends inside one
};

/// The language core: sentences, words, tags, lemmas and trees from plain text. Immutable after
/// loading and safe to share between threads.
class Language {
 public:
  /// Map a packed model file (docs/formats/model.md). Throws Error{Io, Version, Corrupt}.
  static Language load(const std::filesystem::path& file);
  Language(Language&&) noexcept;
  Language& operator=(Language&&) noexcept;
  ~Language();

  /// Sentences of `text` with full analysis, in text order. `breaks` are offsets (ascending) where
  /// a sentence must end. With `one_sentence` the text is not split. Total: any valid UTF-8 is
  /// accepted. Linear in the text; a sentence is cut at 1,000 words.
  /// The result of a sentence does not depend on what else is in the call.
  std::vector<Sentence> analyse(std::string_view text, std::span<const std::uint32_t> breaks = {},
                                bool one_sentence = false) const;

  /// The same for many texts, in their order. Faster than a call for each: words of short texts go
  /// through the network together, and of equal sentences only the first goes.
  std::vector<std::vector<Sentence>> analyse(std::span<const Passage> passages) const;

  /// Tag and parse sentences whose tokens are given: only Token::span is read, the rest is filled.
  /// The vectors of all tokens, in their order, are added to `vectors` unless it is null.
  void annotate(std::string_view text, std::span<Sentence> sentences,
                WordVectors* vectors = nullptr) const;

  /// Names of what WordRelation::relation and WordKind::kind count, as the model's tables spell
  /// them; empty if it has no such heads. Valid as long as the language lives, also when it is
  /// moved.
  std::span<const std::string> relations() const;
  std::span<const std::string> kinds() const;

  const std::string& fingerprint() const;  ///< hex checksum of the model, names it in stores

 private:
  struct Impl;
  explicit Language(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

/// Sentences and words only, no model needed: spans, space_after, joined. Same contract as
/// Language::analyse. The rules are those of UD_English-EWT: clitics ("do|n't", "Google|'s") and
/// hyphens split, URLs, numbers and abbreviations kept. Where sentences end was learned
/// (train/boundaries); never inside a range of `whole`.
std::vector<Sentence> tokenize(std::string_view text, std::span<const std::uint32_t> breaks = {},
                               bool one_sentence = false, std::span<const Span> whole = {});

}  // namespace tercet
