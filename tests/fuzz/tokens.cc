// Any text splits into words that cover it in order, each inside its sentence.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/utf8.h"
#include "extract/language/language.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = tercet::to_valid_utf8({reinterpret_cast<const char*>(data), size});
  std::uint32_t at = 0;
  for (const tercet::Sentence& sentence : tercet::tokenize(text)) {
    if (sentence.tokens.empty() || sentence.span.end > text.size()) std::abort();
    for (const tercet::Token& token : sentence.tokens) {
      if (token.span.begin < at || token.span.empty()) std::abort();
      if (!sentence.span.contains(token.span)) std::abort();
      at = token.span.end;
    }
  }
  return 0;
}
