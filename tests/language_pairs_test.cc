#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

#include "extract/language/language.h"
#include "extract/language/pairs.h"
#include "tests/catch.h"
#include "tests/language_fixture.h"

using fixture::ModelPacker;
using fixture::TemporaryFile;
using tercet::PairLabel;
using tercet::WordLabels;

namespace {

constexpr std::size_t kSize = 32, kStride = 176;

struct RelatedModel {
  TemporaryFile packed{ModelPacker(ModelPacker::Kind::Related).bytes()};
  tercet::ModelFile file{packed.path()};
  tercet::Heads heads;
  RelatedModel() {
    heads.columns = {{"ps", {0, 32}},  {"pt", {32, 32}},  {"pb", {64, 32}},
                     {"pu", {96, 32}}, {"pv", {128, 32}}, {"k", {160, 3}}};
  }
};

// A tree of any shape: each word hangs from one that came before it in a random order.
std::vector<WordLabels> random_sentence(fixture::Random& random, std::size_t words) {
  std::vector<std::size_t> order(words);
  for (std::size_t i = 0; i < words; ++i) order[i] = i;
  for (std::size_t i = words; i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  std::vector<WordLabels> out(words);
  for (std::size_t i = 0; i < words; ++i) {
    const std::size_t above = random.below(std::min<std::size_t>(i, 3) + (i == 0)) + 1;
    out[order[i]] = {static_cast<std::uint16_t>(random.below(4)), 0, 0,
                     static_cast<std::uint16_t>(random.below(6)),
                     i == 0 ? 0 : static_cast<std::int32_t>(order[i - above]) + 1};
  }
  return out;
}

// The second method, after docs/formats/model.md: no blocks, no kernels, libm, double precision.
std::vector<PairLabel> related(const tercet::ModelFile& file, const std::vector<float>& rows,
                               const std::vector<WordLabels>& words) {
  const auto is_end = [&](const WordLabels& word) {
    const bool noun = word.upos == 0, verb = word.upos == 1, name = word.upos == 3;
    if (word.deprel == 4) return false;  // flat
    return word.deprel == 3 ? name : noun || verb || name;
  };
  const auto way_up = [&](std::size_t word) {
    std::vector<std::size_t> out{word};
    while (words[out.back()].head != 0) {
      out.push_back(static_cast<std::size_t>(words[out.back()].head) - 1);
    }
    return out;
  };
  std::vector<PairLabel> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (std::size_t j = 0; j < words.size(); ++j) {
      const int distance = static_cast<int>(j) - static_cast<int>(i), far = std::abs(distance);
      if (i == j || far > 60 || !is_end(words[i]) || !is_end(words[j])) continue;
      const std::vector<std::size_t> left = way_up(i), right = way_up(j);
      const auto meet = std::find_first_of(left.begin(), left.end(), right.begin(), right.end());
      const auto steps =
          std::min<std::ptrdiff_t>(meet - left.begin(), 4) * 5 +
          std::min<std::ptrdiff_t>(std::find(right.begin(), right.end(), *meet) - right.begin(), 4);
      int near = far;
      if (far > 4) near = std::min(11, 5 + static_cast<int>(std::floor(2 * std::log2(far / 4.0))));
      if (distance > 0) near += 12;
      const auto at = [&](const char* name, std::size_t size, std::size_t row, std::size_t k) {
        return double{file.floats(name, {size, kSize})[row * kSize + k]};
      };
      for (std::size_t r = 0; r < 4; ++r) {
        double sum = double{file.floats("pair.relation.bias", {4})[r]};
        for (std::size_t k = 0; k < kSize; ++k) {
          double hidden = double{rows[i * kStride + k]} + double{rows[j * kStride + 32 + k]} +
                          double{rows[*meet * kStride + 64 + k]};
          hidden += at("pair.distance", 24, static_cast<std::size_t>(near), k);
          hidden += at("pair.source_deprel", 6, words[i].deprel, k);
          hidden += at("pair.target_deprel", 6, words[j].deprel, k);
          hidden += at("pair.way", 25, static_cast<std::size_t>(steps), k);
          const auto weight = [&](std::size_t column) {
            return double{file.floats("pair.relation.weight", {4, 64})[r * 64 + column]};
          };
          sum += std::max(hidden, 0.0) * weight(k);
          sum += double{rows[i * kStride + 96 + k]} * double{rows[j * kStride + 128 + k]} *
                 weight(32 + k);
        }
        const double score = 1 / (1 + std::exp(-sum));
        if (score < 0.03) continue;
        out.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j),
                       static_cast<std::uint16_t>(r), static_cast<float>(score)});
      }
    }
  }
  return out;
}

}  // namespace

TEST_CASE("relations of pairs are those of the plain formula", "[language]") {
  const RelatedModel model;
  const tercet::PairScorer scorer(model.file, model.heads);
  REQUIRE(scorer.relations() == 4);
  fixture::Random random(11);
  tercet::PairScratch scratch;
  std::size_t total = 0, left_out = 0;
  for (const std::size_t size : {1, 2, 3, 9, 40, 150}) {
    const std::vector<WordLabels> words = random_sentence(random, size);
    std::vector<float> rows = random.vector(size * kStride, 1.0F);
    const std::vector<PairLabel> expected = related(model.file, rows, words);
    std::vector<PairLabel> found;
    const std::vector<std::uint32_t> lengths{static_cast<std::uint32_t>(size)};
    scorer.find(tercet::best_kernels(), rows.data(), kStride, lengths, words, 0, scratch, found);
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      CHECK(found[i].from == expected[i].from);
      CHECK(found[i].to == expected[i].to);
      CHECK(found[i].relation == expected[i].relation);
      CHECK(std::abs(found[i].score - expected[i].score) < 1e-5F);
    }
    total += found.size();
    left_out += size * size * 4 - found.size();
  }
  CHECK(total > 1000);
  CHECK(left_out > 1000);
}

TEST_CASE("relations count words over all sentences and stay inside one", "[language]") {
  const RelatedModel model;
  const tercet::PairScorer scorer(model.file, model.heads);
  fixture::Random random(12);
  tercet::PairScratch scratch;
  const std::vector<std::uint32_t> lengths{20, 1, 13, 70};
  std::vector<WordLabels> words;
  for (const std::uint32_t length : lengths) {
    const std::vector<WordLabels> one = random_sentence(random, length);
    words.insert(words.end(), one.begin(), one.end());
  }
  std::vector<float> rows = random.vector(words.size() * kStride, 1.0F);
  const std::vector<float> untouched = rows;
  std::vector<PairLabel> together, apart;
  scorer.find(tercet::best_kernels(), rows.data(), kStride, lengths, words, 5, scratch, together);
  rows = untouched;
  std::size_t first = 0;
  for (const std::uint32_t length : lengths) {
    std::vector<PairLabel> own;
    scorer.find(tercet::best_kernels(), rows.data() + first * kStride, kStride, {&length, 1},
                std::span(words).subspan(first, length), 5 + first, scratch, own);
    for (const PairLabel& one : own) {
      CHECK(std::min(one.from, one.to) >= 5 + first);
      CHECK(std::max(one.from, one.to) < 5 + first + length);
    }
    apart.insert(apart.end(), own.begin(), own.end());
    first += length;
  }
  CHECK(together.size() > 100);
  CHECK(together == apart);
}

TEST_CASE("distances fall into half powers of two", "[language]") {
  for (int distance = 1; distance <= 1000; ++distance) {
    const int expected =
        distance <= 4
            ? distance
            : std::min(11, 5 + static_cast<int>(std::floor(2 * std::log2(distance / 4.0))));
    CHECK(tercet::distance_class(-distance) == static_cast<std::size_t>(expected));
    CHECK(tercet::distance_class(distance) == static_cast<std::size_t>(expected) + 12);
  }
  CHECK(tercet::distance_class(0) == 0);
}

TEST_CASE("a sentence brings its relations and a kind for every word", "[language]") {
  const TemporaryFile file(ModelPacker(ModelPacker::Kind::Related).bytes());
  const tercet::Language language = tercet::Language::load(file.path());
  CHECK(std::vector<std::string>(language.relations().begin(), language.relations().end()) ==
        std::vector<std::string>{"part_of", "owns", "uses", "precedes"});
  REQUIRE(language.kinds().size() == 3);
  CHECK(language.kinds()[2] == "Date");
  std::string text;
  for (int i = 0; i < 30; ++i) text += "the unit buys a company , Acme ";
  std::vector<tercet::Sentence> whole = language.analyse(text, {}, true);
  REQUIRE(whole.size() == 1);
  const std::vector<tercet::WordRelation>& relations = whole[0].relations;
  REQUIRE(whole[0].kinds.size() == whole[0].tokens.size());
  for (const tercet::WordKind& one : whole[0].kinds) {
    CHECK(one.kind < 3);
    CHECK(one.score >= 0.333F);
    CHECK(one.score <= 1.0F);
  }
  REQUIRE_FALSE(relations.empty());
  // The model takes 38 pieces at once: the later parts' relations stand at their own words.
  CHECK(relations.back().from > whole[0].tokens.size() / 2);
  CHECK(std::ranges::is_sorted(relations, {}, [](const tercet::WordRelation& one) {
    return std::tuple(one.from, one.to, one.relation);
  }));
  for (const tercet::WordRelation& one : relations) {
    CHECK(one.from != one.to);
    CHECK(std::max(one.from, one.to) < whole[0].tokens.size());
    CHECK(one.score >= tercet::kLeastRelation);
    CHECK(one.score <= 1.0F);
  }
  const std::vector<tercet::Sentence> before = whole;
  language.annotate(text, whole);
  CHECK(whole[0].relations == before[0].relations);
  CHECK(whole[0].kinds == before[0].kinds);
}

TEST_CASE("a model without relations finds none", "[language]") {
  for (const auto kind : {ModelPacker::Kind::Floats, ModelPacker::Kind::Encoder}) {
    const TemporaryFile file(ModelPacker(kind).bytes());
    const tercet::Language language = tercet::Language::load(file.path());
    CHECK(language.relations().empty());
    CHECK(language.kinds().empty());
    for (const tercet::Sentence& one : language.analyse("The unit buys a company.")) {
      CHECK(one.relations.empty());
      CHECK(one.kinds.empty());
    }
  }
}

TEST_CASE("heads that are no tree are walked to an end", "[language]") {
  const RelatedModel model;
  const tercet::PairScorer scorer(model.file, model.heads);
  fixture::Random random(13);
  tercet::PairScratch scratch;
  std::vector<WordLabels> words(6);
  const std::int32_t heads[] = {2, 3, 1, 5, 4, 0};
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = {0, 0, 0, 0, heads[i]};
  std::vector<float> rows = random.vector(words.size() * kStride, 1.0F);
  std::vector<PairLabel> found;
  const std::vector<std::uint32_t> lengths{6};
  scorer.find(tercet::best_kernels(), rows.data(), kStride, lengths, words, 0, scratch, found);
  CHECK_FALSE(found.empty());
  for (const PairLabel& one : found) CHECK((one.from < 3) == (one.to < 3));
}
