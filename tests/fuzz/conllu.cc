// Any bytes are CoNLL-U or an Error; what was read is written as CoNLL-U that reads the same.
#include "extract/language/conllu.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto given = tercet::read_conllu({reinterpret_cast<const char*>(data), size});
    std::string out;
    tercet::write_conllu(out, given);
    const auto again = tercet::read_conllu(out);
    if (again.sentences.size() != given.sentences.size()) std::abort();
    if (again.text != given.text) std::abort();
  } catch (const tercet::Error&) {
  }
  return 0;
}
