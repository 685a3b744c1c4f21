// Any bytes are an Entity column or an Error; a file scored against itself has no fault.
#include "extract/evaluate/chain_score.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/error.h"

namespace {

bool same(double a, double b) { return std::abs(a - b) < 1e-9; }

/// All or nothing: what was asked for at all was found.
bool whole(const tercet::ChainScore& score) {
  return same(score.precision, score.recall) && same(score.precision, score.f1) &&
         (same(score.f1, 0) || same(score.f1, 1));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    for (const tercet::ChainScore& score : tercet::score_mentions(text, "a", text, "b")) {
      if (!whole(score)) std::abort();
    }
    for (const tercet::ChainScore& score : tercet::score_chains(text, "a", text, "b")) {
      // The mean of three: without links MUC has nothing to count, so it may be 2/3.
      if (!whole(score) && !(score.name.starts_with("CoNLL") && same(score.f1, 2.0 / 3))) {
        std::abort();
      }
    }
  } catch (const tercet::Error&) {
  }
  return 0;
}
