#include "extract/language/tags.h"

#include <algorithm>
#include <array>

namespace tercet {
namespace {

// In the order of the enumerations in sentence.h.
constexpr std::array<std::string_view, 17> kUpos{"ADJ",   "ADP",   "ADV", "AUX",  "CCONJ", "DET",
                                                 "INTJ",  "NOUN",  "NUM", "PART", "PRON",  "PROPN",
                                                 "PUNCT", "SCONJ", "SYM", "VERB", "X"};
static_assert(kUpos.size() == static_cast<std::size_t>(Upos::X) + 1);

constexpr std::array<std::string_view, 50> kXpos{
    "_",     "CC",    "CD",  "DT",  "EX",   "FW",   "IN",  "JJ",  "JJR", "JJS", "MD", "NN", "NNP",
    "NNPS",  "NNS",   "PDT", "POS", "PRP",  "PRP$", "RB",  "RBR", "RBS", "RP",  "TO", "UH", "VB",
    "VBD",   "VBG",   "VBN", "VBP", "VBZ",  "WDT",  "WP",  "WP$", "WRB", ".",   ",",  ":",  "$",
    "-LRB-", "-RRB-", "``",  "''",  "HYPH", "NFP",  "SYM", "LS",  "ADD", "AFX", "GW"};
static_assert(kXpos.size() == static_cast<std::size_t>(Xpos::GW) + 1);

constexpr std::array<std::string_view, 51> kDeprel{
    "root",          "acl",         "acl:relcl",    "advcl",        "advcl:relcl", "advmod",
    "amod",          "appos",       "aux",          "aux:pass",     "case",        "cc",
    "cc:preconj",    "ccomp",       "compound",     "compound:prt", "conj",        "cop",
    "csubj",         "csubj:outer", "csubj:pass",   "dep",          "det",         "det:predet",
    "discourse",     "dislocated",  "expl",         "fixed",        "flat",        "goeswith",
    "iobj",          "list",        "mark",         "nmod",         "nmod:desc",   "nmod:poss",
    "nmod:unmarked", "nsubj",       "nsubj:outer",  "nsubj:pass",   "nummod",      "obj",
    "obl",           "obl:agent",   "obl:unmarked", "orphan",       "parataxis",   "punct",
    "reparandum",    "vocative",    "xcomp"};
static_assert(kDeprel.size() == static_cast<std::size_t>(Deprel::Xcomp) + 1);

template <typename Tag, std::size_t kSize>
Tag find(const std::array<std::string_view, kSize>& names, std::string_view name, Tag unknown) {
  const auto it = std::find(names.begin(), names.end(), name);
  return it == names.end() ? unknown : static_cast<Tag>(it - names.begin());
}

}  // namespace

std::string_view name_of(Upos upos) { return kUpos[static_cast<std::size_t>(upos)]; }
std::string_view name_of(Xpos xpos) { return kXpos[static_cast<std::size_t>(xpos)]; }
std::string_view name_of(Deprel deprel) { return kDeprel[static_cast<std::size_t>(deprel)]; }

Upos upos_of(std::string_view name) { return find(kUpos, name, Upos::X); }
Xpos xpos_of(std::string_view name) { return find(kXpos, name, Xpos::Other); }

Deprel deprel_of(std::string_view name) {
  const std::string_view universal = name.substr(0, name.find(':'));
  return find(kDeprel, name, find(kDeprel, universal, Deprel::Dep));
}

bool is_subject(Deprel deprel) {
  switch (deprel) {
    case Deprel::Nsubj:
    case Deprel::NsubjPass:
    case Deprel::NsubjOuter:
    case Deprel::Csubj:
    case Deprel::CsubjPass:
    case Deprel::CsubjOuter:
      return true;
    default:
      return false;
  }
}

}  // namespace tercet
