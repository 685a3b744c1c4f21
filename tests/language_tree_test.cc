#include <cmath>
#include <limits>
#include <vector>

#include "extract/language/tree.h"
#include "tests/catch.h"
#include "tests/language_fixture.h"

using fixture::Random;
using Heads = std::vector<std::int32_t>;

namespace {

bool is_projective(const Heads& heads) {
  // An arc crosses another if exactly one end of the other lies strictly inside it.
  const auto n = static_cast<std::int32_t>(heads.size());
  for (std::int32_t a = 1; a < n; ++a) {
    for (std::int32_t b = 1; b < n; ++b) {
      const std::int32_t al = std::min(a, heads[static_cast<std::size_t>(a)]);
      const std::int32_t ar = std::max(a, heads[static_cast<std::size_t>(a)]);
      const std::int32_t bl = std::min(b, heads[static_cast<std::size_t>(b)]);
      const std::int32_t br = std::max(b, heads[static_cast<std::size_t>(b)]);
      if (al < bl && bl < ar && ar < br) return false;
    }
  }
  return true;
}

float total(const std::vector<float>& scores, const Heads& heads) {
  float sum = 0.0F;
  for (std::size_t d = 1; d < heads.size(); ++d) {
    sum += scores[d * heads.size() + static_cast<std::size_t>(heads[d])];
  }
  return sum;
}

// The best tree by trying all head lists.
float best_by_enumeration(const std::vector<float>& scores, std::size_t words) {
  Heads heads(words + 1, 0);
  float best = -std::numeric_limits<float>::max();
  for (;;) {
    if (tercet::is_tree(heads) && is_projective(heads)) best = std::max(best, total(scores, heads));
    std::size_t d = 1;
    while (d <= words && heads[d] == static_cast<std::int32_t>(words)) heads[d++] = 0;
    if (d > words) return best;
    ++heads[d];
  }
}

}  // namespace

TEST_CASE("a tree has one child of the root and no cycle", "[language]") {
  CHECK(tercet::is_tree(Heads{0, 0}));
  CHECK(tercet::is_tree(Heads{0, 2, 0, 2}));
  CHECK_FALSE(tercet::is_tree(Heads{0, 0, 0}));
  CHECK_FALSE(tercet::is_tree(Heads{0, 2, 1}));
  CHECK_FALSE(tercet::is_tree(Heads{0, 0, 3, 2}));
  CHECK_FALSE(tercet::is_tree(Heads{0, 0, 2}));
}

TEST_CASE("the best projective tree is the one that enumeration finds", "[language]") {
  Random random(11);
  tercet::TreeScratch scratch;
  for (std::size_t words = 1; words <= 5; ++words) {
    for (int round = 0; round < 25; ++round) {
      const std::vector<float> scores = random.vector((words + 1) * (words + 1), 4.0F);
      Heads heads(words + 1, 0);
      tercet::best_projective_tree(scores, words, scratch, heads);
      CAPTURE(words, round, heads);
      CHECK(tercet::is_tree(heads));
      CHECK(is_projective(heads));
      CHECK(total(scores, heads) == Approx(best_by_enumeration(scores, words)).margin(1e-4));
    }
  }
}

TEST_CASE("even scores that are no numbers give a tree", "[language]") {
  tercet::TreeScratch scratch;
  for (const float x : {std::nanf(""), -std::numeric_limits<float>::infinity(), 0.0F}) {
    const std::size_t words = 40;
    Heads heads(words + 1, 0);
    tercet::best_projective_tree(std::vector<float>((words + 1) * (words + 1), x), words, scratch,
                                 heads);
    CHECK(tercet::is_tree(heads));
  }
}

TEST_CASE("the longest exact sentence is decoded", "[language]") {
  Random random(12);
  tercet::TreeScratch scratch;
  const std::size_t words = tercet::kExactTreeWords;
  Heads heads(words + 1, 0);
  tercet::best_projective_tree(random.vector((words + 1) * (words + 1), 1.0F), words, scratch,
                               heads);
  CHECK(tercet::is_tree(heads));
  CHECK(is_projective(heads));
}

TEST_CASE("repair makes a tree of any heads and leaves a tree alone", "[language]") {
  Random random(13);
  for (std::size_t words = 1; words < 60; ++words) {
    Heads heads(words + 1, 0);
    for (std::size_t d = 1; d <= words; ++d) {
      do heads[d] = static_cast<std::int32_t>(random.below(words + 1));
      while (heads[d] == static_cast<std::int32_t>(d));
    }
    tercet::repair_tree(random.vector(words + 1, 1.0F), heads);
    CAPTURE(heads);
    REQUIRE(tercet::is_tree(heads));
    const Heads before = heads;
    tercet::repair_tree(random.vector(words + 1, 1.0F), heads);
    CHECK(heads == before);
  }
}

TEST_CASE("of several roots the best stays, and a cycle is opened at its best word", "[language]") {
  Heads heads{0, 0, 0, 4, 3};
  tercet::repair_tree(std::vector<float>{0, 1, 2, 5, 9}, heads);
  CHECK(heads == Heads{0, 2, 0, 4, 2});
}
