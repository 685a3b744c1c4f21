#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "extract/clause/marks.h"

namespace tercet {
namespace {

bool is_capitalised(std::string_view form) {
  return !form.empty() && form.front() >= 'A' && form.front() <= 'Z';
}

/// True where a capital letter is owed to the place, not to the word.
bool starts_something(const TreeIndex& tree, int token) {
  if (token == 0) return true;
  const std::string& before = tree.lower(token - 1);
  return before == "." || before == "!" || before == "?" || before == ":" || before == ";" ||
         before == "-" || before == "(";
}

/// "Not Boring", "May 1994": written like a name where a plain word would not be.
bool looks_like_name(const TreeIndex& tree, int token) {
  const Token& t = tree.at(token);
  if (t.upos == Upos::Propn || t.xpos == Xpos::NNP || t.xpos == Xpos::NNPS) return true;
  const std::string_view form = tree.form(token);
  if (!is_capitalised(form)) return false;
  // All capitals are emphasis: "does NOT".
  if (form.size() > 1 && is_ascii_upper(form[1])) return false;
  const int next = token + 1;
  const bool more = next < tree.size();
  if (more && tree.lower(token) == "may" && tree.at(next).upos == Upos::Num) return true;
  if (starts_something(tree, token)) return false;
  // An opening quote may begin a sentence or a title; a title goes on with a capital.
  const Upos before = tree.at(token - 1).upos;
  const bool quoted = before == Upos::Punct && tree.lower(token - 1) != ",";
  return !quoted || (more && is_capitalised(tree.form(next)));
}

bool matches(const TreeIndex& tree, const Cue& cue, int first) {
  if (first + static_cast<int>(cue.words.size()) > tree.size()) return false;
  for (std::size_t i = 0; i < cue.words.size(); ++i) {
    const int t = first + static_cast<int>(i);
    if (tree.lower(t) == cue.words[i]) continue;
    // "fewer" is not "few".
    const Xpos x = tree.at(t).xpos;
    const bool compares = x == Xpos::JJR || x == Xpos::JJS || x == Xpos::RBR || x == Xpos::RBS;
    if (compares || tree.lemma(t) != cue.words[i]) return false;
  }
  return true;
}

int anchor_of(const TreeIndex& tree, int first, int last) {
  for (int t = first; t <= last; ++t) {
    if (tree.head(t) < first || tree.head(t) > last) return t;
  }
  return first;
}

/// Add the cues of `listed` that begin at `first`, unless longer ones were found already.
void collect(const TreeIndex& tree, const std::vector<Cue>& listed, int first,
             std::vector<CueMatch>& found) {
  for (const Cue& cue : listed) {
    if (!found.empty() && cue.words.size() < found.front().cue->words.size()) return;
    if (!matches(tree, cue, first)) continue;
    const int last = first + static_cast<int>(cue.words.size()) - 1;
    const int anchor = anchor_of(tree, first, last);
    const auto& pos = cue.pos;
    if (!pos.empty() && std::find(pos.begin(), pos.end(), tree.at(anchor).upos) == pos.end()) {
      continue;
    }
    if (!found.empty() && cue.words.size() > found.front().cue->words.size()) found.clear();
    const bool known = std::any_of(found.begin(), found.end(),
                                   [&cue](const CueMatch& m) { return m.cue == &cue; });
    if (!known) found.push_back({&cue, first, last, anchor});
  }
}

}  // namespace

std::vector<CueMatch> find_cues(const Cues& cues, const TreeIndex& tree) {
  std::vector<CueMatch> out, here;
  for (int t = 0; t < tree.size();) {
    here.clear();
    if (!looks_like_name(tree, t)) {
      const auto& by_word = cues.by_first_word;
      if (auto it = by_word.find(tree.lower(t)); it != by_word.end()) {
        collect(tree, it->second, t, here);
      }
      if (auto it = by_word.find(tree.lemma(t)); it != by_word.end()) {
        collect(tree, it->second, t, here);
      }
    }
    t = here.empty() ? t + 1 : here.front().last + 1;
    out.insert(out.end(), here.begin(), here.end());
  }
  return out;
}

}  // namespace tercet
