#include "extract/entity/asking.h"

#include <string_view>

#include "base/one_of.h"
#include "extract/entity/coreference.h"

namespace tercet {
namespace {

/// The head of the relative clause a word stands in, or -1. O(depth).
int relative_clause(const Words& w, int token) {
  for (int i = token, steps = 0; i >= 0 && steps < 16; i = w[i].head, ++steps) {
    if (w[i].deprel == Deprel::AclRelcl) return i;
  }
  return -1;
}

}  // namespace

Asking asking_at(const Words& w, int sentence, int i) {
  Asking out;
  out.sentence = sentence;
  out.token = i;
  const std::string& low = w.lower(i);
  if (w[i].upos == Upos::Noun || w[i].upos == Upos::Propn) {
    const int det = w.child(i, Deprel::Det);
    if (det < 0 && w.child(i, Deprel::Amod) < 0) return out;
    std::string_view article = det >= 0 ? std::string_view(w.lower(det)) : std::string_view();
    for (const int child : w.children(i)) {
      if (w.lower(child) == "such" && child < i) article = "such";
    }
    if (w[i].upos == Upos::Propn && article == "the") return out;
    if (!one_of(article, {"the", "this", "that", "these", "those", "such"})) return out;
    out.kind = std::string(article) + " X";
    out.phrase = true;
    out.plural = is_plural(w, i);
    return out;
  }
  const bool determines = w[i].deprel == Deprel::Det;
  if (one_of(low, {"it", "its", "itself"})) out.kind = is_expletive(w, i) ? "" : "it";
  if (one_of(low, {"they", "them", "their", "theirs", "themselves"})) out.kind = "they";
  if (one_of(low, {"he", "him", "his", "himself"})) out.kind = "he";
  if (one_of(low, {"she", "her", "hers", "herself"})) out.kind = "she";
  if (low == "this" && !determines) out.kind = "this";
  if (one_of(low, {"these", "those"}) && !determines) out.kind = low;
  out.plural = out.kind == "they" || out.kind == "these" || out.kind == "those";
  if (one_of(low, {"which", "who", "whom", "whose", "where"}) ||
      (low == "that" && w[i].deprel != Deprel::Mark && !determines)) {
    out.clause = relative_clause(w, i);
    if (out.clause >= 0)
      out.kind = low == "whom" || low == "whose" ? "who" : low;
    else if (low == "that" || (low == "which" && !determines))
      out.kind = low + "?";
  }
  return out;
}

}  // namespace tercet
