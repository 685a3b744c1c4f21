// A ranking of references, changed in any way but with right checksums, loads and scores or is an
// Error.
#include "extract/language/reference_model.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "tests/fuzz/changed_model.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string file =
      fixture::changed_model(fixture::ModelPacker::Kind::References, data, size);
  if (file.empty()) return 0;
  try {
    const auto model = tercet::ReferenceModel::load(file);
    tercet::WordVectors words;
    for (const float x : {1.0F, -1.0F}) words.add(std::vector<float>(model.width(), x));
    const auto views = model.views(words, std::vector<std::size_t>{0, 1});
    static_cast<void>(
        model.score(views[0], "it", {&views[1], true, true, true}, {{"it named", 2}}));
  } catch (const tercet::Error&) {
  }
  return 0;
}
