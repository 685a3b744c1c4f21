#include <algorithm>
#include <string>
#include <vector>

#include "extract/entity/typed_mentions.h"
#include "extract/language/type_model.h"
#include "tests/catch.h"
#include "tests/conllu_fixture.h"
#include "tests/language_fixture.h"
#include "tests/word_model_fixture.h"

namespace {

using fixture::ModelPacker;
using fixture::TemporaryFile;
using tercet::ModelFile;
using tercet::TypeModel;
using tercet::WordVectors;

constexpr std::size_t kWidth = 16, kHidden = 16, kTypes = 3;  // of ModelPacker's model of types

/// What speaks for a type as docs/formats/types.md has it, in double and straight from the tensors.
double by_the_document(const ModelFile& file, const WordVectors& vectors, std::size_t head,
                       const std::vector<std::size_t>& words,
                       const std::vector<std::size_t>& features, std::size_t type) {
  const auto view = [&](const std::string& layer, std::size_t word, std::size_t row) {
    const auto weight = file.floats(layer + ".weight", {kHidden, kWidth});
    double sum = double{file.floats(layer + ".bias", {kHidden})[row]};
    for (std::size_t k = 0; k < kWidth; ++k) {
      sum += double{weight[row * kWidth + k]} * vectors.row(word)[k] * double{vectors.scales[word]};
    }
    return sum;
  };
  double sum = 0;
  const ModelFile::Bytes weights = file.bytes("features.weight");
  for (const std::size_t f : features) {
    sum += double{weights.scales[f]} * weights.values[f * kTypes + type];
  }
  for (std::size_t i = 0; i < kHidden; ++i) {
    double mean = 0;
    for (const std::size_t word : words) {
      mean += view("words", word, i) / static_cast<double>(words.size());
    }
    sum += double{file.floats("out", {kTypes, kHidden})[type * kHidden + i]} *
           std::max(0.0, view("head", head, i) + mean);
  }
  return sum;
}

}  // namespace

TEST_CASE("what speaks for a type is the formula's", "[entity]") {
  const TemporaryFile packed(ModelPacker(ModelPacker::Kind::Types).bytes());
  const TypeModel model = TypeModel::load(packed.path());
  CHECK(model.fitted_to() == "0123");
  REQUIRE(model.width() == kWidth);
  REQUIRE(model.types().size() == kTypes);
  const ModelFile file(packed.path());
  const WordVectors vectors = fixture::some_vectors(90, kWidth);
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < vectors.size(); ++i) rows.push_back(i);
  const auto views = model.views(vectors, rows);
  for (std::size_t first = 0; first + 5 <= rows.size(); ++first) {
    const std::size_t count = 1 + first % 5, head = first + count / 2;
    std::vector<float> sums(kTypes, 0.5F);
    model.score({{"head=boat", "head=never-seen", "bias", "bias"}}, views[head],
                std::span(views).subspan(first, count), sums);
    const std::vector<std::size_t> words(rows.begin() + static_cast<std::ptrdiff_t>(first),
                                         rows.begin() + static_cast<std::ptrdiff_t>(first + count));
    for (std::size_t type = 0; type < kTypes; ++type) {
      CAPTURE(first, type);
      CHECK(
          sums[type] ==
          Approx(0.5 + by_the_document(file, vectors, head, words, {1, 0, 0}, type)).margin(1e-3));
    }
  }
}

TEST_CASE("with vectors the model of types decides, for all places with the same words at once",
          "[entity]") {
  const tercet::HandTrees trees(
      "Boats boat NOUN NNS 2 nsubj\nsank sink VERB VBD 0 root\n. . PUNCT . 2 punct\n\n"
      "Boats boat NOUN NNS 2 nsubj\nsank sink VERB VBD 0 root\n. . PUNCT . 2 punct\n\n");
  std::vector<tercet::EntityType> types(3);
  for (std::size_t i = 0; i < types.size(); ++i) {
    types[i].name = std::vector{"Organization", "Product", "Place"}[i];
  }
  const tercet::Ontology ontology({}, types);
  constexpr std::size_t kBefore = 11;  // rows of an earlier document
  const WordVectors vectors = fixture::some_vectors(kBefore + 6, kWidth);
  std::size_t other = 0;
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U}) {
    const TemporaryFile packed(ModelPacker(ModelPacker::Kind::Types, seed).bytes());
    const TypeModel model = TypeModel::load(packed.path());
    const auto views = model.views(vectors, std::vector<std::size_t>{kBefore, kBefore + 3});
    std::vector<float> sums(kTypes), first(kTypes);
    const std::vector<std::string> features = {"bias", "head=boat"};
    model.score(features, views[0], std::span(views).first(1), first);
    model.score(features, views[0], std::span(views).first(1), sums);
    model.score(features, views[1], std::span(views).subspan(1, 1), sums);
    const auto best = [&](const std::vector<float>& of) {
      return model.types()[static_cast<std::size_t>(std::ranges::max_element(of) - of.begin())];
    };
    other += best(first) != best(sums);
    const auto found =
        tercet::typed_mentions({}, ontology, trees.analysed(), {}, {&model, &vectors, kBefore});
    REQUIRE(found.size() == 2);
    CHECK(found[0].type == found[1].type);
    CHECK(found[0].chain == found[1].chain);
    CHECK(found[0].type == best(sums));
  }
  CHECK(other > 0);
}

TEST_CASE("a model of types that is damaged or something else is refused", "[entity]") {
  fixture::check_refuses_damage<TypeModel>(ModelPacker::Kind::Types, ModelPacker::Kind::References);
}
