#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "extract/entity/reference.h"
#include "extract/language/language.h"
#include "extract/language/reference_model.h"
#include "tests/catch.h"
#include "tests/conllu_fixture.h"
#include "tests/language_fixture.h"
#include "tests/word_model_fixture.h"

namespace {

using fixture::ModelPacker;
using fixture::TemporaryFile;
using tercet::DocumentEntities;
using tercet::ModelFile;
using tercet::ReferenceModel;
using tercet::WordVectors;
using Kind = tercet::Mention::Kind;

constexpr std::size_t kWidth = 16, kHidden = 16, kCommon = 8;  // of ModelPacker's ranking

/// The score as docs/formats/references.md has it, in double and straight from the tensors.
double by_the_document(const ModelFile& file, const WordVectors& words, std::size_t asked,
                       std::size_t offered, std::size_t kind, const ReferenceModel::Option& option,
                       double features) {
  const auto view = [&](const std::string& layer, std::size_t word, std::size_t row) {
    const auto weight = file.floats(layer + ".weight", {kHidden + kCommon, kWidth});
    double sum = double{file.floats(layer + ".bias", {kHidden + kCommon})[row]};
    for (std::size_t k = 0; k < kWidth; ++k) {
      sum += double{weight[row * kWidth + k]} * words.row(word)[k] * double{words.scales[word]};
    }
    return sum;
  };
  const auto at = [&](const char* name, std::size_t i) {
    return double{file.floats(name, {kHidden})[i]};
  };
  double sum = features;
  for (std::size_t i = 0; i < kHidden; ++i) {
    double x = view("asked", asked, i) + view("offered", offered, i) +
               double{file.floats("kinds", {2, kHidden})[kind * kHidden + i]};
    if (option.itself) x += at("itself", i);
    if (option.words) x += at("words", i);
    if (option.same_sentence) x += at("same_sentence", i);
    sum += std::max(x, 0.0) * at("out", i);
  }
  for (std::size_t i = kHidden; i < kHidden + kCommon; ++i) {
    sum += view("asked", asked, i) * view("offered", offered, i);
  }
  return sum;
}

}  // namespace

TEST_CASE("a vector is kept to half a step of a 127th of its largest value", "[language]") {
  WordVectors out;
  const std::vector<float> vector = {-2.54F, 0.0F, 1.27F, 0.011F};
  out.add(vector);
  out.add(std::vector<float>(4, 0.0F));
  REQUIRE(out.size() == 2);
  CHECK(out.width == 4);
  CHECK(out.row(0)[0] == -127);
  for (std::size_t i = 0; i < 4; ++i) {
    const float kept = out.scales[0] * static_cast<float>(out.row(0)[i]);
    CHECK(std::abs(kept - vector[i]) <= 0.501F * out.scales[0]);
    CHECK(out.row(1)[i] == 0);
  }
}

TEST_CASE("words have the same vectors whatever else is annotated", "[language]") {
  for (const auto kind : {ModelPacker::Kind::Bytes, ModelPacker::Kind::Encoder}) {
    const TemporaryFile file(ModelPacker(kind).bytes());
    const tercet::Language language = tercet::Language::load(file.path());
    const std::string text = "The company buys a unit. Acme buys the company.";
    std::vector<tercet::Sentence> all = tercet::tokenize(text);
    REQUIRE(all.size() == 2);
    WordVectors together, apart;
    language.annotate(text, all, &together);
    for (tercet::Sentence& one : all) language.annotate(text, {&one, 1}, &apart);
    CHECK(together.size() == all[0].tokens.size() + all[1].tokens.size());
    CHECK(together.values == apart.values);
    CHECK(together.scales == apart.scales);
    CHECK_FALSE(std::ranges::equal(together.row(0), together.row(1)));
  }
}

TEST_CASE("the score is the formula's", "[entity]") {
  const TemporaryFile packed(ModelPacker(ModelPacker::Kind::References).bytes());
  const ReferenceModel model = ReferenceModel::load(packed.path());
  CHECK(model.fitted_to() == "0123");
  REQUIRE(model.width() == kWidth);
  const ModelFile file(packed.path());
  const WordVectors words = fixture::some_vectors(100, kWidth);
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < words.size(); ++i) rows.push_back(words.size() - 1 - i);
  const auto views = model.views(words, rows);
  REQUIRE(views.size() == rows.size());
  for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
    const ReferenceModel::Option option{&views[i + 1], i % 2 == 0, i % 3 == 0, i % 5 == 0};
    const double weight = double{file.floats("features", {2})[0]};
    const float found =
        model.score(views[i], i % 7 == 0 ? "it" : "this", option, {{"it named", 3}, {"else", 9}});
    CHECK(found == Approx(by_the_document(file, words, rows[i], rows[i + 1], i % 7 == 0 ? 0 : 1,
                                          option, 3 * weight))
                       .margin(1e-3));
  }
}

TEST_CASE("with vectors the ranking decides what a word stands for", "[entity]") {
  const tercet::HandTrees trees(
      "Acme Acme PROPN NNP 2 nsubj\nbuys buy VERB VBZ 0 root\nboats boat NOUN NNS 2 obj\n"
      ". . PUNCT . 2 punct\n\n"
      "Its its PRON PRP$ 2 nmod:poss\nrival rival NOUN NN 3 nsubj\nsank sink VERB VBD 0 root\n"
      "this this PRON DT 3 obj\n. . PUNCT . 3 punct\n\n");
  DocumentEntities entities;
  entities.entities = {{"Acme", "Organization", {}, 1}, {"boats", "Product", {}, 1}};
  entities.mentions = {{Kind::Name, 0, 0, 1, 0, 0, {}}, {Kind::Nominal, 0, 2, 3, 2, 1, {}}};
  int answered = 0, other = 0;
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U, 6U}) {
    const TemporaryFile packed(ModelPacker(ModelPacker::Kind::References, seed).bytes());
    const ReferenceModel model = ReferenceModel::load(packed.path());
    constexpr std::size_t kBefore = 11;  // rows of an earlier document
    const WordVectors words = fixture::some_vectors(kBefore + 9, kWidth);
    std::vector<std::string> best;
    std::size_t first = 0;
    const auto watch = [&](int sentence, int token, const std::string& kind,
                           const std::vector<tercet::Referent>& options) {
      const auto row = [&](int s, int t) { return kBefore + static_cast<std::size_t>(s * 4 + t); };
      std::optional<float> most;
      best.emplace_back();
      for (const tercet::Referent& one : options) {
        const auto views = model.views(
            words, std::vector<std::size_t>{row(sentence, token), row(one.sentence, one.token)});
        const bool same = one.sentence == sentence;
        const float score = model.score(
            views[0], kind, {&views[1], same && one.token == token, one.entity < 0, same},
            one.features);
        if (most && score <= *most) continue;
        most = score;
        best.back() = one.name;
      }
    };
    const auto found =
        find_references({}, trees.analysed(), entities, watch, {&model, &words, kBefore});
    REQUIRE(found.size() == best.size());
    for (const tercet::Reference& one : found) {
      CHECK(one.referent.name == best[first++]);
      ++answered;
    }
    const auto plain = find_references({}, trees.analysed(), entities);
    REQUIRE(plain.size() == found.size());
    for (std::size_t i = 0; i < plain.size(); ++i) {
      other += plain[i].referent.name != found[i].referent.name;
    }
  }
  CHECK(answered == 12);
  CHECK(other > 0);
}

TEST_CASE("a ranking that is damaged or something else is refused", "[entity]") {
  fixture::check_refuses_damage<ReferenceModel>(ModelPacker::Kind::References,
                                                ModelPacker::Kind::Encoder);
}
