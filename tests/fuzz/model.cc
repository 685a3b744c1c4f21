// A model file of any kind, changed in any way but with right checksums, loads and analyses a text
// or is an Error. Every three bytes of the input are one change: where, in the header or anywhere,
// and the new byte.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "extract/language/language.h"
#include "extract/language/tree.h"
#include "tests/language_fixture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using Kind = fixture::ModelPacker::Kind;
  static const std::string models[] = {
      fixture::ModelPacker(Kind::Floats).bytes(), fixture::ModelPacker(Kind::Bytes).bytes(),
      fixture::ModelPacker(Kind::Encoder).bytes(), fixture::ModelPacker(Kind::Related).bytes()};
  static const int file = ::memfd_create("model", 0);
  if (size == 0 || file < 0) return 0;
  const std::string& whole = models[data[0] % 4];
  std::string body = whole.substr(64);
  const std::size_t header = static_cast<std::uint8_t>(whole[12]) |
                             static_cast<std::size_t>(static_cast<std::uint8_t>(whole[13])) << 8;
  for (std::size_t i = 1; i + 3 <= size && i < 100; i += 3) {
    const std::size_t place = data[i] | static_cast<std::size_t>(data[i + 1]) << 8;
    body[i % 2 == 0 ? place % header : place * 37 % body.size()] = static_cast<char>(data[i + 2]);
  }
  const std::string bytes = fixture::ModelPacker::frame(body, header, true, 2);
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, bytes.data(), bytes.size(), 0) < 0) return 0;
  try {
    const auto language = tercet::Language::load("/proc/self/fd/" + std::to_string(file));
    for (const tercet::Sentence& sentence :
         language.analyse("The unit buys Acme, 2024 times.\n\nÜber all.")) {
      std::int32_t roots = 0;
      for (const tercet::Token& token : sentence.tokens) roots += token.head == -1;
      if (roots != 1) std::abort();
      for (const tercet::TypedSpan& span : sentence.mentions) {
        if (span.first >= span.last || span.last > sentence.tokens.size()) std::abort();
      }
      for (const tercet::WordRelation& one : sentence.relations) {
        if (std::max(one.from, one.to) >= sentence.tokens.size() || one.from == one.to ||
            one.relation >= language.relations().size()) {
          std::abort();
        }
      }
      if (!sentence.kinds.empty() && sentence.kinds.size() != sentence.tokens.size()) std::abort();
      for (const tercet::WordKind& one : sentence.kinds) {
        if (one.kind >= language.kinds().size()) std::abort();
      }
    }
  } catch (const tercet::Error&) {
  }
  return 0;
}
