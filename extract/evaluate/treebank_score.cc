#include "extract/evaluate/treebank_score.h"

#include <algorithm>
#include <array>
#include <functional>
#include <span>
#include <tuple>

namespace tercet {
namespace {

constexpr int kNoPartner = -2;

template <std::size_t kSize>
constexpr bool contains(const std::array<std::string_view, kSize>& set, std::string_view word) {
  return std::ranges::find(set, word) != set.end();
}

constexpr auto kContent = std::to_array<std::string_view>(
    {"nsubj",  "obj",        "iobj",       "csubj",  "ccomp",     "xcomp",    "obl",   "vocative",
     "expl",   "dislocated", "advcl",      "advmod", "discourse", "nmod",     "appos", "nummod",
     "acl",    "amod",       "conj",       "fixed",  "flat",      "compound", "list",  "parataxis",
     "orphan", "goeswith",   "reparandum", "root",   "dep"});
constexpr auto kFunctional =
    std::to_array<std::string_view>({"aux", "cop", "mark", "det", "clf", "case", "cc"});
constexpr auto kFeatures = std::to_array<std::string_view>(
    {"PronType", "NumType", "Poss",  "Reflex",   "Foreign",  "Abbr",     "Gender",
     "Animacy",  "Number",  "Case",  "Definite", "Degree",   "VerbForm", "Mood",
     "Tense",    "Aspect",  "Voice", "Evident",  "Polarity", "Person",   "Polite"});

std::string universal_features(std::string_view feats) {
  std::vector<std::string_view> kept;
  for (std::size_t begin = 0; begin <= feats.size();) {
    const std::size_t end = std::min(feats.find('|', begin), feats.size());
    const std::string_view one = feats.substr(begin, end - begin);
    if (contains(kFeatures, one.substr(0, one.find('=')))) kept.push_back(one);
    begin = end + 1;
  }
  std::ranges::sort(kept);
  std::string out;
  for (const std::string_view one : kept) out.append(out.empty() ? "" : "|").append(one);
  return out;
}

/// A word with what the measures compare.
struct View {
  const Treebank::Word* word = nullptr;
  std::string_view label;  // without subtype
  std::string feats;
  int head = -1;                // a gold word's number, -1 for the root, or kNoPartner
  std::vector<int> functional;  // function words below it, as system or gold words
};

std::vector<View> views_of(const Treebank& bank) {
  std::vector<View> out(bank.words.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Treebank::Word& word = bank.words[i];
    out[i].word = &word;
    out[i].label = word.deprel.substr(0, word.deprel.find(':'));
    out[i].feats = universal_features(word.feats);
    out[i].head = word.head;
    if (word.head >= 0 && contains(kFunctional, out[i].label)) {
      out[static_cast<std::size_t>(word.head)].functional.push_back(static_cast<int>(i));
    }
  }
  return out;
}

Score score_spans(std::string name, std::span<const Span> gold, std::span<const Span> system) {
  Score out{std::move(name), gold.size(), system.size(), 0, std::nullopt};
  for (std::size_t g = 0, s = 0; g < gold.size() && s < system.size();) {
    if (system[s].begin < gold[g].begin) {
      ++s;
    } else if (gold[g].begin < system[s].begin) {
      ++g;
    } else {
      out.correct += gold[g++].end == system[s++].end;
    }
  }
  return out;
}

double ratio(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

double Score::precision() const { return ratio(correct, system); }
double Score::recall() const { return ratio(correct, gold); }
double Score::f1() const { return ratio(2 * correct, gold + system); }
double Score::aligned_accuracy() const { return aligned ? ratio(correct, *aligned) : 0.0; }

std::vector<Score> score_treebank(const Treebank& gold_bank, const std::string& gold_file,
                                  const Treebank& system_bank, const std::string& system_file) {
  const auto pairs = align_words(gold_bank, gold_file, system_bank, system_file);
  const std::vector<View> gold = views_of(gold_bank);
  std::vector<View> system = views_of(system_bank);
  std::vector<int> partner(system.size(), kNoPartner);
  for (const auto& [g, s] : pairs) partner[s] = static_cast<int>(g);
  for (View& view : system) {
    if (view.head >= 0) view.head = partner[static_cast<std::size_t>(view.head)];
  }

  const auto any = [](const View&) { return true; };
  const auto content = [](const View& view) { return contains(kContent, view.label); };
  const auto count = [&](std::string name, auto counts, auto equal) {
    Score out{std::move(name), 0, 0, 0, std::size_t{0}};
    out.gold = static_cast<std::size_t>(std::ranges::count_if(gold, counts));
    out.system = static_cast<std::size_t>(std::ranges::count_if(system, counts));
    for (const auto& [g, s] : pairs) {
      if (!counts(gold[g])) continue;
      ++*out.aligned;
      out.correct += equal(gold[g], system[s]);
    }
    return out;
  };
  const auto upos = [](const View& g, const View& s) { return g.word->upos == s.word->upos; };
  const auto xpos = [](const View& g, const View& s) { return g.word->xpos == s.word->xpos; };
  const auto feats = [](const View& g, const View& s) { return g.feats == s.feats; };
  // A gold lemma "_" asks for nothing.
  const auto lemma = [](const View& g, const View& s) {
    return g.word->lemma == "_" || g.word->lemma == s.word->lemma;
  };
  const auto head = [](const View& g, const View& s) { return g.head == s.head; };
  const auto arc = [](const View& g, const View& s) {
    return g.head == s.head && g.label == s.label;
  };
  const auto functional = [&](const View& g, const View& s) {
    return std::ranges::equal(g.functional, s.functional, [&](int a, int b) {
      const View &x = gold[static_cast<std::size_t>(a)], &y = system[static_cast<std::size_t>(b)];
      return a == partner[static_cast<std::size_t>(b)] && x.label == y.label && upos(x, y) &&
             feats(x, y);
    });
  };

  std::vector<Score> out;
  out.push_back(score_spans("Tokens", gold_bank.tokens, system_bank.tokens));
  out.push_back(score_spans("Sentences", gold_bank.sentences, system_bank.sentences));
  out.push_back(count("Words", any, [](const View&, const View&) { return true; }));
  out.back().aligned.reset();
  out.push_back(count("UPOS", any, upos));
  out.push_back(count("XPOS", any, xpos));
  out.push_back(count("UFeats", any, feats));
  out.push_back(count("AllTags", any, [&](const View& g, const View& s) {
    return upos(g, s) && xpos(g, s) && feats(g, s);
  }));
  out.push_back(count("Lemmas", any, lemma));
  out.push_back(count("UAS", any, head));
  out.push_back(count("LAS", any, arc));
  out.push_back(count("CLAS", content, arc));
  out.push_back(count("MLAS", content, [&](const View& g, const View& s) {
    return arc(g, s) && upos(g, s) && feats(g, s) && functional(g, s);
  }));
  out.push_back(count("BLEX", content,
                      [&](const View& g, const View& s) { return arc(g, s) && lemma(g, s); }));
  return out;
}

}  // namespace tercet
