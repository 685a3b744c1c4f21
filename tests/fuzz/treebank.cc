// Any bytes are a treebank or an Error; a treebank scored against itself has no fault.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "extract/evaluate/treebank_score.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    tercet::Treebank bank;
    tercet::read_treebank({reinterpret_cast<const char*>(data), size}, "fuzz", bank);
    for (const tercet::Score& score : tercet::score_treebank(bank, "a", bank, "b")) {
      if (score.correct != score.gold || score.gold != score.system) std::abort();
    }
  } catch (const tercet::Error&) {
  }
  return 0;
}
