// The model that is shipped, against the treebank if it is there. Numbers are floors, a little
// under what the model card states; CI fails when a change of code costs accuracy.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <string>

#include "extract/language/conllu.h"
#include "extract/language/language.h"
#include "extract/language/model_file.h"
#include "extract/language/network.h"
#include "extract/language/tags.h"
#include "tests/catch.h"

namespace {

const std::filesystem::path kModel = TERCET_SOURCE_DIR "/models/fast.tct";
const std::filesystem::path kAccurate = TERCET_SOURCE_DIR "/models/accurate.tct";
const std::filesystem::path kTreebank = TERCET_SOURCE_DIR "/../shared/corpora/ud-ewt/dev.conllu";

std::optional<std::string> contents(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    WARN("skipped: there is no " << file.filename().string());
    return std::nullopt;
  }
  return std::string(std::istreambuf_iterator<char>(in), {});
}

std::string column(const std::string& line, int wanted) {
  std::size_t begin = 0;
  for (int i = 0; i < wanted; ++i) begin = line.find('\t', begin) + 1;
  return line.substr(begin, line.find('\t', begin) - begin);
}

struct Gold {
  std::string upos, head, deprel;
};

std::vector<Gold> gold_of(const std::string& conllu) {
  std::vector<Gold> out;
  for (std::size_t at = 0; at < conllu.size();) {
    const std::size_t end = std::min(conllu.find('\n', at), conllu.size());
    const std::string line = conllu.substr(at, end - at);
    at = end + 1;
    if (line.empty() || line[0] == '#') continue;
    if (column(line, 0).find_first_of(".-") != std::string::npos) continue;
    out.push_back({column(line, 3), column(line, 6), column(line, 7)});
  }
  return out;
}

std::string universal(std::string_view deprel) {
  return std::string(deprel.substr(0, deprel.find(':')));
}

}  // namespace

TEST_CASE("the shipped models are whole and parse a plain sentence", "[language][model]") {
  for (const std::filesystem::path& model : {kModel, kAccurate}) {
    if (!contents(model)) continue;
    CAPTURE(model);
    CHECK_NOTHROW(tercet::verify_model(model));
    const tercet::Language language = tercet::Language::load(model);
    const std::string text = "The old factory didn't buy two small companies in 1999.";
    const std::vector<tercet::Sentence> found = language.analyse(text);
    REQUIRE(found.size() == 1);
    std::string parse;
    for (const tercet::Token& token : found[0].tokens) {
      parse += token.lemma + '/' + std::string(name_of(token.deprel)) + ' ';
    }
    CHECK(parse ==
          "the/det old/amod factory/nsubj do/aux not/advmod buy/root two/nummod small/amod "
          "company/obj in/case 1999/obl ./punct ");
  }
}

TEST_CASE("the accurate model finds typed names", "[language][model]") {
  if (!contents(kAccurate)) return;
  const std::string text = "In 2019 Anna Lindqvist left Volvo to work in Berlin.";
  const std::vector<tercet::Sentence> found = tercet::Language::load(kAccurate).analyse(text);
  REQUIRE(found.size() == 1);
  std::set<std::string> names;
  for (const tercet::TypedSpan& span : found[0].mentions) {
    const auto& tokens = found[0].tokens;
    const tercet::Span whole{tokens[span.first].span.begin, tokens[span.last - 1].span.end};
    if (!span.outer) names.insert(std::string(view(text, whole)) + '/' + span.type);
  }
  CAPTURE(names);
  CHECK(names.count("Anna Lindqvist/Person") == 1);
  CHECK(names.count("Volvo/Organization") == 1);
}

struct Scores {
  double upos = 0, attached = 0, labelled = 0;
};

std::optional<Scores> scores_of(const std::filesystem::path& model) {
  const std::optional<std::string> treebank = contents(kTreebank);
  if (!treebank || !contents(model)) return std::nullopt;
  tercet::GivenSentences given = tercet::read_conllu(*treebank);
  tercet::Language::load(model).annotate(given.text, given.sentences);
  const std::vector<Gold> gold = gold_of(*treebank);
  std::size_t words = 0, upos = 0, attached = 0, labelled = 0;
  for (const tercet::Sentence& sentence : given.sentences) {
    for (const tercet::Token& token : sentence.tokens) {
      REQUIRE(words < gold.size());
      const Gold& right = gold[words++];
      upos += right.upos == name_of(token.upos);
      if (right.head != std::to_string(token.head + 1)) continue;
      ++attached;
      labelled += universal(right.deprel) == universal(name_of(token.deprel));
    }
  }
  REQUIRE(words == gold.size());
  const auto percent = [&](std::size_t n) { return 100.0 * double(n) / double(words); };
  return Scores{percent(upos), percent(attached), percent(labelled)};
}

TEST_CASE("the shipped models keep their accuracy on given words", "[language][model]") {
  if (const std::optional<Scores> fast = scores_of(kModel)) {
    CAPTURE(fast->upos, fast->attached, fast->labelled);
    CHECK(fast->upos > 96.0);
    CHECK(fast->attached > 89.5);
    CHECK(fast->labelled > 87.0);
  }
  if (const std::optional<Scores> accurate = scores_of(kAccurate)) {
    CAPTURE(accurate->upos, accurate->attached, accurate->labelled);
    CHECK(accurate->upos > 96.95);
    CHECK(accurate->attached > 92.2);
    CHECK(accurate->labelled > 89.9);
  }
}

TEST_CASE("the tokenizer keeps its accuracy", "[language]") {
  const std::optional<std::string> treebank = contents(kTreebank);
  if (!treebank) return;
  const tercet::GivenSentences given = tercet::read_conllu(*treebank);
  std::set<std::pair<std::uint32_t, std::uint32_t>> gold;
  for (const tercet::Sentence& sentence : given.sentences) {
    for (const tercet::Token& token : sentence.tokens) {
      gold.emplace(token.span.begin, token.span.end);
    }
  }
  std::size_t found = 0, right = 0;
  for (const tercet::Sentence& sentence : tercet::tokenize(given.text)) {
    for (const tercet::Token& token : sentence.tokens) {
      ++found;
      right += gold.count({token.span.begin, token.span.end});
    }
  }
  const double f1 = 200.0 * double(right) / double(found + gold.size());
  CAPTURE(f1);
  CHECK(f1 > 98.8);
}

TEST_CASE("the shipped models give the same labels on every instruction set", "[language][model]") {
  for (const std::filesystem::path& model : {kModel, kAccurate}) {
    if (!contents(model)) continue;
    const tercet::ModelFile file(model);
    const std::string text =
        "Although the board had promised more, its three founders, who met in Lyon, sold the mill "
        "to a rival that nobody knew; they weren't paid until 2003.";
    const std::vector<tercet::Sentence> sentences = tercet::tokenize(text, {}, true);
    REQUIRE(sentences.size() == 1);
    std::vector<std::vector<tercet::WordLabels>> results;
    std::vector<std::vector<tercet::PairLabel>> pairs;
    for (const auto set : {tercet::InstructionSet::Portable, tercet::InstructionSet::Avx2,
                           tercet::InstructionSet::Avx512}) {
      const tercet::Kernels* kernels = tercet::kernels_for(set);
      if (kernels == nullptr) continue;
      const auto network = tercet::make_network(file, *kernels);
      std::vector<std::string_view> words;
      for (const tercet::Token& token : sentences[0].tokens) {
        words.push_back(view(text, token.span));
      }
      tercet::NetworkScratch scratch;
      const std::vector<std::uint32_t> lengths{static_cast<std::uint32_t>(words.size())};
      network->label(words, lengths, scratch, results.emplace_back(), pairs.emplace_back(),
                     nullptr);
    }
    const auto same = [](const tercet::WordLabels& a, const tercet::WordLabels& b) {
      return a.upos == b.upos && a.xpos == b.xpos && a.lemma == b.lemma && a.deprel == b.deprel &&
             a.head == b.head && a.mention == b.mention && a.outer == b.outer &&
             a.mention_score == b.mention_score && a.kind == b.kind && a.kind_score == b.kind_score;
    };
    for (const auto& result : results) {
      CHECK(std::equal(result.begin(), result.end(), results[0].begin(), results[0].end(), same));
    }
    for (const auto& found : pairs) CHECK(found == pairs[0]);
  }
}
