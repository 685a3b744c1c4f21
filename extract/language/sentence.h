#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace tercet {

/// Universal part of speech (universaldependencies.org/u/pos), alphabetical.
enum class Upos : std::uint8_t {
  Adj,
  Adp,
  Adv,
  Aux,
  Cconj,
  Det,
  Intj,
  Noun,
  Num,
  Part,
  Pron,
  Propn,
  Punct,
  Sconj,
  Sym,
  Verb,
  X
};

/// Penn Treebank tag as used by UD_English-EWT.
enum class Xpos : std::uint8_t {
  Other,
  CC,
  CD,
  DT,
  EX,
  FW,
  IN,
  JJ,
  JJR,
  JJS,
  MD,
  NN,
  NNP,
  NNPS,
  NNS,
  PDT,
  POS,
  PRP,
  PRPS,
  RB,
  RBR,
  RBS,
  RP,
  TO,
  UH,
  VB,
  VBD,
  VBG,
  VBN,
  VBP,
  VBZ,
  WDT,
  WP,
  WPS,
  WRB,
  Period,
  Comma,
  Colon,
  Dollar,
  LeftBracket,
  RightBracket,
  OpenQuote,
  CloseQuote,
  HYPH,
  NFP,
  SYM,
  LS,
  ADD,
  AFX,
  GW
};

/// UD v2 relation with the subtypes of English (universaldependencies.org/en/dep).
enum class Deprel : std::uint8_t {
  Root,
  Acl,
  AclRelcl,
  Advcl,
  AdvclRelcl,
  Advmod,
  Amod,
  Appos,
  Aux,
  AuxPass,
  Case,
  Cc,
  CcPreconj,
  Ccomp,
  Compound,
  CompoundPrt,
  Conj,
  Cop,
  Csubj,
  CsubjOuter,
  CsubjPass,
  Dep,
  Det,
  DetPredet,
  Discourse,
  Dislocated,
  Expl,
  Fixed,
  Flat,
  Goeswith,
  Iobj,
  List,
  Mark,
  Nmod,
  NmodDesc,
  NmodPoss,
  NmodUnmarked,
  Nsubj,
  NsubjOuter,
  NsubjPass,
  Nummod,
  Obj,
  Obl,
  OblAgent,
  OblUnmarked,
  Orphan,
  Parataxis,
  Punct,
  Reparandum,
  Vocative,
  Xcomp
};

std::string_view name_of(Upos upos);      ///< "NOUN"
std::string_view name_of(Xpos xpos);      ///< "NNS"; "PRP$", "-LRB-"; "_" for Other
std::string_view name_of(Deprel deprel);  ///< "nsubj:pass"

/// True for nsubj, nsubj:pass, nsubj:outer, csubj, csubj:pass, csubj:outer.
bool is_subject(Deprel deprel);

/// A syntactic word.
struct Token {
  Span span;  ///< bytes of the block's text
  Upos upos = Upos::X;
  Xpos xpos = Xpos::Other;
  Deprel deprel = Deprel::Dep;
  std::int16_t head = -1;  ///< index of the head in the sentence, -1 for the root
  bool space_after = true;
  bool joined = false;  ///< written together with the word before as one token ("do|n't")
  std::string lemma;
};

/// A stretch of words that the model takes for a mention of something.
struct TypedSpan {
  std::uint32_t first = 0, last = 0;  ///< tokens [first, last) of the sentence
  std::string type;                   ///< as the model's table spells it: "Organization", "Date"
  float score = 0;                    ///< 0..1: the least probability of its tags
  bool outer = false;                 ///< a nominal that holds another mention
};

/// A relation that the model sees between two words of a sentence.
struct WordRelation {
  std::uint16_t from = 0, to = 0;  ///< tokens
  std::uint16_t relation = 0;      ///< of Language::relations()
  float score = 0;                 ///< its probability, at least 0.03

  friend bool operator==(const WordRelation&, const WordRelation&) = default;
};

/// What a word, were it the head of a mention, would name.
struct WordKind {
  std::uint16_t kind = 0;  ///< of Language::kinds()
  float score = 0;         ///< its probability

  friend bool operator==(const WordKind&, const WordKind&) = default;
};

/// Tokens in text order, never empty, exactly one with head == -1, no cycles.
struct Sentence {
  Span span;
  std::vector<Token> tokens;
  /// By first word, the longer one first; those that are `outer` do not overlap each other, nor do
  /// the others. Empty if the model finds none, or has no such head.
  std::vector<TypedSpan> mentions = {};
  /// By (from, to, relation). Empty if the model finds none, or has no such head.
  std::vector<WordRelation> relations = {};
  std::vector<WordKind> kinds = {};  ///< one a token, or empty if the model has no such head
};

}  // namespace tercet
